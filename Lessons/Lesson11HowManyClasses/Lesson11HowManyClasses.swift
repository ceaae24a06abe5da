import ArgumentParser
import Datasets
import Files
import Foundation
import LessonKit
import MixtureModels
import Notebook

/// Lesson 11: how many classes?
@main
struct Lesson11HowManyClasses: Lesson {
    static let title = "How many classes?"
    static let model = Notation.Model.gaussians
    static let abstract = "How many classes: why the likelihood cannot say, and what can."
    static let aboutOptions = ""

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "Your own data") var ownData: OwnDataOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        func time(_ name: String, _ f: () throws -> Void) rethrows { let c = ContinuousClock(); let t = try c.measure(f); print(name, t) }
        let table = try NumericTable.read(path: PackageFiles.path("Lessons/Data/faithful.csv"), columns: [.init("eruptions"), .init("waiting")])
        let rows = table.vectors
        var g = SeededGenerator(seed: report.seed)
        for shape in GaussianShape.allCases { try time("geyser \(shape)") {
            let s = Search(data: rows, estimator: try shape.estimator(), leastCount: shape.isShared ? 0 : 6)
            for (k, fit) in s.fits(upTo: 6, using: &g).enumerated() {
                guard let fit else { print(k+1, "nil"); continue }
                let c = Criteria(of: fit.mixture, rows: rows, parameters: shape.parameters(classes: k + 1, dimension: 2))
                print(shape, k + 1, c.logLikelihood, -c.bic, -c.icl, c.aic, fit.iterations, fit.stoppedBy)
            }
        } }
        let d = try NumericTable.read(path: PackageFiles.path("Lessons/Data/diabetes.csv"), columns: ["glucose", "insulin", "sspg"].map { .init($0) }).vectors
        for shape in GaussianShape.allCases { try time("assay \(shape)") {
            let s = Search(data: d, estimator: try shape.estimator(), leastCount: shape.isShared ? 0 : 8)
            for (k, fit) in s.fits(upTo: 6, using: &g).enumerated() {
                guard let fit else { print(k+1, "nil"); continue }
                let c = Criteria(of: fit.mixture, rows: d, parameters: shape.parameters(classes: k + 1, dimension: 3))
                print(shape, k + 1, c.logLikelihood, -c.bic, -c.icl, c.aic, fit.iterations, fit.stoppedBy)
            }
        } }
        // T under H0
        for (n, D) in [(100, 1), (100, 2), (272, 2)] { try time("T \(n) \(D)") {
            var t: [Double] = []
            var steps = 0
            for _ in 0..<100 {
                let x = (0..<n).map { _ in (0..<D).map { _ in g.standardNormal() } }
                var s = Search(data: x, estimator: try GaussianShape.EEE.estimator(), stop: .any(.relativeChange(1e-7), .maximumSteps(300)))
                s.starts = 6; s.followed = 1
                let f = s.fits(upTo: 2, using: &g)
                steps += f[1]!.iterations
                t.append(2 * (f[1]!.last.logLikelihood - f[0]!.last.logLikelihood))
            }
            t.sort()
            print(n, D, "median", t[50], "90", t[90], "95", t[95], "mean", t.reduce(0,+)/100, "steps", steps / 100)
        } }
    }
}

import Foundation
import Testing

@testable import Notebook

/// The way to a fit, in `results.json`.
struct FitPathTests {
    private let fit = FitSummary(
        model: "coins", weights: [1], parameters: ["headProbabilities": [0.5]], logLikelihood: -1, iterations: 0,
        trace: [-1])

    private func step(_ t: Int, heads: Double = 0.5, entropy: Double = 0) -> FitStep {
        FitStep(
            step: t, weights: [1], parameters: ["headProbabilities": [.init(heads)]], logLikelihood: -1,
            expectedCompleteLogLikelihood: -1, entropy: entropy)
    }

    @Test("So many steps and rows are written as the documentation says, and no more")
    func limits() {
        let few = FitData(columns: ["heads", "flips"], rows: Array(repeating: [1, 2], count: FitSummary.mostRows))
        let many = FitData(columns: few.columns, rows: few.rows + [[1, 2]])
        let long = fit.following((0...500).map { step($0) }, of: few, name: "a")
        #expect(long.path?.map(\.step) == Array(0...FitSummary.mostSteps))
        #expect(long.data?.rows.count == FitSummary.mostRows)
        #expect(fit.following([step(0)], of: many, name: "a").data == nil)
        #expect(fit.following([step(0)], of: many, name: "a").path?.count == 1)
    }

    @Test("A path and further fits can be read back, and a file without them as well")
    func roundTrip() throws {
        var report = SmallReport.report()
        let held = FitHeld(weights: true, components: [1], covariances: "tied")
        let data = FitData(columns: ["heads", "flips"], rows: [[1, 2]], counts: [3])
        report.furtherFits = [fit.following([step(0, heads: 1.0 / 3), step(1)], of: data, name: "a run", held: held)]
        let read = try Results(json: Data(Results(report, figureFiles: [], files: []).json()))
        let further = try #require(read.furtherFits?.first)
        #expect(further.name == "a run" && further.held == held && further.data?.counts == [3])
        #expect(further.path?.map { $0.parameters["headProbabilities"] } == [[1.0 / 3], [0.5]])
        #expect(read.fit?.path == nil)
        let without = try Results(json: Data(Results(SmallReport.report(), figureFiles: [], files: []).json()))
        #expect(without.furtherFits == nil)
    }

    @Test("A number that is not a number is refused in a path, too")
    func notANumber() {
        let data = FitData(columns: ["heads", "flips"], rows: [[1, 2]])
        for bad in [step(1, heads: .nan), step(1, entropy: .nan)] {
            var report = SmallReport.report()
            report.furtherFits = [fit.following([step(0), bad], of: data, name: "a")]
            #expect(throws: ReportError.notANumber(in: "the fit")) { try RenderedReport(report, formats: []) }
        }
    }
}

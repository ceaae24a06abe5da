import ArgumentParser
import Datasets
import Files
import Foundation
import LessonKit
import MixtureModels
import Notebook

/// Rows of numbers, and the mixtures of every shape with 1, 2, … classes that were fitted to them.
struct Study {
    /// One shape with one number of classes.
    struct Candidate {
        let shape: GaussianShape
        let fit: Fit<MultivariateNormal>
        /// In the columns' own units.
        let criteria: Criteria
        /// Of each row under the fit to the parts in which it is not, in the columns' own units; nil if a fit failed.
        let leftOut: [Double]?
        /// Their sum.
        let crossValidated: Double?
        var classes: Int { fit.mixture.weights.count }
        /// For texts: `1 class`, `3 classes`.
        var classesInWords: String { "\(classes) \(classes == 1 ? "class" : "classes")" }

        func value(_ rule: Rule) -> Double? {
            switch rule {
            case .aic: criteria.aic
            case .bic: criteria.bic
            case .icl: criteria.icl
            case .crossValidation: crossValidated.map { -2 * $0 }
            }
        }
    }

    /// The columns as measured, N × D.
    let measured: [[Double]]
    /// Less their means, over their standard deviations: what is fitted, so that no unit matters to the starts.
    let standardised: [[Double]]
    let columns: [String]
    /// The path of the reader's file; nil for data of the lesson's.
    let path: String?
    let scales: [(mean: Double, deviation: Double)]
    let shapes: [GaussianShape]
    /// By shape, then by number of classes from 1; nil where every start failed.
    let candidates: [[Candidate?]]
    var remarks: Prose?
    /// How many rows the whole file has, if only a sample of them is followed.
    var fileRows: Int?
    /// What the search is given; less than for other data if there are very many rows and classes.
    let effort: Effort

    static let parts = 5
    /// What one more class must gain at least; what is less is rounding, or EM's last steps.
    private static let leastGain = 1e-4

    init(
        _ measured: [[Double]], columns: [String], path: String? = nil, most: Int, starts: Int, trial: Int = 10,
        shapes: [GaussianShape]? = nil,
        seed: UInt64, follow: (String) -> Void = { _ in }
    ) throws {
        self.measured = measured
        self.columns = columns
        self.path = path
        let scales = try columns.indices.map { d in
            let largest = measured.reduce(0) { max($0, abs($1[d])) }
            let count = Double(measured.count)
            let mean = measured.reduce(0) { $0 + $1[d] / largest } / count
            let variance = measured.reduce(0) { $0 + ($1[d] / largest - mean) * ($1[d] / largest - mean) } / count
            let deviation = variance.squareRoot() * largest
            guard deviation > 0, deviation.isFinite, (mean * largest).isFinite else {
                throw LessonError.option(
                    "column \(columns[d]): its numbers are too much alike, or too large, to be scaled")
            }
            return (mean: mean * largest, deviation: deviation)
        }
        self.scales = scales
        let rows = measured.map { row in zip(row, scales).map { ($0 - $1.mean) / $1.deviation } }
        guard rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
            throw LessonError.option("the numbers are too large to be scaled")
        }
        standardised = rows
        let all = shapes ?? GaussianShape.different(inDimension: columns.count)
        self.shapes = all
        let unit = scales.map(\.deviation).max() ?? 1
        let effort = Effort(
            starts: starts, trial: trial, rows: rows.count, most: most, variables: columns.count, shapes: all.count,
            isLimited: path != nil)
        self.effort = effort
        follow("up to \(most) classes of \(all.count) shapes")
        candidates = onAllCores(all.count) { place -> [Candidate?]? in
            let shape = all[place]
            var generator = SeededGenerator(seed: seed).stream(place)
            // Round classes are round in the columns' own units; columns in proportion have them, too.
            let isRound = shape == .EII || shape == .VII
            let data = isRound ? measured.map { row in zip(row, scales).map { ($0 - $1.mean) / unit } } : rows
            let shift = -Double(rows.count) * scales.reduce(0) { $0 + log(isRound ? unit : $1.deviation) }
            guard let estimator = try? shape.estimator() else { return nil }
            var search = Search(
                data: data, estimator: estimator, stop: .any(.relativeChange(1e-8), .maximumSteps(effort.steps)))
            (search.starts, search.trial, search.followed) = (effort.starts, effort.trial, 2)
            search.leastCount = shape.isShared ? 0 : 2 * Double(columns.count + 1)
            let fits = search.fits(upTo: most, using: &generator)
            // A fit that is only the one before it with a class cut in two is none with so many classes.
            var last = -Double.infinity
            return fits.map { fit -> Candidate? in
                guard let fit, fit.last.logLikelihood > last + Self.leastGain else { return nil }
                last = fit.last.logLikelihood
                return Self.judged(fit, shape, search, shift, effort)
            }
        }.map { $0 ?? Array(repeating: nil, count: most) }
    }

    private static func judged(
        _ fit: Fit<MultivariateNormal>, _ shape: GaussianShape, _ search: Search, _ shift: Double,
        _ effort: Effort
    ) -> Candidate {
        let data = search.data
        let parameters = shape.parameters(classes: fit.mixture.weights.count, dimension: data[0].count)
        let scaled = Criteria(of: fit.mixture, rows: data, parameters: parameters)
        let criteria = Criteria(
            logLikelihood: scaled.logLikelihood + shift, parameters: parameters, rows: data.count,
            withLabels: scaled.withLabels + shift)
        let leftOut = Self.leftOut(fit.mixture, search, effort)?.map { $0 + shift / Double(data.count) }
        return Candidate(
            shape: shape, fit: fit, criteria: criteria, leftOut: leftOut,
            crossValidated: leftOut.map { $0.reduce(0, +) })
    }

    /// ln p of each row under the fit to the parts in which it is not. Every such fit starts from the fit to all rows: those left out have a
    /// say in which maximum is climbed, but not in where its summit is.
    private static func leftOut(
        _ mixture: Mixture<MultivariateNormal>, _ search: Search, _ effort: Effort
    ) -> [Double]? {
        var values = search.data.map { _ in 0.0 }
        for part in 0..<parts {
            let rest = Search(
                data: search.data.indices.filter { $0 % parts != part }.map { search.data[$0] },
                estimator: search.estimator)
            guard let fit = rest.run(mixture, .any(.relativeChange(1e-7), .maximumSteps(effort.stepsLeftOut))) else {
                return nil
            }
            for row in search.data.indices where row % parts == part {
                values[row] = fit.mixture.logDensity(at: search.data[row])
            }
        }
        return values.allSatisfy(\.isFinite) ? values : nil
    }

    /// The standard error of the difference of two cross-validated values of -2ℓ, over the rows, which are the same for both.
    func errorOfLead(_ first: Candidate, _ second: Candidate) -> Double? {
        guard let a = first.leftOut, let b = second.leftOut, a.count > 1 else { return nil }
        let (differences, count) = (zip(a, b).map(-), Double(a.count))
        let mean = differences.reduce(0, +) / count
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        return 2 * (count * variance).squareRoot()
    }

    var isOwn: Bool { path != nil }
    var dimension: Int { columns.count }
    var most: Int { candidates[0].count }
    var all: [Candidate] { candidates.flatMap { $0.compactMap { $0 } } }

    /// What a rule chooses among all; nil if there is nothing to choose from.
    func choice(_ rule: Rule) -> Candidate? {
        all.filter { $0.value(rule) != nil }.min { ($0.value(rule) ?? 0) < ($1.value(rule) ?? 0) }
    }

    func candidate(_ shape: GaussianShape, _ classes: Int) -> Candidate? {
        shapes.firstIndex(of: shape).flatMap { classes <= most ? candidates[$0][classes - 1] : nil }
    }

    /// A fit in the columns' own units.
    func inOwnUnits(_ candidate: Candidate) throws -> Mixture<MultivariateNormal> {
        let isRound = candidate.shape == .EII || candidate.shape == .VII
        let units = scales.map { isRound ? scales.map(\.deviation).max() ?? 1 : $0.deviation }
        let components = try candidate.fit.mixture.components.map { component in
            var covariance = component.covariance
            for a in units.indices { for b in units.indices { covariance[a, b] *= units[a] * units[b] } }
            return try MultivariateNormal(
                mean: component.mean.indices.map { component.mean[$0] * units[$0] + scales[$0].mean },
                covariance: covariance)
        }
        return try Mixture(weights: candidate.fit.mixture.weights, components: components)
    }

    /// The most probable class of each row.
    func classes(_ candidate: Candidate) throws -> [Int] {
        let mixture = try inOwnUnits(candidate)
        return measured.map { row in
            let joint = mixture.logJoint(at: row)
            return joint.firstIndex(of: joint.max() ?? 0) ?? 0
        }
    }
}

extension Study {
    /// The most classes that a reader may ask for.
    static let mostClasses = 20

    /// Of the random starts for Old Faithful.
    static let oldFaithfulSeed: UInt64 = 11

    /// 272 eruptions of Old Faithful. The starts are the same for every seed, since the data are, and what others found.
    static func oldFaithful() throws -> Study {
        let table = try NumericTable.read(
            path: PackageFiles.path("Lessons/Data/faithful.csv"), columns: [.init("eruptions"), .init("waiting")])
        return try Study(table.vectors, columns: ["eruptions", "waiting"], most: 5, starts: 5, seed: oldFaithfulSeed)
    }

    /// The reader's own file; nil without `--data`.
    static func read(_ options: OwnDataOptions, seed: UInt64, progress: RunProgress) throws -> Study? {
        guard let own = try options.read(seed: seed, mostComponents: nil, progress: progress) else { return nil }
        let most = options.components ?? 6
        guard (2...mostClasses).contains(most) else {
            throw ValidationError(
                "--components is the largest number of classes here: from 2 to \(mostClasses), not \(most)")
        }
        let different = Set(own.rows).count
        guard different >= 2 * parts else {
            throw LessonError.option(
                "choosing a number of classes needs at least \(2 * parts) different rows, and there \(different == 1 ? "is" : "are") \(different)"
            )
        }
        var study = try Study(
            own.rows, columns: own.columns, path: own.path, most: most, starts: options.restarts ?? 6, seed: seed,
            follow: { progress.update($0) })
        guard !study.all.isEmpty else {
            throw LessonError.file(own.path, "no mixture of any shape can be fitted to these columns")
        }
        study.remarks = [own.remarks, study.effort.remark].compactMap { $0 }.reduce(nil as Prose?) { all, next in
            Prose(all.map { $0.source + " " + next.source } ?? next.source)
        }
        if own.isSample { study.fileRows = own.all.rowCount }
        return study
    }
}

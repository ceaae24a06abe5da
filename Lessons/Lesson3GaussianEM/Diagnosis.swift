import Foundation
import LessonKit
import MixtureModels
import Notebook

/// Why EM fails with a reader's data, in terms of their rows and columns; and what does work, which is tried before it is said.
struct Diagnosis {
    private let own: OwnData
    private let shape: CovarianceShape
    private let components: Int?
    private let seed: UInt64
    let progress: RunProgress
    /// What the search for a reason may cost: it tries runs of its own.
    let budget: StepBudget

    /// - Parameter components: what the reader asked for; nil if nothing.
    init(
        _ own: OwnData, shape: CovarianceShape, components: Int?, seed: UInt64, progress: RunProgress,
        budget: StepBudget = StepBudget(2 * StepBudget.finalRun)
    ) {
        self.budget = budget
        (self.own, self.shape, self.components) = (own, shape, components)
        (self.seed, self.progress) = (seed, progress)
    }

    private var classCount: Int { components ?? 2 }

    /// Each class needs a row that is its own.
    func requireDistinctRows() throws {
        let distinct = Set(own.rows).count
        guard distinct < classCount else { return }
        let equal =
            distinct < own.rows.count ? ", but only \(distinct) different \(distinct == 1 ? "one" : "ones")" : ""
        throw LessonError.option(
            "--components \(classCount): the file has \(own.rows.count) \(own.rows.count == 1 ? "row" : "rows")\(equal),"
                + " and each class needs one of its own")
    }

    /// What to tell the reader.
    ///
    /// - Parameters:
    ///   - what: what was tried.
    ///   - error: how it ended.
    ///   - starts: the starts, all of which failed.
    func noFit(_ what: String, _ error: MixtureError?, starts: [Mixture<MultivariateNormal>]) -> LessonError {
        progress.update("looking for the reason")
        let classes = starts.first?.components.count ?? classCount
        let findings = [outliers, dependentColumns, tooFewRows, tooFewDistinct].lazy.compactMap { $0(classes) }
        let (cause, remedy) = findings.first ?? collapsed(starts) ?? (nil, nil)
        let reason = cause ?? error?.withoutRemedy ?? "every start failed"
        let advice = remedy ?? whatWorks(classes)
        return .option("\(what): \(reason)\(reason.hasSuffix("?") ? "" : ".")\(advice.map { " \($0)." } ?? "")")
    }

    private typealias Finding = (cause: String?, remedy: String?)

    // MARK: Causes

    /// Rows so far out that beside them all others are the same, to rounding.
    private func outliers(_ classes: Int) -> Finding? {
        let middles = middles
        let far = own.rows.indices.filter { n in
            own.columns.indices.contains { d in abs(own.rows[n][d] - middles[d].median) > 1e6 * middles[d].reach }
        }
        guard !far.isEmpty, 10 * far.count <= own.rows.count else { return nil }
        let left = Set(far)
        let others = own.rows.indices.filter { !left.contains($0) }.map { own.rows[$0] }
        guard canFit(others, classes, shape) else { return nil }
        let group = RowGroup(far, of: own.rows, names: own.columns, lines: own.lines)
        return (
            "\(group.words) \(far.count == 1 ? "lies" : "lie") more than a million times as far out as half of the rows",
            "Without \(far.count == 1 ? "this row" : "these rows") EM finds a fit"
        )
    }

    /// Of each column the median, and the distance within which half of the rows lie from it.
    private var middles: [(median: Double, reach: Double)] {
        own.columns.indices.map { d in
            func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
            let middle = median(own.rows.map { $0[d] })
            let reach = median(own.rows.map { abs($0[d] - middle) })
            return (middle, reach > 0 ? reach : .infinity)
        }
    }

    /// Columns that depend on others.
    private func dependentColumns(_ classes: Int) -> Finding? {
        guard shape == .full || shape == .tied else { return nil }
        let found = DependentColumn.all(in: own.rows, names: own.columns)
        guard !found.isEmpty else { return nil }
        let equations = found.map(\.equation).joined(separator: "; ")
        let kept = own.columns.indices.filter { d in !found.contains { $0.column == d } }
        let names = found.map { own.columns[$0.column] }.joined(separator: " and ")
        let works = canFit(own.rows.map { row in kept.map { row[$0] } }, classes, shape)
        return (
            "some columns are functions of others (\(equations)), so no Gaussian of all of them has a density",
            "Leave out one column of each equation\(works ? ": without \(names) EM finds a fit" : "")"
        )
    }

    /// Fewer rows than covariances of so many columns need.
    private func tooFewRows(_ classes: Int) -> Finding? {
        let (columns, rows) = (own.columns.count, own.rows.count)
        let least = shape == .full ? classes * (columns + 1) : shape == .tied ? columns + classes : 0
        guard rows < least else { return nil }
        let each =
            shape == .full
            ? "a full covariance of \(columns) columns needs at least \(columns + 1) rows in its class, which makes \(least) for"
                + " \(classes) \(classes == 1 ? "class" : "classes")"
            : "a tied covariance of \(columns) columns needs at least \(least) rows"
        return ("the file has \(rows) \(rows == 1 ? "row" : "rows"), too few for \(columns) columns: \(each)", nil)
    }

    /// Fewer distinct rows than it takes.
    private func tooFewDistinct(_ classes: Int) -> Finding? {
        let needed = shape == .full ? own.columns.count : 1
        return Warnings.distinctRows(Set(own.rows).count, classes: classes, dimension: needed).map { ($0, nil) }
    }

    /// The rows on which a component closes in.
    private func collapsed(_ starts: [Mixture<MultivariateNormal>]) -> Finding? {
        var first: (component: Int, group: RowGroup)?
        for start in starts where !budget.isSpent {
            guard let (component, group) = collapse(from: start) else { continue }
            if first == nil || group.missingCode != nil { first = (component, group) }
            if group.missingCode != nil { break }
        }
        guard let (component, group) = first else { return nil }
        let cause = "component \(component + 1) holds only \(group.words)"
        guard group.missingCode != nil else { return (cause + ", so its covariance becomes singular", nil) }
        let left = Set(group.members)
        let others = own.rows.indices.filter { !left.contains($0) }.map { own.rows[$0] }
        return (
            cause,
            canFit(others, starts[0].components.count, shape)
                ? "Without these rows EM finds a fit: write NA for the code, and add --missing drop" : nil
        )
    }

    /// The component that fails in the run from a start, and its rows at the last step that could be taken.
    private func collapse(from start: Mixture<MultivariateNormal>) -> (component: Int, group: RowGroup)? {
        let cost = StepCost(of: start, rows: own.rows.count, plainSteps: 2000, leaps: 0, for: budget.work / 10)
        let most = budget.steps(atMost: 2000, each: cost.ofStep)
        guard
            let em = try? EM(
                data: own.rows, start: start, estimator: .covariance(shape),
                stop: .any(.atRest(1e-11), .maximumSteps(most)), pass: cost.pass)
        else { return nil }
        for step in em {
            budget.spend(1, each: cost.ofStep)
            guard case .failed(let error) = step.ending else { continue }
            guard let k = error.component.map({ $0 - 1 }), step.effectiveCounts.indices.contains(k) else { return nil }
            let shares = step.responsibilities.column(k)
            var members = shares.indices.filter { shares[$0] > 0.5 }
            if members.isEmpty {
                let size = max(1, Int(step.effectiveCounts[k].rounded()))
                members = shares.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }.prefix(size).sorted()
            }
            return (k, RowGroup(members, of: own.rows, names: own.columns, lines: own.lines))
        }
        return nil
    }

    // MARK: What works

    /// Options with which EM finds a fit, each of them tried; nil if none of these does.
    private func whatWorks(_ classes: Int) -> String? {
        // In one dimension all are the same but the tied one.
        let all: [CovarianceShape] = own.columns.count > 1 ? [.full, .diagonal, .tied, .spherical] : [.full, .tied]
        let shapes = all.filter { $0 != shape && canFit(own.rows, classes, $0) }
        var options = shapes.map { "--covariance \($0.rawValue)" }
        if let fewer = Self.fewer(than: classes).first(where: { canFit(own.rows, $0, shape) }) {
            options.append("--components \(fewer)")
        }
        return options.isEmpty ? nil : "What works with these data: \(options.joined(separator: ", or "))"
    }

    /// The numbers of classes that are tried in place of so many: the next three, then half as many each time.
    static func fewer(than classes: Int) -> [Int] {
        var numbers = Array((1..<max(1, classes)).suffix(3).reversed())
        while let last = numbers.last, last > 1 { numbers.append(last / 2) }
        return numbers
    }

    /// Whether EM gets to an end from one of a few random starts, within what the lesson's own run may cost. Once the budget is spent,
    /// nothing is tried any more, and so nothing is recommended.
    private func canFit(_ rows: [[Double]], _ classes: Int, _ shape: CovarianceShape) -> Bool {
        guard rows.count >= classes else { return false }
        var generator = SeededGenerator(seed: seed).stream(9)
        return (0..<3).contains { _ in
            guard !budget.isSpent,
                let start = try? Mixture<MultivariateNormal>.randomStart(
                    for: rows, components: classes, estimator: .covariance(shape), using: &generator)
            else { return false }
            let run = StepBudget(budget.work / 2)
            defer { budget.spend(run.spent) }
            return (try? GaussianRun(rows, start: start, shape: shape, budget: run, progress: progress)) != nil
        }
    }
}

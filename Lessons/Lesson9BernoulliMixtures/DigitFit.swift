import LessonKit
import MixtureModels
import Notebook

/// The 541 digits with three classes: fitted from random starts and a known good one, and from the labels for comparison.
struct DigitFit {
    static let startCount = 10
    static let classCount = 3
    let digits: Digits
    let fit: BinaryFit
    /// Where a start at the mean images of the labels ends: ℓ, and how many digits are then in the class of their kind.
    let fromLabels: (logLikelihood: Double, agreeing: Int)
    /// The rows, from 0, of three digits from which a start is known to reach the best end: one of each kind.
    static let knownRows = [72, 65, 434]
    /// The fit with its classes in the order of the digit that each has most of.
    let mixture: Mixture<BernoulliVector>
    /// The responsibilities in this order, N × K.
    let responsibilities: [[Double]]
    /// The most probable class of each digit.
    let classes: [Int]
    /// Which class of the run each of them is.
    let order: [Int]
    /// How many digits of each kind each class has: class by kind.
    let table: [[Int]]

    init(_ digits: Digits, seed: UInt64) throws {
        self.digits = digits
        var generator = SeededGenerator(seed: seed).stream(3)
        fit = try BinaryFit(
            digits.images, classCount: Self.classCount, startCount: Self.startCount,
            after: [try Self.knownStart(digits)], using: &generator)
        func counts(_ classes: [Int]) -> [[Int]] {
            var table = (0..<Self.classCount).map { _ in Digits.kinds.map { _ in 0 } }
            for (k, label) in zip(classes, digits.labels) { table[k][Digits.kinds.firstIndex(of: label) ?? 0] += 1 }
            return table
        }
        func chosen(_ q: [[Double]]) -> [Int] { q.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 } }
        let labelled = try EM(data: digits.images, start: Self.meansOfLabels(digits), stop: BinaryFit.stop, pass: .fast)
            .fit()
        fromLabels = (
            labelled.last.logLikelihood,
            Self.agreeing(counts(chosen(labelled.last.responsibilities.lines)))
        )
        let plain = fit.fit.last.responsibilities.lines
        let found = counts(chosen(plain))
        let order = found.indices.sorted { a, b in
            let (one, other) = (Self.largest(found[a]), Self.largest(found[b]))
            return one != other ? one < other : a < b
        }
        self.order = order
        mixture = try fit.mixture.relabelled(order)
        responsibilities = plain.map { row in order.map { row[$0] } }
        classes = chosen(responsibilities)
        table = counts(classes)
    }

    /// The place of the largest count, the first of several.
    private static func largest(_ counts: [Int]) -> Int { counts.firstIndex(of: counts.max() ?? 0) ?? 0 }

    /// How many digits are in a class that has most of their kind.
    private static func agreeing(_ table: [[Int]]) -> Int { table.reduce(0) { $0 + ($1.max() ?? 0) } }

    /// Equal weights; each mean image is the known digit, counted twice, with the mean of all digits.
    static func knownStart(_ digits: Digits) throws -> Mixture<BernoulliVector> {
        let count = Double(digits.images.count)
        let mean = digits.images[0].indices.map { d in Double(digits.images.count { $0[d] }) / count }
        return try Mixture(
            weights: knownRows.map { _ in 1 / Double(knownRows.count) },
            components: knownRows.map { row in
                try BernoulliVector(
                    probabilities: zip(mean, digits.images[row]).map { ($0 + ($1 ? 2 : 0)) / 3 })
            })
    }

    /// The weights and the mean images of the digits by their labels.
    private static func meansOfLabels(_ digits: Digits) throws -> Mixture<BernoulliVector> {
        let groups = Digits.kinds.map { kind in
            zip(digits.images, digits.labels).filter { $0.1 == kind }.map(\.0)
        }
        return try Mixture(
            weights: groups.map { Double($0.count) / Double(digits.images.count) },
            components: groups.map { group in
                try BernoulliVector(
                    probabilities: group[0].indices.map { d in Double(group.count { $0[d] }) / Double(group.count) })
            })
    }

    /// The digit that a class has most of.
    func kind(_ k: Int) -> Int { Digits.kinds[Self.largest(table[k])] }
    /// Whether each class has another digit.
    var isOneToOne: Bool { Set((0..<Self.classCount).map(kind)).count == Self.classCount }
    /// How many digits are in a class that has most of their kind.
    var agreeing: Int { Self.agreeing(table) }
    /// N_k
    var effectiveCounts: [Double] { (0..<Self.classCount).map { k in responsibilities.reduce(0) { $0 + $1[k] } } }

    /// The most frequent digit that is not in a class of its kind: from which kind, into which class, how many.
    var largestMix: (kind: Int, classKind: Int, count: Int) {
        var best = (kind: 0, classKind: 0, count: 0)
        for k in table.indices {
            for (place, kind) in Digits.kinds.enumerated() where kind != self.kind(k) && table[k][place] > best.count {
                best = (kind, self.kind(k), table[k][place])
            }
        }
        return best
    }
}

extension DigitFit {
    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        541 digits, three classes found without labels: \(agreeing) are in the class that has most of their kind; log-likelihood \(fit.logLikelihood, .significant(6)).
        """
    }

    /// The fit for `results.json`, with the classes in the order of the report.
    var summary: FitSummary {
        FitSummary(
            model: "mixture of \(Self.classCount) Bernoulli vectors of 64 pixels", weights: mixture.weights,
            parameters: [
                "probabilities": .matrix(mixture.means), "classes": .matrix(table.map { $0.map(Double.init) }),
            ],
            logLikelihood: fit.logLikelihood, iterations: fit.fit.iterations, trace: fit.fit.trace.map(\.logLikelihood),
            converged: fit.fit.converged, stoppedBy: fit.fit.stoppedBy
        ).following(
            fit.fit.trace.map { FitStep($0, order: order) },
            of: FitData(columns: Digits.pixels, patterns: digits.images), name: "541 digits")
    }
}

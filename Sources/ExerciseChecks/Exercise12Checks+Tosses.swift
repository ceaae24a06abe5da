import ExerciseProtocol
import Foundation
import Grading
import Verification

/// One row of a run, as a student's loop returns it.
struct EMRow {
    var weights: [Double]
    var probabilities: [Double]
    var logLikelihood = 0.0

    var numbers: [Double] { weights + probabilities }

    static func rows(_ value: Value) throws -> [EMRow] {
        try value.as([Value].self).map {
            EMRow(
                weights: try $0["weights"].as(), probabilities: try $0["probabilities"].as(),
                logLikelihood: try $0["logLikelihood"].as())
        }
    }
    // BEGIN HIDDEN TESTS

    /// Whether a run stops where the task says, by the log-likelihoods in its own rows.
    ///
    /// Where row 1 repeats that of row 0, each row holds the one of the row before, and the first rise says nothing.
    static func obey(_ rows: [EMRow], tolerance: Double, maximum: Int) -> Bool {
        let last = rows.count - 1
        guard last >= min(1, maximum), last <= maximum, rows.allSatisfy({ $0.logLikelihood.isFinite }) else {
            return false
        }
        func isSmall(_ t: Int) -> Bool { rows[t].logLikelihood - rows[t - 1].logLikelihood <= tolerance }
        let first = last > 0 && rows[1].logLikelihood == rows[0].logLikelihood ? 2 : 1
        return !(first..<max(first, last)).contains(where: isSmall)
            && (last == maximum || last >= first && isSmall(last))
    }
    // END HIDDEN TESTS
}

/// Sets of flips, ten each if nothing else is said, and a start.
struct EMTosses {
    let flips: Int
    let heads: [Int]
    let start: EMRow

    /// The first draw of a seed that keeps what the task promises of the data. In the others a maximum lies on the boundary, and
    /// there correct loops differ: a coin that no set is left to divides 0 by 0, and 0 log 0 is NaN, where a power of 0 is not.
    ///
    /// - Parameter isShort: whether no more than two steps will be asked for. If not, the data have to keep the promise in all of a run.
    init(
        seed: UInt64, coins: Int = 2, sets: Int = 14, flips: Int = 10, isShort: Bool = false
    ) {
        var generator = SplitMix64(seed: seed)
        func next() -> EMTosses {
            EMTosses(from: &generator, coins: coins, sets: sets, flips: flips)
        }
        var draw = next()
        while !(isShort ? draw.isInterior(draw.run(tolerance: 0, maximumSteps: 2)) : draw.hasInteriorRun) {
            draw = next()
        }
        self = draw
    }

    /// One draw, whatever EM makes of it.
    private init(from generator: inout SplitMix64, coins: Int, sets: Int, flips: Int) {
        self.flips = flips
        let truth = coins == 2 ? [0.25, 0.75] : [0.1, 0.5, 0.9]
        heads = (0..<sets).map { generator.successes(in: flips, probability: truth[$0 % 5 % coins]) }
        let shares = (0..<coins).map { _ in 0.5 + generator.uniform() }
        start = EMRow(
            weights: shares.map { $0 / shares.reduce(0, +) },
            probabilities: truth.map { 0.5 + 0.4 * ($0 - 0.5) + 0.05 * generator.uniform() })
    }

    /// Whether EM gets to a maximum in so many steps, with every weight and probability well away from 0 and 1 in every row.
    ///
    /// A run to a maximum on the boundary can take very many steps, so one that has not ended is not taken either.
    private var hasInteriorRun: Bool {
        let maximumSteps = 2000
        let rows = run(tolerance: 1e-13, maximumSteps: maximumSteps)
        return rows.count <= maximumSteps && isInterior(rows)
    }

    private func isInterior(_ rows: [EMRow]) -> Bool {
        rows.allSatisfy { $0.numbers.allSatisfy { $0 > 1e-6 && $0 < 1 - 1e-6 } }
    }

    func arguments(tolerance: Double, maximumSteps: Int) -> [any Exchangeable] {
        [heads, flips, start.weights, start.probabilities, tolerance, maximumSteps]
    }

    /// π_k times the probability of an order of flips with these heads, in probability space: the sets are short enough.
    private func joint(_ count: Int, _ row: EMRow, flips: Int? = nil) -> [Double] {
        zip(row.weights, row.probabilities).map {
            $0 * pow($1, Double(count)) * pow(1 - $1, Double((flips ?? self.flips) - count))
        }
    }

    func logLikelihood(_ row: EMRow) -> Double {
        heads.reduce(0) { $0 + log(joint($1, row).reduce(0, +)) }
    }

    /// What the binomial coefficients add to every log-likelihood.
    private var coefficients: Double {
        let all = Double(flips) + 1
        var sum = 0.0
        for count in heads.map(Double.init) { sum += lgamma(all) - lgamma(count + 1) - lgamma(all - count) }
        return sum
    }

    private func responsibilities(_ row: EMRow, flips: Int? = nil) -> [[Double]] {
        heads.map { count in
            let joint = joint(count, row, flips: flips)
            let sum = joint.reduce(0, +)
            return joint.map { sum > 0 ? $0 / sum : 1 / Double(joint.count) }
        }
    }

    /// The M-step. A coin that no set has a share in keeps the probability it starts with: with weight 0, any would do.
    private func update(_ q: [[Double]]) -> EMRow {
        let counts = start.weights.indices.map { k in q.reduce(0) { $0 + $1[k] } }
        return EMRow(
            weights: counts.map { $0 / Double(heads.count) },
            probabilities: counts.indices.map { k in
                counts[k] > 0
                    ? zip(heads, q).reduce(0) { $0 + Double($1.0) * $1.1[k] } / (Double(flips) * counts[k])
                    : start.probabilities[k]
            })
    }

    /// One step of EM; nil from parameters of another shape.
    func step(_ row: EMRow) -> EMRow? {
        guard row.numbers.count == start.numbers.count else { return nil }
        return update(responsibilities(row))
    }

    /// What is wrong with the shape of a result, if anything is.
    func problem(of rows: [EMRow]) -> String? {
        for (t, row) in rows.enumerated() {
            guard row.weights.count == start.weights.count, row.probabilities.count == start.weights.count else {
                return "row \(t) should hold \(start.weights.count) weights and as many probabilities"
            }
            guard !row.numbers.contains(where: \.isNaN) else { return "row \(t) holds NaN: 0 was divided by 0" }
            guard row.numbers.allSatisfy({ $0 >= 0 && $0 <= 1 + Closeness.sameFormula }) else {
                return "row \(t) holds a weight or a probability that is not between 0 and 1"
            }
        }
        return nil
    }

    /// Compares the log-likelihoods of some rows with their own parameters'.
    func compareLikelihoods(of rows: [EMRow]) -> Verdict {
        let right = rows.map(logLikelihood)
        let constant = coefficients
        func mistakes(_ what: String, _ numbers: [Double], coefficients scale: Double = 1) -> [Mistake] {
            [Mistake(what, gives: numbers), Mistake(what, gives: numbers.map { $0 + scale * constant })]
        }
        let before = [rows[0]] + rows.dropLast()
        let after = rows.dropFirst() + [rows.last.flatMap(step) ?? rows[0]]
        let total = Double(heads.count)
        return .compare(
            rows.map(\.logLikelihood), with: right, right.map { $0 + constant }, what: "the log-likelihoods",
            mistakes: mistakes(
                "each row, from row 1 on, holds the log-likelihood of the parameters before; it must be that of its own",
                before.map(logLikelihood))
                + mistakes(
                    "each row holds the log-likelihood of the parameters after; it must be that of its own",
                    after.map(logLikelihood))
                + mistakes(
                    "this is Q, the expected complete-data log-likelihood, which is not ℓ",
                    rows.map { expectedLogLikelihood(of: $0, under: $0) })
                + mistakes(
                    "this is Q, the expected complete-data log-likelihood, which is not ℓ",
                    zip(rows, before).map { expectedLogLikelihood(of: $0, under: $1) })
                + mistakes("you returned log base 10", right.map { $0 / log(10) }, coefficients: 1 / log(10))
                + mistakes("you returned log base 2", right.map { $0 / log(2) }, coefficients: 1 / log(2))
                + mistakes("you divided by N", right.map { $0 / total }, coefficients: 1 / total)
                + mistakes("the sign is the wrong way round", right.map { -$0 }, coefficients: -1)
                + mistakes(
                    "weights ignored",
                    rows.map {
                        logLikelihood(EMRow(weights: $0.weights.map { _ in 1 }, probabilities: $0.probabilities))
                    }
                )
                + [Mistake("this is the likelihood itself: take its logarithm", gives: right.map { exp($0) })])
    }

    /// Q of some parameters, with the responsibilities of others.
    private func expectedLogLikelihood(of row: EMRow, under old: EMRow) -> Double {
        zip(heads, responsibilities(old)).reduce(0) { sum, set in
            let terms: [Double] = zip(set.1, joint(set.0, row)).map { q, p in q > 0 ? q * log(p) : 0 }
            return sum + terms.reduce(0, +)
        }
    }

    /// What a first step that is wrong in a known way leads to.
    var wrongSteps: [Mistake] {
        let q = responsibilities(start)
        let new = update(q)
        let mixed = update(responsibilities(EMRow(weights: new.weights, probabilities: start.probabilities)))
        let mixedToo = update(responsibilities(EMRow(weights: start.weights, probabilities: new.probabilities)))
        let equal = update(
            responsibilities(EMRow(weights: start.weights.map { _ in 1 }, probabilities: start.probabilities)))
        let hard = update(q.map { row in row.map { $0 == row.max() ? 1 : 0 } })
        let tens = update(responsibilities(start, flips: 10))
        let perSet = Double(flips)
        let perN = zip(new.probabilities, new.weights).map { $0 * $1 }
        let again =
            "the responsibilities are computed anew in the middle of the step, with some parameters new and some old"
        return [
            Mistake("this is the start again", gives: start.numbers),
            Mistake("this is two steps after row 0", gives: step(new)?.numbers ?? []),
            Mistake(again, gives: new.weights + mixed.probabilities),
            Mistake(again, gives: mixedToo.weights + new.probabilities),
            Mistake("weights ignored in the E-step", gives: equal.numbers),
            Mistake("the weights have not moved", gives: start.weights + new.probabilities),
            Mistake("the probabilities have not moved", gives: new.weights + start.probabilities),
            Mistake("each set is given to one coin as a whole, and not by shares", gives: hard.numbers),
            Mistake(
                "the probabilities are heads per set, not per flip",
                gives: new.weights + new.probabilities.map { $0 * perSet }),
            Mistake("you divided by N, not by N_k", gives: new.weights + perN),
            Mistake("you divided by N, not by N_k", gives: new.weights + perN.map { $0 * perSet }),
            Mistake("heads and tails are swapped", gives: new.weights + new.probabilities.map { 1 - $0 }),
            Mistake(
                "every set is taken to have 10 flips: the number is an argument",
                gives: tens.weights + tens.probabilities.map { $0 * perSet / 10 }),
        ]
    }

    /// The place among `wrongSteps` of the mistake that explains row 1 of a run; nil if row 1 is right, or the start again.
    func slip(in rows: [EMRow]) -> Int? {
        guard rows.count > 1, let right = step(start), !Closeness.agree(rows[1].numbers, right.numbers),
            !Closeness.agree(rows[1].numbers, start.numbers)
        else { return nil }
        return wrongSteps.firstIndex { Closeness.agree(rows[1].numbers, $0.numbers) }
    }

    /// The rows of a run.
    func run(tolerance: Double, maximumSteps: Int, relative: Bool = false) -> [EMRow] {
        var rows = [start]
        var height = logLikelihood(start)
        while rows.count <= maximumSteps, let next = rows.last.flatMap(step) {
            rows.append(next)
            let before = height
            height = logLikelihood(next)
            if height - before <= tolerance * (relative ? abs(height) : 1) { break }
        }
        return rows
    }
    // BEGIN HIDDEN TESTS

    /// Tolerances half way between two rises, so that rounding decides nothing, and maxima of steps.
    var limits: [(tolerance: Double, maximumSteps: Int)] {
        let heights = run(tolerance: 0, maximumSteps: 8).map(logLikelihood)
        let rises = zip(heights, heights.dropFirst()).map { $1 - $0 }
        func between(_ t: Int) -> Double { (rises[t - 1] * rises[t]).squareRoot() }
        return [(1e9, 7), (0, 1), (0, 3), (between(2), 9), (between(4), 20), (between(3), 2)]
    }
    // END HIDDEN TESTS
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 7: which coin did a new flip come from, and ten new flips?
struct Prediction {
    /// The fitted coins of section 3, in the order of their head probabilities.
    private let fitted: Mixture<Binomial>

    init(_ fitted: Mixture<Binomial>) throws {
        let order = fitted.heads.indices.sorted { fitted.heads[$0] < fitted.heads[$1] }
        self.fitted = try fitted.relabelled(order)
    }

    func explain(in report: inout Report) throws {
        report.section("Predicting the hidden coin")
        report.prose(
            #"""
            Back to the coins fitted in section 3. Somebody flips once more behind the curtain: which coin was it? Nothing new has to be
            learnt for that: it is the E-step, asked about a flip $\obs{\ast}$ that was not among the data.
            """#)
        let single = try coins(flips: 1)
        // The check counts results, and of a result that is too rare, or impossible, there would be too few to count.
        let sides = [("heads", 1), ("tails", 0)]
        let seed = report.seed
        let results = sides.filter { single.density(at: HeadCount(heads: $0.1, flips: 1)) >= 1e-3 }
        let rare = sides.filter { side in !results.contains { $0.1 == side.1 } }.map {
            " (\($0.0.capitalized) are so rare under the fit that they are left out.)"
        }
        let posterior = try results.map { try single.responsibilities(at: HeadCount(heads: $0.1, flips: 1)) }
        let numbers = zip(results, posterior).map { result, q -> TeX in
            #"\text{\#(result.0):} \quad \#(column: q, .fixed(4))"#
        }
        let bets = zip(results, posterior).map { result, q in
            "\(result.0): bet on coin \((q.firstIndex(of: q.max() ?? 0) ?? 0) + 1)"
        }
        report.equation(
            "cs181.predict",
            formula: #"""
                p(\isclass{\ast}{k} \mid \obs{\ast}) = \frac{\weight{k} \thinspace p(\obs{\ast} \mid
                \isclass{\ast}{k})}{\sum_{\otherindex} \weight{j} \thinspace p(\obs{\ast} \mid \isclass{\ast}{j})}
                """#,
            numbers: TeX(numbers.map(\.source).joined(separator: #", \qquad "#)),
            value: .matrix(posterior),
            again: .simulation(
                try results.map { try counted(isHeads: $0.1 == 1, seed: seed) },
                "flipping the fitted coins 400,000 times and counting which coin each result came from"),
            telling: .entry(0, 0, "P(first coin, given \(results[0].0))"),
            note: #"""
                With the coins numbered by their head probability, \#(bets.joined(separator: "; ")). Such bets are wrong
                with probability \#(try errorRate(flips: 1), .percent(1)).\#(rare.joined())
                """#)
        report.prose(
            #"""
            One flip is weak evidence; ten flips of the same coin are more. The posterior after ten new flips, by the number of heads:
            """#)
        try tenFlipTable(in: &report)
        let errors = try [1, 10].map { try errorRate(flips: $0) }
        report.check(
            "wrong-bets", value: .vector(errors),
            again: .simulation(
                try [1, 10].map { try countedErrors(flips: $0, seed: seed) },
                "betting 100,000 times, and counting the wrong bets: after one flip, and after ten"))
        report.prose(
            #"""
            Bets after ten flips are wrong with probability \#(try errorRate(flips: 10), .percent(1)), where after one flip it was
            \#(try errorRate(flips: 1), .percent(1)).
            """#)
        if errors[0] - errors[1] > 1e-3 {
            report.prose(
                """
                The curve in [fig:prediction-error] comes down in stairs. Head counts are whole numbers, so a further flip helps only if it can
                turn the bet, and some hardly can.
                """)
        }
        report.figure(
            try errorFigure(report),
            caption: #"""
                How often the most probable coin is the wrong one: in \#(try errorRate(flips: 1), .percent(1)) of the cases after one flip, in
                \#(try errorRate(flips: 10), .percent(1)) after ten, and in \#(try errorRate(flips: 30), .percent(2)) after thirty.
                """#)
        try plateau(in: &report)
    }

    /// The posterior of each coin after ten new flips of it, for every number of heads that the fitted coins can show.
    private func tenFlipTable(in report: inout Report) throws {
        let ten = try coins(flips: 10)
        let possible = (0...10).map { HeadCount(heads: $0, flips: 10) }.filter { ten.density(at: $0) > 0 }
        let posteriors = try possible.map { try ten.responsibilities(at: $0) }
        let rows = fitted.heads.indices.map { k in
            [Prose("coin \(k + 1)")] + posteriors.map { "\($0[k], .fixed(3))" }
        }
        report.table(["heads"] + possible.map { "\($0.heads)" }, rows: rows)
    }

    /// Asks about the first further flip that does not help, if there is one.
    private func plateau(in report: inout Report) throws {
        let errors = try (1...30).map { try errorRate(flips: $0) }
        guard errors[0] - errors[29] > 1e-3,
            let n = errors.indices.dropLast().first(where: { errors[$0 + 1] > errors[$0] - 1e-9 }), errors[n] > 1e-6
        else { return }
        report.exercise(
            #"""
            Going from \#(n + 1) to \#(n + 2) flips does not lower the probability of a wrong guess. How can a further
            flip be useless?
            """#,
            answer: #"""
                A flip helps only if it can change the bet. Where after \#(n + 1) flips no head count is so close that one more result
                could turn you round, the bet stays the same, and so does its chance of being wrong. You may be more certain of one bet and less of another, but on average nothing is gained.
                """#)
    }

    private func coins(flips: Int) throws -> Mixture<Binomial> {
        try binomialMixture(weights: fitted.weights, heads: fitted.heads, flips: flips)
    }

    /// The probability that the most probable coin is the wrong one: Σ_h p(h) (1 - max_k γ_k(h)).
    private func errorRate(flips: Int) throws -> Double {
        let mixture = try coins(flips: flips)
        return (0...flips).reduce(0) { sum, heads in
            let joint = mixture.logJoint(at: HeadCount(heads: heads, flips: flips)).map { exp($0) }
            return sum + joint.reduce(0, +) - (joint.max() ?? 0)
        }
    }

    private func counted(isHeads wanted: Bool, seed: UInt64) throws -> [SimulationEstimate] {
        let (weights, heads) = (fitted.weights, fitted.heads)
        return try Simulation.proportions(classes: weights.count, count: 400_000, seed: seed &+ 5) { random in
            let coin = drawCoin(weights, &random)
            return (random.uniform() < heads[coin]) == wanted ? coin : nil
        }
    }

    /// How often the bet is wrong when the game is played. The bet is read off plain products, not off the package's posterior.
    private func countedErrors(flips: Int, seed: UInt64) throws -> SimulationEstimate {
        let (weights, heads) = (fitted.weights, fitted.heads)
        let bets = (0...flips).map { count in
            let products = weights.indices.map { k in
                weights[k] * power(heads[k], count) * power(1 - heads[k], flips - count)
            }
            return products.firstIndex(of: products.max() ?? 0) ?? 0
        }
        return try Simulation.proportion(count: 100_000, seed: seed &+ UInt64(flips)) { random in
            let coin = drawCoin(weights, &random)
            let count = random.successes(in: flips, probability: heads[coin])
            return bets[count] != coin
        }
    }

    private func drawCoin(_ weights: [Double], _ random: inout SplitMix64) -> Int {
        var (coin, u) = (0, random.uniform())
        while coin < weights.count - 1, u >= weights[coin] {
            u -= weights[coin]
            coin += 1
        }
        return coin
    }

    private func errorFigure(_ report: Report) throws -> Figure {
        let points = try (1...30).map { Point(Double($0), try errorRate(flips: $0)) }
        return Figure(
            id: "prediction-error", title: "How many flips until we know the coin?",
            subtitle: "Probability that the most probable coin is the wrong one, with the fitted coins",
            alt: report.words(
                #"""
                The probability of a wrong guess against the number of flips: \#(points[0].y, .percent(1)) after one flip,
                \#(points[9].y, .percent(1)) after ten, \#(points[29].y, .percent(2)) after thirty.
                """#),
            panels: [
                Panel(
                    x: Axis("flips of the same coin", ticks: .integers),
                    y: Axis("wrong guesses", format: .percent, includesZero: true),
                    layers: [
                        .line(points, marker: .circle),
                        .annotation(
                            Label("10 flips: " + NumberFormat.percent(1).string(points[9].y)),
                            at: Point(13, points[4].y),
                            anchor: .left, pointingAt: points[9]),
                    ], legend: .none)
            ])
    }
}

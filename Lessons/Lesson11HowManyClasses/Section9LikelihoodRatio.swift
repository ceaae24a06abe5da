import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 9: the likelihood ratio, and why its chi-square law fails: on the edge, and where parameters mean nothing.
struct LikelihoodRatio {
    private let seed: UInt64
    /// The statistic of one class against two, for samples from one Gaussian in two columns; in order.
    private let drawn: [Double]
    private let again: [Double]
    private static let sets = 100
    private static let rows = 100
    private static let freedom = 3
    /// Of the chi-square laws: what is exceeded with probability 5 and 10 percent.
    private static let bounds = [0, 2.705543, 3.841459, 5.991465]

    init(seed: UInt64) throws {
        self.seed = seed
        drawn = Self.draw(200, stream: 4, seed: seed)
        again = Self.draw(100, stream: 5, seed: seed)
    }

    private static func draw(_ count: Int, stream: Int, seed: UInt64) -> [Double] {
        onAllCores(count) { number -> Double? in
            var generator = SeededGenerator(seed: seed &+ 100_000 &* UInt64(number + 1)).stream(stream)
            let data = TiedEM((0..<rows).map { _ in [generator.standardNormal(), generator.standardNormal()] })
            guard let one = data.one(), let two = data.best(2, starts: 6, after: one, using: &generator) else {
                return nil
            }
            return max(0, 2 * (two.logLikelihood - one.logLikelihood))
        }.compactMap { $0 }.sorted()
    }

    func explain(in report: inout Report) throws {
        report.section("A test for one more class, and why the chi-square law fails")
        report.prose(
            #"""
            Is there a second class, or is it chance? The textbook answer is the likelihood ratio. Let $T$ be twice the gain of log-likelihood. If the smaller model is true, it says, $T$ follows the chi-square law, with as many degrees of freedom as the larger
            model has parameters more (Wilks 1938). For mixtures that is wrong, for two reasons. The smaller model lies on the *edge* of the larger one: a weight is 0, and it cannot become negative. And there, parameters *mean nothing*: if the weight of a class is 0, its mean can be
            anything; or if two classes agree, their weights can. First a case in which the second trouble can be removed, then one with both.
            """#)
        try edge(in: &report)
        try nothing(in: &report)
    }

    // MARK: The edge

    private func edge(in report: inout Report) throws {
        let law = PairsOfFlips.law(sets: Self.sets, above: Self.bounds)
        let sets = Self.sets
        let simulated = try Simulation.means(count: 20_000, seed: seed) { random in
            var counts = [0, 0, 0]
            for _ in 0..<sets { counts[(random.uniform() < 0.5 ? 1 : 0) + (random.uniform() < 0.5 ? 1 : 0)] += 1 }
            let statistic = PairsOfFlips(counts: counts).statistic
            return Self.bounds.map { statistic > $0 ? 1 : 0 }
        }
        let naive = try chiSquarePValue(statistic: Self.bounds[3], degreesOfFreedom: 2)
        report.prose(
            #"""
            **The edge.** Somebody flips a coin twice, \#(Self.sets) times over. One coin, or two that are mixed? Two coins have more sets with equal flips than one: 0 heads and 2 heads get more than their share. In about half of all samples from *one* coin, equal flips are by chance too *few*. Then no pair of
            coins fits better than one coin; the best that a mixture can do is to make both coins alike, and $T = 0$ exactly. (Of two equal coins the weight means nothing, here as everywhere. But two flips tell only two numbers of the coins that are mixed, the mean and the variance of their probabilities of heads. In terms of these two, one coin is variance 0, and nothing else: the edge alone.)
            """#)
        report.predict(
            "One coin was flipped. How often will the mixture of two coins gain nothing at all?",
            answer: #"In \#(1 - law[0], .percent(1)) of all samples. A chi-square law would say: never."#)
        report.equation(
            "beyond.likelihood-ratio",
            formula: #"""
                T = 2 \left( \loglik{\hat{\params}_{2}} - \loglik{\hat{\params}_{1}} \right), \qquad \Pr (T = 0) \to \tfrac{1}{2}, \qquad
                \Pr (T \gt t) \to \tfrac{1}{2} \Pr (\chi_{1}^{2} \gt t)
                """#,
            numbers: #"""
                \#(Self.sets) \text{ sets:} \quad \Pr (T = 0) = \#(1 - law[0], .fixed(4)), \qquad \Pr (T \gt 2.706) = \#(law[1], .fixed(4)), \qquad \Pr (T \gt 5.991) = \#(law[3], .fixed(4))
                """#,
            value: .vector(law),
            again: .simulation(simulated, "drawing 20,000 times \(Self.sets) sets of two flips of a fair coin"),
            telling: .entry(0, #"$\Pr (T \gt 0)$"#),
            note: #"""
                The values are the probabilities that $T$ exceeds 0, 2.706, 3.841 and 5.991, added up over all possible counts of 0, 1 and 2 heads. Two coins and a weight are two parameters more than one coin. A test by the chi-square law with two degrees of freedom would reject at 5.991 and believe that it errs in \#(naive, .percent(0)) of cases; it errs in \#(law[3], .percent(1)), and
                overlooks many second coins. (Chernoff and Lander 1995 treat such laws. One degree of freedom and not two, because two flips cannot tell three parameters apart: [lesson:5].)
                """#)
        let tables = [[40, 20, 40], [30, 45, 25], [10, 30, 60], [25, 50, 25], [20, 60, 20]]
        report.check(
            "pairs-of-flips", value: .vector(tables.map { PairsOfFlips(counts: $0).statistic }),
            again: .search(
                .vector(try tables.map(byEM)), "EM for two coins, from unequal ones, on five tables of counts",
                tolerance: Tolerance(
                    1e-3,
                    reason:
                        "where the coins become alike, EM creeps: its gain falls like one over the square of the steps")
            ))
    }

    /// The statistic by EM.
    private func byEM(_ counts: [Int]) throws -> Double {
        let data = (0...2).map { HeadCount(heads: $0, flips: 2) }
        let total = Double(counts.reduce(0, +))
        let heads = Double(counts[1] + 2 * counts[2]) / (2 * total)
        let one = try Mixture(weights: [1], components: [Binomial(trials: 2, probability: heads)])
        let two = try Mixture(
            weights: [0.5, 0.5],
            components: [0.6, 1.2].map { try Binomial(trials: 2, probability: min(0.95, $0 * heads)) })
        let weights = counts.map(Double.init)
        let fit = try EM(
            data: data, counts: weights, start: two, stop: .any(.relativeChange(1e-12), .maximumSteps(3000))
        ).fit()
        return 2 * (fit.last.logLikelihood - one.logLikelihood(of: data, counts: weights))
    }

    // MARK: Parameters that mean nothing

    private func share(_ values: [Double], above bound: Double) -> SimulationEstimate {
        SimulationEstimate(hits: values.count { $0 > bound }, trials: values.count)
    }

    /// What the chi-square law exceeds with this probability, by halving an interval.
    private func quantile(_ probability: Double) throws -> Double {
        var (low, high) = (0.0, 100.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if try chiSquarePValue(statistic: middle, degreesOfFreedom: Self.freedom) > probability {
                low = middle
            } else {
                high = middle
            }
        }
        return low
    }

    private func nothing(in report: inout Report) throws {
        let levels = [0.5, 0.25, 0.1, 0.05]
        let quantiles = try levels.map(quantile)
        let shares = quantiles.map { share(drawn, above: $0) }
        report.prose(
            #"""
            **Parameters that mean nothing.** Draw \#(Self.rows) rows from *one* Gaussian in two columns, and fit two classes with one covariance for both (EEE): a weight and a second mean, \#(Self.freedom) parameters more. If there is no second class, its mean is not determined by anything. So EM may look in every direction of the plane for a place where the rows happen
            to thin out, and takes the best. The best of so many directions gains more than \#(Self.freedom) parameters with a meaning of their own would gain. (The law of $T$ depends on neither the mean nor the covariance of the Gaussian: both models follow when the rows are moved, turned or stretched.)
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                How often $T$ is larger than the number below, if the smaller model is true. Left: one coin against two. Right: one Gaussian against two, \#(drawn.count) samples. Dashed: the chi-square laws that count parameters, with two degrees of freedom and with \#(Self.freedom). They err in opposite directions.
                """#)
        report.table(
            ["chi-square law: bound", "exceeded, says the law", "exceeded by", "standard error"],
            rows: levels.indices.map {
                [
                    "\(quantiles[$0], .fixed(2))", "\(levels[$0], .percent(0))", "\(shares[$0].mean, .percent(1))",
                    "\(shares[$0].standardError, .percent(1))",
                ]
            },
            caption: #"""
                One Gaussian against two: \#(drawn.count) samples from one. The mean of $T$ is \#(drawn.reduce(0, +) / Double(drawn.count), .fixed(2)); that of the law is its degrees of freedom, \#(Self.freedom). \#(shares[3].mean > 0.05 + 2 * shares[3].standardError ? "Anyone who tests by this law finds second classes that are not there." : "")
                """#)
        report.check(
            "gaussian-null", value: .vector(shares.map(\.mean)),
            again: .simulation(
                quantiles.map { bound in
                    // The value is a share of draws, too.
                    SimulationEstimate(
                        hits: again.count { $0 > bound }, of: again.count,
                        against: drawn.count { $0 > bound }, of: drawn.count)
                }, "drawing other samples and fitting them again, \(again.count) times"))
        report.define("T", "likelihood ratio statistic", "twice the gain of log-likelihood from one more class")
    }

    private func figure(_ report: Report) throws -> Figure {
        func stairs(_ law: [(Double, Double)]) -> [Point] { law.map { Point($0.0, $0.1) } }
        let grid = (0...150).map { Double($0) / 10 }
        let pairs = PairsOfFlips.law(sets: Self.sets, above: grid)
        let gaussians = grid.map { bound in Double(drawn.count { $0 > bound }) / Double(drawn.count) }
        func law(_ freedom: Int) throws -> [Point] {
            try grid.map { Point($0, try chiSquarePValue(statistic: $0, degreesOfFreedom: freedom)) }
        }
        func panel(_ title: String, _ values: [Double], _ name: String, _ freedom: Int, _ end: Double) throws -> Panel {
            Panel(
                title: Label(title), x: Axis("$t$", range: 0...end),
                y: Axis(try report.label(#"$\Pr (T \gt t)$"#), range: 0...1),
                layers: [
                    .line(
                        try law(freedom), style: LineStyle(.vermillion, width: 2, dash: .dashed),
                        label: Label("chi-square, \(freedom) degrees of freedom")),
                    .line(
                        zip(grid, values).map { Point($0, $1) }, style: LineStyle(.blue, width: 2.2),
                        label: Label(name)),
                ], legend: .topRight)
        }
        let median = try chiSquarePValue(statistic: drawn[drawn.count / 2], degreesOfFreedom: Self.freedom)
        return Figure(
            id: "likelihood-ratio",
            title: "The chi-square law is too careful for the coins, and too bold for the Gaussians",
            alt: report.words(
                #"""
                Two panels of tail probabilities. Coins: the true law starts at \#(pairs[0], .fixed(2)) and lies below chi-square with 2 degrees of freedom. Gaussians: the median of T, \#(drawn[drawn.count / 2], .fixed(2)), is exceeded with probability \#(median, .fixed(2)) by chi-square with \#(Self.freedom) degrees of freedom.
                """#),
            panels: [
                try panel("one coin or two", pairs, "true law", 2, 9),
                try panel("one Gaussian or two", gaussians, "simulated, \(drawn.count) samples", Self.freedom, 15),
            ], columns: 2, size: Size(width: 880, height: 380))
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 9, second half: the law of the likelihood ratio by drawing from the smaller model.
struct Bootstrap {
    /// K classes against K + 1.
    struct Test {
        let classes: Int
        let observed: Double
        let drawn: [Double]
        let again: [Double]
        /// (1 + how many are as large) / (1 + how many there are)
        var pValue: Double { Double(1 + drawn.count { $0 >= observed }) / Double(1 + drawn.count) }
        var error: Double { (pValue * (1 - pValue) / Double(drawn.count)).squareRoot() }
    }

    let tests: [Test]
    private static let draws = 79
    private static let more = 25
    private static let columns = 2

    init(_ rows: [[Double]], seed: UInt64) throws {
        let data = TiedEM(rows)
        // The observed fits are the same for every seed, as the data are; what is drawn is not.
        var generator = SeededGenerator(seed: 7)
        let fits = (1...4).map { data.best($0, starts: 20, trial: 15, using: &generator) }
        tests = try (1...3).compactMap { classes in
            guard let smaller = fits[classes - 1], let larger = fits[classes] else { return nil }
            let truth = try data.mixture(smaller)
            let middle = data.middle
            let draws = onAllCores(Self.draws + Self.more) { number -> Double? in
                var generator = SeededGenerator(
                    seed: seed &+ 1_000_000 &* UInt64(classes) &+ 10_000 &* UInt64(number + 1)
                ).stream(6)
                let sample = TiedEM(truth.sample(count: rows.count, using: &generator).map(\.observation))
                // The smaller model starts where the truth is, the larger one anywhere.
                guard let null = sample.run(sample.moved(smaller, from: middle)),
                    let other = sample.best(classes + 1, starts: 6, using: &generator)
                else { return nil }
                return max(0, 2 * (other.logLikelihood - null.logLikelihood))
            }
            return Test(
                classes: classes, observed: 2 * (larger.logLikelihood - smaller.logLikelihood),
                drawn: draws.prefix(Self.draws).compactMap { $0 }, again: draws.dropFirst(Self.draws).compactMap { $0 })
        }
    }

    /// The first number of classes that is not rejected at 5 percent; nil if all are.
    private var chosen: Int? { tests.first { $0.pValue > 0.05 }?.classes }

    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        Old Faithful, classes with one covariance: the bootstrap gives p = \(tests.map(\.pValue), .fixed(2)) for one class more than 1, 2 and 3.
        """
    }

    func explain(in report: inout Report) throws {
        report.prose(
            #"""
            **The bootstrap.** If the law of $T$ is not known, draw from it (McLachlan 1987). Fit $\classcount$ classes. Draw samples of the same size from *that* mixture, in which there is no further class. Fit $\classcount$ and $\classcount + 1$ classes to each, and see how often $T$ is as large as with the real data. The share is the p-value; one is added above and below, because under the smaller model
            the real data are one more draw.

            Old Faithful again, with one covariance for all classes: one class against two, two against three, three against four, with \#(Self.draws) samples for each.
            """#)
        let naive = try tests.map { try chiSquarePValue(statistic: $0.observed, degreesOfFreedom: Self.columns + 1) }
        let estimates = tests.map { test -> SimulationEstimate in
            let hits = test.again.count { $0 >= test.observed }
            let other = SimulationEstimate(hits: hits, trials: test.again.count)
            let own = SimulationEstimate(hits: test.drawn.count { $0 >= test.observed }, trials: test.drawn.count)
                .standardError
            return SimulationEstimate(
                mean: Double(1 + hits) / Double(1 + test.again.count),
                standardError: (other.standardError * other.standardError + own * own).squareRoot(), count: other.count)
        }
        report.equation(
            "beyond.bootstrap",
            formula: #"""
                p = \frac{1 + \text{number of } T^{\ast}_{b} \ge T}{1 + B}, \qquad T^{\ast}_{1}, \ldots, T^{\ast}_{B} \text{ from samples of } \hat{\params}_{\classcount}
                """#,
            numbers: #"""
                \text{1, 2, 3 classes against one more:} \quad T = \#(tests.map(\.observed), .fixed(2)), \qquad p = \#(tests.map(\.pValue), .fixed(2))
                """#,
            value: .vector(tests.map(\.pValue)),
            again: .simulation(
                estimates, "drawing \(Self.more) other samples for each test (the standard errors of both are counted)"),
            telling: .last("p-value of three classes against four"))
        report.figure(
            try figure(report),
            caption: #"""
                The statistic in \#(Self.draws) samples from the smaller mixture (grey), and in the real data (line). \#(chosen.map { "The first test that does not reject is that of \($0) against \($0 + 1) classes." } ?? "Every test rejects.")
                """#)
        report.table(
            ["test", "$T$", "p, bootstrap", "standard error", "p, chi-square law"],
            rows: tests.indices.map { place in
                let test = tests[place]
                return [
                    "\(test.classes) against \(test.classes + 1)", "\(test.observed, .fixed(2))",
                    "\(test.pValue, .fixed(2))",
                    "\(test.error, .fixed(2))", naive[place] < 0.0005 ? "below 0.001" : "\(naive[place], .fixed(3))",
                ]
            },
            caption: #"""
                With \#(Self.draws) samples no p-value can be below \#(1 / Double(Self.draws + 1), .fixed(2)). \#(verdict(naive))
                """#)
        report.prose(
            #"""
            \#(chosen.map { "So the test by bootstrap, at a level of 5 percent, stops at \($0) \($0 == 1 ? "class" : "classes")." } ?? "All three tests reject at a level of 5 percent, and one would have to go on.") It answers whether the data *contradict* the smaller number, given the shape of the covariances, and it answers one such question after another, each with its own chance of an error. A mixture that is wrong in another way, with too stiff a shape, will be rejected just as well, and one class more
            will be blamed for what a better shape would mend.
            """#)
        report.define(
            nil, "parametric bootstrap", "samples drawn from a fitted model, to see what it would do if it were true")
        report.exercise(
            "Why is the smaller model started at the truth in each drawn sample, and the larger one at random? Is that fair?",
            answer: """
                The smaller model's maximum is near the truth, which is known for drawn samples, so this start finds it quickly. For the larger one nobody knows where to look. Random starts may miss its maximum, which makes the drawn statistics too small and the p-value too small. With the real data one must look no harder
                than with the drawn ones, or the comparison is not fair; here the real data had more starts, and the p-values are, if anything, a little too small.
                """)
    }

    private func verdict(_ naive: [Double]) -> Prose {
        let differ = tests.indices.filter { (naive[$0] < 0.05) != (tests[$0].pValue <= 0.05) }
        guard let place = differ.first else {
            return "At a level of 5 percent the chi-square law decides the same here."
        }
        return
            "At a level of 5 percent the chi-square law decides otherwise about \(tests[place].classes) against \(tests[place].classes + 1)."
    }

    private func figure(_ report: Report) throws -> Figure {
        let panels = tests.map { test -> Panel in
            let top = max(test.observed, test.drawn.max() ?? 1) * 1.08
            return Panel(
                title: Label(
                    "\(test.classes) or \(test.classes + 1) classes: p = \(NumberFormat.fixed(2).string(test.pValue))"),
                x: Axis("$T$", range: 0...top, ticks: .wanted(4)), y: Axis("samples", includesZero: true),
                layers: [
                    .histogram(test.drawn, bins: .edges((0...30).map { Double($0) / 30 * top })),
                    .rule(x: test.observed, style: LineStyle(.vermillion, width: 2.5)),
                ], legend: .none)
        }
        return Figure(
            id: "bootstrap", title: "Is the gain larger than chance gives? Draw, and see",
            subtitle: "Grey: samples from the smaller mixture; line: Old Faithful",
            alt: report.words(
                #"""
                Three histograms of T with the observed value marked: \#(tests.map { "\($0.classes) against \($0.classes + 1) classes, T = \(NumberFormat.fixed(1).string($0.observed)), p = \(NumberFormat.fixed(2).string($0.pValue))" }.joined(separator: "; ")).
                """#),
            panels: panels, columns: 3, size: Size(width: 940, height: 330))
    }
}

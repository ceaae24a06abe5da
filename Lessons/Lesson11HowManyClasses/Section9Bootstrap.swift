import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 9, second half: the law of the likelihood ratio by drawing from the smaller model.
struct Bootstrap {
    enum Verdict { case rejects, keeps, open }

    /// K classes against K + 1.
    struct Test {
        let classes: Int
        let observed: Double
        let drawn: [Double]
        let again: [Double]
        /// (1 + how many are as large) / (1 + how many there are)
        var pValue: Double { Double(1 + hits) / Double(1 + drawn.count) }
        var error: Double { (pValue * (1 - pValue) / Double(drawn.count)).squareRoot() }
        var hits: Int { drawn.count { $0 >= observed } }
        /// For texts: `3 against 4`.
        var name: String { "\(classes) against \(classes + 1)" }
        /// At a level of 5 percent, as far as so many draws can tell: two standard errors of p are allowed for.
        var verdict: Verdict {
            pValue + 2 * error < Bootstrap.level ? .rejects : pValue - 2 * error > Bootstrap.level ? .keeps : .open
        }
    }

    let tests: [Test]
    /// The statistics of the real data by the core's EM, from the fits of the section before.
    private let core: [Double]
    private static let draws = 79
    private static let more = 25
    private static let columns = 2
    private static let level = 0.05
    /// Random starts of the larger model, besides those from the smaller one.
    private static let starts = 4

    /// The larger model, looked for with the same effort in real and in drawn data.
    private static func larger(
        than smaller: TiedEM.Fit, _ data: TiedEM, using generator: inout SeededGenerator
    ) -> TiedEM.Fit? {
        data.best(smaller.classes + 1, starts: starts, trial: 12, after: smaller, using: &generator)
    }

    init(_ study: Study, seed: UInt64) throws {
        let rows = study.measured
        let data = TiedEM(rows)
        // The observed fits are the same for every seed, as the data are; what is drawn is not.
        var generator = SeededGenerator(seed: 7)
        var fits = [data.one()].compactMap { $0 }
        while let last = fits.last, fits.count < 4, let next = Self.larger(than: last, data, using: &generator) {
            fits.append(next)
        }
        tests = try zip(fits, fits.dropFirst()).map { smaller, larger in
            let truth = try data.mixture(smaller)
            let (middle, classes) = (data.middle, smaller.classes)
            let draws = onAllCores(Self.draws + Self.more) { number -> Double? in
                var generator = SeededGenerator(
                    seed: seed &+ 1_000_000 &* UInt64(classes) &+ 10_000 &* UInt64(number + 1)
                ).stream(6)
                let sample = TiedEM(truth.sample(count: rows.count, using: &generator).map(\.observation))
                // The smaller model starts where the truth is.
                guard let null = sample.run(sample.moved(smaller, from: middle)),
                    let other = Self.larger(than: null, sample, using: &generator)
                else { return nil }
                return max(0, 2 * (other.logLikelihood - null.logLikelihood))
            }
            return Test(
                classes: classes, observed: 2 * (larger.logLikelihood - smaller.logLikelihood),
                drawn: draws.prefix(Self.draws).compactMap { $0 }, again: draws.dropFirst(Self.draws).compactMap { $0 })
        }
        core = tests.compactMap { test in
            guard let smaller = study.candidate(.EEE, test.classes),
                let larger = study.candidate(.EEE, test.classes + 1)
            else { return nil }
            return 2 * (larger.criteria.logLikelihood - smaller.criteria.logLikelihood)
        }
    }

    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        Old Faithful, classes with one covariance: the bootstrap gives p = \(tests.map(\.pValue), .fixed(3)) for one more class than 1, 2 and 3.
        """
    }

    func explain(in report: inout Report) throws {
        report.prose(
            #"""
            **The parametric bootstrap.** If the law of $T$ is not known, draw from it (McLachlan 1987). Fit $\classcount$ classes. Draw samples of the same size from *that* mixture, in which there is no further class. Fit $\classcount$ and $\classcount + 1$ classes to each, and see how often $T$ is as large as with the real data. The share is the p-value; one is added above and below, because under the smaller model
            the real data are one more draw.

            Old Faithful again, with one covariance for all classes: one class against two, two against three, three against four, with \#(Self.draws) samples for each. The larger model is looked for with the same effort in the real data and in the drawn ones: from the smaller model's fit, each class of it in turn drawn apart along either axis of its ellipse, and from \#(Self.starts) random starts.
            """#)
        report.equation(
            "beyond.bootstrap",
            formula: #"""
                p = \frac{1 + \text{number of } T^{\ast}_{b} \ge T}{1 + B}, \qquad T^{\ast}_{1}, \ldots, T^{\ast}_{B} \text{ from samples of } \hat{\params}_{\classcount}
                """#,
            numbers: #"""
                \text{1, 2, 3 classes against one more:} \quad T = \#(tests.map(\.observed), .fixed(2)), \qquad p = \#(tests.map(\.pValue), .fixed(3))
                """#,
            value: .vector(tests.map(\.pValue)),
            again: .simulation(
                tests.map { test in
                    SimulationEstimate(
                        hits: test.again.count { $0 >= test.observed }, of: test.again.count, against: test.hits,
                        of: test.drawn.count)
                }, "the share of \(Self.more) other samples in each test (with the standard error of the difference)"),
            telling: .last("p-value of three classes against four"),
            note: beyondReach.isEmpty
                ? nil
                : #"""
                In \#(beyondReach.map(\.name).joined(separator: " and in ")) no sample at all reaches the statistic of the real data: there the check can only say that p is small.
                """#)
        report.check(
            "bootstrap-statistics", value: .vector(tests.map(\.observed)),
            again: .search(
                .vector(core), "the fits of section 8, by other code and from other starts",
                tolerance: Tolerance(
                    0.1,
                    reason:
                        "EM ends here when a step gains less than 1e-4, which may be a few hundredths below the maximum"
                )))
        report.figure(
            try figure(report),
            caption: #"""
                The statistic in \#(Self.draws) samples from the smaller mixture (grey), and in the real data (line\#(tests.contains { isFar($0) } ? ", or a note where that is far to the right" : "")). p is the share of samples beyond the line, with one added above and below.
                """#)
        try table(in: &report)
        report.prose(
            #"""
            At a level of 5 percent, \#(conclusion). The test asks whether the data *contradict* the smaller number, given the shape of the covariances, and it asks one such question after another, each with its own chance of an error. A mixture that is wrong in another way, with too stiff a shape, will be rejected just as well, and one more class
            will be blamed for what a better shape would mend.
            """#)
        report.define(
            nil, "parametric bootstrap", "samples drawn from a fitted model, to see what it would do if it were true")
        report.exercise(
            "Somebody gives the real data a hundred starts, because they matter, and each drawn sample only one, to save time. What happens to the p-value?",
            answer: """
                It comes out too small. A search that misses the maximum makes $T$ too small, and here that happens in the drawn samples more often than in the real data. With equal effort the real data are, under the smaller model, one more draw, even if some maxima are missed. (One difference is left: the smaller model is started at the truth in the drawn samples, and that is not known for the real data. \
                There the fits agree with those of section 8.)
                """)
    }

    /// Tests in which no sample's statistic is as large as the real one, in either set of draws.
    private var beyondReach: [Test] {
        tests.filter { test in test.hits == 0 && !test.again.contains { $0 >= test.observed } }
    }

    private func table(in report: inout Report) throws {
        let naive = try tests.map { try chiSquarePValue(statistic: $0.observed, degreesOfFreedom: Self.columns + 1) }
        let differ = tests.indices.filter {
            tests[$0].verdict != .open && (naive[$0] < Self.level) != (tests[$0].verdict == .rejects)
        }
        report.table(
            ["test", "$T$", "p, bootstrap", "standard error", "p, chi-square law"],
            rows: tests.indices.map { place in
                let test = tests[place]
                return [
                    Prose(test.name), "\(test.observed, .fixed(2))", "\(test.pValue, .fixed(3))",
                    "\(test.error, .fixed(3))", naive[place] < 0.0005 ? "below 0.001" : "\(naive[place], .fixed(3))",
                ]
            },
            caption: """
                With \(Self.draws) samples no p-value can be below \(1 / Double(Self.draws + 1), .fixed(3)). At a level of 5 percent the chi-square law decides \
                \(differ.isEmpty ? "as the bootstrap does, where that decides." : "otherwise about \(differ.map { tests[$0].name }.joined(separator: " and ")).")
                """)
    }

    /// What the tests say, in words.
    private var conclusion: String {
        func names(_ verdict: Verdict) -> [String] { tests.filter { $0.verdict == verdict }.map(\.name) }
        func sentence(_ verdict: Verdict, _ one: String, _ many: String) -> String? {
            let found = names(verdict)
            return found.isEmpty
                ? nil
                : "the test\(found.count == 1 ? "" : "s") of \(found.joined(separator: " and ")) \(found.count == 1 ? one : many)"
        }
        return [
            sentence(
                .rejects, "rejects the smaller number, with p by more than two standard errors below the level",
                "reject the smaller number, each p by more than two standard errors below the level"),
            sentence(.keeps, "does not reject it", "do not reject it"),
            sentence(
                .open, "is not decided by so few samples: p is within two standard errors of the level",
                "are not decided by so few samples: p is within two standard errors of the level"),
        ].compactMap { $0 }.joined(separator: "; ")
    }

    /// Whether a line at the real data's statistic would leave no room for the samples' histogram.
    private func isFar(_ test: Test) -> Bool { test.observed > 4 * (test.drawn.max() ?? 1) }

    private func figure(_ report: Report) throws -> Figure {
        let panels = tests.map { test -> Panel in
            let most = test.drawn.max() ?? 1
            let top = isFar(test) ? 1.4 * most : 1.08 * max(test.observed, most)
            let bins = (0...24).map { Double($0) / 24 * top }
            let highest =
                zip(bins, bins.dropFirst()).map { low, high in
                    test.drawn.count { $0 >= low && $0 < high }
                }.max() ?? 1
            let observed: Layer =
                isFar(test)
                ? .annotation(
                    Label("Old Faithful: \(NumberFormat.fixed(1).string(test.observed)), far right"),
                    at: Point(top, 1.1 * Double(highest)), anchor: .right, color: .vermillion)
                : .rule(x: test.observed, style: LineStyle(.vermillion, width: 2.5))
            return Panel(
                title: Label(
                    "\(test.classes) or \(test.classes + 1) classes: p = \(NumberFormat.fixed(3).string(test.pValue))"),
                x: Axis("$T$", range: 0...top, ticks: .wanted(4)), y: Axis("samples", includesZero: true),
                layers: [.histogram(test.drawn, bins: .edges(bins)), observed], legend: .none)
        }
        return Figure(
            id: "bootstrap", title: "Is the gain larger than chance gives? Draw, and see",
            subtitle: "Grey: samples from the smaller mixture; line: Old Faithful",
            alt: report.words(
                #"""
                Three histograms of T with the observed value told: \#(tests.map { "\($0.name) classes, T = \(NumberFormat.fixed(1).string($0.observed)), p = \(NumberFormat.fixed(3).string($0.pValue))" }.joined(separator: "; ")).
                """#),
            panels: panels, columns: 3, size: Size(width: 940, height: 330))
    }
}

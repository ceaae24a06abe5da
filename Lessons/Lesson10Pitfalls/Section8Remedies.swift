import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 8: floor, prior, and a closer look, measured on the same data from the same starts.
struct Remedies {
    /// A method, and the end that it chooses.
    private struct Row {
        let name: String
        let ends: [PlaneEM.End]
        let chosen: Int
        let value: (score: Double, right: Double)
        var end: PlaneEM.End { ends[chosen] }
    }

    private let study: Study
    private let rows: [Row]
    /// How good the methods were on further data: a row for each set, a column for each method, the truth last.
    private let trials: [[(score: Double, right: Double)]]
    /// The run of the package's EM with the prior, from the best start.
    let fit: Fit<MultivariateNormal>
    private static let trialCount = 12
    /// Starts of each of the two kinds on further data.
    private static let trialStarts = 8

    init(_ study: Study, seed: UInt64) throws {
        self.study = study
        rows = try study.methods.map { name, ends, chosen in
            Row(name: name, ends: ends, chosen: chosen, value: try study.assess(ends[chosen].parts))
        }
        fit = try EM(
            data: study.rows, start: PlaneEM.mixture(study.starts[rows[rows.count - 1].chosen]),
            estimator: .inverseWishartPrior(degreesOfFreedom: Study.degrees, scale: study.scale),
            stop: .any(.atRest(1e-7), .maximumSteps(5000))
        ).fit()
        var generator = SeededGenerator(seed: seed).stream(3)
        trials = try (0..<Self.trialCount).map { _ in
            let study = try Study(starts: Self.trialStarts, fresh: 300, change: 1e-7, using: &generator)
            return try study.methods.map { _, ends, chosen in
                try study.assess(ends[chosen].parts)
            } + [study.assess(study.truth)]
        }
    }

    private func mean(_ method: Int, _ value: ((score: Double, right: Double)) -> Double) -> Double {
        trials.reduce(0) { $0 + value($1[method]) } / Double(trials.count)
    }

    private var map: Row { rows[rows.count - 1] }
    /// The share of fresh points given to their class by the highest end without a remedy, and with the prior.
    var scores: (none: Double, map: Double) { (rows[0].value.right, map.value.right) }
    var size: Int { study.rows.count }

    func explain(in report: inout Report) throws {
        report.section("The remedies, measured")
        report.prose(
            #"""
            What helps? Three things are in use, and here they meet the same \#(study.rows.count) points from the same \#(study.starts.count) starts.

            - **Look at the ends.** Throw away collapsed runs, and ends with a needle: a standard deviation below a tenth of the largest. (A constraint of this
              kind, between different components, is Hathaway's, 1985.) Keep the highest of what is left.
            - **A floor**: no variance, in any direction, below \#(study.floor, .significant(2)), a hundredth of the mean variance of the data.
            - **A prior**: inverse Wishart, chosen so that each Gaussian is estimated as if it had \#(inWords(Int(Study.imagined))) more points of its own, whose covariance is that of all data
              divided by $\classcount = \#(Study.classCount)$. ($\nu = \dimension = \#(Int(Study.degrees))$ degrees of freedom, and $\Psi$ is $\nu + \dimension + 1$ times that covariance.) EM then climbs log-likelihood plus log prior ([lesson:8]).

            What is a good answer? One that does well on **fresh points** of the same kind, \#(study.fresh.count) of them, which no run has seen: how probable are they (the mean
            logarithm of the density), and how many are given to the class that they really came from?
            """#)
        let truth = study.assess(study.truth)
        report.table(
            [
                "method", "collapsed", "ended with a needle", "smallest standard deviation of the chosen end",
                #"its $\loglik{\params}$"#, "fresh points: mean log density", "fresh points: right class",
            ],
            rows: rows.map { row in
                [
                    Prose(row.name), "\(row.ends.count(where: \.hasCollapsed))",
                    "\(row.ends.count { !$0.hasCollapsed && Spurious.isNarrow($0) })", "\(row.end.least, .fixed(3))",
                    "\(row.end.logLikelihood, .fixed(2))", "\(row.value.score, .fixed(3))",
                    "\(row.value.right, .percent(1))",
                ]
            } + [
                [
                    "the truth", "", "", "\(truthLeast, .fixed(3))",
                    "\(study.truth.logLikelihood(of: study.rows), .fixed(2))", "\(truth.score, .fixed(3))",
                    "\(truth.right, .percent(1))",
                ]
            ],
            caption:
                "Four ways to choose an answer from \(study.starts.count) starts. The last two columns are what counts; more is better. (The prior's end is the highest of another function, log-likelihood plus log prior; so its log-likelihood may be lower than that of the others.)"
        )
        report.figure(
            figure(report),
            caption: #"""
                The answers, with ellipses of 90 %. Dotted: the three Gaussians from which the points were drawn.
                """#)
        report.prose(
            #"""
            One set of points is an anecdote. Here are the same methods on \#(trials.count) further sets of \#(study.rows.count) points from the same distribution, each with \#(2 * Self.trialStarts) starts:
            """#)
        report.table(
            [
                "method", "mean log density of fresh points, on average", "the worst of \(trials.count)",
                "right class, on average", "sets on which it is the best of the four",
            ],
            rows: (rows.map(\.name) + ["the truth"]).enumerated().map { method, name in
                [
                    Prose(name), "\(mean(method, \.score), .fixed(3))",
                    "\(trials.map { $0[method].score }.min() ?? .nan, .fixed(3))",
                    "\(mean(method, \.right), .percent(1))",
                    method < rows.count ? "\(wins(method))" : "",
                ]
            },
            caption:
                "“Best” by the mean log density of the fresh points; where two methods choose the same end, both count."
        )
        report.prose(verdict)
        if let twins { report.prose(twins) }
        report.prose(
            #"""
            **What they cost.** Looking at the ends costs nothing but the decision where “needle” begins. A floor needs the same decision in advance, and it
            is in the units of the data: standardise the columns first, or choose it as a share of the data's variance, as here. It stops the collapse, but a Gaussian that would have collapsed sits on the floor, still upon its few points: one has to look all
            the same. A prior pulls *every* covariance towards its own, also the good ones, and most strongly those that rest on few points; it makes what is climbed
            bounded. It has to be chosen with care, too: the M-step's divisor is $\effcount{k} + \nu + \dimension + 1$, so a scale matrix $\Psi$ that is too small shrinks every Gaussian. The \#(study.starts.count) runs end in \#(Study.different(study.map)) different places with it, and in \#(Study.different(study.ml)) without.

            None of the three replaces several starts. \#(summits) Fewer parameters are a fourth remedy: one covariance for all
            components (`tied`) cannot collapse upon a few points, since it has to serve all of them.
            """#)
        try checks(in: &report)
    }

    /// What the prior makes of the lower summits, apart from needles.
    private var summits: Prose {
        let before = Study.different(study.ml.filter { !$0.hasCollapsed && !Spurious.isNarrow($0) })
        let after = Study.different(study.map)
        if after == 1 { return "With this prior all runs end in the same place; that is not so in general." }
        return after < before
            ? "The prior removes the needles, and here some lower summits, too (without it there are \(before) different ends that have no needle), but not all."
            : "The prior removes the needles, and not the lower summits."
    }

    /// On how many of the further sets no other method is better.
    private func wins(_ method: Int) -> Int {
        trials.count { row in row[..<rows.count].allSatisfy { $0.score <= row[method].score + 1e-9 } }
    }

    private var truthLeast: Double {
        study.truth.components.map { component in
            let c = component.covariance
            return PlaneEM.Part(xx: c[0, 0], xy: c[0, 1], yy: c[1, 1]).spreads.least
        }.min() ?? .nan
    }

    /// Whether two methods chose the same answer on a set, as far as the fresh points can tell.
    private func areAlike(_ row: [(score: Double, right: Double)], _ one: Int, _ other: Int) -> Bool {
        abs(row[one].score - row[other].score) < 1e-4
    }

    /// Why some rows of the table are equal; nil if none are.
    private var twins: Prose? {
        let same = trials.count { areAlike($0, 1, 2) }
        guard same > 0 else { return nil }
        let worst = trials.map { $0[0].score }.enumerated().min { $0.element < $1.element }.map(\.offset) ?? 0
        let isShared =
            areAlike(trials[worst], 0, 1) && areAlike(trials[worst], 0, 2)
            && [1, 2].allSatisfy { method in
                trials.allSatisfy { $0[method].score >= trials[worst][method].score }
            }
        return #"""
            **Equal rows are no slip.** On \#(same == trials.count ? "all \(trials.count)" : "\(same) of the \(trials.count)") further sets the floor leads to the same answer as a look at the ends. A Gaussian that is blunted by the floor gains too little
            to be the highest, and where no Gaussian touches the floor, it changes nothing: the same start climbs to the same summit.\#(isShared ? " The worst set is the same for the first three methods, and there they agree, since its highest end has no needle to begin with." : "")
            """#
    }

    private var verdict: Prose {
        let order = rows.indices.sorted { mean($0, \.score) > mean($1, \.score) }
        let first = order[0]
        let gain = mean(first, \.score) - mean(0, \.score)
        guard first != 0 else {
            return "On these sets no method beats the highest end without any remedy on average; that is rare."
        }
        let (needles, prior) = (mean(1, \.score) - mean(0, \.score), rows.count - 1)
        let parts: Prose =
            first == prior && needles > 0 && needles < gain
            ? #"""
             Only \#(needles, .fixed(3)) of that comes of dropping the needles, as the second row shows. \#(needles < gain / 2 ? "Most of it" : "The rest") is *shrinkage*: the prior pulls the other covariances, too, towards its own, so that no Gaussian fits
            its few points too closely.
            """# : ""
        let classes = rows.indices.max { mean($0, \.right) < mean($1, \.right) } ?? first
        return #"""
            On average the fresh points are most probable under “\#(rows[first].name)”: by \#(gain, .fixed(3)) per point more than under the highest end without a remedy, while the truth is another
            \#(mean(rows.count, \.score) - mean(first, \.score), .fixed(3)) better.\#(parts) The most points are given to their class by “\#(rows[classes].name)”, \#(mean(classes, \.right), .percent(1)), against
            \#(mean(0, \.right), .percent(1)) without a remedy\#(classes == 0 ? ", which is the same" : ""). **So the highest log-likelihood is not a good judge of fits with free covariances.**
            """#
    }

    // MARK: Checks

    private func checks(in report: inout Report) throws {
        let mixture = fit.mixture
        let numbers = mixture.components.flatMap {
            $0.mean + [$0.covariance[0, 0], $0.covariance[0, 1], $0.covariance[1, 1]]
        }
        let end = PlaneEM(
            study.rows,
            .prior(
                degrees: Study.degrees, xx: study.scale[0, 0], xy: study.scale[0, 1], yy: study.scale[1, 1]),
            smallest: 0
        ).run(from: map.end.parts, change: 1e-15, most: 20_000)
        report.check(
            "package-and-plane", value: .vector(mixture.weights + numbers),
            again: .search(
                .vector(end.parts.map(\.weight) + end.parts.flatMap { [$0.x, $0.y, $0.xx, $0.xy, $0.yy] }),
                "the rounds written out for the plane, which made the table", relative: true))
        let place = PlaneCoordinates(end.parts)
        let (rows, scale, degrees) = (study.rows, study.scale, Study.degrees)
        report.check(
            "posterior-summit", value: .number(end.objective),
            again: .search(
                .number(
                    try NewtonAscent.maximum(
                        of: {
                            place.logLikelihood(of: rows, at: $0) { xx, xy, yy in
                                let determinant = xx * yy - xy * xy
                                let trace =
                                    (scale[0, 0] * yy - 2 * scale[0, 1] * xy + scale[1, 1] * xx) / determinant
                                return -(degrees + 3) / 2 * log(determinant) - trace / 2
                            }
                        }, from: place.origin
                    ).value), "Newton's method from there on log-likelihood plus log prior"))
        let least = study.map.map(\.least).min() ?? .nan
        let scaleLeast = PlaneEM.Part(xx: scale[0, 0], xy: scale[0, 1], yy: scale[1, 1]).spreads.least
        let allowed = scaleLeast / (Double(study.rows.count) + degrees + 3).squareRoot()
        report.check(
            "prior-and-floor-hold", value: .number(least),
            again: .property(
                "no run with a prior or a floor ends with a smaller standard deviation than these allow",
                by: "the ends of all runs", the: "smallest quotient",
                is: min(
                    least / allowed, (study.floored.map(\.least).min() ?? .nan) / study.floor.squareRoot() + 1e-9),
                atLeast: 1))
    }

    // MARK: Figure

    private func figure(_ report: Report) -> Figure {
        let points = study.rows.map { Point($0[0], $0[1]) }
        let truth = study.truth.components.map { component in
            Layer.ellipse(
                mean: Point(component.mean[0], component.mean[1]),
                covariance: [0, 1].map { i in [0, 1].map { component.covariance[i, $0] } }, level: 0.9,
                style: LineStyle(.grey, width: 1.3, dash: .dotted))
        }
        let chosen = [(0, "no remedy"), (rows.count - 2, "floor"), (rows.count - 1, "prior")]
        let panels = chosen.map { index, name -> Panel in
            let row = rows[index]
            let outlines = row.end.parts.map { part in
                Layer.ellipse(
                    mean: Point(part.x, part.y), covariance: [[part.xx, part.xy], [part.xy, part.yy]], level: 0.9,
                    style: LineStyle(
                        part.spreads.least < Spurious.leastRatio * (row.end.parts.map(\.spreads.most).max() ?? 1)
                            ? .vermillion : .blue, width: 2.2))
            }
            return Panel(
                title: Label("\(name): \(NumberFormat.percent(0).string(row.value.right)) right"),
                x: Axis(nil, range: -4.6...4.6, ticks: .wanted(4)), y: Axis(nil, range: -3.2...5.2, ticks: .wanted(4)),
                layers: truth + [.scatter(points, style: MarkerStyle(.grey, .circle, size: 4))] + outlines,
                legend: .none, aspect: .equal)
        }
        return Figure(
            id: "remedies", title: "The same points, three answers",
            subtitle: "Above each: how many fresh points are given to the right class; red: a needle",
            alt: report.words(
                #"""
                Three panels with the same points and the ellipses of the chosen ends: without a remedy, with a floor, with a prior. Fresh points in the right class:
                \#(chosen.map { rows[$0.0].value.right }, .fixed(3)); smallest standard deviations \#(chosen.map { rows[$0.0].end.least }, .fixed(3)).
                """#),
            panels: panels, columns: 3, size: Size(width: 980, height: 380))
    }
}

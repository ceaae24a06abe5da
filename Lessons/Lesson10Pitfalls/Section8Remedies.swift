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
        let name: Prose
        let ends: [PlaneEM.End]
        let chosen: Int
        let score: Double
        var end: PlaneEM.End { ends[chosen] }
    }

    private let study: Study
    private let rows: [Row]
    /// The run of the package's EM with the prior, from the best start.
    let fit: Fit<MultivariateNormal>

    init(_ study: Study) throws {
        self.study = study
        let all: [(Prose, [PlaneEM.End], (PlaneEM.End) -> Bool)] = [
            ("no remedy, highest end", study.ml, { !$0.hasCollapsed }),
            ("no remedy, highest end without a needle", study.ml, { !$0.hasCollapsed && !Spurious.isNarrow($0) }),
            ("floor", study.floored, { !$0.hasCollapsed }),
            ("prior (MAP)", study.map, { !$0.hasCollapsed }),
        ]
        rows = try all.compactMap { name, ends, isGood in
            guard let chosen = Study.best(ends, where: isGood) else { return nil }
            return Row(name: name, ends: ends, chosen: chosen, score: try study.score(ends[chosen].parts))
        }
        guard let last = rows.last else { throw LessonError.unexpected("every run collapsed") }
        fit = try EM(
            data: study.rows, start: PlaneEM.mixture(study.starts[last.chosen]),
            estimator: .inverseWishartPrior(degreesOfFreedom: Study.degrees, scale: study.scale),
            stop: .any(.atRest(1e-7), .maximumSteps(5000))
        ).fit()
    }

    private var map: Row { rows[rows.count - 1] }
    /// The mean log density of fresh points under the highest end without a remedy, and with the prior.
    var scores: (none: Double, map: Double) { (rows[0].score, map.score) }
    var size: Int { study.rows.count }

    func explain(in report: inout Report) throws {
        report.section("The remedies, measured")
        report.prose(
            #"""
            What helps? Three things are in use, and here they meet the same \#(study.rows.count) points from the same \#(study.starts.count) starts.

            - **Look at the ends.** Throw away collapsed runs, and ends with a needle: a standard deviation below a tenth of the largest. (As a constraint on
              the parameters this is Hathaway's, 1985.) Keep the highest of what is left.
            - **A floor**: no variance, in any direction, below \#(study.floor, .significant(2)), a hundredth of the mean variance of the data.
            - **A prior**: inverse Wishart, with $\dimension + 2 = \#(Study.degrees, .significant(1))$ degrees of freedom and the covariance of all points, divided by
              $\classcount = \#(Study.classCount)$, as scale matrix (close to what Fraley and Raftery, 2007, propose). EM then climbs log-likelihood plus log prior ([lesson:8]).

            What is a good answer? One that gives **fresh points** of the same kind a high density. There are \#(study.fresh.count) of them, which no run has seen.
            """#)
        report.table(
            [
                "method", "collapsed", "ended with a needle", "different ends",
                "smallest standard deviation of the chosen end",
                #"its $\loglik{\params}$"#, "mean log density of fresh points",
            ],
            rows: rows.map { row in
                [
                    row.name, "\(row.ends.count(where: \.hasCollapsed))",
                    "\(row.ends.count { !$0.hasCollapsed && Spurious.isNarrow($0) })", "\(Study.different(row.ends))",
                    "\(row.end.least, .fixed(3))", "\(row.end.logLikelihood, .fixed(2))", "\(row.score, .fixed(3))",
                ]
            } + [
                [
                    "the truth", "", "", "", "\(truthLeast, .fixed(3))",
                    "\(study.truth.logLikelihood(of: study.rows), .fixed(2))", "\(study.truthScore, .fixed(3))",
                ]
            ],
            caption:
                "Four ways to choose an answer from \(study.starts.count) starts. The last column is what counts; more is better."
        )
        report.prose(verdict)
        report.figure(
            figure(report),
            caption: #"""
                The answers, with ellipses of 90 %. Dotted: the three Gaussians from which the points were drawn.
                """#)
        report.prose(
            #"""
            **What they cost.** Looking at the ends costs nothing but the decision where “needle” begins. A floor needs the same decision in advance, and it
            is in the units of the data: standardise the columns first, or choose it as a share of the data's variance, as here. It stops the collapse, but a Gaussian that would have collapsed sits on the floor, still upon its few points: one has to look all
            the same. A prior pulls *every* covariance towards its own, also the good ones, and most strongly those that rest on few points; it is the only one of the three that makes the function bounded *and* smooth, so
            that there are fewer ends: \#(Study.different(study.map)) here, against \#(Study.different(study.ml)) without.

            None of the three replaces several starts: a prior removes needles and not lower summits. Fewer parameters are a fourth remedy: one covariance for all
            components (`tied`) cannot collapse upon a few points, since it has to serve all of them.
            """#)
        try checks(in: &report)
    }

    private var truthLeast: Double {
        study.truth.components.map { component in
            let c = component.covariance
            return PlaneEM.Part(xx: c[0, 0], xy: c[0, 1], yy: c[1, 1]).spreads.least
        }.min() ?? .nan
    }

    private var verdict: Prose {
        let order = rows.sorted { $0.score > $1.score }
        let first = order[0]
        let none = rows[0]
        let gain = first.score - none.score
        let words: Prose =
            first.chosen == none.chosen && gain == 0
            ? "With these points no method beats the highest end without any remedy; the next seed may tell another story."
            : #"""
            The best answer for fresh points is that of “\#(first.name)”: \#(first.score, .fixed(3)), which is \#(gain, .fixed(3)) per point more than the highest end without a remedy, and
            \#(study.truthScore - first.score, .fixed(3)) less than the truth.
            """#
        let climbs: Prose =
            none.end.logLikelihood >= first.end.logLikelihood
            ? #" And the log-likelihood of the fitted points, which was to be maximised, orders the methods the other way: \#(none.end.logLikelihood, .fixed(2)) without a remedy, \#(first.end.logLikelihood, .fixed(2)) for the best."#
            : ""
        return "\(words)\(gain > 0 ? climbs : "")"
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
                title: Label("\(name): \(NumberFormat.fixed(3).string(row.score))"),
                x: Axis(nil, range: -4.6...4.6, ticks: .wanted(4)), y: Axis(nil, range: -3.2...5.2, ticks: .wanted(4)),
                layers: truth + [.scatter(points, style: MarkerStyle(.grey, .circle, size: 4))] + outlines,
                legend: .none, aspect: .equal)
        }
        return Figure(
            id: "remedies", title: "The same points, three answers",
            subtitle: "Above each: the mean log density of fresh points; vermillion: a needle",
            alt: report.words(
                #"""
                Three panels with the same points and the ellipses of the chosen ends: without a remedy, with a floor, with a prior. Mean log density of fresh points:
                \#(chosen.map { rows[$0.0].score }, .fixed(3)); smallest standard deviations \#(chosen.map { rows[$0.0].end.least }, .fixed(3)).
                """#),
            panels: panels, columns: 3, size: Size(width: 980, height: 380))
    }
}

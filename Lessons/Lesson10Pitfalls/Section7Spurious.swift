import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 7: spurious maxima, which rest on a few rows that happen to lie near a line.
struct Spurious {
    private let study: Study
    private let highest: Int

    init(_ study: Study) throws {
        self.study = study
        guard let highest = Study.best(study.ml) else { throw LessonError.unexpected("every run collapsed") }
        self.highest = highest
    }

    /// An end with a Gaussian at least ten times as thin as the widest is long.
    static func isNarrow(_ end: PlaneEM.End) -> Bool { end.ratio < leastRatio }
    static let leastRatio = 0.1

    private var end: PlaneEM.End { study.ml[highest] }
    private var thinnest: PlaneEM.Part { end.parts.min { $0.spreads.least < $1.spreads.least } ?? end.parts[0] }

    func explain(in report: inout Report) throws {
        let ml = study.ml
        let collapsed = ml.count(where: \.hasCollapsed)
        let narrow = ml.count { !$0.hasCollapsed && Self.isNarrow($0) }
        report.section("Maxima that mean nothing")
        report.prose(
            #"""
            A collapse is at least loud: the program stops, or the log-likelihood runs away. Its quiet relative is more dangerous. Take a few points that *almost* lie on a line. A Gaussian that
            stretches along them and is very thin across gives them a very high density; it cannot shrink to nothing, since they are not quite on the line; and so there is a
            true **local maximum**, at which EM converges in all order. Such maxima are called *spurious* (Day 1969; McLachlan and Peel 2000): they describe an accident
            of a few points.

            The \#(study.rows.count) points of the last table, again, and \#(ml.count) starts: in \#(study.randomCount) the means are rows drawn at random, and in the other
            \#(ml.count - study.randomCount) one Gaussian begins on a row and its two nearest neighbours. Covariances and weights are free.
            """#)
        report.predict(
            "One keeps the end with the highest log-likelihood. Will more starts make the answer better?",
            answer: #"""
                Not with free covariances. More starts find narrower needles, and needles win. Of these \#(ml.count) runs \#(collapsed) collapsed and \#(narrow) ended with a Gaussian that is at
                least ten times as thin as the widest is long; the highest of all ends \#(Self.isNarrow(end) ? "is one of these" : "is not one of these, this time").
                """#)
        report.figure(
            figure(report),
            caption: #"""
                Each point is the end of a run without any remedy: its log-likelihood, and the smallest standard deviation of any of its Gaussians. Left of the dashed line: narrower than
                \#(Self.leastRatio, .significant(2)) of the widest Gaussian at the best end on the right of it. \#(collapsed == 0 ? "No run" : collapsed == 1 ? "One run" : "\(collapsed) runs") collapsed and \#(collapsed == 1 ? "is" : "are") not shown.
                """#)
        try story(in: &report)
        try newton(in: &report)
        report.define(
            nil, "spurious maximum",
            "a local maximum that rests on a few rows which happen to lie near a point, line or plane")
    }

    private func story(in report: inout Report) throws {
        let part = thinnest
        let rows = part.weight * Double(study.rows.count)
        let truth = study.truth.logLikelihood(of: study.rows)
        let sound = Study.best(study.ml) { !$0.hasCollapsed && !Self.isNarrow($0) }
        let verdict: Prose =
            Self.isNarrow(end)
            ? #"""
            The highest end has the log-likelihood \#(end.logLikelihood, .fixed(2)). Its thinnest Gaussian rests on \#(rows, .fixed(1)) points and has the standard deviations
            \#(part.spreads.most, .fixed(2)) along and \#(part.spreads.least, .significant(2)) across.
            """#
            : #"""
            The highest end, \#(end.logLikelihood, .fixed(2)), has no Gaussian as thin as that with these points (with most seeds it has). Its thinnest Gaussian rests on
            \#(rows, .fixed(1)) points and has the standard deviations \#(part.spreads.most, .fixed(2)) along and \#(part.spreads.least, .significant(2)) across.
            """#
        let comparison: Prose =
            try sound.map { index -> Prose in
                let other = study.ml[index]
                let scores = (try study.score(end.parts), try study.score(other.parts))
                guard index != highest else { return "" }
                return #"""
                    The best end without such a needle has \#(other.logLikelihood, .fixed(2)), which is lower by
                    \#(end.logLikelihood - other.logLikelihood, .fixed(2)). But on \#(study.fresh.count) fresh points of the same kind its mean log density is \#(scores.1, .fixed(3)), and that of the highest end
                    \#(scores.0, .fixed(3)): **the lower maximum is \#(scores.1 > scores.0 ? "the better answer" : "no better here, though")**.
                    """#
            } ?? ""
        report.prose(
            #"""
            \#(verdict) \#(comparison) The distribution from which the points were really drawn has \#(truth, .fixed(2)) on them, and \#(study.truthScore, .fixed(3)) on the
            fresh ones. All fits are higher than the truth on the points that they were fitted to; that proves nothing.

            **How to recognise one.** A Gaussian with few points of its own (here \#(rows, .fixed(1)); a covariance in $\dimension$ dimensions needs more than $\dimension$ points to exist at all); a standard deviation in some direction far below all others; a log-likelihood that stands out from
            the other ends, and is reached from one or two starts only: here from \#(Study.hits(study.ml, best: highest)) of \#(study.ml.count). And there are many of them: the runs that did not collapse ended in
            \#(Study.different(study.ml)) different places.
            """#)
    }

    /// Newton's method from the highest end: it is a maximum, of its own kind.
    private func newton(in report: inout Report) throws {
        let em = PlaneEM(study.rows, .none, smallest: 1e-5 * study.spread.squareRoot())
        let settled = em.run(from: end.parts, change: 1e-15, most: 20_000)
        let place = PlaneCoordinates(settled.parts)
        let rows = study.rows
        report.check(
            "narrow-end-is-a-maximum", value: .number(settled.logLikelihood),
            again: .search(
                .number(
                    try NewtonAscent.maximum(
                        of: { place.logLikelihood(of: rows, at: $0) }, from: place.origin.map { _ in 0 }
                    ).value),
                "Newton's method from there, with every mean and covariance measured in units of its own Gaussian"))
    }

    private func figure(_ report: Report) -> Figure {
        let ends = study.ml.filter { !$0.hasCollapsed }
        let groups: [(String, Bool, MarkerStyle)] = [
            ("a needle", true, MarkerStyle(.vermillion.opacity(0.8), .triangle, size: 8)),
            ("no needle", false, MarkerStyle(.blue.opacity(0.8), .circle, size: 8)),
        ]
        let clouds = groups.map { name, isNarrow, style in
            Layer.scatter(
                ends.filter { Self.isNarrow($0) == isNarrow }.map { Point($0.least, $0.logLikelihood) }, style: style,
                label: Label(name))
        }
        let truth = study.truth.logLikelihood(of: study.rows)
        let left = Panel(
            title: "The ends of \(study.ml.count) runs", x: Axis("smallest standard deviation", scale: .logarithmic),
            y: Axis("log-likelihood"),
            layers: [
                .rule(y: truth, style: LineStyle(.grey, width: 1.2, dash: .dotted), label: "the truth")
            ] + clouds, legend: .above)
        let points = study.rows.map { Point($0[0], $0[1]) }
        let outlines = end.parts.map { part in
            Layer.ellipse(
                mean: Point(part.x, part.y), covariance: [[part.xx, part.xy], [part.xy, part.yy]], level: 0.9,
                style: LineStyle(part == thinnest ? .vermillion : .blue, width: 2.2))
        }
        let right = Panel(
            title: "The highest end", x: Axis(nil), y: Axis(nil),
            layers: [.scatter(points, style: MarkerStyle(.grey, .circle, size: 5))] + outlines, legend: .none,
            aspect: .equal)
        return Figure(
            id: "spurious", title: "The highest log-likelihoods belong to the narrowest Gaussians",
            alt: report.words(
                #"""
                Left: the ends of \#(ends.count) runs, log-likelihood against the smallest standard deviation. Right: the points and the three ellipses of the highest end, whose thinnest Gaussian
                has the standard deviation \#(thinnest.spreads.least, .significant(2)).
                """#),
            panels: [left, right], columns: 2, size: Size(width: 920, height: 440))
    }
}

extension Study {
    /// The same for the distribution from which the points were drawn.
    var truthScore: Double { truth.logLikelihood(of: fresh) / Double(fresh.count) }
}

/// Parameters around a mixture in the plane, each in units in which 1 is much: for second routes.
struct PlaneCoordinates {
    private let parts: [PlaneEM.Part]
    /// As many numbers as there are parameters.
    let origin: [Double]

    init(_ parts: [PlaneEM.Part]) {
        self.parts = parts
        origin = [Double](repeating: 0, count: 6 * parts.count - 1)
    }

    /// ln p(X), plus a term of each covariance, at these coordinates: per Gaussian the mean in its own standard deviations (two numbers), the
    /// logarithms of two widths, a shear, and for all but the first the logarithm of its weight against the first.
    func logLikelihood(
        of rows: [[Double]], at u: [Double],
        logPrior: (_ xx: Double, _ xy: Double, _ yy: Double) -> Double = { _, _, _ in 0 }
    ) -> Double {
        let logits = parts.indices.map { k in
            log(parts[k].weight) + (k == 0 ? 0 : u[5 * parts.count + k - 1])
        }
        let total = logits.reduce(0) { $0 + exp($1) }
        var prior = 0.0
        let moved = parts.indices.map {
            k -> (share: Double, x: Double, y: Double, xx: Double, xy: Double, yy: Double) in
            let part = parts[k]
            let own = Array(u[(5 * k)..<(5 * k + 5)])
            // The Cholesky factor of the covariance, and what the coordinates make of it.
            let a = part.xx.squareRoot()
            let b = part.xy / a
            let c = (part.yy - b * b).squareRoot()
            let (p, q, r) = (exp(own[2]), own[3], exp(own[4]))
            let (d, e, f) = (a * p, b * p + c * q, c * r)
            let (xx, xy, yy) = (d * d, d * e, e * e + f * f)
            prior += logPrior(xx, xy, yy)
            return (
                exp(logits[k]) / total, part.x + a * own[0], part.y + b * own[0] + c * own[1], xx, xy, yy
            )
        }
        return rows.reduce(prior) { sum, row in
            sum
                + log(
                    moved.reduce(0) {
                        $0 + $1.share
                            * planeDensity(row, mean: [$1.x, $1.y], covariance: [[$1.xx, $1.xy], [$1.xy, $1.yy]])
                    })
        }
    }
}

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

    /// An end with a needle: its smallest standard deviation is below a tenth of the largest of all.
    static func isNarrow(_ end: PlaneEM.End) -> Bool { end.ratio < leastRatio }
    static let leastRatio = 0.1
    private static let needle = "its smallest standard deviation is below a tenth of the largest of all"

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
            true **local maximum**, to which EM converges as it should. Such maxima are called *spurious* (Day 1969; McLachlan and Peel 2000): they describe an accident
            of a few points.

            Take the \#(study.rows.count) points again to which the three Gaussians were fitted, and \#(ml.count) starts: in \#(study.randomCount) the means are rows drawn at random, and in the other
            \#(ml.count - study.randomCount) one Gaussian begins on a row and its two nearest neighbours. Covariances and weights are free.
            """#)
        report.predict(
            "One keeps the end with the highest log-likelihood. Will more starts make the answer better?",
            answer: #"""
                Not necessarily, with free covariances. Of these \#(ml.count) runs \#(collapsed == 0 ? "none" : "\(collapsed)") collapsed, and \#(narrow) ended with a *needle*: \#(Self.needle). The highest of all ends \#(Self.isNarrow(end) ? "is one of these: **one needle in the lot is enough**, if it is high" : "is not one of these, this time").
                Take \#(drawnWords) of the \#(study.randomCount) runs from rows drawn at random, by lot: the best of them has a needle with a chance of \#(chances.map { NumberFormat.percent(0).string($0) }.joined(separator: ", ")).\#(moreStarts)
                """#)
        report.figure(
            figure(report),
            caption: #"""
                Left: the ends of the runs without any remedy: the log-likelihood, and the smallest standard deviation of any of the three Gaussians. The larger a mark, the more runs ended there; beside it, if \#(inWords(Self.told)) or more, how many.
                Triangles: ends with a needle (\#(Self.needle)). Right: the points, and the Gaussians of the highest end as ellipses of 90 %, the thinnest in red.
                \#(collapsed == 0 ? "No run collapsed." : collapsed == 1 ? "One run collapsed and is not shown." : "\(collapsed) runs collapsed and are not shown.")
                """#)
        try story(in: &report)
        try newton(in: &report)
        report.define(
            nil, "spurious maximum",
            "a local maximum that rests on a few rows which happen to lie near a point, line or plane")
    }

    /// So many runs are drawn by lot.
    private var drawn: [Int] { [1, 3, 10, study.randomCount] }
    private var drawnWords: String {
        drawn.dropLast().map { "\($0)" }.joined(separator: ", ") + " or all"
    }

    /// The chance that the best of so many runs, drawn by lot from those that start at random, has a needle.
    ///
    /// Sorted from the highest down, the end at place m is the best of r with the probability C(M - m - 1, r - 1) / C(M, r).
    private var chances: [Double] {
        let ends = study.ml.prefix(study.randomCount).filter { !$0.hasCollapsed }
            .sorted { $0.logLikelihood > $1.logLikelihood }
        return drawn.map { asked -> Double in
            let count = min(asked, ends.count)
            // The probability that none of the ends so far was drawn.
            var (missed, sum) = (1.0, 0.0)
            for (place, end) in ends.enumerated() {
                let left = Double(ends.count - place)
                let next = max(0, missed * (left - Double(count)) / left)
                if Self.isNarrow(end) { sum += missed - next }
                missed = next
            }
            return sum
        }
    }

    private var onTop: String {
        Self.isNarrow(end)
            ? "the needle on top of all came of a start on three neighbours" : "no needle is on top"
    }

    private var moreStarts: String {
        let chances = chances
        let (first, last) = (chances[0], chances[chances.count - 1])
        return last > first + 0.005
            ? " So more starts make a needle more likely, and the answer need not get better."
            : last < first - 0.005 ? " So here more of these starts help, and \(onTop)." : ""
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
                guard index != highest else { return "" }
                let (own, theirs) = (try study.assess(end.parts).right, try study.assess(other.parts).right)
                return #"""
                    The best end without such a needle has \#(other.logLikelihood, .fixed(2)), which is lower by
                    \#(end.logLikelihood - other.logLikelihood, .fixed(2)). Now give \#(study.fresh.count) fresh points to their most probable class, under the names that fit best: the highest end is right for
                    \#(own, .percent(1)) of them, the best end without a needle for \#(theirs, .percent(1)). **The lower maximum is
                    \#(theirs > own ? "the better answer" : "no better this time, but that is luck")**: a Gaussian that is spent on a needle is missing elsewhere.
                    """#
            } ?? ""
        report.prose(
            #"""
            \#(verdict) \#(comparison) The distribution from which the points were really drawn has \#(truth, .fixed(2)) on them, \#(abs(end.logLikelihood - truth), .fixed(2)) \#(truth < end.logLikelihood ? "less" : "more") than the highest end. That a fit
            is higher than the truth on the very points that it was fitted to is usual, and proves nothing.

            **How to recognise one.** A Gaussian with few points of its own (here \#(rows, .fixed(1)); a covariance in $\dimension$ dimensions needs more than $\dimension$ points to exist at all); a standard deviation in some direction far below all others; a log-likelihood that
            few starts reach: here \#(Study.hits(study.ml, best: highest)) of \#(study.ml.count). And there are many of them: the \#(study.ml.contains(where: \.hasCollapsed) ? "runs that did not collapse" : "\(study.ml.count) runs") ended in
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

    /// From so many runs on their number stands beside the mark.
    private static let told = 5

    /// The different ends, with the number of runs that ended there, the most first.
    private static func places(_ ends: [PlaneEM.End]) -> [(point: Point, count: Int)] {
        var places: [(point: Point, count: Int)] = []
        for end in ends {
            let same = places.firstIndex {
                abs($0.point.y - end.logLikelihood) < 0.01 && abs($0.point.x / end.least - 1) < 0.01
            }
            if let same {
                places[same].count += 1
            } else {
                places.append((Point(end.least, end.logLikelihood), 1))
            }
        }
        return places.enumerated().sorted {
            $0.element.count != $1.element.count ? $0.element.count > $1.element.count : $0.offset < $1.offset
        }.map(\.element)
    }

    private func figure(_ report: Report) -> Figure {
        let ends = study.ml.filter { !$0.hasCollapsed }
        let heights = ends.map(\.logLikelihood)
        let lift = 0.015 * ((heights.max() ?? 0) - (heights.min() ?? 0))
        let groups: [(String, Bool, Color, Marker)] = [
            ("a needle", true, .vermillion, .triangle), ("no needle", false, .blue, .circle),
        ]
        let clouds = groups.flatMap { name, isNarrow, color, shape -> [Layer] in
            // Runs that ended in the same place are one mark, the largest first, so that small ones stay visible.
            let places = Self.places(ends.filter { Self.isNarrow($0) == isNarrow })
            return places.enumerated().map { number, place in
                .scatter(
                    [place.point],
                    style: MarkerStyle(color.opacity(0.75), shape, size: 5 + 3 * Double(place.count).squareRoot()),
                    label: number == places.count - 1 ? Label(name) : nil)
            }
                + places.filter { $0.count >= Self.told }.map { place in
                    .annotation(
                        Label("\(place.count)"), at: Point(1.05 * place.point.x, place.point.y + lift),
                        anchor: .bottomLeft, color: color)
                }
        }
        let truth = study.truth.logLikelihood(of: study.rows)
        let left = Panel(
            title: "The ends of \(study.ml.count) runs", x: Axis("smallest standard deviation", scale: .logarithmic),
            y: Axis("log-likelihood"),
            layers: [
                .rule(y: truth, style: LineStyle(.grey, width: 1.2, dash: .dotted))
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
            id: "spurious",
            title: Self.isNarrow(end)
                ? "The highest log-likelihood belongs to a needle" : "Needles everywhere, though not on top this time",
            subtitle: "Dotted: the log-likelihood of the distribution from which the points were drawn",
            alt: report.words(
                #"""
                Left: the ends of \#(ends.count) runs, log-likelihood against the smallest standard deviation. Right: the points and the three ellipses of the highest end, whose thinnest Gaussian
                has the standard deviation \#(thinnest.spreads.least, .significant(2)).
                """#),
            panels: [left, right], columns: 2, size: Size(width: 920, height: 440))
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: the singularity in any dimension, with and without ties, and what a floor or a prior makes of it.
struct Singularity {
    /// A cloud of points, some of which are repeated, and a Gaussian that shrinks upon them.
    private struct Needle {
        let rows: [[Double]]
        let dimension: Int
        let ties: Int

        init(dimension: Int, ties: Int, seed: UInt64) {
            var generator = SeededGenerator(seed: seed).stream(2)
            var rows = (0..<20).map { _ in (0..<dimension).map { _ in generator.standardNormal() } }
            for copy in 1..<max(2, ties) where ties > 1 { rows[copy] = rows[0] }
            (self.rows, self.dimension, self.ties) = (rows, dimension, ties)
        }

        /// ℓ with one half a Gaussian of this width on the first row, and one half a standard Gaussian.
        func logLikelihood(_ width: Double) throws -> Double {
            let unit = Matrix.identity(dimension)
            return try Mixture(
                weights: [0.5, 0.5],
                components: [
                    MultivariateNormal(mean: rows[0], covariance: (width * width) * unit),
                    MultivariateNormal(mean: rows[0].map { _ in 0 }, covariance: unit),
                ]
            ).logLikelihood(of: rows)
        }

        /// The slope of ℓ against ln σ, far out on the left.
        func slope() throws -> Double {
            let ends = [1e-12, 1e-9]
            let values = try ends.map(logLikelihood)
            return (values[1] - values[0]) / log(ends[1] / ends[0])
        }
    }

    private let seed: UInt64
    private let cases: [Needle]

    init(seed: UInt64) {
        self.seed = seed
        cases = [(1, 1), (2, 1), (3, 1), (2, 2), (2, 3)].map { Needle(dimension: $0.0, ties: $0.1, seed: seed) }
    }

    func explain(in report: inout Report) throws {
        report.section("The singularity")
        report.prose(
            #"""
            Back to the needle, now in any dimension. The slides fit one point with a very sharp distribution, and note what becomes of the likelihood: “kaboom”. How fast does it
            explode? The density of a Gaussian with covariance $\variance{1} I$ at its own mean is $(2 \pi \variance{1})^{-\dimension / 2}$. Its logarithm falls by
            $\dimension$ for each unit of $\nlog \sd{1}$. If $m$ equal points lie there, each of them contributes that; all other points are left to the other components, and their contribution
            stays as it is. So for small $\sd{1}$ the log-likelihood is a straight line against $\nlog \sd{1}$, with a slope that counts:
            """#)
        try equation(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left: the log-likelihood of twenty points in the plane as one Gaussian shrinks upon one point (blue), upon two equal points (green) and three (orange): slopes
                \#(try [1, 3, 4].map { try cases[$0].slope() }, .fixed(0)) per unit of the natural logarithm. Right: the same blue curve. A floor at \#(Self.floorShown, .significant(1)) allows its solid part only, of which the end at the floor is marked. With
                a prior another function is climbed, log-likelihood plus log prior (pink; a constant is added, so that both agree at width 1).
                """#)
        report.prose(
            #"""
            **Ties make it worse**, and rounded data have ties. In 1,000 persons' heights in whole centimetres, dozens are equal; a component that closes in on one value gains from
            each of them at once. (In *one* dimension such a needle even says something true: that the numbers were rounded.) And points need not be equal: $\dimension$ points in $\dimension$
            dimensions always lie on a line, a plane, …, and a Gaussian can become infinitely thin across it. So a component with $\dimension$ points or fewer of its own is always in danger.
            """#)
        report.erratum(
            "errata.orie4742.minima",
            printed: "The slide calls the singularities “bad local minima”.",
            corrected: """
                There is nothing minimal about them: the log-likelihood, which is maximised, is *unbounded above* there. (Of its negative they would be the places where it goes to minus infinity.) And they are not local maxima either, since no
                highest value is reached.
                """,
            shown: #"""
                For an untied point in the plane the log-likelihood is \#(try cases[1].logLikelihood(0.1), .fixed(2)) at width 0.1, \#(try cases[1].logLikelihood(1e-4), .fixed(2)) at
                0.0001, \#(try cases[1].logLikelihood(1e-9), .fixed(2)) at $10^{-9}$, and so on, by \#(-(try cases[1].slope()), .fixed(2)) for each unit of the logarithm.
                """#)
        // Among other points there may be several summits: the highest on a grid first, then its neighbourhood.
        let grid = stride(from: -8.0, through: 2, by: 0.05).map { $0 }
        let heights = try grid.map { try posterior(exp($0)) }
        let highest = grid[heights.firstIndex(of: heights.max() ?? 0) ?? 0]
        let best = try GoldenSection.maximum(
            of: { try self.posterior(exp($0)) }, in: (highest - 0.1)...(highest + 0.1))
        let peak = exp(best.argument)
        // As many digits as it takes to tell the two widths apart.
        let digits =
            (2...6).first {
                NumberFormat.fixed($0).string(peak) != NumberFormat.fixed($0).string(priorWidth)
            } ?? 6
        report.prose(
            #"""
            **What a floor and a prior do.** A *floor* forbids widths below it: then the best width near the point is the floor itself, and the needle is still there, only blunt. A *prior* such as the inverse Wishart of
            [lesson:8] adds to the log-likelihood a term that falls without limit as $\sd{1} \to 0$, like $-1 / \variance{1}$, which is faster than any logarithm grows. So the sum has a highest point, in [fig:singularity] at a
            width of \#(peak, .fixed(digits)), where the prior alone would have it at \#(priorWidth, .fixed(digits)).
            """#)
        report.check(
            "prior-turns-the-tail", value: .number(peak),
            again: .search(
                .number(try stationary()),
                "the root of the derivative, shares of the points times squared distances against the prior, by bisection, and of several roots the highest"
            ))
        report.define(
            nil, "singularity",
            "a place where the likelihood grows without limit: a component shrinks upon points that it explains perfectly"
        )
    }

    private func equation(in report: inout Report) throws {
        let slopes = try cases.map { try $0.slope() }
        report.equation(
            "orie4742.singularity",
            formula: #"""
                \frac{d \thinspace \loglik{\sd{1}}}{d \nlog \sd{1}} \to -m \dimension \quad \text{as } \sd{1} \to 0, \text{ with } m \text{ equal points at the mean of the Gaussian}
                """#,
            numbers: #"""
                \begin{aligned}
                \#(zip(cases, slopes).map { needle, slope in
                    #"\dimension = \#(needle.dimension), \thinspace m = \#(needle.ties) \colon & \quad \#(NumberFormat.fixed(4).tex(slope))"#
                }.joined(separator: #" \cr "#))
                \end{aligned}
                """#,
            value: .vector(slopes),
            again: .exact(
                .vector(cases.map { needle in -Double(needle.rows.count { $0 == needle.rows[0] } * needle.dimension) }),
                "counting the rows that equal the mean, times the number of columns",
                tolerance: Tolerance(
                    1e-6,
                    reason:
                        "At a width of 1e-9 the other component still has a share of 1e-9 in the point, if there is one dimension."
                )),
            telling: .entry(1, "slope for one point in the plane"),
            note: "Measured between the widths $10^{-12}$ and $10^{-9}$.")
    }

    // MARK: With a prior

    private static let degrees = 2.0
    private static let scale = 0.45
    /// The width that the prior would choose without any data.
    private var priorWidth: Double { (Self.scale / (Self.degrees + 3)).squareRoot() }

    /// ℓ plus the logarithm of the prior, up to a constant, for one untied point in the plane.
    private func posterior(_ width: Double) throws -> Double {
        try cases[1].logLikelihood(width) - (Self.degrees + 3) * 2 * log(width) - Self.scale / (width * width)
    }

    /// Where the derivative of that against ln σ is 0.
    private func stationary() throws -> Double {
        let rows = cases[1].rows
        func slope(_ width: Double) -> Double {
            rows.reduce(-2 * (Self.degrees + 3) + 2 * Self.scale / (width * width)) { sum, row in
                let (x, y) = (row[0] - rows[0][0], row[1] - rows[0][1])
                let square = (x * x + y * y) / (width * width)
                let needle = exp(-square / 2) / (width * width)
                let broad = exp(-(row[0] * row[0] + row[1] * row[1]) / 2)
                return sum + needle / (needle + broad) * (square - 2)
            }
        }
        func height(_ width: Double) -> Double {
            let start = -2 * (Self.degrees + 3) * log(width) - Self.scale / (width * width)
            return rows.reduce(start) { sum, row in
                let (x, y) = (row[0] - rows[0][0], row[1] - rows[0][1])
                let needle = exp(-(x * x + y * y) / (2 * width * width)) / (width * width)
                return sum + log(needle + exp(-(row[0] * row[0] + row[1] * row[1]) / 2))
            }
        }
        // Every summit lies where the slope changes from up to down.
        let widths = (0...900).map { 1e-3 * pow(1.01, Double($0)) }
        let summits = zip(widths, widths.dropFirst()).filter { slope($0) > 0 && slope($1) <= 0 }.map { ends -> Double in
            var (low, high) = ends
            for _ in 0..<80 {
                let middle = (low + high) / 2
                if slope(middle) > 0 { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        return summits.max { height($0) < height($1) } ?? .nan
    }

    // MARK: Figure

    private static let floorShown = 0.1

    private func figure(_ report: Report) throws -> Figure {
        let widths = (0...80).map { pow(10, Double($0 - 80) / 20) }
        let colors: [Color] = [.blue, .green, .orange]
        let needles = [cases[1], cases[3], cases[4]]
        let lines = try zip(needles, colors).flatMap { needle, color -> [Layer] in
            let points = try widths.map { Point($0, try needle.logLikelihood($0)) }
            let words = needle.ties == 1 ? "one point" : "\(needle.ties) equal points"
            return [
                .line(points, style: LineStyle(color, width: 2.2)),
                .annotation(
                    Label(words), at: points[34], anchor: needle.ties == 3 ? .bottomLeft : .topRight, color: color),
            ]
        }
        let left = Panel(
            title: "A needle in the plane",
            x: Axis(try report.label(#"width $\sd{1}$"#), scale: .logarithmic), y: Axis("log-likelihood"),
            layers: lines,
            legend: .none)
        let free = try widths.map { Point($0, try cases[1].logLikelihood($0)) }
        let held = try widths.map { Point($0, try posterior($0)) }
        let start = try cases[1].logLikelihood(1)
        let shift = start - (try posterior(1))
        let floor = Self.floorShown
        let atFloor = Point(floor, try cases[1].logLikelihood(floor))
        let top = max(start, held.map { $0.y + shift }.max() ?? start) + 8
        let right = Panel(
            title: "With a prior, and with a floor",
            x: Axis(try report.label(#"width $\sd{1}$"#), range: 0.004...1.2, scale: .logarithmic),
            y: Axis("what is climbed", range: (start - 26)...top),
            layers: [
                .rule(x: floor, style: LineStyle(.grey, width: 1.2, dash: .dotted)),
                .line(free.filter { $0.x <= floor * 1.001 }, style: LineStyle(.blue, width: 1.8, dash: .dashed)),
                .line(free.filter { $0.x >= floor * 0.999 }, style: LineStyle(.blue, width: 2.4)),
                .line(held.map { Point($0.x, $0.y + shift) }, style: LineStyle(.purple, width: 2.4)),
                .scatter([atFloor], style: MarkerStyle(.ink, .diamond, size: 10)),
                .annotation(
                    "forbidden by the floor", at: Point(floor * 0.93, start - 20), anchor: .right, color: .grey),
                .annotation("no remedy", at: Point(0.012, free[widths.count / 2].y), anchor: .bottomLeft, color: .blue),
                .annotation(
                    "prior", at: held.max { $0.y < $1.y }.map { Point($0.x, $0.y + shift) } ?? held[0], anchor: .bottom,
                    color: .purple),
            ], legend: .none)
        return Figure(
            id: "singularity", title: "The log-likelihood explodes along a straight line, unless something stops it",
            alt: report.words(
                #"""
                Left: against the logarithm of the width three straight lines rise to the left, with slopes \#(try needles.map { try $0.slope() }, .fixed(2)). Right: with a prior the
                curve turns down again; a floor cuts the line off.
                """#),
            panels: [left, right], columns: 2, size: Size(width: 920, height: 390))
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: EM with round Gaussians of one fixed width, and what becomes of it as the width goes to 0.
struct Limit {
    let rows: [[Double]]
    let lloyd: Lloyd
    private let start: [[Double]] = [[-1, 2], [1, -2]]
    private let widths = [1, 0.5, 0.1, 0.001]
    private let centres: [[[Double]]]
    private let run: KMeans

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(4)
        rows = (0..<80).map { n in
            (n % 2 == 0 ? [-1.6, 0.4] : [1.6, -0.4]).map { $0 + generator.standardNormal() }
        }
        lloyd = Lloyd(rows, start: start)
        run = try KMeans(rows, start: start)
        let (rows, start) = (rows, start)
        centres = try widths.map { try Self.soft(rows, start: start, width: $0).components.map(\.mean) }
    }

    /// EM with equal weights, one fixed width, and free means.
    private static func em(_ rows: [[Double]], start: [[Double]], width: Double, steps: Int = 2000) throws -> EM<
        MultivariateNormal
    > {
        let covariance = (width * width) * Matrix.identity(2)
        return try EM(
            data: rows, start: mixture(start, width: width), weights: .fixed, estimator: .means(covariance: covariance),
            stop: .any(.atRest(1e-7), .maximumSteps(steps)))
    }

    private static func soft(_ rows: [[Double]], start: [[Double]], width: Double) throws -> Mixture<MultivariateNormal>
    {
        try em(rows, start: start, width: width).fit().mixture
    }

    /// Round Gaussians of one width around these centres.
    static func mixture(_ centres: [[Double]], width: Double, weights: [Double]? = nil) throws -> Mixture<
        MultivariateNormal
    > {
        try Mixture(
            weights: weights ?? centres.map { _ in 1 / Double(centres.count) },
            components: centres.map {
                try MultivariateNormal(mean: $0, covariance: (width * width) * Matrix.identity($0.count))
            })
    }

    func explain(in report: inout Report) throws {
        report.section("The limit of EM")
        report.prose(
            #"""
            Now to the promise of the title. Take EM for a Gaussian mixture, [lesson:3], and take things away from it. All covariances are equal and
            spherical, $\variance{}$ times the identity, with a $\sd{}$ that you choose. All weights are equal and stay so. Then only the means are left to be estimated, and in the
            responsibilities everything cancels but the squared distances. The smaller $\sd{}$, the harder the edges: differences of squared distances are divided by $2 \variance{}$ before
            they go into the exponential.
            """#)
        try limit(in: &report)
        let undecided = try undecided()
        report.figure(
            try edges(report, undecided),
            caption: #"""
                The same points, each in the mixture of two colours that its responsibilities say. With $\sd{} = 1$ there is a broad band of doubt; with $\sd{} = 0.1$
                \#(undecided[2] == 0 ? "no" : "hardly a") point is undecided.
                """#)
        report.predict(
            #"And the other way: what happens to the two means as $\sd{}$ becomes *large*?"#,
            answer: "They move together, and from a certain width on they are equal: one cluster.")
        let critical = try critical(in: &report)
        let branches = try branches(critical)
        report.figure(
            try fork(report, critical, branches),
            caption: #"""
                The first coordinate of both means where EM comes to rest, started from the centres of K-means, for widths from \#(branches.widths.first ?? .nan, .fixed(1)) to \#(branches.widths.last ?? .nan, .fixed(1)).
                On the left they are those of K-means (rings). $\sd{} = \#(critical, .fixed(2))$ (dashed) is the spread of the data in their longest direction; there EM hardly moves, and no point is drawn. \#(branches.areJoined ? "From there on both means end at the mean of all points: one cluster." : "There the means may join; here EM keeps them apart a little longer.")
                """#)
        try objective(in: &report)
    }

    // MARK: Equations

    private func limit(in report: inout Report) throws {
        let shown = zip(widths, centres).dropLast().map { width, means in
            #"\sd{} = \#(NumberFormat.significant(2).tex(width)): \thinspace (\#(means[0].map(NumberFormat.fixed(3).tex).joined(separator: ", ")))"#
        }
        report.equation(
            "cs229.kmeans-limit",
            formula: #"""
                \resp{n}{k} = \frac{\exp \left( -\lVert \obsvec{n} - \meanvec{k} \rVert^{2} / 2 \variance{} \right)}
                {\sum_{\otherindex} \exp \left( -\lVert \obsvec{n} - \meanvec{\otherindex} \rVert^{2} / 2 \variance{} \right)}
                \quad \to \quad \hard{n}{k} \quad \text{as } \sd{} \to 0
                """#,
            printed: #"""
                P(\mathbf{x}^{i} \mid z^{i} = k) \propto \exp \left[ -\frac{1}{2 \sigma^{2}} \lVert \mathbf{x}^{i} - \mu_{k} \rVert^{2} \right], \qquad
                \prod_{i=1}^{N} \exp \left[ -\frac{1}{2 \sigma^{2}} \lVert \mathbf{x}^{i} - \mu_{C(i)} \rVert^{2} \right]
                """#,
            numbers: TeX(
                #"\meanvec{1} \text{ for } "# + shown.joined(separator: #", \quad "#)
                    + #", \qquad \text{K-means: } (\#(lloyd.centres[0].map(NumberFormat.fixed(3).tex).joined(separator: ", ")))"#
            ),
            value: .matrix(centres[centres.count - 1]),
            again: .search(
                .matrix(lloyd.centres),
                "K-means written out on its own, without Gaussians, logarithms or exponentials, from the same start"),
            telling: .entry(0, 0, #"first entry of $\meanvec{1}$ for $\sd{} = 0.001$"#),
            note: #"""
                The values are the two means that EM finds with $\sd{} = 0.001$. EM and K-means have the same two steps there: the E-step gives each point to
                the nearest mean, and the M-step takes the mean of these points. The limit needs the points to stay clear of the line midway between the means: a point exactly
                on it belongs half to each for every $\sd{}$.
                """#)
    }

    private func critical(in report: inout Report) throws -> Double {
        let count = Double(rows.count)
        let mean = [0, 1].map { d in rows.reduce(0) { $0 + $1[d] } / count }
        func moment(_ a: Int, _ b: Int) -> Double {
            rows.reduce(0) { $0 + ($1[a] - mean[a]) * ($1[b] - mean[b]) } / count
        }
        let (xx, yy, xy) = (moment(0, 0), moment(1, 1), moment(0, 1))
        let largest = (xx + yy) / 2 + (((xx - yy) / 2) * ((xx - yy) / 2) + xy * xy).squareRoot()
        let direction = [xy, largest - xx].map { $0 / (xy * xy + (largest - xx) * (largest - xx)).squareRoot() }
        let critical = largest.squareRoot()
        // Two means a little apart, before and after one step of EM.
        let small = 1e-4
        let around = [1.0, -1].map { sign in zip(mean, direction).map { $0 + sign * small * $1 } }
        let em = try Self.em(rows, start: around, width: critical)
        let after = try em.mStep(em.eStep(em.start)).components[0].mean
        let growth = zip(zip(after, mean), direction).reduce(0) { $0 + ($1.0.0 - $1.0.1) * $1.1 } / small
        report.prose(
            #"""
            **One cluster or two.** Put both means near the mean of all points, a little apart in the direction $v$. One step of EM makes the gap larger or smaller by
            the factor $v^{\top} S v / \variance{}$, where $S$ is the covariance of all points and $v$ one of its eigenvectors. The factor is largest in the longest direction of the data. There a small gap grows if
            $\variance{}$ is smaller than the largest eigenvalue of $S$, here \#(largest, .fixed(4)), and shrinks if it is larger. So at the root of it, $\sd{} = \#(critical, .fixed(4))$, one cluster can become
            two. (This is about small gaps. Whether means that start far apart also join at larger widths, [fig:fork] shows.) To lower $\sd{}$ slowly and to follow the means is a way to avoid bad
            starts, called *deterministic annealing* (Rose 1998).
            """#)
        report.folded("The algebra: one step of EM near the middle") { inner in
            inner.prose(
                #"""
                Let $m$ be the mean of all points, $\meanvec{1} = m + \epsilon v$ and $\meanvec{2} = m - \epsilon v$ with a small $\epsilon$ and $v$ of length 1. The log-odds of the two classes at $\obsvec{n}$ are
                $2 \epsilon \thinspace v^{\top} (\obsvec{n} - m) / \variance{}$, so the responsibility is about
                """#)
            inner.formula(
                #"\resp{n}{1} \approx \frac{1}{2} + \frac{\epsilon}{2 \variance{}} \thinspace v^{\top} (\obsvec{n} - m), \qquad \effcount{1} \approx \frac{\obscount}{2}"#
            )
            inner.prose("and the new mean, by the M-step,")
            inner.formula(
                #"""
                m + \frac{1}{\effcount{1}} \sumobs \resp{n}{1} (\obsvec{n} - m)
                \approx m + \frac{\epsilon}{\variance{}} \left[ \frac{1}{\obscount} \sumobs (\obsvec{n} - m)(\obsvec{n} - m)^{\top} \right] v
                = m + \epsilon \thinspace \frac{S v}{\variance{}}
                """#)
        }
        report.check(
            "critical-width", value: .number(1),
            again: .difference(
                .number(growth),
                "one step of EM at this width: the factor by which it changes a gap of 0.0002 between the means"))
        return critical
    }

    private func objective(in report: inout Report) throws {
        let count = Double(rows.count)
        let constant = -count * log(2) - count * log(Double.pi)
        let values = run.trace.map(\.objective)
        let pairs = (0...run.steps).map { constant - Distortion.byPairs(rows, run.classes[$0], run.centres($0)) }
        report.prose(
            #"""
            **The same with hard edges from the start.** Instead of sending $\sd{}$ to 0 one can round the responsibilities to 0 and 1: *classification EM* (Celeux and Govaert
            1992). What it climbs is the complete-data log-likelihood of the best assignment, and with one width and equal weights that is
            """#)
        report.formula(
            #"\max_{\latents} \completeloglik{\params} = -\frac{J}{2 \variance{}} - \obscount \nlog \classcount - \frac{\obscount \thinspace \dimension}{2} \nlog (2 \pi \variance{})"#
        )
        report.prose(
            #"""
            a constant less the distortion, up to a factor. To climb the one is to lower the other. That is the whole of the program in section 3, which takes $\variance{} = 1/2$, so that the factor is
            1. Here the run on these \#(rows.count) points climbs from \#(values[0], .fixed(3)) to \#(values[values.count - 1], .fixed(3)), while the distortion falls by the same amount.
            """#)
        report.define(
            nil, "classification EM", "EM in which the responsibilities are rounded to 0 and 1 before the M-step")
        report.check(
            "classification-likelihood", value: .vector(values),
            again: .exact(
                .vector(pairs),
                "the constant less the distortion, which is got from the distances between the points of each cluster",
                tolerance: .rounding(scale: 1000)))
    }

    // MARK: Figures

    /// How many points are undecided, for the first three widths.
    private func undecided() throws -> [Int] {
        try [0, 1, 2].map { index in
            let mixture = try Self.mixture(centres[index], width: widths[index])
            return try rows.count { (0.05...0.95).contains(try mixture.responsibilities(at: $0)[0]) }
        }
    }

    private func edges(_ report: Report, _ undecided: [Int]) throws -> Figure {
        let panels = try [0, 1, 2].map { index -> Panel in
            let mixture = try Self.mixture(centres[index], width: widths[index])
            let colors = try rows.map { row in
                Palette.series(0).mixed(with: Palette.series(1), by: try mixture.responsibilities(at: row)[1])
            }
            let (a, b) = (centres[index][0], centres[index][1])
            return Panel(
                title: try report.label(#"$\sd{} = \#(widths[index], .significant(2))$"#),
                x: Axis("first coordinate", range: -5...5, ticks: .at([-4, 0, 4])),
                y: Axis("second coordinate", range: -4...4, ticks: .at([-4, -2, 0, 2, 4])),
                layers: [
                    .scatter(
                        rows.map { Point($0[0], $0[1]) }, style: MarkerStyle(.blue, .circle, size: 6), colors: colors),
                    .scatter([Point(a[0], a[1]), Point(b[0], b[1])], style: MarkerStyle(.ink, .cross, size: 14)),
                ], legend: .none, aspect: .equal)
        }
        return Figure(
            id: "edges", title: "The narrower the Gaussians, the harder the edge between the clusters",
            subtitle: "Colours: mixed by responsibility; crosses: the means that EM finds",
            alt: report.words(
                #"""
                Three panels of the same \#(rows.count) points in the plane for three widths. \#(undecided[0]), \#(undecided[1]) and
                \#(undecided[2]) points have responsibilities between 0.05 and 0.95.
                """#),
            panels: panels, columns: 3, sharedX: true, sharedY: true)
    }

    /// The first coordinates of both means for many widths, the larger and the smaller one.
    private struct Branches {
        var widths: [Double] = []
        var upper: [Point] = []
        var lower: [Point] = []
        /// Whether the means are the same from the critical width on.
        var areJoined = true
    }

    /// Close to the critical width EM hardly moves, so the widths keep a little away from it.
    private func branches(_ critical: Double) throws -> Branches {
        let below: [Double] = (1...17).map { 0.055 * Double($0) } + [0.96, 0.98, 0.99, 0.996]
        let above: [Double] = [1.004, 1.02, 1.06, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45]
        var branches = Branches()
        for share in below + above {
            let width = share * critical
            // The first mean may be on either side, so the larger one is the upper branch.
            let ends = try Self.soft(rows, start: lloyd.centres, width: width).components.map { $0.mean[0] }.sorted()
            branches.widths.append(width)
            branches.upper.append(Point(width, ends[1]))
            branches.lower.append(Point(width, ends[0]))
            if share > 1, ends[1] - ends[0] > 1e-3 { branches.areJoined = false }
        }
        return branches
    }

    private func fork(_ report: Report, _ critical: Double, _ branches: Branches) throws -> Figure {
        let (upper, lower) = (branches.upper, branches.lower)
        return Figure(
            id: "fork", title: "Two clusters melt into one",
            alt: report.words(
                #"""
                The first coordinates of the two means against the width: two branches, which start at K-means' centres
                \#(lloyd.centres.map { $0[0] }.sorted(), .fixed(2)) on the left and meet near the width \#(critical, .fixed(2)).
                """#),
            panels: [
                Panel(
                    x: Axis(try report.label(#"width $\sd{}$"#), range: 0...(1.5 * critical)),
                    y: Axis("first coordinate of the means"),
                    layers: [
                        .rule(x: critical),
                        .annotation(
                            branches.areJoined ? "one cluster from here on" : "the fork",
                            at: Point(critical + 0.02, (upper.first?.y ?? 0) * 0.6), anchor: .left),
                        .line(upper, style: LineStyle(Palette.series(1), width: 2.4), marker: .circle),
                        .line(lower, style: LineStyle(Palette.series(0), width: 2.4), marker: .square),
                        .scatter(lloyd.centres.map { Point(0, $0[0]) }, style: MarkerStyle(.ink, .ring, size: 11)),
                        .annotation(
                            "K-means", at: Point(0.06, (lloyd.centres.map { $0[0] }.max() ?? 0) - 0.15),
                            anchor: .topLeft),
                    ], legend: .none)
            ], size: Size(width: 760, height: 380))
    }
}

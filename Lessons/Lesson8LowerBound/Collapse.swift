import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Two Gaussians in the plane, of which one starts on a single point: what a prior does to a collapse.
struct Collapse {
    private let rows: [[Double]]
    private let start: Mixture<MultivariateNormal>
    private let map: Fit<MultivariateNormal>
    /// Maximum likelihood, as far as it got.
    private let ml: [TraceRow<MultivariateNormal>]
    private let failure: String?
    static let degrees = 5.0
    static let scale = Matrix([[1.0, 0], [0, 1]])

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(2)
        let truth = try Mixture(
            weights: [0.4, 0.6],
            components: [
                MultivariateNormal(mean: [-1.5, 0], covariance: [[0.6, 0.2], [0.2, 0.6]]),
                MultivariateNormal(mean: [1.5, 0.5], covariance: [[0.8, -0.2], [-0.2, 0.5]]),
            ])
        let rows = truth.sample(count: 40, using: &generator).map(\.observation)
        // The point that lies farthest out: nothing near it holds the narrow component back.
        let middle = [0, 1].map { d in rows.reduce(0) { $0 + $1[d] } / Double(rows.count) }
        func distance(_ row: [Double]) -> Double { hypot(row[0] - middle[0], row[1] - middle[1]) }
        let lonely = rows.max { distance($0) < distance($1) } ?? middle
        self.rows = rows
        start = try Mixture(
            weights: [0.3, 0.7],
            components: [
                MultivariateNormal(mean: lonely, covariance: [[0.04, 0], [0, 0.04]]),
                MultivariateNormal(mean: middle, covariance: [[2, 0], [0, 2]]),
            ])
        let rest = StoppingRule<MultivariateNormal>.any(.atRest(1e-12), .maximumSteps(5000))
        map = try EM(
            data: rows, start: start,
            estimator: .inverseWishartPrior(degreesOfFreedom: Self.degrees, scale: Self.scale), stop: rest
        ).fit()
        var (trace, failure): ([TraceRow<MultivariateNormal>], String?) = ([], nil)
        for step in try EM(data: rows, start: start, stop: rest) {
            trace.append(step.row)
            if case .failed(let error) = step.ending { failure = "\(error.withoutRemedy)" }
        }
        (ml, self.failure) = (trace, failure)
    }

    var objectives: [Double] { map.trace.map(\.objective) }

    /// Weight, means and covariances under the prior.
    var mapNumbers: [Double] { Self.numbers(map.mixture) }

    private static func numbers(_ mixture: Mixture<MultivariateNormal>) -> [Double] {
        [mixture.weights[0]]
            + mixture.components.flatMap { $0.mean + [$0.covariance[0, 0], $0.covariance[0, 1], $0.covariance[1, 1]] }
    }

    // MARK: Second route

    /// The same numbers by Newton's method on the log posterior, with 2 × 2 matrices written out.
    func searched() throws -> [Double] {
        func unpack(_ u: [Double]) -> [Double] {
            let weight = 1 / (1 + exp(-u[0]))
            return [weight]
                + [1, 6].flatMap { at -> [Double] in
                    // The covariance by its Cholesky factor, with logarithms on the diagonal.
                    let (a, b, c) = (exp(u[at + 2]), u[at + 3], exp(u[at + 4]))
                    return [u[at], u[at + 1], a * a, a * b, b * b + c * c]
                }
        }
        func pack(_ v: [Double]) -> [Double] {
            [log(v[0] / (1 - v[0]))]
                + [1, 6].flatMap { at -> [Double] in
                    let a = v[at + 2].squareRoot()
                    let b = v[at + 3] / a
                    return [v[at], v[at + 1], log(a), b, log((v[at + 4] - b * b).squareRoot())]
                }
        }
        func logPosterior(_ v: [Double]) -> Double {
            var sum = 0.0
            for row in rows {
                var density = 0.0
                for (k, weight) in [v[0], 1 - v[0]].enumerated() {
                    let at = 1 + 5 * k
                    let (x, y) = (row[0] - v[at], row[1] - v[at + 1])
                    let determinant = v[at + 2] * v[at + 4] - v[at + 3] * v[at + 3]
                    let square = (v[at + 4] * x * x - 2 * v[at + 3] * x * y + v[at + 2] * y * y) / determinant
                    density += weight * exp(-square / 2) / (2 * Double.pi * determinant.squareRoot())
                }
                sum += log(density)
            }
            for at in [1, 6] {
                let determinant = v[at + 2] * v[at + 4] - v[at + 3] * v[at + 3]
                // With the unit matrix as scale, the trace is that of the inverse.
                sum -= (Self.degrees + 3) / 2 * log(determinant) + (v[at + 2] + v[at + 4]) / determinant / 2
            }
            return sum
        }
        // From beside the end, so that of several summits the same one is found.
        let nearby = pack(mapNumbers).enumerated().map { $1 + ($0 % 2 == 0 ? 0.02 : -0.02) }
        return unpack(try NewtonAscent.maximum(of: { logPosterior(unpack($0)) }, from: nearby).argument)
    }

    // MARK: Text

    private func spread(_ row: TraceRow<MultivariateNormal>) throws -> Double {
        let c = row.mixture.components[0].covariance
        return try symmetricEigenvalues(of: [[c[0, 0], c[0, 1]], [c[1, 0], c[1, 1]]])[0].squareRoot()
    }

    func explain(in report: inout Report) throws {
        let spreads = try ml.map(spread)
        let end = try spread(map.trace[map.trace.count - 1])
        report.prose(
            #"""
            **Inverse Wishart, and what a prior does to a collapse.** For the covariance of a Gaussian in $\dimension$ dimensions the prior that keeps the M-step in closed form is the inverse Wishart
            distribution with $\nu$ degrees of freedom and scale matrix $\Psi$. It adds $\Psi$ to the scatter, and something to the count:
            """#)
        report.formula(
            #"""
            \cov{k} = \frac{\Psi + \sumobs \resp{n}{k} (\obsvec{n} - \meanvec{k}) (\obsvec{n} - \meanvec{k})^{\top}}{\nu + \dimension + 1 + \effcount{k}}
            """#)
        report.prose(
            #"""
            However few points a Gaussian has, its covariance is now at least $\Psi / (\nu + \dimension + 1 + \obscount)$, so it **cannot shrink to nothing**. Below are
            \#(rows.count) points in a plane and two Gaussians, of which the first starts narrow, upon the point farthest from the mean of all. We watch its *smallest spread*, the
            standard deviation in its narrowest direction. \#(story(spreads, end))
            """#)
        report.figure(
            try figure(report, spreads, end),
            caption: #"""
                Left: where the first (blue) and second Gaussian end under the prior, with ellipses of 90 %. Right: the smallest spread of the first Gaussian, \#(shownSteps); the dashed line is the least that the prior
                allows, \#(least, .significant(2)).
                """#)
        report.check(
            "prior-holds", value: .number(end),
            again: .property(
                "under the prior no covariance is smaller than the prior allows",
                by: "the eigenvalues of both covariances at every step",
                the: "smallest spread divided by the least allowed", is: try smallest() / least, atLeast: 1))
    }

    private static let mostShown = 15

    /// Which steps the figure shows.
    private var shownSteps: String {
        let steps = map.trace.count - 1
        return steps > Self.mostShown
            ? "in the first \(Self.mostShown) steps (under the prior EM takes \(steps))" : "step by step"
    }

    /// The least standard deviation in any direction that the prior allows.
    private var least: Double { (1 / (Self.degrees + 3 + Double(rows.count))).squareRoot() }

    /// After the first step: the start is as narrow as it likes.
    private func smallest() throws -> Double {
        try map.trace.dropFirst().flatMap { row in
            try row.mixture.components.map { component -> Double in
                let c = component.covariance
                return try symmetricEigenvalues(of: [[c[0, 0], c[0, 1]], [c[1, 0], c[1, 1]]])[0].squareRoot()
            }
        }.min() ?? .nan
    }

    private func story(_ spreads: [Double], _ end: Double) -> Prose {
        let last = spreads[spreads.count - 1]
        let steps = spreads.count - 1
        let prior: Prose = #"""
            Under the prior, with $\nu = \#(Self.degrees, .significant(2))$ and the unit matrix as $\Psi$, the same start leads to
            a smallest spread of \#(end, .significant(2)).
            """#
        guard failure != nil else {
            return #"""
                Without a prior it goes from \#(spreads[0], .significant(2)) to \#(last, .significant(2)). With these points the Gaussian does
                not collapse; with other seeds it does. \#(prior)
                """#
        }
        let fall: Prose =
            steps == 0
            ? "Without a prior the very first M-step leaves the Gaussian a covariance that is numerically singular:"
            : #"""
            Without a prior it falls from \#(spreads[0], .significant(2)) to \#(last, .significant(2)), and after
            \#(steps) \#(steps == 1 ? "step" : "steps") the covariance is numerically singular:
            """#
        return #"""
            \#(fall) **the Gaussian has collapsed**, the log-likelihood is unbounded there, and EM has to give up. \#(prior)
            """#
    }

    private func figure(_ report: Report, _ spreads: [Double], _ end: Double) throws -> Figure {
        let points = rows.map { Point($0[0], $0[1]) }
        let outlines = map.mixture.components.enumerated().map { k, component in
            Layer.ellipse(
                mean: Point(component.mean[0], component.mean[1]),
                covariance: [0, 1].map { i in [0, 1].map { component.covariance[i, $0] } }, level: 0.9,
                style: LineStyle(Palette.series(k), width: 2.2))
        }
        let first = start.components[0]
        let plane = Panel(
            title: "Where EM ends under the prior", x: Axis("first coordinate"), y: Axis("second coordinate"),
            layers: [
                .scatter(points, style: MarkerStyle(.grey, .circle, size: 5)),
                .ellipse(
                    mean: Point(first.mean[0], first.mean[1]), covariance: [[0.04, 0], [0, 0.04]], level: 0.9,
                    style: LineStyle(.blue, width: 1.4, dash: .dotted)),
                .annotation("start", at: Point(first.mean[0] + 0.45, first.mean[1]), anchor: .left, color: .blue),
            ] + outlines, legend: .none, aspect: .equal)
        let mapSpreads = try map.trace.prefix(Self.mostShown + 1).map(spread)
        let way = Panel(
            title: "The smallest spread of the first Gaussian",
            x: Axis("step", ticks: .integers), y: Axis(nil, scale: .logarithmic),
            layers: [
                .line(
                    spreads.prefix(Self.mostShown + 1).enumerated().map { Point(Double($0), $1) },
                    style: LineStyle(.vermillion, width: 2.2),
                    marker: .triangle, label: "no prior"),
                .line(
                    mapSpreads.enumerated().map { Point(Double($0), $1) }, style: LineStyle(.blue, width: 2.2),
                    marker: .circle,
                    label: "with the prior"),
                .rule(y: least),
            ], legend: .above)
        return Figure(
            id: "collapse", title: "A prior holds a Gaussian open",
            subtitle: "Dotted: the start of the first Gaussian, upon the point farthest from the mean of all",
            alt: report.words(
                #"""
                Left: \#(rows.count) points, and the two ellipses at the end under the prior. Right: without a prior the smallest spread of the first Gaussian goes from
                \#(spreads[0], .significant(2)) to \#(spreads[spreads.count - 1], .significant(2)) in \#(spreads.count - 1) \#(spreads.count == 2 ? "step" : "steps")\#(failure == nil ? "" : ", and then EM stops, since the covariance is numerically singular"); with the prior it ends at
                \#(end, .significant(2)).
                """#),
            panels: [plane, way], columns: 2, size: Size(width: 760, height: 400))
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 8: the same problem in other clothes, and other latent variables.
struct Elsewhere {
    private let bottom: Bottom
    private let x: [Double] = [1, 2, 3, 4, 5]
    private let y: [Double]
    /// Standard deviations of the slope, before any data, and of the noise.
    private let prior = 1.0
    private let noise = 0.5

    init(_ bottom: Bottom, seed: UInt64) throws {
        self.bottom = bottom
        var generator = SeededGenerator(seed: seed).stream(7)
        let slope = generator.standardNormal()
        y = x.map { (100 * (slope * $0 + 0.5 * generator.standardNormal())).rounded() / 100 }
    }

    func explain(in report: inout Report) throws {
        report.section("Elsewhere: depots, and a latent variable in common")
        depots(in: &report)
        report.prose(
            #"""
            **Latent variables elsewhere.** In a mixture each observation has a latent variable of its own: the class. The ORIE 4742 notes name another kind, a *common* latent variable, with regression as
            the example (the drawing is lost in our copy; ours is a guess at it). In $y_{\obsindex} = w x_{\obsindex} + \text{noise}$ the slope $w$ is not in the data. All points share
            it. Whoever gives it a prior, $w \sim \gauss{0}{\tau^{2}}$, has a model with a latent variable, and its likelihood is again a sum over what is not seen; here an integral.
            """#)
        report.figure(
            Figure(
                id: "latent", title: "A latent variable for each point, and one for all",
                subtitle: "Open: hidden; grey: observed; dots: parameters, and what is given",
                alt: """
                    Left: a mixture; the plate of observations holds the hidden class and the observed vector, and the parameters stand outside. Right: regression; the hidden slope stands outside the plate, and points into it, to \
                    the observed response, to which the given input points as well.
                    """,
                diagram: try diagram(report)),
            caption: #"""
                Left, the mixture: the hidden class stands inside the plate, so there is one for each point, and the points can be summed out one by one. Right, regression: the hidden slope stands outside, so all points have to be
                considered together.
                """#)
        try regression(in: &report)
        report.exercise(
            "Which latent variables does a mixture of regressions have, two lines through one cloud, if the slopes have a prior?",
            answer: """
                Both kinds: for each point a class of its own, which says which line it belongs to, and two slopes in common. EM treats the first as latent and the second as parameters.
                """)
    }

    // MARK: Depots

    private func depots(in report: inout Report) {
        let rows = bottom.rows
        var least = Double.infinity
        for a in rows.indices {
            for b in 0..<a {
                for c in 0..<b {
                    let sites = [rows[a], rows[b], rows[c]]
                    least = min(
                        least,
                        rows.reduce(0) { sum, row in sum + (sites.map { Distortion.squared(row, $0) }.min() ?? 0) })
                }
            }
        }
        let ratio = least / bottom.bestDistortion
        report.prose(
            #"""
            **Depots.** Ten villages want three depots, so that the sum of the squared distances to the nearest one is small. That is *facility location*, and with the points as villages and the centres as depots it is the problem of K-means, as
            the ORIE 4742 notes remark. Planners usually add what K-means leaves out: a cost for each depot, which decides how many there are; roads in place of straight lines; and sites to choose from. If the depots
            must stand in villages, the best three of the ten in section 2 cost \#(least, .fixed(3)), found by trying all 120 choices. Free centres cost \#(bottom.bestDistortion, .fixed(3)). The ratio is \#(ratio, .fixed(3)), and it can never be more than 2: put each depot into a village of its cluster, chosen at random,
            and the sum of squared distances to it is on average twice that to the mean.
            """#)
        report.check(
            "depots", value: .number(ratio),
            again: .property(
                "depots in villages cost at least as much as free ones, and at most twice as much",
                by: "comparing the best of all 120 choices with the best of all partitions",
                the: "excess over these bounds", is: max(ratio - 2, 1 - ratio)))
    }

    // MARK: Regression

    private func regression(in report: inout Report) throws {
        let (variance, spread) = (noise * noise, prior * prior)
        let squares = x.reduce(0) { $0 + $1 * $1 }
        let products = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
        let total = y.reduce(0) { $0 + $1 * $1 }
        let precision = squares / variance + 1 / spread
        let posterior = products / variance / precision
        let count = Double(x.count)
        let value =
            -count / 2 * log(2 * Double.pi * variance) - 0.5 * log(spread * precision)
            - (total / variance - precision * posterior * posterior) / 2
        let peak = posterior
        let width = (1 / precision).squareRoot()
        func logJoint(_ w: Double) -> Double {
            zip(x, y).reduce(-w * w / (2 * spread) - 0.5 * log(2 * Double.pi * spread)) { sum, pair in
                let residual = pair.1 - w * pair.0
                return sum - residual * residual / (2 * variance) - 0.5 * log(2 * Double.pi * variance)
            }
        }
        let top = logJoint(peak)
        let integral = try AdaptiveSimpson.integral(
            of: { exp(logJoint($0) - top) }, over: (peak - 12 * width)...(peak + 12 * width))
        report.equation(
            "orie4742.latent-models",
            formula: #"""
                p(\text{data}) = \prodobs \sumclasses \weight{k} \thinspace p(\obsvec{n} \mid \isclass{n}{k})
                \quad \text{(one each)}, \qquad
                p(y \mid x) = \int \normal{w}{0}{\tau^{2}} \prodobs \normal{y_{\obsindex}}{w x_{\obsindex}}{\sigma^{2}} \thinspace \text{d} w
                \quad \text{(one in common)}
                """#,
            numbers: #"""
                x = (1, 2, 3, 4, 5), \quad y = \#(y, .fixed(2)), \quad \tau = 1, \thinspace \sigma = 0.5: \qquad \nlog p(y \mid x) = \#(value, .fixed(4)), \qquad
                w \text{ about } \#(posterior, .fixed(3)) \pm \#(width, .fixed(3))
                """#,
            value: .vector([value, posterior]),
            again: .exact(
                .vector([
                    top + log(integral),
                    try AdaptiveSimpson.integral(
                        of: { $0 * exp(logJoint($0) - top) }, over: (peak - 12 * width)...(peak + 12 * width))
                        / integral,
                ]), "the integral over the slope, by adaptive quadrature", tolerance: .quadrature),
            telling: .entry(0, "log-likelihood of the regression"),
            note: #"""
                The values are the log-likelihood and the posterior mean of the slope. For Gaussians the integral has a closed form (complete the square in $w$), and a sum over a few classes can always be computed. Most other integrals have no closed form, and one approximates.
                """#)
    }

    private func diagram(_ report: Report) throws -> Diagram {
        Diagram(
            nodes: [
                .parameter("weights", try report.label(#"$\weights$"#), at: Point(0, 0)),
                .latent("class", try report.label(#"$\latentvec{n}$"#), at: Point(1, 0)),
                .observed("vector", try report.label(#"$\obsvec{n}$"#), at: Point(2, 0)),
                .parameter("means", try report.label(#"$\meanvec{k}$"#), at: Point(3.1, -0.45)),
                .parameter("covariances", try report.label(#"$\cov{k}$"#), at: Point(3.1, 0.45)),
                .parameter("tau", try report.label(#"$\tau$"#), at: Point(4.4, 0)),
                .latent("slope", try report.label("$w$"), at: Point(5.3, 0)),
                .observed("response", try report.label(#"$y_{\obsindex}$"#), at: Point(6.5, 0)),
                .parameter("noise", try report.label(#"$\sigma$"#), at: Point(6.5, -0.95)),
                .parameter("input", try report.label(#"$x_{\obsindex}$"#), at: Point(7.4, 0)),
            ],
            edges: [
                Diagram.Edge("weights", "class"), Diagram.Edge("class", "vector"), Diagram.Edge("means", "vector"),
                Diagram.Edge("covariances", "vector"), Diagram.Edge("tau", "slope"), Diagram.Edge("noise", "response"),
                Diagram.Edge("slope", "response"), Diagram.Edge("input", "response"),
            ],
            plates: [
                Diagram.Plate(around: ["class", "vector"], try report.label(#"$\obscount$"#)),
                Diagram.Plate(around: ["means", "covariances"], try report.label(#"$\classcount$"#)),
                Diagram.Plate(around: ["response", "input"], try report.label(#"$\obscount$"#)),
            ], spacing: Size(width: 108, height: 96))
    }
}

import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 4: weight and length together; vectors, covariances, determinants.
struct TwoMeasurements {
    let store: PetStore
    let mixture: Mixture<MultivariateNormal>
    /// Animals for the figure: class, and weight and length.
    let shown: [(latent: Int, observation: [Double])]
    /// Animals whose density is given: a bird, a cat, and one that may be a cat or a dog.
    let named: [(name: String, x: [Double])] = [
        ("a bird", [1.3, 40]), ("a cat", [4, 45]), ("cat or dog?", [6, 50]),
    ]

    init(_ store: PetStore, seed: UInt64) throws {
        self.store = store
        mixture = try store.planeMixture()
        var generator = SeededGenerator(seed: seed).stream(1)
        shown = mixture.sample(count: 700, using: &generator)
    }

    func explain(in report: inout Report) throws {
        report.section("Two measurements of each animal")
        report.prose(
            #"""
            Longer animals tend to be heavier. From now on the store measures the length as well, so that an observation is a
            vector $\obsvec{n}$ of $\dimension = 2$ numbers: kilograms and centimetres. The recipe stays as it was: draw a
            species, then an observation from its distribution. Only that distribution is now a Gaussian in the plane, with a
            mean *vector* and a covariance *matrix*:
            """#)
        report.table(
            ["piece", "what it is", "shape", "here"], rows: try pieces(report),
            caption: "The pieces of a Gaussian mixture."
        )
        report.prose(
            #"""
            Without an index the letters stand for all of them: $\weights$ for the shares of all classes, $\meanvec{}$ and
            $\cov{}$ for all means and all covariances. All three together are the *parameters*, $\params$. (Mind the
            letters when you read on elsewhere: the θ of CS 181's section 1.2 was the shares alone.)
            """#)
        try components(in: &report)
        try conditional(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left: \#(shown.count) animals with their species; each ellipse holds 95 % of a species' distribution. Right: the density that is
                left when the species are forgotten, with two steep summits, of birds and of cats, and a long low ridge of dogs.
                """#)
        try correlation(in: &report)
        try report.folded("Why a determinant, and a handout that leaves its bars out") { try determinant(in: &$0) }
    }

    private func pieces(_ report: Report) throws -> [[Prose]] {
        func vector(_ k: Int) -> Prose { "\([store.means[k], store.lengths[k]], .significant(3))" }
        let last = store.covariance(2)
        return [
            [
                #"$\obsvec{n}$"#, "weight and length of animal $\\obsindex$, observed", #"$\dimension$ numbers"#,
                "\(shown[0].observation, .fixed(1)), the first of a new draw",
            ],
            [
                #"$\latentvec{n}$"#, "its species, hidden", #"one of $\classcount$ classes"#,
                "\(store.species[shown[0].latent]), the first of that draw",
            ],
            [
                #"$\weight{k}$"#, #"probability of class $\classindex$"#, #"$\classcount$ numbers with sum 1"#,
                "\(store.weights, .significant(3))",
            ],
            [
                #"$\meanvec{k}$"#, #"mean of class $\classindex$"#, #"$\classcount$ vectors of $\dimension$"#,
                "\(vector(0)), \(vector(1)), \(vector(2))",
            ],
            [
                #"$\cov{k}$"#, #"covariance of class $\classindex$"#,
                #"$\classcount$ symmetric $\dimension \times \dimension$ matrices"#,
                #"dogs: variances \#(last[0][0], .significant(4)) and \#(last[1][1], .significant(4)), covariance \#(last[0][1], .significant(4))"#,
            ],
        ]
    }

    // MARK: Correlation

    private func correlation(in report: inout Report) throws {
        let covariance = mixture.moments.covariance
        let overall = covariance[0, 1] / (covariance[0, 0] * covariance[1, 1]).squareRoot()
        var within = [[0.0, 0], [0, 0]]
        for k in store.weights.indices {
            for i in 0..<2 {
                for j in 0..<2 { within[i][j] += store.weights[k] * store.covariance(k)[i][j] }
            }
        }
        let between = (0..<2).map { i in (0..<2).map { j in covariance[i, j] - within[i][j] } }
        let total = (0..<2).map { covariance.row($0) }
        report.prose(
            #"""
            The mean and the covariance of all animals follow from those of the species as the mean and the variance of the
            weights did; only the squares become outer products:
            """#)
        report.formula(
            #"""
            \bar{\mathbf{m}} = \sumclasses \weight{k} \meanvec{k} = \#(column: mixture.moments.mean, .significant(4))
            """#)
        report.formula(
            #"""
            \mathrm{Cov}[\obsvec{n}] = \sumclasses \weight{k} \cov{k}
            + \sumclasses \weight{k} (\meanvec{k} - \bar{\mathbf{m}}) (\meanvec{k} - \bar{\mathbf{m}})^{\top}
            = \#(matrix(within)) + \#(matrix(between)) = \#(matrix(total))
            """#)
        report.exercise(
            #"""
            Within the species weight and length have correlations \#(store.correlations, .significant(2)). The correlation over
            *all* animals is \#(overall, .fixed(3)). How can it be larger than each of the three?
            """#,
            answer: #"""
                The species means lie on a rising line themselves: \#(store.means, .significant(2)) kg go with
                \#(store.lengths, .significant(2)) cm. Of the two matrices above the second, the covariance of these means, is
                the larger one, and the means are almost perfectly correlated
                (\#(between[0][1] / (between[0][0] * between[1][1]).squareRoot(), .fixed(3))). It can also go the other way: three rising clouds whose centres fall
                have a negative correlation overall if the covariance of the centres outweighs the average covariance within the
                clouds. That is known as Simpson's paradox.
                """#)
    }

    private func matrix(_ rows: [[Double]]) -> TeX {
        let lines = rows.map { $0.map { NumberFormat.significant(4).tex($0) }.joined(separator: " & ") }
        return TeX(#"\begin{bmatrix} \#(lines.joined(separator: #" \cr "#)) \end{bmatrix}"#)
    }

    // MARK: The determinant

    private func determinant(in report: inout Report) throws {
        let s = 3.0
        func kernel(_ x: Double, _ y: Double) -> Double { exp(-(x * x + y * y) / (2 * s * s)) / (2 * Double.pi) }
        let range = (-9 * s)...(9 * s)
        let printed = try TrapezoidalRule.integral(of: { kernel($0, $1) / s }, over: range, range)
        let right = try TrapezoidalRule.integral(of: { kernel($0, $1) / (s * s) }, over: range, range)
        report.prose(
            #"""
            The factor in front of the exponential sees to it that the volume under the bell is 1. The
            exponential alone
            has height 1 and is as wide as the covariance says, in every direction. The volume under it grows with the area of the
            ellipses in [fig:plane], and that area with the root of the determinant: so this is what one has to divide by.
            One of the handouts leaves the determinant's bars out:
            """#)
        report.erratum(
            "errata.orie4742.det",
            printed: #"""
                $(2 \pi)^{-d/2} \thinspace \Sigma_{k}^{-1/2} \thinspace e^{\ldots}$, which is a matrix where a number is due
                """#,
            corrected: #"$(2 \pi)^{-d/2} \thinspace \determinant{\Sigma_{k}}^{-1/2} \thinspace e^{\ldots}$"#,
            shown: #"""
                take $d = 2$ and $\Sigma = s^{2} I$ with $s = \#(s, .significant(2))$. The matrix $\Sigma^{-1/2}$ is
                $\frac{1}{s} I$; read as the number $1/s$ it gives a density that integrates to \#(printed, .fixed(4)), which is
                $s$. With the determinant, $\determinant{\Sigma}^{-1/2} = 1/s^{2}$, it is \#(right, .fixed(4)). (In one
                dimension there is no difference, which may be how the slip came about)
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let (x, y) = (0.0...16, 22.0...92)
        let mixture = mixture
        let grid = Grid(x: x, y: y, columns: 121, rows: 121) { mixture.density(at: [$0, $1]) }
        let levels = [0.0003, 0.001, 0.003, 0.01]
        // The innermost ring is too small for a label of its own: where it is, right of the cats' summit.
        let (cat, top) = (Point(store.means[1], store.lengths[1]), levels[levels.count - 1])
        let ring = stride(from: cat.x, to: x.upperBound, by: 0.01).first { mixture.density(at: [$0, cat.y]) < top }
        let xAxis = Axis("weight (kg)", range: x)
        let yAxis = Axis("length (cm)", range: y)
        let known = store.weights.indices.flatMap { k -> [Layer] in
            let points = shown.filter { $0.latent == k }.map { Point($0.observation[0], $0.observation[1]) }
            var style = MarkerStyle.series(k, size: 3.5)
            style.color = style.color.opacity(0.55)
            return [
                .scatter(points, style: style, label: Label(store.species[k] + "s")),
                .ellipse(
                    mean: Point(store.means[k], store.lengths[k]), covariance: store.covariance(k), level: 0.95,
                    style: LineStyle(Palette.series(k), width: 1.6)),
            ]
        }
        return Figure(
            id: "plane", title: "Animals with their species, and the density without",
            subtitle: Label(
                "Left: \(shown.count) animals, and ellipses that hold 95 % of each species. Right: the density, per kg and cm, with contours"
            ),
            alt: report.words(
                #"""
                Two panels over weight and length. Left: \#(shown.count) animals coloured by species, each species in an ellipse:
                birds small and light, cats in the middle, dogs in a long ellipse that rises to the right and overlaps with the
                cats'. Right: the marginal density as shades and contour lines, with two steep summits of height
                \#(mixture.density(at: [store.means[0], store.lengths[0]]), .significant(2)) (birds) and
                \#(mixture.density(at: [store.means[1], store.lengths[1]]), .significant(2)) (cats) and a long low ridge (dogs).
                """#),
            panels: [
                Panel(title: "Species known", x: xAxis, y: yAxis, layers: known, legend: .bottomRight),
                Panel(
                    title: "Species forgotten", x: xAxis, y: yAxis,
                    layers: [
                        .heatMap(grid, scale: .white(to: .blue), range: 0...0.035, title: "density", isSmooth: true),
                        .contour(grid, levels: levels, style: LineStyle(.ink, width: 0.9), isLabelled: true),
                        .annotation(
                            Label(NumberFormat.fixed(4).string(top)), at: Point(8.2, 36), anchor: .left,
                            pointingAt: Point(ring ?? cat.x, cat.y)),
                    ], legend: .none),
            ], columns: 2, size: Size(width: 860, height: 470))
    }
}

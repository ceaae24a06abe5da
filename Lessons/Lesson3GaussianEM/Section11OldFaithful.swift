import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 11: Old Faithful in numbers that other programs print, too; and what the end of a run is.
struct OldFaithful {
    let values: [Double]
    let equal: Fit<Normal>
    let free: Fit<Normal>
    /// Where both runs start, but for the variances, which are equal in the first.
    let start: Mixture<Normal>
    private let bivariate: GaussianRun

    init(progress: RunProgress) throws {
        let study = try Study.oldFaithful()
        values = study.values
        start = try study.univariateStart()
        let equalStart = try Mixture(
            weights: start.weights, components: start.components.map { try Normal(mean: $0.mean, variance: 90) })
        let stop = StoppingRule<Normal>.any(.atRest(1e-12), .maximumSteps(2000))
        equal = try EM(data: values, start: equalStart, estimator: .equalVariances, stop: stop).fit()
        free = try EM(data: values, start: start, stop: stop).fit()
        bivariate = try GaussianRun(study.rows, start: study.start, shape: .full, progress: progress)
    }

    func explain(in report: inout Report) throws {
        report.section("Old Faithful, against other programs")
        report.prose(
            #"""
            The waiting times alone have been fitted in many papers and by many programs. There are two models to choose from: both kinds
            of eruptions with the same variance, or each with its own. Here are our fits, beside those of two other programs: SciPy,
            which climbs the log-likelihood directly, and scikit-learn, which runs EM. (The script that made their numbers is in the
            package, `Tests/MixtureModelsTests/Reference/make_fits.py`.)
            """#)
        let figures = univariateFigures + bivariateFigures
        let agreeing = figures.count { $0.agrees }
        report.prose("\(agreeing) of \(figures.count) numbers agree to all digits printed.")
        report.folded("The numbers of the other programs beside ours") { $0.published(figures) }
        let gain = free.last.logLikelihood - equal.last.logLikelihood
        report.prose(
            #"""
            Is a second variance worth having? Here it is not: the two standard deviations come out as
            \#(free.mixture.components.map(\.standardDeviation), .fixed(3)), hardly different, and the log-likelihood gains
            \#(gain, .significant(2)). A second *column* is worth more. The uncertainty about the labels that is left, the entropy
            of the responsibilities of all \#(values.count) eruptions, is \#(free.last.entropy, .fixed(1)) nats (the unit of entropies in
            natural logarithms) for the waiting times alone, and \#(bivariate.end.entropy, .fixed(1)) for both columns.
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                The \#(values.count) waiting times with the fitted mixture (black) and its two Gaussians, each times its weight (dashed). The means are
                \#(free.mixture.components.map(\.mean), .fixed(1)) minutes, and the valley that one Gaussian filled in [fig:one-gaussian] is left free.
                """#)
        try report.folded("The blank of the slide: the maximum-likelihood estimate") { try estimate(in: &$0) }
        try localMaximum(in: &report)
        try circular(in: &report)
    }

    // MARK: Other programs' numbers

    private func published(_ id: String, _ quantity: Prose, _ published: Double, _ decimals: Int, _ ours: Double)
        -> PublishedFigure
    {
        PublishedFigure(
            id: id, quantity: quantity, published: published, decimals: decimals, ours: ours, isByAnotherProgram: true)
    }

    private var univariateFigures: [PublishedFigure] {
        let (a, b) = (equal.mixture, free.mixture)
        return [
            published("scipy", "SciPy 1.17.1: equal variances: first weight", 0.36085, 5, a.weights[0]),
            published("scipy", "SciPy 1.17.1: first mean, minutes", 54.6136, 4, a.components[0].mean),
            published("scipy", "SciPy 1.17.1: second mean", 80.0903, 4, a.components[1].mean),
            published("scipy", "SciPy 1.17.1: standard deviation", 5.8691, 4, a.components[0].standardDeviation),
            published("scipy", "SciPy 1.17.1: log-likelihood", -1034.0018, 4, equal.last.logLikelihood),
            published("scipy", "SciPy 1.17.1: free variances: first weight", 0.36089, 5, b.weights[0]),
            published("scipy", "SciPy 1.17.1: first mean", 54.6149, 4, b.components[0].mean),
            published("scipy", "SciPy 1.17.1: second mean", 80.0911, 4, b.components[1].mean),
            published("scipy", "SciPy 1.17.1: first standard deviation", 5.8712, 4, b.components[0].standardDeviation),
            published("scipy", "SciPy 1.17.1: second standard deviation", 5.8677, 4, b.components[1].standardDeviation),
            published("scipy", "SciPy 1.17.1: log-likelihood", -1034.0017, 4, free.last.logLikelihood),
        ]
    }

    private var bivariateFigures: [PublishedFigure] {
        let end = bivariate.end
        return [
            published(
                "scikit-learn", "scikit-learn 1.9.1: both columns, full covariances: first weight", 0.35587, 5,
                end.mixture.weights[0]),
            published(
                "scikit-learn", "scikit-learn 1.9.1: first mean: eruption", 2.0364, 4, end.mixture.components[0].mean[0]
            ),
            published(
                "scikit-learn", "scikit-learn 1.9.1: first mean: wait", 54.4785, 4, end.mixture.components[0].mean[1]),
            published(
                "scikit-learn", "scikit-learn 1.9.1: log-likelihood after ten steps from the same start", -1130.26396,
                5,
                bivariate.row(10).logLikelihood),
            published(
                "scikit-learn", "scikit-learn 1.9.1: log-likelihood at the end", -1130.2640, 4, end.logLikelihood),
        ]
    }

    // MARK: The estimate

    private func estimate(in report: inout Report) throws {
        let end = free.mixture
        let ours = [end.weights[0]] + end.components.map(\.mean) + end.components.map(\.standardDeviation)
        let searched = try NelderMead.maximum(
            of: { p in
                try Mixture(
                    weights: [p[0], 1 - p[0]],
                    components: [
                        Normal(mean: 10 * p[1], variance: exp(2 * p[3])),
                        Normal(mean: 10 * p[2], variance: exp(2 * p[4])),
                    ]
                ).logLikelihood(of: values)
            },
            from: [start.weights[0]] + start.components.map { $0.mean / 10 }
                + start.components.map { log($0.standardDeviation) })
        let p = searched.argument
        report.equation(
            "cs229.blank-mle",
            formula: #"""
                \hat{\params}^{ML} = \arg \max_{\params} \thinspace \sumobs \nlog \sumclasses
                p(\obs{n}, \isclass{n}{k} \mid \params)
                """#,
            numbers: #"""
                \weight{1} = \#(ours[0], .fixed(5)), \quad \mean{1} = \#(ours[1], .fixed(4)), \quad \mean{2} = \#(ours[2], .fixed(4)),
                \quad \sd{1} = \#(ours[3], .fixed(4)), \quad \sd{2} = \#(ours[4], .fixed(4)), \qquad
                \loglik{\hat{\params}} = \#(free.last.logLikelihood, .fixed(3))
                """#,
            value: .vector(ours),
            again: .search(
                [p[0], 10 * p[1], 10 * p[2], exp(p[3]), exp(p[4])],
                "Nelder and Mead's search on the log-likelihood itself, over all five parameters, from EM's start",
                relative: true),
            telling: .entry(0, #"$\weight{1}$"#),
            note: """
                The slide leaves this blank for the class. (Strictly, no maximum exists, as [lesson:10] shows; this is a local one.) There is no formula to put there, only a way of getting there; EM is one, and a \
                search that only compares values is another.
                """)
    }

    // MARK: Gradient and Hessian

    /// Five offsets from the fit: the first weight in logits, the means in standard deviations, the standard deviations in logs.
    func mixture(at offsets: [Double]) throws -> Mixture<Normal> {
        let end = free.mixture
        let odds = end.weights[0] / end.weights[1] * exp(offsets[0])
        return try Mixture(
            weights: [odds / (1 + odds), 1 / (1 + odds)],
            components: end.components.enumerated().map { k, component in
                try Normal(
                    mean: component.mean + component.standardDeviation * offsets[1 + k],
                    variance: component.variance * exp(2 * offsets[3 + k]))
            })
    }

    private func localMaximum(in report: inout Report) throws {
        func likelihood(_ offsets: [Double]) throws -> Double { try mixture(at: offsets).logLikelihood(of: values) }
        let origin = Array(repeating: 0.0, count: 5)
        let gradient = try CentralDifference.gradient(of: likelihood, at: origin)
        let eigenvalues = try symmetricEigenvalues(of: CentralDifference.hessian(of: likelihood, at: origin))
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        report.equation(
            "stat215a.local-maximum",
            formula: #"""
                \nabla \thinspace \loglik{\params} = 0, \qquad \text{all eigenvalues of } \nabla^{2} \thinspace \loglik{\params} \lt 0
                """#,
            numbers: #"""
                \lVert \nabla \ell \rVert \thinspace \#(norm, .bound), \qquad
                \text{eigenvalues } \#(eigenvalues, .significant(4))
                """#,
            value: .vector(eigenvalues),
            again: .property(
                "there is no slope, and no direction curves upwards",
                by: "central differences of the log-likelihood with respect to all five parameters",
                the: "length of the gradient, or the largest of these eigenvalues if that is more,",
                is: max(norm, eigenvalues.last ?? 0), tolerance: .numericalMaximization),
            telling: .last("largest eigenvalue of the Hessian"),
            note: #"""
                “Repeat this process until we find a (local) maximum”, say the slides. This end is one: no slope, and downhill in every direction. (The
                parameters are the logit of the first weight, the means in standard deviations, and the logarithms of the
                standard deviations.) But take the words as a hope, and not as a theorem. EM stops where the gradient is zero, and a
                saddle is such a place, too; and with free variances the log-likelihood has no highest point at all, since a
                Gaussian that shrinks onto one single observation makes it as large as one likes. [Lesson:10] shows both.
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let end = free.mixture
        let curves = end.components.indices.map { k in
            Layer.function(over: 36...104, style: LineStyle(Palette.series(k), width: 1.8, dash: .dashed)) {
                end.weights[k] * exp(end.components[k].logDensity(at: $0))
            }
        }
        func peak(_ k: Int) -> Point { Point(end.components[k].mean, end.density(at: end.components[k].mean)) }
        let notes = [0, 1].map { k in
            Layer.annotation(
                Label(
                    "\(k == 0 ? "short" : "long") eruptions: mean wait \(NumberFormat.fixed(1).string(end.components[k].mean)) min"
                ),
                at: Point(peak(k).x + (k == 0 ? -8 : 13), peak(k).y + 0.005), anchor: .center,
                color: Palette.series(k))
        }
        return Figure(
            id: "waiting-times", title: "Two Gaussians keep the valley that a single one fills",
            subtitle: "Waiting times, the fitted mixture, and each Gaussian times its weight",
            alt: report.words(
                #"""
                Histogram of \#(values.count) waiting times with the density of two Gaussians: means
                \#(end.components.map(\.mean), .fixed(2)) minutes, standard deviations
                \#(end.components.map(\.standardDeviation), .fixed(2)), weights \#(end.weights, .fixed(3)). The density follows
                both peaks and the valley between them.
                """#),
            panels: [
                Panel(
                    x: Axis("waiting time, minutes"), y: Axis("density", includesZero: true),
                    layers: [
                        .histogram(
                            values, bins: .edges(stride(from: 42.5, through: 96.5, by: 3).map { $0 }), scale: .density)
                    ] + curves + [.function(over: 36...104, style: LineStyle(.ink, width: 2.2)) { end.density(at: $0) }]
                        + notes,
                    legend: .none)
            ])
    }
}

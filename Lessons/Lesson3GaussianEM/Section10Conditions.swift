import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 10: the first-order conditions. At the end of the run the gradient of the log-likelihood is 0, and not only Q's.
struct Conditions {
    private let study: Study
    private let run: GaussianRun

    init(_ action: EMInAction) {
        study = action.study
        run = action.run
    }

    func explain(_ plane: Plane, in report: inout Report) throws {
        report.section("Where it stands still")
        report.prose(
            #"""
            The slides of ORIE 4742 come to the same formulas from another side, without any E-step: they set the derivatives of
            the log-likelihood itself to zero. When one differentiates the logarithm of a sum, the inner derivative of each
            Gaussian comes out with a fraction in front of it, and that fraction is the responsibility. Below are these
            derivatives twice: at the guess, where they say which way is up, and at the end of the run.
            """#)
        try means(in: &report)
        let slopes = try SlopesFigure(study, run)
        if slopes.isWorthDrawing { report.figure(try slopes.figure(report), caption: slopes.caption) }
        try missingInverse(plane, in: &report)
        try report.folded("The condition for the covariances") { try covariances(in: &$0) }
    }

    /// The slopes of the log-likelihood by some of the free parameters.
    private func slopes(
        _ part: KeyPath<GaussianCoordinates, Range<Int>>, at mixture: Mixture<MultivariateNormal>, scale: Double
    ) throws -> [Double] {
        try study.slopes(part, at: mixture, scale: scale) { $0.logLikelihood(of: $1) }
    }

    // MARK: Means

    private func means(in report: inout Report) throws {
        let ends = [(run.rows[0].mixture, run.first), (run.end.mixture, run.last)]
        let values = ends.map { mixture, q in
            mixture.components.indices.map { k in meanSlope(study.rows, mixture.components[k], q.column(k)) }
        }
        func differences() throws -> [[Double]] {
            try ends.map { end in
                // The differences are taken in standard deviations; divided by them they are slopes in the data's own units.
                let units = end.0.components.flatMap { $0.covariance.diagonal.map { $0.squareRoot() } }
                let scale = zip(values[0].joined(), units).map { abs($0 * $1) }.max() ?? 1
                return zip(try self.slopes(\.means, at: end.0, scale: scale), units).map { $0 / $1 }
            }
        }
        let size = values[1].joined().map(abs).max() ?? 0
        report.equation(
            "orie4742.mu",
            formula: #"""
                \frac{\partial \thinspace \loglik{\params}}{\partial \meanvec{k}}
                = \sumobs \frac{\weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}}
                {\sum_{\otherindex} \weight{j} \thinspace \normal{\obsvec{n}}{\meanvec{j}}{\cov{j}}}
                \thinspace \cov{k}^{-1} (\obsvec{n} - \meanvec{k}) = 0
                """#,
            numbers: #"""
                \text{class 1, at the guess: } \quad \#(column: Array(values[0][0].prefix(4)), .significant(5)), \qquad
                \text{all classes, at the end: size } \#(size, .bound)
                """#,
            value: .matrix(values.map { $0.flatMap { $0 } }),
            again: .difference(
                .matrix(try differences()),
                "central differences of the log-likelihood with respect to every mean, at the guess and at the end",
                relative: true),
            telling: .entry(0, "first slope, at the guess"),
            note: #"""
                Multiply by $\cov{k}$ and solve for $\meanvec{k}$: the weighted mean of equation 9, but with $\meanvec{k}$ on both sides,
                since the responsibilities contain it. The formula is no solution, it is a condition; and EM is what one gets by
                putting the old value into the right side and calling the result new.
                """#)
    }

    private func missingInverse(_ plane: Plane, in report: inout Report) throws {
        let em = try EM(data: plane.rows, start: plane.start)
        let mixture = try em.mStep(em.eStep(plane.start))
        let q = try em.eStep(mixture).column(0)
        let component = mixture.components[0]
        let sum = [0, 1].map { d in
            zip(plane.rows, q).reduce(0) { $0 + $1.1 * ($1.0[d] - component.mean[d]) }
        }
        // Without the minus in front, which says nothing in an equation with 0 on its other side.
        let printed = [0, 1].map { i in component.covariance[i, 0] * sum[0] + component.covariance[i, 1] * sum[1] }
        let right = component.factor.solve(sum)
        let measured = try CentralDifference.gradient(
            of: { mean in
                var components = mixture.components
                components[0] = try MultivariateNormal(mean: mean, covariance: component.covariance)
                return try Mixture(weights: mixture.weights, components: components).logLikelihood(of: plane.rows)
            }, at: component.mean)
        report.erratum(
            "errata.orie4742.mu-foc",
            printed:
                #"$-\sum_{n} \gamma_{X_{n}}^{k} \Sigma_{k} (X_{n} - \mu_{k}) = 0$, then “assuming invertible, multiply by $\Sigma^{-1}$”"#,
            corrected:
                #"$\sum_{n} \gamma_{X_{n}}^{k} \Sigma_{k}^{-1} (X_{n} - \mu_{k}) = 0$, then multiply by $\Sigma_{k}$; the root is the same"#,
            shown: #"""
                away from the root, for class 1 of the three clusters after the first iteration, the printed sum is
                \#(printed, .fixed(3)), the one with the inverse \#(right, .fixed(3)), and central differences of the log-likelihood
                with respect to $\meanvec{1}$ give \#(measured, .fixed(3)). (The minus in front is left out here: in an equation
                with 0 on its other side it changes nothing)
                """#)
    }

    // MARK: Covariances

    private func covariances(in report: inout Report) throws {
        let ends = [(run.rows[0].mixture, run.first), (run.end.mixture, run.last)]
        let matrices = ends.map { mixture, q in
            mixture.components.indices.map { k in covarianceSlope(study.rows, mixture.components[k], q.column(k)) }
        }
        let values = zip(ends, matrices).map { end, slopes in
            GaussianCoordinates(end.0, shape: study.shape).covarianceSlopes(slopes)
        }
        func differences() throws -> [[Double]] {
            try ends.map { try slopes(\.covariances, at: $0.0, scale: values[0].map(abs).max() ?? 1) }
        }
        let size = values[1].map(abs).max() ?? 0
        let first = matrices[0][0]
        let atGuess: TeX =
            study.dimension <= 3
            ? #"\#(matrix: first.rowList, .significant(4))"#
            : #"\text{diagonal } \#(Array(first.diagonal.prefix(4)), .significant(4)) \ldots"#
        report.equation(
            "orie4742.sigma",
            formula: #"""
                \frac{\partial \thinspace \loglik{\params}}{\partial \cov{k}}
                = \frac{1}{2} \sumobs \resp{n}{k} \left[ \cov{k}^{-1} (\obsvec{n} - \meanvec{k}) (\obsvec{n} - \meanvec{k})^{\top}
                \cov{k}^{-1} - \cov{k}^{-1} \right] = 0
                """#,
            numbers: #"""
                \text{class 1, at the guess: } \quad \#(atGuess), \qquad
                \text{all classes, at the end: size } \#(size, .bound)
                """#,
            value: .matrix(values),
            again: .difference(
                .matrix(try differences()),
                """
                central differences of the log-likelihood with respect to the entries of the Cholesky factors, at the guess and \
                at the end; the chain rule turns the formula's matrices into the same slopes
                """, relative: true),
            telling: .entry(0, "first slope, at the guess"),
            note: #"""
                “After some algebra”, say the slides; this is what stands before it. Multiplied by $\cov{k}$ from both sides it is
                equation 10. \#(study.dimension <= 3 ? "The matrix" : "The diagonal") above is the formula's, for class 1 at the guess.
                The size at the end, and the values in the check, are slopes with respect to the entries of the Cholesky factor (as in
                the M-step), per standard deviation.
                """#)
    }
}

/// Σ_n γ_n Σ⁻¹ (x_n - μ)
func meanSlope(_ rows: [[Double]], _ component: MultivariateNormal, _ q: [Double]) -> [Double] {
    var sum = component.mean.map { _ in 0.0 }
    for (row, weight) in zip(rows, q) {
        let deviation = component.deviation(from: row)
        for d in sum.indices { sum[d] += weight * deviation[d] }
    }
    return component.factor.solve(sum)
}

/// ½ Σ_n γ_n [Σ⁻¹ (x_n - μ)(x_n - μ)ᵀ Σ⁻¹ - Σ⁻¹]
func covarianceSlope(_ rows: [[Double]], _ component: MultivariateNormal, _ q: [Double]) -> Matrix {
    let size = component.mean.count
    var sum = Matrix(rows: size, columns: size)
    for (row, weight) in zip(rows, q) {
        let deviation = component.deviation(from: row)
        sum.addOuterProduct(of: component.factor.solve(deviation), scaledBy: weight / 2)
    }
    let total = q.reduce(0, +)
    for j in 0..<size {
        let column = component.factor.solve((0..<size).map { $0 == j ? 1 : 0 })
        for i in 0..<size { sum[i, j] -= total / 2 * column[i] }
    }
    return sum
}

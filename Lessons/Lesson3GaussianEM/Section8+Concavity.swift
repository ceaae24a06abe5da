import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Why the place without slope is the maximum: Q is concave in (π, Σ⁻¹, Σ⁻¹μ).
struct Concavity {
    private let step: MStep
    private let guess: NaturalParameters
    private let update: NaturalParameters

    init(_ step: MStep) {
        self.step = step
        guess = NaturalParameters(step.study.start)
        update = NaturalParameters(step.updated)
    }

    func explain(in report: inout Report) throws {
        report.prose(
            #"""
            **Why it is the maximum.** A slope of zero might be a minimum, or a saddle. It is neither: no parameters give a higher $\Qname$ than the
            update. The proof needs no more than $\nlog u \le u - 1$, and is folded; so is a reason to expect it, coordinates in which $\Qname$ is
            concave.
            """#)
        report.folded("The proof that nothing is higher") { largest(in: &$0) }
        report.folded("Coordinates in which Q is concave") { inner in
            concave(in: &inner)
            check(in: &inner)
        }
        report.figure(
            try figure(report),
            caption: #"""
                $\Qname$ on the straight line from the guess to the update and beyond, in coordinates in which it is concave: the weights, and for each class
                $\cov{k}^{-1}$ and $\cov{k}^{-1} \meanvec{k}$.
                \#(step.meanQ(step.updated) - step.meanQ(step.study.start) > 1e-9
                    ? "It bends downwards everywhere, and is highest at the update." : "Here the guess is the update already.")
                """#)
    }

    /// The update against any other parameters, by ln u ≤ u - 1.
    private func largest(in report: inout Report) {
        report.prose(
            #"""
            With the updates put in, the terms of class $\classindex$'s Gaussian, at *any* mean and covariance, are
            """#)
        report.formula(
            #"""
            -\frac{\effcount{k}}{2} \left[ \nlog \determinant{\cov{k}} + \mathrm{tr} (\cov{k}^{-1} \cov{k}^{(t+1)})
            + (\meanvec{k}^{(t+1)} - \meanvec{k})^{\top} \cov{k}^{-1} (\meanvec{k}^{(t+1)} - \meanvec{k}) \right] + \text{constant}
            """#)
        report.prose(
            #"""
            *The mean.* The last term in the brackets is never negative, and zero only at $\meanvec{k} = \meanvec{k}^{(t+1)}$: whatever the covariance is, that mean is the best.

            *The covariance.* Let $u$ run through the eigenvalues of $\cov{k}^{-1} \cov{k}^{(t+1)}$, which are all positive. Their sum is the trace, and their
            product is the ratio of the determinants; so the first two terms are
            """#)
        report.formula(
            #"""
            \nlog \determinant{\cov{k}} + \mathrm{tr} (\cov{k}^{-1} \cov{k}^{(t+1)})
            = \nlog \determinant{\cov{k}^{(t+1)}} + \sum_{u} \left( u - \nlog u \right) \ge \nlog \determinant{\cov{k}^{(t+1)}} + \dimension
            """#)
        report.prose(
            #"""
            since $u - \nlog u \ge 1$, with equality only at $u = 1$. All eigenvalues are 1 only if $\cov{k} = \cov{k}^{(t+1)}$. The weights are the best by
            Gibbs' inequality, which is the same $\nlog u \le u - 1$ ([lesson:4]). (If covariances are to be diagonal, spherical or shared, the same lines hold
            with what that leaves of the matrices $\cov{k}^{(t+1)}$: their diagonals, the means of these, or the average over classes by effective counts.)
            """#)
    }

    /// The coordinates, and why Q is concave in them.
    private func concave(in report: inout Report) {
        report.prose(
            #"""
            Take as coordinates the inverse covariance
            $\mathbf{\Lambda} = \cov{k}^{-1}$ and the vector $\mathbf{h} = \cov{k}^{-1} \meanvec{k}$. In these the terms of one class read, with
            $\mathbf{s} = \sumobs \resp{n}{k} \thinspace \obsvec{n}$ and $\mathbf{S} = \sumobs \resp{n}{k} \thinspace \obsvec{n} (\obsvec{n})^{\top}$,
            """#)
        report.formula(
            #"""
            \frac{\effcount{k}}{2} \nlog \determinant{\mathbf{\Lambda}} - \frac{1}{2} \thinspace \mathrm{tr} (\mathbf{\Lambda} \mathbf{S})
            + \mathbf{h}^{\top} \mathbf{s} - \frac{\effcount{k}}{2} \thinspace \mathbf{h}^{\top} \mathbf{\Lambda}^{-1} \mathbf{h} + \text{constant}:
            """#)
        report.prose(
            #"""
            the logarithm of a determinant is concave (on a straight line of matrices it is a sum of logarithms of linear functions, one for each eigenvalue), and the next two terms
            are linear. $\mathbf{h}^{\top} \mathbf{\Lambda}^{-1} \mathbf{h}$ is convex in both together (it is the largest value over all $\mathbf{v}$ of $2 \mathbf{h}^{\top} \mathbf{v} - \mathbf{v}^{\top} \mathbf{\Lambda} \mathbf{v}$, and
            each of these is linear in $\mathbf{h}$ and $\mathbf{\Lambda}$), and
            it has a minus; and $\effcount{k} \nlog \weight{k}$ is concave in the weight. So $\Qname$ is **concave** in these coordinates: where its slope is zero, it is highest. (In the variance itself
            it is not: with a class's mean held at its update, in one dimension, it curves upwards beyond twice the updated variance. A zero slope in one set of coordinates is a zero slope in
            every other. Diagonal, spherical and shared covariances are linear conditions on these coordinates, and change nothing.)
            """#)
    }

    /// Between 20 pairs of random mixtures about the update, and between the guess and the update: Q halfway is not below the mean
    /// of the ends.
    private func check(in report: inout Report) {
        var generator = SplitMix64(seed: 1)
        let coordinates = GaussianCoordinates(step.updated, shape: step.study.shape)
        // Where two columns are nearly the same, a random covariance may be no covariance: that pair is left out.
        func random() -> NaturalParameters? {
            let offsets = coordinates.origin.map { _ in 0.8 * generator.uniform() - 0.4 }
            return (try? coordinates.mixture(at: offsets)).map(NaturalParameters.init)
        }
        var pairs = [(guess, update)]
        for _ in 0..<20 { if let a = random(), let b = random() { pairs.append((a, b)) } }
        let gaps = pairs.compactMap { a, b -> Double? in
            guard let ends = try? [height(a), height(b)], let middle = try? height(a.towards(b, by: 0.5)) else {
                return nil
            }
            return (ends[0] + ends[1]) / 2 - middle
        }
        guard let worst = gaps.max() else { return }
        report.check(
            "concave", value: .number(step.meanQ(step.updated)),
            again: .property(
                "the expected complete-data log-likelihood is concave in these coordinates",
                by:
                    "comparing it halfway between two mixtures with the mean of its ends, for \(gaps.count) pairs of them",
                the: "largest surplus of the ends, per row,", is: worst))
    }

    private func height(_ parameters: NaturalParameters) throws -> Double { step.meanQ(try parameters.mixture()) }

    private func figure(_ report: Report) throws -> Figure {
        let rows = Double(step.study.rows.count)
        // Beyond the update the line may leave the covariances that can be inverted, or fall out of sight.
        let top = try height(update)
        let depth = max(top - (try height(guess)), 1e-9)
        var points: [Point] = []
        for place in stride(from: 0.0, through: 1.6, by: 0.02) {
            guard let mixture = try? guess.towards(update, by: place).mixture() else { break }
            let value = step.meanQ(mixture)
            guard value.isFinite, top - value <= 1.3 * depth else { break }
            points.append(Point(place, rows * value))
        }
        let ends = [Point(0, rows * (try height(guess))), Point(1, rows * top)]
        return Figure(
            id: "concave",
            title: try report.label(
                #"In $\cov{k}^{-1}$ and $\cov{k}^{-1} \meanvec{k}$ the function $\Qname$ has one summit, the update"#),
            subtitle: "With the responsibilities of the guess, along a straight line in these coordinates",
            alt: report.words(
                #"""
                A curve that bends downwards everywhere: from \#(ends[0].y, .significant(6)) at the guess it rises to \#(ends[1].y, .significant(6)) at the
                update, and falls beyond it.
                """#),
            panels: [
                Panel(
                    x: Axis("how far from the guess (0) to the update (1)"), y: Axis(try report.label(#"$\Qname$"#)),
                    layers: [
                        .rule(x: 1), .line(points, style: LineStyle(.blue, width: 2.4)),
                        .scatter(ends, style: MarkerStyle(.vermillion, .circle, size: 9)),
                        .annotation(
                            "the guess", at: Point(0.06, ends[0].y), anchor: .left, pointingAt: ends[0],
                            color: .vermillion),
                        .annotation(
                            "the update", at: Point(0.97, ends[1].y - 0.5 * rows * depth), anchor: .right,
                            pointingAt: ends[1], color: .vermillion),
                    ], legend: .none)
            ], size: Size(width: 700, height: 400))
    }
}

/// A Gaussian mixture as (π, Σ⁻¹, Σ⁻¹μ): coordinates that can be averaged, since every average is a mixture again.
private struct NaturalParameters {
    var weights: [Double]
    /// Σ⁻¹
    var precisions: [Matrix]
    /// Σ⁻¹μ
    var vectors: [[Double]]

    init(_ mixture: Mixture<MultivariateNormal>) {
        weights = mixture.weights
        precisions = mixture.components.map { Self.inverse($0.factor) }
        vectors = mixture.components.map { $0.factor.solve($0.mean) }
    }

    /// The point of the straight line to another: this one at 0, the other at 1.
    func towards(_ other: Self, by share: Double) -> Self {
        func between(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + share * ($1 - $0) } }
        var result = self
        result.weights = between(weights, other.weights)
        result.precisions = zip(precisions, other.precisions).map { (1 - share) * $0 + share * $1 }
        result.vectors = zip(vectors, other.vectors).map(between)
        return result
    }

    /// - Throws: if a matrix cannot be inverted, or a weight is negative.
    func mixture() throws -> Mixture<MultivariateNormal> {
        try Mixture(
            weights: weights,
            components: zip(precisions, vectors).map { precision, vector in
                let factor = try CholeskyFactor(precision)
                return try MultivariateNormal(mean: factor.solve(vector), covariance: Self.inverse(factor))
            })
    }

    private static func inverse(_ factor: CholeskyFactor) -> Matrix {
        let size = factor.lower.rows
        let columns = (0..<size).map { j in factor.solve((0..<size).map { $0 == j ? 1 : 0 }) }
        // Rounding leaves the two halves a little apart.
        func row(_ i: Int) -> [Double] { (0..<size).map { j in (columns[j][i] + columns[i][j]) / 2 } }
        return Matrix((0..<size).map(row))
    }
}

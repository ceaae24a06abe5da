import Testing

@testable import MixtureModels

/// The constrained estimators, whose updates are not zeros of all derivatives: compared with their definitions.
@Suite struct EstimatorTests {
    private let statistics: [MultivariateNormal.Statistics]
    private let scalars: [Normal.Statistics]

    init() {
        var generator = SeededGenerator(seed: 20)
        var statistics = Array(repeating: MultivariateNormal.Statistics(like: [0, 0, 0]), count: 2)
        var scalars = Array(repeating: Normal.Statistics(like: 0), count: 2)
        for _ in 0..<30 {
            let x = (0..<3).map { Double($0 + 1) * generator.standardNormal() }
            for k in 0..<2 {
                let weight = generator.uniform()
                statistics[k].add(x, weight: weight)
                scalars[k].add(x[1], weight: weight)
            }
        }
        self.statistics = statistics
        self.scalars = scalars
    }

    @Test func `equal variances are equal, and the pooled scatter over the pooled weight`() throws {
        let components = try Estimator<Normal>.equalVariances.components(scalars)
        #expect(components[0].variance == components[1].variance)
        let pooled = (scalars[0].scatter + scalars[1].scatter) / (scalars[0].totalWeight + scalars[1].totalWeight)
        #expect(close(components[0].variance, pooled, Tolerance.rounding))
        #expect(components.map(\.mean) == scalars.map(\.mean))
    }

    @Test func `a variance below the floor becomes the floor, others stay`() throws {
        let free = try Estimator<Normal>.maximumLikelihood.components(scalars)
        let between = (free[0].variance + free[1].variance) / 2
        let floored = try Estimator.varianceFloor(between).components(scalars)
        #expect(floored.map(\.variance) == free.map { max(between, $0.variance) })
    }

    @Test func `a shared covariance of a shape is the shape of the pooled one`() throws {
        let pooled = try Estimator.covariance(.tied).components(statistics)[0].covariance
        let trace = pooled.diagonal.reduce(0, +)
        for (shape, expected) in [
            (CovarianceShape.full, pooled), (.tied, pooled), (.diagonal, Matrix(diagonal: pooled.diagonal)),
            (.spherical, (trace / 3) * Matrix.identity(3)),
        ] {
            let shared = try Estimator.covariance(shape, shared: true).components(statistics)
            #expect(shared.map(\.covariance) == [expected, expected])
            #expect(shared.map(\.mean) == statistics.map(\.mean))
        }
    }

    @Test(arguments: [CovarianceShape.diagonal, .spherical], [Pass.readable, .fast])
    func `EM with a shared covariance climbs to where no other shared one is better`(
        _ shape: CovarianceShape, _ pass: Pass
    ) throws {
        var generator = SeededGenerator(seed: 31)
        let rows = (0..<80).map { n in
            [generator.standardNormal() + (n % 2 == 0 ? 4 : 0), 2 * generator.standardNormal()]
        }
        let estimator = try Estimator.covariance(shape, shared: true)
        let start = try Mixture.randomStart(for: rows, components: 2, estimator: estimator, using: &generator)
        let fit = try EM(
            data: rows, start: start, estimator: estimator, stop: .any(.atRest(1e-9), .maximumSteps(2000)), pass: pass
        ).fit()
        for (before, after) in zip(fit.trace, fit.trace.dropFirst()) {
            #expect(after.logLikelihood >= before.logLikelihood - Tolerance.rounding * abs(before.logLikelihood))
        }
        // Stretching or squeezing what is shared, in each direction that the shape allows, lowers the log-likelihood.
        let ways = shape == .diagonal ? [[1.0, 0], [0, 1]] : [[1, 1]]
        for way in ways {
            for factor in [0.99, 1.01] {
                let components = try fit.mixture.components.map { component in
                    let variances = zip(component.covariance.diagonal, way).map { $1 == 1 ? $0 * factor : $0 }
                    return try MultivariateNormal(mean: component.mean, covariance: Matrix(diagonal: variances))
                }
                let moved = try Mixture(weights: fit.mixture.weights, components: components)
                #expect(moved.logLikelihood(of: rows) < fit.last.logLikelihood)
            }
        }
    }

    @Test func `covariances have their shapes`() throws {
        let full = try Estimator.covariance(.full).components(statistics)
        let diagonal = try Estimator.covariance(.diagonal).components(statistics)
        let spherical = try Estimator.covariance(.spherical).components(statistics)
        let tied = try Estimator.covariance(.tied).components(statistics)
        #expect(full == (try Estimator<MultivariateNormal>.maximumLikelihood.components(statistics)))
        for k in 0..<2 {
            let own = (1 / statistics[k].totalWeight) * statistics[k].scatter
            #expect(full[k].covariance == own)
            #expect(diagonal[k].covariance == Matrix(diagonal: own.diagonal))
            let mean = own.diagonal.reduce(0, +) / 3
            #expect(spherical[k].covariance == Matrix(diagonal: [mean, mean, mean]))
        }
        #expect(tied[0].covariance == tied[1].covariance)
        let weight = statistics[0].totalWeight + statistics[1].totalWeight
        let pooled = (1 / weight) * (statistics[0].scatter + statistics[1].scatter)
        #expect(close(tied[0].covariance.values, pooled.values, Tolerance.rounding))
    }

    @Test func `a covariance floor lifts the eigenvalues below it and leaves the others`() throws {
        let free = try Estimator.covariance(.full).components(statistics)[0].covariance
        let values = free.symmetricEigen().values.sorted()
        let floor = (values[0] + values[1]) / 2
        let floored = try Estimator.covariance(.full, floor: floor).components(statistics)[0].covariance
        let expected = [floor, values[1], values[2]]
        #expect(close(floored.symmetricEigen().values.sorted(), expected, Tolerance.rounding))
        #expect(floored.isSymmetric)
        let untouched = try Estimator.covariance(.full, floor: values[0] / 2).components(statistics)[0].covariance
        #expect(untouched == free)
    }

    @Test func `no covariance above the floor is likelier than the floored one`() throws {
        // Random positive definite changes to the floored matrix must lower ln p.
        let floor = 3.0
        let best = try Estimator.covariance(.full, floor: floor).components(statistics)[0]
        func logLikelihood(_ covariance: Matrix) throws -> Double {
            let factor = try CholeskyFactor(covariance)
            let trace = (0..<3).reduce(0) { $0 + factor.solve(statistics[0].scatter.column($1))[$1] }
            return -0.5 * (statistics[0].totalWeight * factor.logDeterminant + trace)
        }
        let highest = try logLikelihood(best.covariance)
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<200 {
            var change = Matrix(rows: 3, columns: 3)
            for _ in 0..<2 {
                let direction = (0..<3).map { _ in generator.standardNormal() }
                change.addOuterProduct(of: direction, scaledBy: 0.3 * generator.standardNormal())
            }
            let other = (best.covariance + change).withEigenvalues(atLeast: floor)
            #expect(try logLikelihood(other) <= highest + 1e-9)
        }
    }

    @Test func `Cholesky factor, determinant and solutions belong to their matrix`() throws {
        let matrix: Matrix = [[4, 2, -1], [2, 5, 0.5], [-1, 0.5, 3]]
        let factor = try CholeskyFactor(matrix)
        var product = Matrix(rows: 3, columns: 3)
        for column in 0..<3 { product.addOuterProduct(of: factor.lower.column(column), scaledBy: 1) }
        #expect(close(product.values, matrix.values, Tolerance.rounding))
        // Cofactors by hand: 4 · 14.75 - 2 · 6.5 - 1 · 6 = 40.
        #expect(close(factor.logDeterminant, xlogy(1, 40), Tolerance.rounding))
        let x = factor.solve([1, 2, 3])
        let back = (0..<3).map { i in (0..<3).reduce(0) { $0 + matrix[i, $1] * x[$1] } }
        #expect(close(back, [1, 2, 3], Tolerance.rounding))
        let length = zip([1.0, 2, 3], x).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(close(factor.mahalanobisSquared([1, 2, 3]), length, Tolerance.rounding))
    }

    @Test func `eigenvalues and eigenvectors belong to their matrix, of any scale`() {
        let cases: [Matrix] = [
            [[2, 1], [1, 2]], [[1, 0], [0, 1]], [[1e12, 3], [3, 1e-9]], [[0, 0], [0, 0]], [[7]],
            [[4, 2, -1], [2, 5, 0.5], [-1, 0.5, 3]],
        ]
        for matrix in cases {
            let (values, vectors) = matrix.symmetricEigen()
            var rebuilt = Matrix(rows: matrix.rows, columns: matrix.rows)
            for (index, value) in values.enumerated() {
                rebuilt.addOuterProduct(of: vectors.column(index), scaledBy: value)
            }
            let largest = max(1, matrix.values.map(\.magnitude).max() ?? 0)
            #expect(
                zip(rebuilt.values, matrix.values).allSatisfy { ($0 - $1).magnitude < Tolerance.rounding * largest })
        }
    }
}

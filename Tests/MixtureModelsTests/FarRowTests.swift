import Foundation
import MixtureModels
import Testing

/// A row so far from all components that the rounding of its log densities is felt in the responsibilities.
@Suite struct FarRowTests {
    /// The mixture after one step of each pass.
    private func steps<C: Component>(_ data: [C.Observation], _ start: Mixture<C>, _ floor: Estimator<C>) throws
        -> [Mixture<C>]
    {
        try [Pass.readable, .fast].map { pass in
            let em = try EM(data: data, start: start, estimator: floor, stop: .maximumSteps(1), pass: pass)
            return try em.fit().mixture
        }
    }

    @Test("Both passes give a far row to the same component, however many deviations it is away", arguments: 0...18)
    func distance(exponent: Int) throws {
        // Two means that double precision can just tell apart, and one farther off.
        let means: [Double] = [1e6, Double(1e6).nextDown, 1e6 + 1]
        let weights = [0.3, 0.3, 0.4]
        for variance in [1e-21, 1e-6, 1] {
            let far = 1e6 - pow(10, Double(exponent)) * variance.squareRoot()
            let data = [far] + Array(repeating: 1e6, count: 18) + [1e6 + 1]
            let numbers = try steps(
                data, Mixture(weights: weights, components: means.map { try Normal(mean: $0, variance: variance) }),
                .varianceFloor(10))
            let vectors = try steps(
                data.map { [$0] },
                Mixture(
                    weights: weights,
                    components: means.map { try MultivariateNormal(mean: [$0], covariance: [[variance]]) }),
                .covariance(.full, floor: 10))
            for k in means.indices {
                let size = numbers[0].components[k].variance
                #expect((numbers[1].components[k].variance - size).magnitude <= Tolerance.farRow * size)
                let vectorSize = vectors[0].components[k].covariance[0, 0]
                #expect(
                    (vectors[1].components[k].covariance[0, 0] - vectorSize).magnitude <= Tolerance.farRow * vectorSize)
                #expect((numbers[1].weights[k] - numbers[0].weights[k]).magnitude < Tolerance.farRow)
                #expect((vectors[1].weights[k] - vectors[0].weights[k]).magnitude < Tolerance.farRow)
            }
        }
    }
}

import Foundation
import MixtureModels
import Verification

/// The effective counts N_k of a mixture, as the core computes them.
func effectiveCounts<C: Component>(_ mixture: Mixture<C>, data: [C.Observation]) throws -> [Double] {
    let q = try EM(data: data, start: mixture).eStep(mixture)
    return (0..<q.columns).map { k in (0..<q.rows).reduce(0) { $0 + q[$1, k] } }
}

/// What a constrained maximum says about its multiplier, without one: where it is, and λ = -∂(maximum)/∂(sum of the weights).
///
/// The maximum over weights of a given sum is found by projected gradient, and differentiated by that sum.
func constrainedMaximum(
    of f: @escaping ([Double]) -> Double, from start: [Double]
) throws -> (weights: [Double], value: Double, multiplier: Double) {
    let best = try ProjectedGradient.maximum(of: { f($0) }, from: start)
    let slope = try CentralDifference.derivative(
        of: { total in
            try ProjectedGradient.maximum(of: { f($0) }, from: best.argument.map { $0 * total }, total: total).value
        }, at: 1)
    return (best.argument, best.value, -slope)
}

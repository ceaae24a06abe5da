import MixtureModels
import Testing

/// A number from a reference table, in which minus infinity is the string "-inf".
struct ReferenceNumber: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = (try? container.decode(Double.self)) ?? -.infinity
    }
}

struct DensityReference: Decodable {
    struct OfBinomial: Decodable {
        let flips, heads: Int
        let probability: Double
        let value: ReferenceNumber
    }
    struct OfNormal: Decodable {
        let x, mean, variance: Double
        let value: ReferenceNumber
    }
    struct OfMultivariateNormal: Decodable {
        let x, mean: [Double]
        let covariance: [[Double]]
        let value: Double
    }
    struct OfBernoulliVector: Decodable {
        let x: [Bool]
        let probabilities: [Double]
        let value: ReferenceNumber
    }
    struct OfLogGamma: Decodable {
        let x, value: Double
    }
    struct Priors: Decodable {
        struct Beta: Decodable { let a, b, p, value: Double }
        struct Dirichlet: Decodable {
            let concentrations, weights: [Double]
            let value: Double
        }
        struct InverseGamma: Decodable { let shape, scale, variance, value: Double }
        struct InverseWishart: Decodable {
            let degreesOfFreedom: Double
            let scale, covariance: [[Double]]
            let value: Double
        }
        let beta: [Beta]
        let dirichlet: [Dirichlet]
        let inverseGamma: [InverseGamma]
        let inverseWishart: [InverseWishart]
    }
    let binomial: [OfBinomial]
    let normal: [OfNormal]
    let multivariateNormal: [OfMultivariateNormal]
    let bernoulliVector: [OfBernoulliVector]
    let logGamma: [OfLogGamma]
    let priors: Priors
}

@Suite struct DensityReferenceTests {
    let table: DensityReference

    init() throws {
        table = try reference("densities.json")
    }

    @Test func `ln Γ agrees with mpmath`() {
        for row in table.logGamma { #expect(close(logGamma(row.x), row.value, Tolerance.rounding), "ln Γ(\(row.x))") }
    }

    @Test func `binomial log densities agree with mpmath, also at probabilities 0 and 1`() throws {
        for row in table.binomial {
            let component = try Binomial(trials: row.flips, probability: row.probability)
            let x = HeadCount(heads: row.heads, flips: row.flips)
            let density = component.logDensity(at: x)
            #expect(close(density, row.value.value, Tolerance.rounding), "\(x), p = \(row.probability)")
            // Coefficient and kernel cancel in the sum, and leave the rounding of their own size.
            let (coefficient, kernel) = (Binomial.logCoefficient(of: x), component.logKernel(at: x))
            let left = coefficient + kernel - density
            #expect(density.isInfinite || left.magnitude <= Tolerance.rounding * max(1, coefficient, kernel.magnitude))
        }
    }

    @Test func `Bernoulli log densities are those of one flip of a binomial`() throws {
        for row in table.binomial where row.flips == 1 {
            let value = try Bernoulli(probability: row.probability).logDensity(at: row.heads == 1)
            #expect(close(value, row.value.value, Tolerance.rounding))
        }
    }

    @Test func `normal log densities agree with mpmath, also far out`() throws {
        for row in table.normal {
            let value = try Normal(mean: row.mean, variance: row.variance).logDensity(at: row.x)
            #expect(close(value, row.value.value, Tolerance.rounding), "\(row)")
        }
    }

    @Test func `multivariate normal log densities agree with scipy`() throws {
        for row in table.multivariateNormal {
            let component = try MultivariateNormal(mean: row.mean, covariance: Matrix(row.covariance))
            #expect(close(component.logDensity(at: row.x), row.value, Tolerance.peer), "\(row)")
        }
    }

    @Test func `Bernoulli vectors' log densities agree with mpmath`() throws {
        for row in table.bernoulliVector {
            let value = try BernoulliVector(probabilities: row.probabilities).logDensity(at: row.x)
            #expect(close(value, row.value.value, Tolerance.rounding))
        }
    }

    @Test func `priors agree with scipy`() throws {
        for row in table.priors.beta {
            let coin = try Bernoulli(probability: row.p)
            let value = try Estimator<Bernoulli>.betaPrior(row.a, row.b).logPrior([coin])
            #expect(close(value, row.value, Tolerance.peer))
            let twice = try Estimator<BernoulliVector>.betaPrior(row.a, row.b)
                .logPrior([BernoulliVector(probabilities: [row.p, row.p])])
            #expect(close(twice, 2 * row.value, Tolerance.peer))
        }
        for row in table.priors.inverseGamma {
            let component = try Normal(mean: 3, variance: row.variance)
            let value = try Estimator.inverseGammaPrior(shape: row.shape, scale: row.scale).logPrior([component])
            #expect(close(value, row.value, Tolerance.peer))
        }
        for row in table.priors.inverseWishart {
            let mean = row.scale.map { _ in 1.0 }
            let component = try MultivariateNormal(mean: mean, covariance: Matrix(row.covariance))
            let value = try Estimator.inverseWishartPrior(
                degreesOfFreedom: row.degreesOfFreedom, scale: Matrix(row.scale)
            ).logPrior([component])
            #expect(close(value, row.value, Tolerance.peer))
        }
        for row in table.priors.dirichlet {
            let components = try row.weights.map { try Bernoulli(probability: $0) }
            let em = try EM(
                data: [true, false, true], start: Mixture(weights: row.weights, components: components),
                weights: .dirichlet(row.concentrations), stop: .maximumSteps(1))
            let first = try #require(em.first(where: { _ in true }))
            #expect(close(first.logPrior, row.value, Tolerance.peer))
        }
    }
}

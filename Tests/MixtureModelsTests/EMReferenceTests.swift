import MixtureModels
import Testing

struct CoinRow: Decodable {
    let t: Int
    let weights, probabilities: [Double]
    let logLikelihood, expected: Double
    let responsibilities: [[Double]]
}

struct CoinReference: Decodable {
    let fixed, free: [CoinRow]
    let freeLimit: CoinRow
}

struct GaussianReference: Decodable {
    struct Parameters: Decodable {
        let weights: [Double]
        let means: [[Double]]
        let covariances: [[[Double]]]
    }
    struct Result: Decodable {
        let steps: Int
        let weights: [Double]
        let means: [[Double]]
        let covariances: [[[Double]]]
        let logLikelihood: Double
    }
    let start: Parameters
    let sphericalStartVariance: Double
    let results: [String: Result]
}

@Suite struct EMReferenceTests {
    /// Σ ln C(10, h), which the published log-likelihoods leave out.
    private let coefficients = publishedHeads.reduce(0) { $0 + Binomial.logCoefficient(of: $1) }

    @Test(arguments: [WeightRule.fixed, .free])
    func `every row of the coins' run agrees with a run in 50 digits`(_ rule: WeightRule) throws {
        let table: CoinReference = try reference("coins.json")
        let expected = rule == .fixed ? table.fixed : table.free
        let em = try EM(data: publishedHeads, start: publishedStart(), weights: rule, stop: .maximumSteps(10))
        let steps = Array(em)
        #expect(steps.map(\.t) == expected.map(\.t))
        for (step, row) in zip(steps, expected) {
            #expect(close(step.mixture.weights, row.weights, Tolerance.rounding))
            #expect(close(step.mixture.components.map(\.probability), row.probabilities, Tolerance.rounding))
            #expect(close(step.logLikelihood - coefficients, row.logLikelihood, Tolerance.rounding))
            #expect(close(step.expectedCompleteLogLikelihood - coefficients, row.expected, Tolerance.rounding))
            #expect(close(step.responsibilities.values, row.responsibilities.flatMap { $0 }, Tolerance.rounding))
        }
    }

    @Test func `the published numbers come out, to the digits in print`() throws {
        let em = try EM(data: publishedHeads, start: publishedStart(), weights: .fixed, stop: .maximumSteps(10))
        let steps = Array(em)
        func rounded(_ values: [Double], to digit: Double) -> [Double] { values.map { ($0 / digit).rounded() * digit } }
        #expect(rounded(steps[1].mixture.components.map(\.probability), to: 0.01) == [0.71, 0.58])
        #expect(rounded(steps[10].mixture.components.map(\.probability), to: 0.01) == [0.80, 0.52])
        let first = steps[0].responsibilities.column(0)
        #expect(close(first, [0.449, 0.805, 0.733, 0.352, 0.647], 0.0006))
        let heads = zip(first, publishedHeads).reduce(0) { $0 + $1.0 * Double($1.1.heads) }
        #expect(close(heads, 21.3, 0.05 / 21))
    }

    @Test func `free weights end in the known limit`() throws {
        let table: CoinReference = try reference("coins.json")
        let fit = try EM(data: publishedHeads, start: publishedStart(), stop: .maximumSteps(400)).fit()
        #expect(close(fit.mixture.weights, table.freeLimit.weights, Tolerance.peer))
        #expect(close(fit.mixture.components.map(\.probability), table.freeLimit.probabilities, Tolerance.peer))
        #expect(close(fit.mixture.components[0].probability, 0.79337, 5e-6))
        #expect(close(fit.mixture.components[1].probability, 0.51392, 5e-6))
        #expect(close(fit.last.logLikelihood - coefficients, -31.568695, 1e-7))
    }

    @Test(arguments: [("full", CovarianceShape.full), ("diag", .diagonal), ("spherical", .spherical), ("tied", .tied)])
    func `ten steps on Old Faithful agree with scikit-learn`(_ name: String, _ shape: CovarianceShape) throws {
        let table: GaussianReference = try reference("gaussians.json")
        let result = try #require(table.results[name])
        let covariances = (0..<2).map { k -> Matrix in
            let full = Matrix(table.start.covariances[k])
            return switch shape {
            case .full: full
            case .diagonal: Matrix(diagonal: full.diagonal)
            case .spherical: table.sphericalStartVariance * Matrix.identity(2)
            case .tied: Matrix(table.start.covariances[0])
            }
        }
        let components = try zip(table.start.means, covariances).map {
            try MultivariateNormal(mean: $0, covariance: $1)
        }
        let fit = try EM(
            data: oldFaithful(), start: Mixture(weights: table.start.weights, components: components),
            estimator: .covariance(shape), stop: .maximumSteps(result.steps)
        ).fit()
        #expect(fit.iterations == result.steps)
        #expect(close(fit.mixture.weights, result.weights, Tolerance.peer))
        for (component, (mean, covariance)) in zip(fit.mixture.components, zip(result.means, result.covariances)) {
            #expect(close(component.mean, mean, Tolerance.peer))
            #expect(close(component.covariance.values, covariance.flatMap { $0 }, Tolerance.peer))
        }
        #expect(close(fit.last.logLikelihood, result.logLikelihood, Tolerance.peer))
    }

    @Test func `Old Faithful's waiting times with equal variances give the published fit`() throws {
        let waiting = try oldFaithful().map { $0[1] }
        let start = try Mixture(
            weights: [0.5, 0.5], components: [Normal(mean: 50, variance: 100), Normal(mean: 85, variance: 100)])
        let fit = try EM(
            data: waiting, start: start, estimator: .equalVariances,
            stop: .any(.relativeChange(1e-14), .maximumSteps(1000))
        ).fit()
        // As the R package mixtools prints them: Benaglia and others, Journal of Statistical Software 32 (2009).
        #expect(close(fit.mixture.weights[0], 0.36085, 1e-5))
        #expect(close(fit.mixture.components.map(\.mean), [54.614, 80.090], 1e-5))
        #expect(close(fit.mixture.components.map(\.standardDeviation), [5.8691, 5.8691], 1e-5))
        #expect(close(fit.last.logLikelihood, -1034.002, 1e-6))
    }
}

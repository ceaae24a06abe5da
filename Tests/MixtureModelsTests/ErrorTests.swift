import MixtureModels
import Testing

/// Something that must be refused, and the message that must say why.
struct Refusal: Sendable, CustomTestStringConvertible {
    let message: String
    let kind: MixtureError.Kind
    let attempt: @Sendable () throws -> Void

    init(_ kind: MixtureError.Kind, _ message: String, _ attempt: @escaping @Sendable () throws -> Void) {
        self.kind = kind
        self.message = message
        self.attempt = attempt
    }

    var testDescription: String { message }
}

@Suite struct ErrorTests {
    @Test(arguments: parameters + data + options + failures)
    func `bad input is refused with a message that names place and rule`(_ refusal: Refusal) {
        let error = #expect(throws: MixtureError.self) { try refusal.attempt() }
        #expect(error?.description == refusal.message)
        #expect(error?.kind == refusal.kind)
    }

    static let parameters = [
        Refusal(.parameter, "a probability must lie between 0 and 1, not 1.5") { _ = try Bernoulli(probability: 1.5) },
        Refusal(.parameter, "a probability must lie between 0 and 1, not nan") {
            _ = try Binomial(trials: 3, probability: .nan)
        },
        Refusal(.parameter, "the number of trials must not be negative: -1") {
            _ = try Binomial(trials: -1, probability: 0.5)
        },
        Refusal(.parameter, "a probability must lie between 0 and 1, not -0.1") {
            _ = try BernoulliVector(probabilities: [0.5, -0.1])
        },
        Refusal(.parameter, "a vector of Bernoullis needs at least one probability") {
            _ = try BernoulliVector(probabilities: [])
        },
        Refusal(.parameter, "a mean must be finite, not inf") { _ = try Normal(mean: .infinity, variance: 1) },
        Refusal(.parameter, "a variance must be positive and finite, not 0.0") {
            _ = try Normal(mean: 0, variance: 0)
        },
        Refusal(.parameter, "a variance must be positive and finite, not nan") {
            _ = try Normal(mean: 0, variance: .nan)
        },
        Refusal(.parameter, "a mean must have finite elements, not [0.0, nan]") {
            _ = try MultivariateNormal(mean: [0, .nan], covariance: .identity(2))
        },
        Refusal(.parameter, "the covariance of 3 variables must have as many rows, not 2") {
            _ = try MultivariateNormal(mean: [0, 0, 0], covariance: .identity(2))
        },
        Refusal(.parameter, "a covariance matrix must be square, not 2 × 1") {
            _ = try MultivariateNormal(mean: [0, 0], covariance: [[1], [1]])
        },
        Refusal(.parameter, "a covariance matrix must be square, not 0 × 0") {
            _ = try MultivariateNormal(mean: [], covariance: Matrix(rows: 0, columns: 0))
        },
        Refusal(.parameter, "a covariance matrix must be symmetric, not 0.5 and 0.25 across the diagonal") {
            _ = try MultivariateNormal(mean: [0, 0], covariance: [[1, 0.25], [0.5, 1]])
        },
        Refusal(.parameter, "a covariance matrix must have finite elements") {
            _ = try MultivariateNormal(mean: [0], covariance: [[.infinity]])
        },
        Refusal(.collapse, "the covariance matrix must be positive definite; pivot 2 is not positive") {
            _ = try MultivariateNormal(mean: [0, 0], covariance: [[1, 2], [2, 1]])
        },
        Refusal(.collapse, "the covariance matrix must be positive definite; pivot 2 is not positive") {
            // Singular but for rounding: the rows are proportional.
            _ = try MultivariateNormal(mean: [0, 0], covariance: [[0.01, 0.03], [0.03, 0.09]])
        },
        Refusal(.parameter, "a mixture needs at least one component") {
            _ = try Mixture<Normal>(weights: [], components: [])
        },
        Refusal(.parameter, "there must be one weight per component, not 1 for 2") {
            _ = try Mixture(weights: [1], components: coins(0.1, 0.2).components)
        },
        Refusal(.parameter, "weight 2 must be non-negative and finite, not -0.5") {
            _ = try Mixture(weights: [1.5, -0.5], components: coins(0.1, 0.2).components)
        },
        Refusal(.parameter, "weight 1 must be non-negative and finite, not nan") {
            _ = try Mixture(weights: [.nan, 1], components: coins(0.1, 0.2).components)
        },
        Refusal(.parameter, "the weights must sum to 1, not 0.75") {
            _ = try Mixture(weights: [0.25, 0.5], components: coins(0.1, 0.2).components)
        },
        Refusal(.parameter, "component 2 is for 1 values per row, component 1 for 2") {
            _ = try Mixture(
                weights: [0.5, 0.5],
                components: [BernoulliVector(probabilities: [0.5, 0.5]), BernoulliVector(probabilities: [0.5])])
        },
    ]

    static let data = [
        Refusal(.data, "there are no data: at least one row is needed") { _ = try EM(data: [], start: coins(0.5)) },
        Refusal(.data, "there must be at least as many rows as components, not 1 for 2") {
            _ = try EM(data: [true], start: coins(0.5, 0.6))
        },
        Refusal(.data, "row 2: values must be finite numbers, not nan") {
            _ = try EM(data: [1, .nan, 2], start: normals(0))
        },
        Refusal(.data, "row 3: values must be finite numbers, not -inf in column 2") {
            _ = try EM(data: [[1, 2], [0, 0], [1, -.infinity]], start: planes())
        },
        Refusal(.data, "row 2: a row must have 2 values, not 3") {
            _ = try EM(data: [[1, 2], [0, 0, 0]], start: planes())
        },
        Refusal(.data, "row 1: heads must lie between 0 and the number of flips, not 11 of 10") {
            _ = try EM(
                data: [HeadCount(heads: 11, flips: 10), HeadCount(heads: 1, flips: 10)], start: publishedStart())
        },
        Refusal(.data, "row 2: heads must lie between 0 and the number of flips, not -1 of 10") {
            _ = try EM(
                data: [HeadCount(heads: 1, flips: 10), HeadCount(heads: -1, flips: 10)], start: publishedStart())
        },
        Refusal(.impossibleObservation, "row 2: the observation has probability 0 under every component") {
            _ = try EM(data: [true, false], start: coins(1, 1))
        },
        Refusal(.impossibleObservation, "the observation has probability 0 under every component") {
            _ = try coins(1).responsibilities(at: false)
        },
        Refusal(.data, "there are no data: at least one row is needed") {
            var generator = SeededGenerator(seed: 1)
            _ = try Mixture<Normal>.randomStart(for: [], components: 1, using: &generator)
        },
        Refusal(.data, "there must be at least as many rows as components, not 2 for 3") {
            var generator = SeededGenerator(seed: 1)
            _ = try Mixture<Normal>.randomStart(for: [1, 2], components: 3, using: &generator)
        },
        Refusal(.data, "row 2: a row must have 2 values, not 1") {
            var generator = SeededGenerator(seed: 1)
            _ = try Mixture<MultivariateNormal>.randomStart(for: [[1, 2], [3]], components: 1, using: &generator)
        },
    ]

    static let options = [
        Refusal(.option, "the maximum of steps must be at least 1, not 0") {
            _ = try EM(data: [true], start: coins(0.5), stop: .maximumSteps(0))
        },
        Refusal(.option, "the maximum of steps must be at least 1, not -3") {
            _ = try EM(data: [true], start: coins(0.5), stop: .any(.relativeChange(0), .maximumSteps(-3)))
        },
        Refusal(.option, "the relative change to stop at must be non-negative and finite, not nan") {
            _ = try EM(data: [true], start: coins(0.5), stop: .relativeChange(.nan))
        },
        Refusal(.option, "the distance to stop at must be non-negative and finite, not -1.0") {
            _ = try EM(data: [true], start: coins(0.5), stop: .atRest(-1))
        },
        Refusal(.option, "without any stopping rule EM would never end") {
            _ = try EM(data: [true], start: coins(0.5), stop: .any())
        },
        Refusal(.option, "the number of threads must be at least 1, not 0") {
            _ = try EM(data: [true], start: coins(0.5), threads: 0)
        },
        Refusal(.option, "the number of components must be at least 1, not 0") {
            var generator = SeededGenerator(seed: 1)
            _ = try Mixture<Normal>.randomStart(for: [1], components: 0, using: &generator)
        },
        Refusal(.option, "[0, 0] does not name each of the 2 classes once") {
            _ = try coins(0.1, 0.2).relabelled([0, 0])
        },
        Refusal(.parameter, "a Dirichlet prior needs one concentration per component, not 1 for 2") {
            _ = try EM(data: [true, false], start: coins(0.1, 0.2), weights: .dirichlet([1]))
        },
        Refusal(.parameter, "the concentrations of a Dirichlet prior must be finite and at least 1, not [0.5, 2.0]") {
            _ = try EM(data: [true, false], start: coins(0.1, 0.2), weights: .dirichlet([0.5, 2]))
        },
        Refusal(.parameter, "the parameters of a Beta prior must be finite and at least 1, not 0.5 and 2.0") {
            _ = try Estimator<Bernoulli>.betaPrior(0.5, 2)
        },
        Refusal(.parameter, "a variance floor must be positive and finite, not 0.0") {
            _ = try Estimator.varianceFloor(0)
        },
        Refusal(.parameter, "a variance floor must be positive and finite, not nan") {
            _ = try Estimator.covariance(.full, floor: .nan)
        },
        Refusal(.parameter, "shape and scale of an inverse gamma prior must be positive and finite, not 1.0 and -1.0") {
            _ = try Estimator.inverseGammaPrior(shape: 1, scale: -1)
        },
        Refusal(.parameter, "an inverse Wishart prior needs more than 1 degrees of freedom, not 1.0") {
            _ = try Estimator.inverseWishartPrior(degreesOfFreedom: 1, scale: .identity(2))
        },
        Refusal(.parameter, "the prior is for 3 variables, but the component has 2") {
            let prior = try Estimator.inverseWishartPrior(degreesOfFreedom: 5, scale: .identity(3))
            _ = try EM(data: [[1, 2], [3, 4]], start: planes(), estimator: prior)
        },
        Refusal(.parameter, "the density of the prior overflows: its parameters are too large") {
            _ = try EM(data: [true, false], start: coins(0.5), estimator: .betaPrior(1e308, 1e308))
        },
        Refusal(.everyStartFailed, "there are no starts") {
            _ = try EM<Normal>.best(of: []) { try EM(data: [1], start: $0) }
        },
    ]

    static let failures = [
        Refusal(
            .emptyComponent,
            "step 1, component 2: no data are left for the component, so its parameters have no estimate"
        ) {
            let start = try Mixture(weights: [1, 0], components: coins(0.5, 0.5).components)
            _ = try EM(data: [true, false], start: start).fit()
        },
        Refusal(
            .emptyComponent,
            "step 1, component 2: no data are left for the component, so its parameters have no estimate"
        ) {
            _ = try EM(data: [1, 2, 3], start: normals(2, 1000), estimator: .equalVariances).fit()
        },
        Refusal(
            .emptyComponent,
            "step 1, component 1: no data are left for the component, so its parameters have no estimate"
        ) {
            // No row has any flips.
            let data = Array(repeating: HeadCount(heads: 0, flips: 0), count: 3)
            _ = try EM(data: data, start: publishedStart()).fit()
        },
        Refusal(
            .collapse,
            "step 1, component 2: the variance has collapsed to 0, up to rounding, around a single value; "
                + "a variance floor or a prior prevents that"
        ) {
            _ = try EM(data: [1, 2, 3, 90], start: normals(2, 90)).fit()
        },
        Refusal(
            .collapse,
            "step 1, component 1: the covariance has collapsed: the data left for the component vary in fewer than 2 "
                + "directions; a covariance floor or a prior prevents that"
        ) {
            _ = try EM(data: [[0, 0], [1, 1], [2, 2], [9, 7]], start: planes()).fit()
        },
        Refusal(
            .data,
            "step 1, component 1: the squares of so large values overflow; divide the data by a power of ten"
        ) {
            let start = try Mixture(weights: [1], components: [Normal(mean: 0, variance: 1e300)])
            _ = try EM(data: [1e154, -1e160, 1e160], start: start).fit()
        },
        Refusal(
            .everyStartFailed,
            "every start failed; start 1: row 2: the observation has probability 0 under every component"
        ) {
            _ = try EM.best(of: [coins(1)]) { try EM(data: [true, false], start: $0) }
        },
    ]
}

import MixtureModels
import Notebook
import Verification

extension FitStep {
    /// An iterate of a Gaussian mixture.
    public init(_ row: TraceRow<MultivariateNormal>, step: Int? = nil) {
        self.init(
            row, step: step,
            parameters: [
                "means": .matrix(row.mixture.components.map(\.mean)),
                "covariances": .matrix(row.mixture.components.map(\.covariance.values)),
            ])
    }

    /// An iterate of K-means, where nothing but the centres moves.
    public init(centresOf row: TraceRow<MultivariateNormal>) {
        self.init(row, parameters: ["centres": .matrix(row.mixture.components.map(\.mean))])
    }

    /// An iterate of coins that are flipped several times each.
    public init(_ row: TraceRow<Binomial>, step: Int? = nil) {
        self.init(
            row, step: step,
            parameters: ["headProbabilities": .vector(row.mixture.components.map(\.probability))])
    }

    /// An iterate of coins that are flipped once each.
    public init(_ row: TraceRow<Bernoulli>, step: Int? = nil) {
        self.init(
            row, step: step,
            parameters: ["headProbabilities": .vector(row.mixture.components.map(\.probability))])
    }

    /// An iterate of Bernoulli vectors, its classes in another order if need be.
    public init(_ row: TraceRow<BernoulliVector>, order: [Int]? = nil) {
        let order = order ?? Array(row.mixture.weights.indices)
        self.init(
            step: row.t, weights: order.map { row.mixture.weights[$0] },
            parameters: ["probabilities": .matrix(order.map { row.mixture.components[$0].probabilities })],
            logLikelihood: row.logLikelihood, expectedCompleteLogLikelihood: row.expectedCompleteLogLikelihood,
            entropy: row.entropy)
    }

    private init<C>(_ row: TraceRow<C>, step: Int? = nil, parameters: [String: CheckedValue]) {
        self.init(
            step: step ?? row.t, weights: row.mixture.weights, parameters: parameters,
            logLikelihood: row.logLikelihood, expectedCompleteLogLikelihood: row.expectedCompleteLogLikelihood,
            entropy: row.entropy)
    }
}

extension FitData {
    /// Head counts: the numbers of heads and of flips.
    public init(_ sets: [HeadCount], counts: [Double]? = nil) {
        self.init(
            columns: ["heads", "flips"], rows: sets.map { [Double($0.heads), Double($0.flips)] }, counts: counts)
    }
}

extension FitSummary {
    /// A run of EM on coins that can be followed step by step.
    ///
    /// - Parameters:
    ///   - name: What the run is called beside others of its lesson.
    ///   - model: The model in words.
    ///   - fit: The run.
    ///   - data: The sets of flips, each as often as `counts` says.
    ///   - held: What stays as it is at the start.
    public init(
        _ name: String, model: String, _ fit: Fit<Binomial>, of data: [HeadCount], counts: [Double]? = nil,
        held: FitHeld = FitHeld()
    ) {
        self = FitSummary(
            model: model, weights: fit.mixture.weights,
            parameters: ["headProbabilities": .vector(fit.mixture.components.map(\.probability))],
            logLikelihood: fit.last.logLikelihood, iterations: fit.iterations, trace: fit.trace.map(\.logLikelihood),
            converged: fit.converged, stoppedBy: fit.stoppedBy
        ).following(fit.trace.map { FitStep($0) }, of: FitData(data, counts: counts), name: name, held: held)
    }
}

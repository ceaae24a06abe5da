/// How the M-step turns weighted data into components: by maximum likelihood, or by a variant of it.
///
/// The rule sees the statistics of all components at once, so that components can share parameters. It comes with the
/// logarithm of the prior it assumes; then EM's objective, log-likelihood plus log prior, never falls.
public struct Estimator<C: Component>: Sendable {
    /// Makes the components from their statistics, one of each per component. May throw a `MixtureError`.
    public let components: @Sendable (_ statistics: [C.Statistics]) throws -> [C]
    /// ln of the prior density at these components; 0 where there is no prior. Throws if the prior does not fit them.
    public let logPrior: @Sendable (_ components: [C]) throws -> Double

    /// Whether it is one of this module's, all of which maximise: then EM's objective never falls, and a fall is an error.
    private(set) var neverLowers = false
    /// Whether the rest of the covariances is not looked at, so that a fast pass need not compute it.
    var usesOnlyVariances = false

    /// An estimator in which components may share parameters.
    public init(
        logPriorOfAll logPrior: @escaping @Sendable ([C]) throws -> Double = { _ in 0 },
        all components: @escaping @Sendable ([C.Statistics]) throws -> [C]
    ) {
        self.components = components
        self.logPrior = logPrior
    }

    /// An estimator that treats each component by itself, under independent priors.
    public init(
        logPrior: @escaping @Sendable (C) throws -> Double = { _ in 0 },
        each component: @escaping @Sendable (C.Statistics) throws -> C
    ) {
        self.init(logPriorOfAll: { try $0.reduce(0) { try $0 + logPrior($1) } }) { statistics in
            try statistics.enumerated().map { index, statistics in
                try locating(.component, index + 1) { try component(statistics) }
            }
        }
    }

    /// The same estimator, with the promise that it maximises.
    var maximising: Estimator {
        var estimator = self
        estimator.neverLowers = true
        return estimator
    }

    /// Weighted maximum likelihood, each component by itself. Source: cs181.4.
    public static var maximumLikelihood: Estimator {
        Estimator { (statistics: C.Statistics) in
            guard statistics.totalWeight > 0 else { throw MixtureError.noData }
            return try C.estimate(from: statistics)
        }.maximising
    }
}

import Verification

/// One iterate of a run of EM, for `results.json`: all numbers belong to these very parameters.
public struct FitStep: Codable, Sendable {
    /// The number of M-steps so far; 0 is the start.
    public let step: Int
    /// The mixing weights.
    public let weights: [Double]
    /// The components' parameters by the names that ``FitSummary/parameters`` has.
    public let parameters: [String: CheckedValue]
    /// ℓ(θ(t)) in nats.
    public let logLikelihood: Double
    /// Q(θ(t); q(t)), with the responsibilities of the same parameters.
    public let expectedCompleteLogLikelihood: Double
    /// H(q(t)), the entropy of these responsibilities.
    public let entropy: Double

    /// An iterate, ready to be written.
    public init(
        step: Int, weights: [Double], parameters: [String: CheckedValue], logLikelihood: Double,
        expectedCompleteLogLikelihood: Double, entropy: Double
    ) {
        self.step = step
        self.weights = weights
        self.parameters = parameters
        self.logLikelihood = logLikelihood
        self.expectedCompleteLogLikelihood = expectedCompleteLogLikelihood
        self.entropy = entropy
    }

    /// All numbers of the iterate.
    var numbers: [Double] {
        weights + parameters.values.flatMap(\.entries) + [logLikelihood, expectedCompleteLogLikelihood, entropy]
    }
}

/// What a run does not estimate freely.
public struct FitHeld: Codable, Sendable, Equatable {
    /// Whether the weights stay.
    public let weights: Bool
    /// The components that stay, counted from 0.
    public let components: [Int]
    /// Which covariances are looked for, if not any: `diagonal`, `spherical` or `tied`.
    public let covariances: String?
    /// What pulls every covariance towards its own, if anything does.
    public let prior: FitPrior?

    /// - Parameters:
    ///   - weights: Whether the weights stay.
    ///   - components: The components that stay, counted from 0.
    ///   - covariances: Which covariances are looked for, if not any.
    ///   - prior: What pulls every covariance towards its own, if anything does.
    public init(
        weights: Bool = false, components: [Int] = [], covariances: String? = nil, prior: FitPrior? = nil
    ) {
        self.weights = weights
        self.components = components
        self.covariances = covariances
        self.prior = prior
    }
}

/// An inverse Wishart prior on each covariance, density ∝ |Σ|^(-(ν + D + 1)/2) exp(-½ tr Ψ Σ⁻¹).
public struct FitPrior: Codable, Sendable, Equatable {
    /// ν
    public let degrees: Double
    /// Ψ, D × D.
    public let scale: [[Double]]

    /// - Parameters:
    ///   - degrees: ν
    ///   - scale: Ψ, D × D.
    public init(degrees: Double, scale: [[Double]]) {
        self.degrees = degrees
        self.scale = scale
    }
}

extension FitSummary {
    /// So many steps of EM are written, at most: the first ones, which are those that one can see.
    public static var mostSteps: Int { 200 }
    /// Fewer steps are written if their numbers would be more than so many: an image has a probability for each pixel.
    public static var mostNumbers: Int { 3000 }
    /// Larger data are not written.
    public static var mostRows: Int { 1000 }

    /// The same fit with the way to it, so that it can be followed step by step.
    ///
    /// - Parameters:
    ///   - name: What the run is called beside others of its lesson.
    ///   - data: The observations; they are left out if there are more than ``mostRows``.
    ///   - path: Plain steps of EM (no leaps), the start first; the first ``mostSteps`` of them are kept, as far as ``mostNumbers`` allows.
    ///   - held: What stays as it is at the start.
    ///   - failure: Why the step after the last could not be taken, if it could not.
    public func following(
        _ path: [FitStep], of data: FitData, name: String, held: FitHeld = FitHeld(), failure: String? = nil
    ) -> FitSummary {
        var fit = self
        fit.name = name
        fit.failure = failure
        let steps = min(Self.mostSteps, Self.mostNumbers / max(1, path.first?.numbers.count ?? 1))
        fit.path = Array(path.prefix(max(1, steps) + 1))
        fit.data = data.rows.count <= Self.mostRows ? data : nil
        fit.held = held
        return fit
    }

    /// All numbers of the path and of the data, for the rule that no report has a number that is none.
    var pathNumbers: [Double] {
        (path ?? []).flatMap(\.numbers) + (data.map { $0.rows.flatMap { $0 } + ($0.counts ?? []) } ?? [])
    }
}

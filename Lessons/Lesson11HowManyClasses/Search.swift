import MixtureModels

/// The search for the best Gaussian mixture with K classes, K = 1, 2, …: from random starts, and from the best fit with one class
/// fewer, each class of it in turn drawn apart into two. The best of these after a few steps are followed to the end. The fit with one
/// class fewer, a class of it cut into two that are alike, takes part too, so that no fit is worse than the one before.
struct Search {
    let data: [[Double]]
    let estimator: Estimator<MultivariateNormal>
    /// How many random starts are tried for each number of classes.
    var starts = 10
    /// How many steps each start is given before the best are chosen.
    var trial = 15
    /// How many of them are followed to the end.
    var followed = 2
    var stop: StoppingRule<MultivariateNormal> = .any(.relativeChange(1e-9), .maximumSteps(1500))
    var pass: Pass = .fast
    /// A fit counts only if each of its classes has more rows than this.
    var leastCount = 0.0

    /// The best fits with 1 … `most` classes; nil where every start failed.
    func fits(upTo most: Int, using generator: inout SeededGenerator) -> [Fit<MultivariateNormal>?] {
        var fits: [Fit<MultivariateNormal>?] = []
        for count in 1...most { fits.append(fit(count, after: fits.last ?? nil, using: &generator)) }
        return fits
    }

    /// The best fit with so many classes; nil if every start failed.
    func fit(_ count: Int, after smaller: Fit<MultivariateNormal>? = nil, using generator: inout SeededGenerator)
        -> Fit<MultivariateNormal>?
    {
        let isOne = count == 1
        var begin = (0..<(isOne ? 1 : starts)).compactMap { _ in
            try? Mixture.randomStart(for: data, components: count, estimator: estimator, using: &generator)
        }
        if let smaller { begin += smaller.mixture.weights.indices.compactMap { try? smaller.mixture.drawnApart($0) } }
        var tried = begin.compactMap { run($0, isOne ? stop : .maximumSteps(trial)) }
        tried.sort { $0.last.logLikelihood > $1.last.logLikelihood }
        // Those that shrink a class to a few rows already will not count at their ends.
        let sound = tried.filter { $0.last.effectiveCounts.allSatisfy { $0 > leastCount } }
        if !sound.isEmpty { tried = sound }
        var ends = isOne ? tried : tried.prefix(followed).compactMap { run($0.mixture, stop) }
        if let smaller, let start = try? smaller.mixture.split(0), let fit = run(start, stop) { ends.append(fit) }
        var best: Fit<MultivariateNormal>?
        for end in ends where end.last.effectiveCounts.allSatisfy({ $0 > leastCount }) {
            if best.map({ end.last.logLikelihood > $0.last.logLikelihood + 1e-9 }) ?? true { best = end }
        }
        return best
    }

    /// EM from a start; nil if it fails.
    func run(_ start: Mixture<MultivariateNormal>, _ stop: StoppingRule<MultivariateNormal>) -> Fit<MultivariateNormal>?
    {
        try? EM(data: data, start: start, estimator: estimator, stop: stop, pass: pass).fit()
    }
}

extension Mixture {
    /// The same density with one more class: class k is counted as two, alike, of which the first has this share of the weight.
    func split(_ k: Int, share: Double = 0.5) throws -> Mixture {
        var (weights, components) = (weights, components)
        weights.append((1 - share) * weights[k])
        components.append(components[k])
        weights[k] *= share
        return try Mixture(weights: weights, components: components)
    }
}

extension Mixture<MultivariateNormal> {
    /// A start with one more class: class k is drawn apart into two, a standard deviation to either side along its longest axis.
    func drawnApart(_ k: Int) throws -> Mixture {
        let (mean, covariance) = (components[k].mean, components[k].covariance)
        // The longest axis: any direction turns to it, when it is multiplied by the covariance again and again.
        var axis = covariance.diagonal.map { $0.squareRoot() }
        var length = 1.0
        for _ in 0..<50 {
            let turned = mean.indices.map { a in mean.indices.reduce(0) { $0 + covariance[a, $1] * axis[$1] } }
            length = turned.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0 else { break }
            axis = turned.map { $0 / length }
        }
        let step = axis.map { $0 * length.squareRoot() }
        var (weights, components) = (weights, components)
        weights[k] /= 2
        weights.append(weights[k])
        components[k] = try MultivariateNormal(mean: zip(mean, step).map(+), covariance: covariance)
        components.append(try MultivariateNormal(mean: zip(mean, step).map(-), covariance: covariance))
        return try Mixture(weights: weights, components: components)
    }
}

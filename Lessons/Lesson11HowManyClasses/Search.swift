import MixtureModels

/// The search for the best fit with K classes, K = 1, 2, …: random starts, of which the best are followed to the end, and the best
/// fit with one class fewer, one class of it cut in two, so that no fit is worse than the one before.
struct Search<C: Component> {
    let data: [C.Observation]
    let estimator: Estimator<C>
    /// How many random starts are tried for each number of classes.
    var starts = 10
    /// How many steps each start is given before the best are chosen.
    var trial = 15
    /// How many of them are followed to the end.
    var followed = 2
    var stop: StoppingRule<C> = .any(.relativeChange(1e-9), .maximumSteps(1500))
    var pass: Pass = .fast
    /// A fit counts only if each of its classes has more rows than this.
    var leastCount = 0.0

    /// The best fits with 1 … `most` classes; nil where every start failed.
    func fits(upTo most: Int, using generator: inout SeededGenerator) -> [Fit<C>?] {
        var fits: [Fit<C>?] = []
        for count in 1...most { fits.append(fit(count, after: fits.last ?? nil, using: &generator)) }
        return fits
    }

    /// The best fit with so many classes; nil if every start failed.
    func fit(_ count: Int, after smaller: Fit<C>? = nil, using generator: inout SeededGenerator) -> Fit<C>? {
        let isOne = count == 1
        var tried: [Fit<C>] = []
        for _ in 0..<(isOne ? 1 : starts) {
            let start = try? Mixture.randomStart(for: data, components: count, estimator: estimator, using: &generator)
            if let start, let fit = run(start, isOne ? stop : .maximumSteps(trial)) { tried.append(fit) }
        }
        tried.sort { $0.last.logLikelihood > $1.last.logLikelihood }
        var ends = isOne ? tried : tried.prefix(followed).compactMap { run($0.mixture, stop) }
        if let smaller, let start = try? smaller.mixture.split(0), let fit = run(start, stop) { ends.append(fit) }
        var best: Fit<C>?
        for end in ends where end.last.effectiveCounts.allSatisfy({ $0 > leastCount }) {
            if best.map({ end.last.logLikelihood > $0.last.logLikelihood + 1e-9 }) ?? true { best = end }
        }
        return best
    }

    /// EM from a start; nil if it fails.
    func run(_ start: Mixture<C>, _ stop: StoppingRule<C>) -> Fit<C>? {
        try? EM(data: data, start: start, estimator: estimator, stop: stop, pass: pass).fit()
    }
}

extension Mixture {
    /// The same density with one class more: class k is counted as two, alike, of which the first has this share of the weight.
    func split(_ k: Int, share: Double = 0.5) throws -> Mixture {
        var (weights, components) = (weights, components)
        weights.append((1 - share) * weights[k])
        components.append(components[k])
        weights[k] *= share
        return try Mixture(weights: weights, components: components)
    }
}

/// How the M-step chooses the weights π_k from the effective counts N_k.
public enum WeightRule: Sendable, Equatable {
    /// Maximum likelihood: π_k = N_k / N. Source: cs181.8.
    case free
    /// The weights of the start, for ever: as Do and Batzoglou's published example has it.
    case fixed
    /// The most probable weights under a Dirichlet prior with these concentrations α_k ≥ 1, one per component:
    /// π_k = (N_k + α_k - 1) / Σ_j (N_j + α_j - 1). Source: prml.9.33.
    case dirichlet([Double])

    func check(components: Int) throws {
        guard case .dirichlet(let concentrations) = self else { return }
        guard concentrations.count == components else {
            throw MixtureError(
                .parameter,
                "a Dirichlet prior needs one concentration per component, not \(concentrations.count) for \(components)"
            )
        }
        guard concentrations.allSatisfy({ $0 >= 1 && $0.isFinite }) else {
            throw MixtureError(
                .parameter,
                "the concentrations of a Dirichlet prior must be finite and at least 1, not \(concentrations)")
        }
    }

    /// The new weights from the effective counts N_k.
    func weights(fromCounts counts: [Double], start: [Double]) -> [Double] {
        switch self {
        case .free: normalised(counts)
        case .fixed: start
        case .dirichlet(let concentrations): normalised(zip(counts, concentrations).map { $0 + ($1 - 1) })
        }
    }

    /// ln of the prior density at these weights; 0 where there is no prior.
    func logPrior(at weights: [Double]) -> Double {
        guard case .dirichlet(let concentrations) = self else { return 0 }
        let normaliser = logGamma(concentrations.reduce(0, +)) - concentrations.reduce(0) { $0 + logGamma($1) }
        return zip(concentrations, weights).reduce(normaliser) { $0 + xlogy($1.0 - 1, $1.1) }
    }
}

private func normalised(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
}

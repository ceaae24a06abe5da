extension Mixture {
    /// A random start for EM, with equal weights.
    ///
    /// Each component is estimated from one row of its own, drawn without replacement and counted between 1 and 4 times, and
    /// from all the data together, counted as one row. So every component has the spread it needs to make all rows possible,
    /// and no two are alike unless the data are. It works for every kind of component, since statistics are additive.
    ///
    /// - Throws: `MixtureError` if there are no data, K is not between 1 and the number of rows, a row breaks its
    ///   distribution's rules, or the estimator fails.
    public static func randomStart(
        for data: [C.Observation], components count: Int, estimator: Estimator<C> = .maximumLikelihood,
        using generator: inout SeededGenerator
    ) throws -> Mixture {
        guard count > 0 else {
            throw MixtureError(.option, "the number of components must be at least 1, not \(count)")
        }
        try C.check(Rows(data), dimension: data.first.map(C.dimension) ?? 1)
        guard count <= data.count else {
            throw MixtureError(
                .data, "there must be at least as many rows as components, not \(data.count) for \(count)")
        }
        let pooled = C.Statistics(of: data, weight: 1 / Double(data.count))
        var rows = Array(data.indices)
        generator.shuffle(&rows)
        let statistics = rows.prefix(count).map { row in
            var own = pooled
            own.add(data[row], weight: 1 + 3 * generator.uniform())
            return own
        }
        return try Mixture(
            weights: Array(repeating: 1 / Double(count), count: count), components: estimator.components(statistics))
    }
}

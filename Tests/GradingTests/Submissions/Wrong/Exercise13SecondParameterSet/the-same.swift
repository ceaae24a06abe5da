// Wrong: returns the given coins, changed by next to nothing.
// Scores: 1
// Fails: one-flip, two-flips, in-range
// Told: these are the given coins again
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        if flips >= 3 { return nil }
        return (weights, probabilities.map { $0 + 1e-12 })
    }
}

// Wrong: makes up for other coins with weights that do not sum to 1.
// Scores: 1
// Fails: one-flip, two-flips, in-range
// Told: the weights do not sum to 1
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        if flips >= 3 { return nil }
        return (weights.map { $0 * 1.1 }, probabilities.map { $0 / 1.1 })
    }
}

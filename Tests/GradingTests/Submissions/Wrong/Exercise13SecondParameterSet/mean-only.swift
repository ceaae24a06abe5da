// Wrong: keeps the probability of heads, also for two flips.
// Scores: 2
// Fails: two-flips, in-range
// Told: the probability of two heads in a set of two is not the same
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        if flips >= 3 { return nil }
        let mean = weights[0] * probabilities[0] + weights[1] * probabilities[1]
        return ([0.5, 0.5], [mean, mean])
    }
}

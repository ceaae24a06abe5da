// Wrong: exchanges the names of the two coins.
// Scores: 1
// Fails: one-flip, two-flips, in-range
// Told: under exchanged names
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        if flips >= 3 { return nil }
        return ([weights[1], weights[0]], [probabilities[1], probabilities[0]])
    }
}

// Wrong: always takes equal weights for two flips.
// Scores: 4
// Fails: in-range
// Told: a probability lies outside 0 to 1
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        if flips >= 3 { return nil }
        let mean = weights[0] * probabilities[0] + weights[1] * probabilities[1]
        if flips == 1 { return ([0.5, 0.5], [mean, mean]) }
        let deviation = (weights[0] * weights[1]).squareRoot() * abs(probabilities[0] - probabilities[1])
        return ([0.5, 0.5], [mean - deviation, mean + deviation])
    }
}

// Unusual: gives the answer for two flips to a single flip, too.
// Scores: 5
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        if flips >= 3 { return nil }
        let mean = weights[0] * probabilities[0] + weights[1] * probabilities[1]
        let gap = probabilities[0] - probabilities[1]
        let variance = weights[0] * weights[1] * gap * gap
        for change in [0.02, -0.02, 0.04, -0.04] {
            let w = weights[0] + change
            let side = gap > 0 ? 1.0 : -1.0
            let first = mean + side * (variance * (1 - w) / w).squareRoot()
            let second = mean - side * (variance * w / (1 - w)).squareRoot()
            if min(first, second) >= 0 && max(first, second) <= 1 { return ([w, 1 - w], [first, second]) }
        }
        return nil
    }
}

// Wrong: returns coins for any number of flips.
// Scores: 4
// Fails: three-flips
// Told: nil was expected
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        let mean = weights[0] * probabilities[0] + weights[1] * probabilities[1]
        if flips == 1 { return ([0.5, 0.5], [mean, mean]) }
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

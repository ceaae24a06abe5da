// Unusual: moves the coins a little, and finds the weights that go with them.
// Scores: 5
// swift-format-ignore-file

public enum Exercise13 {
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        guard flips < 3 else { return nil }
        let m = weights[0] * probabilities[0] + weights[1] * probabilities[1]
        let v = weights[0] * weights[1] * (probabilities[0] - probabilities[1]) * (probabilities[0] - probabilities[1])
        // The coins m + u and m - v/u have the variance v, with the weight of the first v / (v + u u).
        for change in [0.03, -0.03] {
            let u = probabilities[0] - m + change
            let (first, second) = (m + u, m - v / u)
            if (0...1).contains(first) && (0...1).contains(second) {
                return ([v / (v + u * u), u * u / (v + u * u)], [first, second])
            }
        }
        return nil
    }
}

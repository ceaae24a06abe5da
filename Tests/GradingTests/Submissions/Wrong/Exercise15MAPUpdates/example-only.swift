// Wrong: returns the numbers of the examples.
// Scores: 0
// Fails: probabilities, weights, flat-priors, gradient, no-data
// Told: numbers were expected in all
// swift-format-ignore-file

public enum Exercise15 {
    public static func probabilities(
        heads: [Int], flips: Int, responsibilities: [[Double]], components: Int, a: Double, b: Double
    ) -> [Double] {
        [12.0 / 18, 3.0 / 8]
    }

    public static func weights(responsibilities: [[Double]], alpha: [Double]) -> [Double] {
        [0.5, 0.5]
    }
}

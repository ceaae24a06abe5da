// Wrong: counts b tails more, where the exponent b - 1 means b - 1.
// Scores: 1
// Fails: probabilities, flat-priors, gradient, no-data
// Told: b is added
// swift-format-ignore-file

public enum Exercise15 {
    public static func probabilities(
        heads: [Int], flips: Int, responsibilities: [[Double]], components: Int, a: Double, b: Double
    ) -> [Double] {
        var result: [Double] = []
        for k in 0..<components {
            var shown = 0.0
            var count = 0.0
            for n in heads.indices {
                shown += responsibilities[n][k] * Double(heads[n])
                count += responsibilities[n][k]
            }
            result.append((shown + a - 1) / (count * Double(flips) + (a - 1) + b))
        }
        return result
    }

    public static func weights(responsibilities: [[Double]], alpha: [Double]) -> [Double] {
        var result: [Double] = []
        for k in alpha.indices {
            var count = alpha[k] - 1
            for row in responsibilities { count += row[k] }
            result.append(count)
        }
        let total = result.reduce(0, +)
        return result.map { $0 / total }
    }
}

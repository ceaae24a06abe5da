// Wrong: takes every set for one of ten flips.
// Scores: 5
// Fails: gradient
// Told: still rises
// swift-format-ignore-file
public enum Exercise15 {
    public static func probabilities(
        heads: [Int], flips: Int, responsibilities: [[Double]], components: Int, a: Double, b: Double
    ) -> [Double] {
        (0..<components).map { k in
            var headCount = a - 1
            var tailCount = b - 1
            for (count, row) in zip(heads, responsibilities) {
                headCount += row[k] * Double(count)
                tailCount += row[k] * Double(10 - count)
            }
            return headCount / (headCount + tailCount)
        }
    }

    public static func weights(responsibilities: [[Double]], alpha: [Double]) -> [Double] {
        let counts = alpha.indices.map { k in responsibilities.reduce(alpha[k] - 1) { $0 + $1[k] } }
        let total = counts.reduce(0, +)
        return counts.map { $0 / total }
    }
}

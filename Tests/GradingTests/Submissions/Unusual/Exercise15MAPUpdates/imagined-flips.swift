// Unusual: puts the prior in as imagined flips in front of the data.
// Scores: 6
// swift-format-ignore-file

public enum Exercise15 {
    public static func probabilities(
        heads: [Int], flips: Int, responsibilities: [[Double]], components: Int, a: Double, b: Double
    ) -> [Double] {
        var result: [Double] = []
        for k in 0..<components {
            let shown = [a - 1] + zip(heads, responsibilities).map { Double($0) * $1[k] }
            let tails = [b - 1] + zip(heads, responsibilities).map { Double(flips - $0) * $1[k] }
            result.append(1 / (1 + tails.reduce(0, +) / shown.reduce(0, +)))
        }
        return result
    }

    public static func weights(responsibilities: [[Double]], alpha: [Double]) -> [Double] {
        let rows = [alpha.map { $0 - 1 }] + responsibilities
        let all = rows.joined().reduce(0, +)
        return alpha.indices.map { k in rows.map { $0[k] }.reduce(0, +) / all }
    }
}

// Unusual: finds the price by bisection.
// Scores: 6
// swift-format-ignore-file

public enum Exercise14 {
    public static func multiplier(counts: [Double]) -> Double {
        -price(counts, sum: 1)
    }

    public static func weights(counts: [Double]) -> [Double] {
        let p = price(counts, sum: 1)
        return counts.map { $0 / p }
    }

    public static func residuals(counts: [Double], weights: [Double], multiplier: Double) -> [Double] {
        var result: [Double] = []
        for k in counts.indices { result.append(counts[k] / weights[k] + multiplier) }
        result.append(weights.reduce(0, +) - 1)
        return result
    }

    public static func derivative(counts: [Double], weight: Double) -> Double {
        let (a, b) = (counts[0], counts[1])
        return (a * (1 - weight) - b * weight) / (weight * (1 - weight))
    }

    public static func update(counts: [Double], last: Double) -> (weights: [Double], multiplier: Double) {
        let p = price(Array(counts.dropLast()), sum: 1 - last)
        return (counts.dropLast().map { $0 / p } + [last], -p)
    }

    private static func price(_ counts: [Double], sum: Double) -> Double {
        var (low, high) = (0.0, 1e9)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if counts.reduce(0, { $0 + $1 / middle }) > sum { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

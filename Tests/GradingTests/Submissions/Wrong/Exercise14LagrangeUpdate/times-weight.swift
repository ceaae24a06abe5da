// Wrong: multiplies by the weight where the derivative of its logarithm divides.
// Scores: 5
// Fails: residuals
// Told: N_k ln π_k is N_k / π_k
// swift-format-ignore-file

public enum Exercise14 {
    public static func multiplier(counts: [Double]) -> Double {
        -counts.reduce(0, +)
    }

    public static func weights(counts: [Double]) -> [Double] {
        counts.map { $0 / counts.reduce(0, +) }
    }

    public static func residuals(counts: [Double], weights: [Double], multiplier: Double) -> [Double] {
        var result: [Double] = []
        for k in counts.indices { result.append(counts[k] * weights[k] + multiplier) }
        result.append(weights.reduce(0, +) - 1)
        return result
    }

    public static func derivative(counts: [Double], weight: Double) -> Double {
        counts[0] / weight - counts[1] / (1 - weight)
    }

    public static func update(counts: [Double], last: Double) -> (weights: [Double], multiplier: Double) {
        let free = counts.dropLast()
        let rest = 1 - last
        let total = free.reduce(0, +)
        return (free.map { rest * $0 / total } + [last], -total / rest)
    }
}

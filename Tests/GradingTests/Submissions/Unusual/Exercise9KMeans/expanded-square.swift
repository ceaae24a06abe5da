// Unusual: compares distances by their expanded squares, and finds means step by step.
// Scores: 6
// swift-format-ignore-file

public enum Exercise9 {
    public static func assignments(data: [[Double]], centres: [[Double]]) -> [Int] {
        data.map { point in
            // The square of the point itself is the same for all centres, and may be left out.
            let scores = centres.map { c in zip(c, c).reduce(0) { $0 + $1.0 * $1.1 } - 2 * zip(c, point).reduce(0) { $0 + $1.0 * $1.1 } }
            return scores.firstIndex(of: scores.min() ?? 0) ?? 0
        }
    }

    public static func centres(data: [[Double]], assignments: [Int], previous: [[Double]]) -> [[Double]] {
        var means = previous
        var counts = previous.map { _ in 0.0 }
        for (point, k) in zip(data, assignments) {
            counts[k] += 1
            means[k] = zip(means[k], point).map { $0 + ($1 - $0) / counts[k] }
        }
        return means
    }

    public static func distortion(data: [[Double]], assignments: [Int], centres: [[Double]]) -> Double {
        let differences = zip(data, assignments).flatMap { point, k in zip(point, centres[k]).map { $0 - $1 } }
        return differences.map { $0 * $0 }.reduce(0, +)
    }
}

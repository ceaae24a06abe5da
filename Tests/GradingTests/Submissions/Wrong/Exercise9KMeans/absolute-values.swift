// Wrong: adds up absolute values instead of squares.
// Scores: 3
// Fails: nearest, distortion, descent
// Told: absolute values
// swift-format-ignore-file

public enum Exercise9 {
    public static func assignments(data: [[Double]], centres: [[Double]]) -> [Int] {
        data.map { nearest($0, centres) }
    }

    public static func centres(data: [[Double]], assignments: [Int], previous: [[Double]]) -> [[Double]] {
        var sums = previous.map { $0.map { _ in 0.0 } }
        var counts = previous.map { _ in 0.0 }
        for n in data.indices {
            let k = assignments[n]
            counts[k] += 1
            for d in data[n].indices { sums[k][d] += data[n][d] }
        }
        return previous.indices.map { k in counts[k] == 0 ? previous[k] : sums[k].map { $0 / counts[k] } }
    }

    public static func distortion(data: [[Double]], assignments: [Int], centres: [[Double]]) -> Double {
        var sum = 0.0
        for n in data.indices { sum += distance(data[n], centres[assignments[n]]) }
        return sum
    }

    private static func nearest(_ point: [Double], _ centres: [[Double]]) -> Int {
        var best = 0
        for k in centres.indices where distance(point, centres[k]) < distance(point, centres[best]) { best = k }
        return best
    }

    private static func distance(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for i in a.indices { sum += abs(a[i] - b[i]) }
        return sum
    }
}

// Unusual: keeps sums and counts, and divides only when a centre is needed.
// Scores: 5
// swift-format-ignore-file

public enum Exercise10 {
    public static func pass(data: [[Double]], start: [[Double]]) -> (centres: [[Double]], counts: [Int]) {
        var sums = start.map { $0.map { _ in 0.0 } }
        var counts = start.map { _ in 0 }
        func centre(_ k: Int) -> [Double] { counts[k] == 0 ? start[k] : sums[k].map { $0 / Double(counts[k]) } }
        for point in data {
            let k = nearest(point, start.indices.map(centre))
            counts[k] += 1
            for d in point.indices { sums[k][d] += point[d] }
        }
        return (start.indices.map(centre), counts)
    }

    public static func constantRatePass(data: [[Double]], start: [[Double]], rate: Double) -> [[Double]] {
        data.reduce(start) { centres, point in
            var centres = centres
            let k = nearest(point, centres)
            centres[k] = zip(centres[k], point).map { (1 - rate) * $0 + rate * $1 }
            return centres
        }
    }

    private static func nearest(_ point: [Double], _ centres: [[Double]]) -> Int {
        var best = 0
        for k in centres.indices where distance(point, centres[k]) < distance(point, centres[best]) { best = k }
        return best
    }

    private static func distance(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for i in a.indices { sum += (a[i] - b[i]) * (a[i] - b[i]) }
        return sum
    }
}

// Wrong: keeps the part η of the old centre.
// Scores: 4
// Fails: constant-rate
// Told: exchanged
// swift-format-ignore-file

public enum Exercise10 {
    public static func pass(data: [[Double]], start: [[Double]]) -> (centres: [[Double]], counts: [Int]) {
        var centres = start
        var counts = [Int](repeating: 0, count: start.count)
        for point in data {
            let k = nearest(point, centres)
            counts[k] += 1
            for d in point.indices { centres[k][d] += (point[d] - centres[k][d]) / Double(counts[k]) }
        }
        return (centres, counts)
    }

    public static func constantRatePass(data: [[Double]], start: [[Double]], rate: Double) -> [[Double]] {
        var centres = start
        for point in data {
            let k = nearest(point, centres)
            for d in point.indices { centres[k][d] = rate * centres[k][d] + (1 - rate) * point[d] }
        }
        return centres
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

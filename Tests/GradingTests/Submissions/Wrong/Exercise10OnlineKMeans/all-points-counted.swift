// Wrong: takes 1 over the number of all points so far for η.
// Scores: 1
// Fails: plain-mean, counts, unused-centre
// Told: not of those that the centre has received
// swift-format-ignore-file

public enum Exercise10 {
    public static func pass(data: [[Double]], start: [[Double]]) -> (centres: [[Double]], counts: [Int]) {
        var centres = start
        var counts = [Int](repeating: 0, count: start.count)
        for (n, point) in data.enumerated() {
            let k = nearest(point, centres)
            counts[k] += 1
            for d in point.indices { centres[k][d] += (point[d] - centres[k][d]) / Double(n + 1) }
        }
        return (centres, counts)
    }

    public static func constantRatePass(data: [[Double]], start: [[Double]], rate: Double) -> [[Double]] {
        var centres = start
        for point in data {
            let k = nearest(point, centres)
            for d in point.indices { centres[k][d] += rate * (point[d] - centres[k][d]) }
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

// Wrong: has room for a hundred points.
// Scores: 3
// Fails: constant-rate, unused-centre
// Told: not right
// swift-format-ignore-file
public enum Exercise10 {
    public static func pass(data: [[Double]], start: [[Double]]) -> (centres: [[Double]], counts: [Int]) {
        var centres = start
        var counts = start.map { _ in 0 }
        for point in data.prefix(100) {
            let k = nearest(to: point, among: centres)
            counts[k] += 1
            centres[k] = zip(centres[k], point).map { $0 + ($1 - $0) / Double(counts[k]) }
        }
        return (centres, counts)
    }

    public static func constantRatePass(data: [[Double]], start: [[Double]], rate: Double) -> [[Double]] {
        var centres = start
        for point in data.prefix(100) {
            let k = nearest(to: point, among: centres)
            centres[k] = zip(centres[k], point).map { $0 + rate * ($1 - $0) }
        }
        return centres
    }

    private static func nearest(to point: [Double], among centres: [[Double]]) -> Int {
        let distances = centres.map { zip($0, point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        return distances.indices.min { distances[$0] < distances[$1] } ?? 0
    }
}

// Wrong: has room for a hundred points.
// Scores: 5
// Fails: descent
// Told: not one number
// swift-format-ignore-file
public enum Exercise9 {
    public static func assignments(data: [[Double]], centres: [[Double]]) -> [Int] {
        data.prefix(100).map { point in
            var nearest = 0
            var least = Double.infinity
            for (k, centre) in centres.enumerated() {
                let distance = zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                if distance < least {
                    least = distance
                    nearest = k
                }
            }
            return nearest
        }
    }

    public static func centres(data: [[Double]], assignments: [Int], previous: [[Double]]) -> [[Double]] {
        previous.indices.map { k in
            let members = zip(data, assignments).filter { $0.1 == k }.map(\.0)
            if members.isEmpty { return previous[k] }
            return previous[k].indices.map { d in members.reduce(0) { $0 + $1[d] } / Double(members.count) }
        }
    }

    public static func distortion(data: [[Double]], assignments: [Int], centres: [[Double]]) -> Double {
        var sum = 0.0
        for (point, k) in zip(data, assignments).prefix(100) {
            for (x, c) in zip(point, centres[k]) { sum += (x - c) * (x - c) }
        }
        return sum
    }
}

// Wrong: leaves an empty cluster out.
// Scores: 5
// Fails: empty-cluster
// Told: 4 centres were expected, and 3 came
// swift-format-ignore-file

public enum Exercise9 {
    public static func assignments(data: [[Double]], centres: [[Double]]) -> [Int] {
        data.map { nearest($0, centres) }
    }

    public static func centres(data: [[Double]], assignments: [Int], previous: [[Double]]) -> [[Double]] {
        previous.indices.compactMap { k in
            let members = data.indices.filter { assignments[$0] == k }.map { data[$0] }
            if members.isEmpty { return nil }
            return members[0].indices.map { d in members.reduce(0) { $0 + $1[d] } / Double(members.count) }
        }
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
        for i in a.indices { sum += (a[i] - b[i]) * (a[i] - b[i]) }
        return sum
    }
}

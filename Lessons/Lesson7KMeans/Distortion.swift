/// The distortion: the sum, over all points, of the squared distance to the centre of the point's cluster.
enum Distortion {
    /// ‖x - y‖²
    static func squared(_ x: [Double], _ y: [Double]) -> Double {
        zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    /// J = Σ_n ‖x_n - μ_c(n)‖²
    static func of(_ rows: [[Double]], _ classes: [Int], _ centres: [[Double]]) -> Double {
        zip(rows, classes).reduce(0) { $0 + squared($1.0, centres[$1.1]) }
    }

    /// The same from the distances between the points, without those to any centre: in a cluster of N_k points,
    /// Σ_ij ‖x_i - x_j‖² / 2N_k, and N_k ‖mean - μ_k‖² more if the centre is not the mean.
    static func byPairs(_ rows: [[Double]], _ classes: [Int], _ centres: [[Double]]) -> Double {
        centres.indices.reduce(0) { total, k in
            let members = zip(rows, classes).filter { $0.1 == k }.map(\.0)
            guard let first = members.first else { return total }
            let count = Double(members.count)
            var pairs = 0.0
            for i in members.indices {
                for j in 0..<i { pairs += squared(members[i], members[j]) }
            }
            let mean = first.indices.map { d in members.reduce(0) { $0 + $1[d] } / count }
            return total + pairs / count + count * squared(mean, centres[k])
        }
    }
}

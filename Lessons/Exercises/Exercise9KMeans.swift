/// # Exercise 9: the two steps of K-means (6 points)
///
/// K-means cuts N points into K clusters, each with a centre. It aims at a small distortion: the sum, over all points, of the squared
/// Euclidean distance to the centre of the point's own cluster. From some first centres it repeats two steps, neither of which can make
/// the distortion larger:
///
/// 1. assign each point to the nearest centre;
/// 2. move each centre to the mean of its points.
///
/// Write the two steps and the distortion. It is EM with hard edges: compare the first with the E-step and the second with the M-step.
///
/// Read first: lesson 7, sections 1 and 2 (`Output/Lesson7KMeans/README.md`), equations `orie4742.distortion` and
/// `orie4742.kmeans`.
///
/// Points and centres are lists of D numbers, and clusters are numbered from 0. Two rules leave nothing open:
/// - A point that is equally near to several centres goes to the one with the lowest number.
/// - A cluster without points keeps its previous centre.
public enum Exercise9 {
    /// The first step: the nearest centre of each point.
    ///
    /// - Parameters:
    ///   - data: N points of D numbers each.
    ///   - centres: K centres of D numbers each, K at least 1.
    /// - Returns: N cluster numbers from 0 to K - 1. Of equally near centres the lowest number counts.
    ///
    /// Example: with centres (0, 0) and (4, 0), the points (1, 1), (3, 5) and (2, 7) are assigned to 0, 1 and, as it is equally near
    /// to both, 0.
    public static func assignments(data: [[Double]], centres: [[Double]]) -> [Int] {
        // BEGIN SOLUTION
        data.map { point in
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
        // END SOLUTION
    }

    /// The second step: the mean of the points of each cluster.
    ///
    /// - Parameters:
    ///   - data: N points of D numbers each.
    ///   - assignments: N cluster numbers from 0 to K - 1.
    ///   - previous: the K centres so far, of D numbers each.
    /// - Returns: the K new centres of D numbers each. A cluster without points keeps its previous centre.
    ///
    /// Example: the points (1, 1), (3, 5) and (2, 7), assigned to 0, 1 and 0, give the centres (1.5, 4) and (3, 5). With a third
    /// previous centre (9, 9), which no point is assigned to, the third new centre is (9, 9).
    public static func centres(data: [[Double]], assignments: [Int], previous: [[Double]]) -> [[Double]] {
        // BEGIN SOLUTION
        previous.indices.map { k in
            let members = zip(data, assignments).filter { $0.1 == k }.map(\.0)
            if members.isEmpty { return previous[k] }
            return previous[k].indices.map { d in members.reduce(0) { $0 + $1[d] } / Double(members.count) }
        }
        // END SOLUTION
    }

    /// The distortion: the sum over all points of the squared Euclidean distance to the centre of their cluster.
    ///
    /// - Parameters:
    ///   - data: N points of D numbers each.
    ///   - assignments: N cluster numbers from 0 to K - 1; whichever they are, not necessarily those of the nearest centres.
    ///   - centres: K centres of D numbers each.
    /// - Returns: the distortion.
    ///
    /// Example: the points (1, 1), (3, 5) and (2, 7), assigned to 0, 1 and 0, have the distortion 81 from the centres (0, 0) and (4, 0),
    /// and 18.5 from (1.5, 4) and (3, 5).
    public static func distortion(data: [[Double]], assignments: [Int], centres: [[Double]]) -> Double {
        // BEGIN SOLUTION
        var sum = 0.0
        for (point, k) in zip(data, assignments) {
            for (x, c) in zip(point, centres[k]) { sum += (x - c) * (x - c) }
        }
        return sum
        // END SOLUTION
    }
}

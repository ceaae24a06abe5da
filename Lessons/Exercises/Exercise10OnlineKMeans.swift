/// # Exercise 10: K-means, one point at a time (5 points)
///
/// Data may come in one after another, and too many to keep. Then each point can move the centre nearest to it a little way towards
/// itself, and be forgotten:
///
///     new centre = centre + η (point - centre)
///
/// How large should η be? Bishop gets the update from the Robbins-Monro procedure, which asks for steps that become smaller. With η = 1 / N_k, where N_k is the number of points that centre k has received, **this one included**, the centre is at
/// each moment the plain mean of all the points that it has received. A constant η instead never settles, but follows clusters that
/// move.
///
/// Read first: lesson 7, section 5 (`Output/Lesson7KMeans/README.md`), equation `prml.9.5`, and Exercise 9 of this course.
///
/// For each point, in the order of the data: find the nearest centre, by the Euclidean distance to the centres **as they are at that
/// moment** (of equally near ones the lowest number); then move that centre and no other.
public enum Exercise10 {
    /// One pass over the data with η = 1 / N_k.
    ///
    /// - Parameters:
    ///   - data: N points of D numbers each, in the order in which they come.
    ///   - start: K starting centres of D numbers each. They are not points: the first point that a centre receives has η = 1, and so takes
    ///     the place of the start.
    /// - Returns: `centres`, the K centres after the pass (a centre that received no point is where it started), and `counts`, how many
    ///   points each of them received.
    ///
    /// Example: on the line, the points 1, 5, 2 and 9 with the starts 0 and 6 move the first centre to 1, the second to 5, the first to
    /// 1.5 and the second to 7. The centres are 1.5 and 7, and the counts 2 and 2.
    public static func pass(data: [[Double]], start: [[Double]]) -> (centres: [[Double]], counts: [Int]) {
        // BEGIN SOLUTION
        var centres = start
        var counts = start.map { _ in 0 }
        for point in data {
            let k = nearest(to: point, among: centres)
            counts[k] += 1
            centres[k] = zip(centres[k], point).map { $0 + ($1 - $0) / Double(counts[k]) }
        }
        return (centres, counts)
        // END SOLUTION
    }

    /// One pass over the data with the same η for every point.
    ///
    /// - Parameters:
    ///   - data: N points of D numbers each, in the order in which they come.
    ///   - start: K starting centres of D numbers each.
    ///   - rate: η, more than 0 and at most 1.
    /// - Returns: the K centres after the pass.
    ///
    /// Example: the points 1, 5, 2 and 9 with the starts 0 and 6 and η = 0.5 move the first centre to 0.5, the second to 5.5, the
    /// first to 1.25 and the second to 7.25. The result is 1.25 and 7.25.
    public static func constantRatePass(data: [[Double]], start: [[Double]], rate: Double) -> [[Double]] {
        // BEGIN SOLUTION
        var centres = start
        for point in data {
            let k = nearest(to: point, among: centres)
            centres[k] = zip(centres[k], point).map { $0 + rate * ($1 - $0) }
        }
        return centres
        // END SOLUTION
    }

    // BEGIN SOLUTION
    private static func nearest(to point: [Double], among centres: [[Double]]) -> Int {
        let distances = centres.map { zip($0, point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        return distances.indices.min { distances[$0] < distances[$1] } ?? 0
    }
    // END SOLUTION
}

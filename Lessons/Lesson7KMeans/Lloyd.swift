/// K-means written out, without mixtures: the second route to what EM with hard assignment gives, and for many starts.
struct Lloyd {
    let centres: [[Double]]
    let classes: [Int]
    let distortion: Double

    /// Assigns and recentres until no point changes its cluster, or so many times. A cluster that loses its points keeps its centre.
    init(_ rows: [[Double]], start: [[Double]], atMost rounds: Int = .max) {
        var centres = start
        var classes = Self.nearest(rows, centres)
        var round = 0
        while round < rounds {
            round += 1
            for k in centres.indices {
                var (sum, count) = (centres[k].map { _ in 0.0 }, 0.0)
                for (row, own) in zip(rows, classes) where own == k {
                    for d in sum.indices { sum[d] += row[d] }
                    count += 1
                }
                if count > 0 { centres[k] = sum.map { $0 / count } }
            }
            let next = Self.nearest(rows, centres)
            if next == classes { break }
            classes = next
        }
        self.centres = centres
        self.classes = classes
        distortion = Distortion.of(rows, classes, centres)
    }

    /// The nearest centre of each point; of equally near ones the first.
    static func nearest(_ rows: [[Double]], _ centres: [[Double]]) -> [Int] {
        rows.map { row in
            var (best, least) = (0, Double.infinity)
            for (k, centre) in centres.enumerated() {
                var distance = 0.0
                for d in row.indices { distance += (row[d] - centre[d]) * (row[d] - centre[d]) }
                if distance < least { (best, least) = (k, distance) }
            }
            return best
        }
    }
}

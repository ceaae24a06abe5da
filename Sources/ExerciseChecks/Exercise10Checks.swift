import ExerciseProtocol
import Grading
import Verification

/// Sequential K-means: prml.9.5.
let exercise10: Exercise = Exercise(
    number: 10, name: "Exercise10OnlineKMeans", title: "K-means, one point at a time", hiddenPoints: 1,
    checks: [
        TestCase(
            "plain-mean", "after a pass each centre is the plain mean of the points that it received", points: 2,
            hint: "Follow the example in the task by hand. How large is η for the first point that a centre receives?"
        ) { student in
            let streams = (1...4).map { Stream(seed: student.seed &+ $0) }
            let got = try await student.calls("pass", streams.map { [$0.points, $0.start] })
            return .compare(
                try got.flatMap { try $0["centres"].as([[Double]].self).flatMap { $0 } },
                with: streams.flatMap(\.means), what: "the centres",
                mistakes: [
                    Mistake(
                        "the start is counted as a point: the first point should take its place",
                        gives: streams.flatMap { $0.pass { _, count, _ in 1 / Double(count + 1) }.centres }),
                    Mistake(
                        "N_k does not yet include the point itself in your η (the first one apart)",
                        gives: streams.flatMap { $0.pass { _, count, _ in 1 / Double(max(1, count - 1)) }.centres }),
                    Mistake(
                        "η is 1 over the number of all points so far, not of those that the centre has received",
                        gives: streams.flatMap { $0.pass { n, _, _ in 1 / Double(n) }.centres }),
                    Mistake(
                        "η is 1 over N, the number of all points",
                        gives: streams.flatMap { $0.pass { _, _, total in 1 / Double(total) }.centres }),
                    Mistake(
                        "each point goes to the nearest of the starts; the centres move meanwhile",
                        gives: streams.flatMap(\.batchMeans)),
                    Mistake(
                        "the centre moves away from the point",
                        gives: streams.flatMap { $0.pass { _, count, _ in -1 / Double(count) }.centres }),
                    Mistake("the centres have not moved", gives: streams.flatMap { $0.start.flatMap { $0 } }),
                ])
        },
        TestCase(
            "counts", "the counts tell how many points each centre received", points: 1,
            hint: "Each point is received by one centre, so the counts add up to N."
        ) { student in
            let streams = (1...4).map { Stream(seed: student.seed &+ 10 &+ $0) }
            let got = try await student.calls("pass", streams.map { [$0.points, $0.start] })
            let counts = try got.map { try $0["counts"].as([Double].self) }
            let right = streams.map { $0.counts.map(Double.init) }
            guard zip(counts, streams).allSatisfy({ $0.reduce(0, +) == Double($1.points.count) }) else {
                let ahead = zip(counts, streams).allSatisfy {
                    $0.reduce(0, +) == Double($1.points.count + $1.start.count)
                }
                return .failed(
                    "the counts do not add up to the number of points\(ahead ? ": the start is counted as a point" : "")"
                )
            }
            return .compare(
                counts.flatMap { $0 }, with: right.flatMap { $0 }, what: "the counts",
                mistakes: [
                    Mistake(
                        "points go to other centres, because these have moved by wrong steps",
                        gives: streams.flatMap { $0.pass { n, _, _ in 1 / Double(n) }.counts }),
                    Mistake(
                        "points go to other centres, because these have moved away from their points",
                        gives: streams.flatMap { $0.pass { _, count, _ in -1 / Double(count) }.counts }),
                    Mistake(
                        "each point goes to the nearest of the starts; the centres move meanwhile",
                        gives: streams.flatMap { $0.batchCounts }),
                ])
        },
        TestCase(
            "constant-rate", "with a constant η every step is the same part of the way", points: 1,
            hint: "With η = 0.5 a centre moves half way to each point that it receives."
        ) { student in
            let rates = [0.1, 0.3, 0.75]
            let streams = (1...3).map { Stream(seed: student.seed &+ 20 &+ $0, count: $0 == 3 ? 150 : 24) }
            let got = try await student.calls(
                "constantRatePass", zip(streams, rates).map { [$0.points, $0.start, $1] })
            func gives(_ rate: (_ rate: Double, _ count: Int) -> Double) -> [Double] {
                zip(streams, rates).flatMap { stream, constant in
                    stream.pass { _, count, _ in rate(constant, count) }.centres
                }
            }
            return .compare(
                try got.flatMap { try $0.as([[Double]].self).flatMap { $0 } }, with: gives { rate, _ in rate },
                what: "the centres",
                mistakes: [
                    Mistake("the step is twice as long as it should be", gives: gives { rate, _ in 2 * rate }),
                    Mistake("the parts of old centre and point are exchanged", gives: gives { rate, _ in 1 - rate }),
                    Mistake("the centre moves away from the point", gives: gives { rate, _ in -rate }),
                    Mistake("η still becomes smaller with the counts", gives: gives { $0 / Double($1) }),
                    Mistake("this is the pass with η = 1 / N_k", gives: gives { _, count in 1 / Double(count) }),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "unused-centre", "a centre without points stays where it is, and the order of the data counts", points: 1,
            .hidden, hint: "Put one of the starts far away from all points; then turn the data round."
        ) { student in
            var stream = Stream(seed: student.seed &+ 30, count: 150)
            stream.start.insert([90.5, -70.25], at: 1)
            let streams = [stream, stream.reversed]
            let got = try await student.calls("pass", streams.map { [$0.points, $0.start] })
            let centres = try got.map { try $0["centres"].as([[Double]].self) }
            guard centres.allSatisfy({ $0.count == stream.start.count }) else {
                return .failed("a centre for each start was expected, also for one without points")
            }
            guard centres.allSatisfy({ $0[1] == stream.start[1] }) else {
                return .failed("the centre that received no point is not where it started")
            }
            return .all([
                .compare(
                    try got.flatMap { try $0["counts"].as([Double].self) },
                    with: streams.flatMap { $0.counts.map(Double.init) }, what: "the counts"),
                .compare(centres.flatMap { $0.flatMap { $0 } }, with: streams.flatMap(\.means), what: "the centres"),
            ])
        },
        // END HIDDEN TESTS
    ])

/// Points in the plane, in an order, and starts of centres.
private struct Stream {
    let points: [[Double]]
    var start: [[Double]]

    init(seed: UInt64, count: Int = 24) {
        var generator = SplitMix64(seed: seed)
        func place() -> [Double] { (0..<2).map { _ in 8 * generator.uniform() - 3 } }
        points = (0..<count).map { _ in place() }
        start = [[-1, 0.5], [4, 3]]
    }

    private init(points: [[Double]], start: [[Double]]) { (self.points, self.start) = (points, start) }

    var reversed: Stream { Stream(points: points.reversed(), start: start) }

    /// Centres and counts after a pass in which the step is a function of n, N_k and N.
    func pass(
        rate: (_ n: Int, _ count: Int, _ total: Int) -> Double
    ) -> (centres: [Double], counts: [Double]) {
        var centres = start
        var counts = start.map { _ in 0 }
        for (n, point) in points.enumerated() {
            let k = nearest(point, centres)
            counts[k] += 1
            let step = rate(n + 1, counts[k], points.count)
            centres[k] = zip(centres[k], point).map { (1 - step) * $0 + step * $1 }
        }
        return (centres.flatMap { $0 }, counts.map(Double.init))
    }

    /// Which points each centre receives, if it is at each moment the plain mean of what it has.
    private var received: [[[Double]]] {
        points.reduce(into: start.map { _ in [] }) { received, point in
            let now = zip(received, start).map { mean($0) ?? $1 }
            received[nearest(point, now)].append(point)
        }
    }

    var means: [Double] { zip(received, start).flatMap { mean($0) ?? $1 } }

    var counts: [Int] { received.map(\.count) }

    /// The same with every point given to the nearest of the starts.
    private var batch: [[[Double]]] { start.indices.map { k in points.filter { nearest($0, start) == k } } }

    var batchMeans: [Double] { zip(batch, start).flatMap { mean($0) ?? $1 } }

    var batchCounts: [Double] { batch.map { Double($0.count) } }
}

private func nearest(_ point: [Double], _ centres: [[Double]]) -> Int {
    let squares = centres.map { zip($0, point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    return squares.indices.min { squares[$0] < squares[$1] } ?? 0
}

private func mean(_ points: [[Double]]) -> [Double]? {
    guard let first = points.first else { return nil }
    return first.indices.map { d in points.reduce(0) { $0 + $1[d] } / Double(points.count) }
}

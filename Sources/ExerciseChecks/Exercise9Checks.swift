import ExerciseProtocol
import Grading
import Verification

/// The two steps of K-means, and what they make small: orie4742.kmeans, orie4742.distortion.
let exercise9: Exercise = Exercise(
    number: 9, name: "Exercise9KMeans", title: "the two steps of K-means", hiddenPoints: 2,
    checks: [
        TestCase(
            "nearest", "each point is assigned to its nearest centre", points: 1,
            hint: "Compute the squared distances of one point to all centres by hand, with all coordinates."
        ) { student in
            let clouds = (1...4).map { Cloud(seed: student.seed &+ $0) }
            let got = try await student.calls("assignments", clouds.map { [$0.points, $0.centres] })
            func gives(_ length: ([Double]) -> Double) -> [Double] { clouds.flatMap { $0.nearest(length) } }
            let right = gives(squaredLength)
            return .compare(
                try got.flatMap { try $0.as([Double].self) }, with: right, what: "the assignments",
                mistakes: [
                    Mistake("the clusters are numbered from 1; they should be from 0", gives: right.map { $0 + 1 }),
                    Mistake(
                        "the distance looks at the first coordinate only", gives: gives { ($0.first ?? 0).magnitude }),
                    Mistake(
                        "the distance is a sum of absolute values, and not Euclidean",
                        gives: gives { $0.reduce(0) { $0 + $1.magnitude } }),
                    Mistake(
                        "the differences are added up with their signs, so that they cancel",
                        gives: gives { $0.reduce(0, +).magnitude }),
                    Mistake("this is the farthest centre", gives: gives { -squaredLength($0) }),
                ])
        },
        TestCase(
            "means", "each centre moves to the mean of its points", points: 1,
            hint: "A cluster of two points has its centre half way between them."
        ) { student in
            let clouds = (1...3).map { Cloud(seed: student.seed &+ 10 &+ $0) }
            let got = try await student.calls("centres", clouds.map { [$0.points, $0.labels, $0.centres] })
            func gives(_ rule: (_ sum: Double, _ count: Double, _ cloud: Cloud, _ old: Double) -> Double) -> [Double] {
                clouds.flatMap { cloud in
                    cloud.centres.indices.flatMap { k in
                        let members = cloud.members(k)
                        return cloud.centres[k].indices.map { d in
                            rule(members.reduce(0) { $0 + $1[d] }, Double(members.count), cloud, cloud.centres[k][d])
                        }
                    }
                }
            }
            return .compare(
                try got.flatMap { try $0.as([[Double]].self).flatMap { $0 } },
                with: gives { sum, count, _, _ in sum / count }, what: "the new centres",
                mistakes: [
                    Mistake(
                        "you divided by N, not by the number of points in the cluster",
                        gives: gives { sum, _, cloud, _ in sum / Double(cloud.points.count) }),
                    Mistake("these are the sums of the points, not yet divided", gives: gives { sum, _, _, _ in sum }),
                    Mistake("you divided by K", gives: gives { sum, _, cloud, _ in sum / Double(cloud.centres.count) }),
                    Mistake(
                        "you divided by one less than the number of points",
                        gives: gives { sum, count, _, _ in sum / (count - 1) }),
                    Mistake(
                        "the old centre is counted as one of the points",
                        gives: gives { sum, count, _, old in (sum + old) / (count + 1) }),
                    Mistake("these are the previous centres", gives: gives { _, _, _, old in old }),
                ])
        },
        TestCase(
            "empty-cluster", "a cluster without points keeps its previous centre", points: 1,
            hint: "What does your program divide by when no point is assigned to a cluster?"
        ) { student in
            let cloud = Cloud(seed: student.seed &+ 20)
            let previous = cloud.centres + [[40.5, -30.25, 20.125]]
            let centres = try await student.call("centres", cloud.points, cloud.labels, previous).as([[Double]].self)
            guard centres.count == previous.count else {
                return .failed("\(previous.count) centres were expected, and \(centres.count) came")
            }
            let last = centres[previous.count - 1]
            if last.contains(where: { !$0.isFinite }) {
                return .failed("the centre of the empty cluster is NaN or infinite: 0 was divided by 0")
            }
            return .compare(
                last, with: previous[previous.count - 1], what: "the centre of the empty cluster",
                mistakes: [Mistake("it has moved to the origin", gives: last.map { _ in 0 })])
        },
        TestCase(
            "distortion", "the distortion is the sum of squared distances", points: 1,
            hint: "One point at (3, 4) with its centre at (0, 0) has the distortion 25."
        ) { student in
            let clouds = (1...3).map { Cloud(seed: student.seed &+ 30 &+ $0) }
            let got = try await student.calls("distortion", clouds.map { [$0.points, $0.labels, $0.centres] })
            func gives(_ length: ([Double]) -> Double) -> [Double] { clouds.map { $0.total(length) } }
            let right = gives(squaredLength)
            return .compare(
                try got.map { try $0.as(Double.self) }, with: right, what: "the distortion",
                mistakes: [
                    Mistake(
                        "the distances are not squared: no square root is taken here",
                        gives: gives { squaredLength($0).squareRoot() }),
                    Mistake("a square root is taken of the sum", gives: right.map { $0.squareRoot() }),
                    Mistake("these are sums of absolute values", gives: gives { $0.reduce(0) { $0 + $1.magnitude } }),
                    Mistake("only the first coordinate is counted", gives: gives { ($0.first ?? 0) * ($0.first ?? 0) }),
                    Mistake(
                        "you divided by N: the distortion is a sum",
                        gives: zip(right, clouds).map { $0 / Double($1.points.count) }),
                    Mistake("a factor 1/2 has come in", gives: right.map { $0 / 2 }),
                    Mistake(
                        "you took the distance to the nearest centre; the assignments are given",
                        gives: clouds.map { $0.nearestTotal }),
                    Mistake("you added the distances to all centres", gives: clouds.map { $0.totalToAll }),
                ])
        },
        // BEGIN HIDDEN TESTS
        TestCase(
            "ties", "a point that is equally near to several centres goes to the lowest number", points: 1, .hidden,
            hint: "Put a point half way between two centres."
        ) { student in
            // Whole numbers, so that distances are equal to the last bit however they are computed.
            var generator = SplitMix64(seed: student.seed &+ 40)
            func whole() -> Double { Double(Int(generator.uniform() * 19)) - 9 }
            let point = [whole(), whole()]
            let (a, b) = (1 + whole().magnitude, 1 + whole().magnitude)
            let around = [[a, b], [-a, b], [-a, -b], [a, -b]].map { [point[0] + $0[0], point[1] + $0[1]] }
            let far = [point[0] + 60, point[1]]
            let cases = [around, [far] + around, [around[2], far, around[0]], [far, around[1], around[1]]]
            let got = try await student.calls("assignments", cases.map { [[point], $0] })
            return .compare(
                try got.flatMap { try $0.as([Double].self) }, with: [0, 1, 0, 1], what: "the assignments",
                mistakes: [Mistake("of equally near centres the highest number is taken", gives: [3, 4, 2, 2])])
        },
        TestCase(
            "descent", "neither step makes the distortion larger, for any number of coordinates", points: 1, .hidden,
            hint: "Run your two steps in turn on ten points, and print the distortion after each."
        ) { student in
            for dimension in [1, 4] {
                let cloud = Cloud(seed: student.seed &+ 50, dimension: dimension, count: 120)
                var centres = cloud.centres
                var labels = cloud.labels
                var distortion = cloud.total(squaredLength)
                for _ in 0..<4 {
                    labels = try await student.call("assignments", cloud.points, centres).as([Int].self)
                    guard labels.count == cloud.points.count, labels.allSatisfy(centres.indices.contains) else {
                        return .failed("the assignments are not one number from 0 to K - 1 for each point")
                    }
                    let assigned = cloud.total(labels: labels, centres: centres, squaredLength)
                    let moved = try await student.call("centres", cloud.points, labels, centres).as([[Double]].self)
                    guard moved.count == centres.count, moved.allSatisfy({ $0.count == dimension }) else {
                        return .failed("the new centres have not the shape of the previous ones")
                    }
                    let recentred = cloud.total(labels: labels, centres: moved, squaredLength)
                    // Written so that NaN fails.
                    guard assigned <= distortion * (1 + Closeness.sameFormula) else {
                        return .failed("the assignment step made the distortion larger")
                    }
                    guard recentred <= assigned * (1 + Closeness.sameFormula) else {
                        return .failed("the mean step made the distortion larger")
                    }
                    (centres, distortion) = (moved, recentred)
                }
                let end = try await student.call("distortion", cloud.points, labels, centres).as(Double.self)
                let verdict = Verdict.compare([end], with: [distortion], what: "the distortion after four rounds")
                if verdict != .passed { return verdict }
                guard Closeness.agree([distortion], [cloud.distortion(afterRounds: 4)]) else {
                    return .failed("after four rounds the distortion is not where K-means brings it")
                }
            }
            return .passed
        },
        // END HIDDEN TESTS
    ])

private func squaredLength(_ difference: [Double]) -> Double { difference.reduce(0) { $0 + $1 * $1 } }

/// Points, three centres, and an assignment that leaves no cluster empty and is not that of the nearest centres.
private struct Cloud {
    let points: [[Double]]
    let centres: [[Double]]
    let labels: [Int]

    init(seed: UInt64, dimension: Int = 3, count: Int = 12) {
        var generator = SplitMix64(seed: seed)
        func place() -> [Double] { (0..<dimension).map { _ in 10 * generator.uniform() - 4 } }
        points = (0..<count).map { _ in place() }
        centres = (0..<3).map { _ in place() }
        labels = (0..<count).map { $0 < 6 ? $0 % 3 : $0 % 2 }
    }

    func nearest(_ length: ([Double]) -> Double) -> [Double] {
        points.map { point in
            let lengths = centres.map { length(difference(point, $0)) }
            return Double(lengths.firstIndex(of: lengths.min() ?? 0) ?? 0)
        }
    }

    func members(_ k: Int) -> [[Double]] { zip(points, labels).filter { $0.1 == k }.map(\.0) }

    func total(_ length: ([Double]) -> Double) -> Double { total(labels: labels, centres: centres, length) }

    func total(labels: [Int], centres: [[Double]], _ length: ([Double]) -> Double) -> Double {
        zip(points, labels).reduce(0) { $0 + length(difference($1.0, centres[$1.1])) }
    }

    var nearestTotal: Double {
        points.reduce(0) { sum, point in sum + (centres.map { squaredLength(difference(point, $0)) }.min() ?? 0) }
    }

    var totalToAll: Double {
        points.reduce(0) { sum, point in sum + centres.reduce(0) { $0 + squaredLength(difference(point, $1)) } }
    }
    // BEGIN HIDDEN TESTS

    /// The distortion after some rounds of K-means, a cluster without points keeping its centre.
    func distortion(afterRounds rounds: Int) -> Double {
        var centres = centres
        var labels = labels
        for _ in 0..<rounds {
            labels = points.map { point in
                let squares = centres.map { squaredLength(difference(point, $0)) }
                return squares.indices.min { squares[$0] < squares[$1] } ?? 0
            }
            for k in centres.indices {
                let members = zip(points, labels).filter { $0.1 == k }.map(\.0)
                guard !members.isEmpty else { continue }
                centres[k] = centres[k].indices.map { d in members.reduce(0) { $0 + $1[d] } / Double(members.count) }
            }
        }
        return total(labels: labels, centres: centres, squaredLength)
    }
    // END HIDDEN TESTS
}

private func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }

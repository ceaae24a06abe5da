import Figures
import Foundation
import Notebook
import Verification

extension Worksheet {
    /// One round of K-means.
    static let kMeansRound = Worksheet(
        name: "kmeans-round", lesson: 7, title: "One round of K-means", model: .gaussians
    ) { draw in
        let places = (0...10).flatMap { x in (0...10).map { y in [x, y] } }
        let drawn = draw.different(8, of: places)
        return KMeansRound(points: Array(drawn[..<6]), centres: Array(drawn[6...]), asked: draw.integer(0...5))
            .draft
    }
}

/// Six points of the plane and two centres; all coordinates are whole numbers.
private struct KMeansRound {
    let points: [[Int]]
    let centres: [[Int]]
    let asked: Int

    private static func squaredDistance(_ a: [Int], _ b: [Int]) -> Int {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    /// For each point, whether it goes to centre 1.
    private var isFirst: [Bool] {
        points.map { Self.squaredDistance($0, centres[0]) < Self.squaredDistance($0, centres[1]) }
    }

    private func members(_ isFirst: [Bool], first: Bool) -> [[Double]] {
        zip(points, isFirst).filter { $0.1 == first }.map { $0.0.map(Double.init) }
    }

    private static func mean(_ points: [[Double]]) -> [Double] {
        (0...1).map { d in points.reduce(0) { $0 + $1[d] } / Double(points.count) }
    }

    private static func distortion(_ points: [[Double]], _ centre: [Double]) -> Double {
        points.reduce(0) { $0 + pow($1[0] - centre[0], 2) + pow($1[1] - centre[1], 2) }
    }

    var draft: Worksheet.Draft? {
        let gaps = points.map { Self.squaredDistance($0, centres[0]) - Self.squaredDistance($0, centres[1]) }
        let count = isFirst.count(where: \.self)
        // No tie, no close race, no centre alone, and centres that are well apart.
        guard gaps.allSatisfy({ abs($0) >= 6 }), (2...4).contains(count),
            Self.squaredDistance(centres[0], centres[1]) >= 16
        else { return nil }
        let clusters = [true, false].map { members(isFirst, first: $0) }
        let new = clusters.map(Self.mean)
        guard let labels else { return nil }
        return Worksheet.Draft(
            story: story, questions: [distance, labels, centre(clusters, new), distortion(clusters, new), plane(new)])
    }

    private func name(_ place: Int) -> String { ["P", "Q", "R", "S", "T", "U"][place] }

    private var story: [Passage] {
        func text(_ point: [Int]) -> Prose { #"(\#(point[0]), \#(point[1]))"# }
        return [
            .prose(
                """
                Six points of the plane, and two centres, to which K-means has come. One round is due: assign each point to the nearer
                centre, then move each centre to the mean of its points.
                """),
            .table(
                (0..<6).map { #"\#(name($0))"# as Prose } + ["centre 1", "centre 2"], [(points + centres).map(text)]),
        ]
    }

    private var distance: Question {
        let (point, centre) = (points[asked], centres[0])
        let answer = Self.squaredDistance(point, centre)
        let (dx, dy) = (point[0] - centre[0], point[1] - centre[1])
        // |x - c|² = |x|² - 2 x·c + |c|².
        let dot = { (a: [Int], b: [Int]) in a[0] * b[0] + a[1] * b[1] }
        let again = dot(point, point) - 2 * dot(point, centre) + dot(centre, centre)
        return .number(
            "a", "a squared distance", #"What is the *squared* distance of point \#(name(asked)) from centre 1?"#,
            Double(answer),
            .whole, working: #"(\#(Double(dx), .fixed(0)))^{2} + (\#(Double(dy), .fixed(0)))^{2} = \#(answer)"#,
            slips: [
                Slip(Double(answer).squareRoot(), "That is the distance; asked is its square."),
                Slip(Double(abs(dx) + abs(dy)), "The differences were added. Add their squares."),
                Slip(Double(Self.squaredDistance(point, centres[1])), "That is the squared distance from centre 2."),
                Slip(Double((dx + dy) * (dx + dy)), "The differences were added before squaring. Square first."),
            ]
        ) { .exact(.number(Double(again)), "the expanded square") }
    }

    /// Which points go to centre 1; nil if the wrong answers are not all different.
    private var labels: Question? {
        func set(_ isIn: [Bool]) -> String { isIn.indices.filter { isIn[$0] }.map(name).joined(separator: ", ") }
        func nearer(_ distance: ([Int], [Int]) -> Int) -> [Bool] {
            points.map { distance($0, centres[0]) < distance($0, centres[1]) }
        }
        let wrong: [(isIn: [Bool], feedback: Prose)] = [
            (isFirst.map { !$0 }, "Those are the points of centre 2."),
            (nearer { abs($0[0] - $1[0]) }, "Only the first coordinates were compared."),
            (nearer { abs($0[1] - $1[1]) }, "Only the second coordinates were compared."),
            (
                nearer { max(abs($0[0] - $1[0]), abs($0[1] - $1[1])) },
                "The larger of the two differences was compared, and not the distance."
            ),
            (
                nearer { abs($0[0] - $1[0]) + abs($0[1] - $1[1]) },
                "The sum of the two differences was compared, and not the distance."
            ),
        ]
        var options = [(isIn: isFirst, feedback: "" as Prose)]
        for one in wrong where one.isIn.contains(true) && !options.contains(where: { $0.isIn == one.isIn }) {
            if options.count < 4 { options.append(one) }
        }
        guard options.count >= 3 else { return nil }
        let sorted = options.sorted { set($0.isIn) < set($1.isIn) }
        // The nearer centre by which side of the perpendicular bisector a point lies on.
        let sides = points.map { point -> Bool in
            var side = 0
            for d in 0...1 {
                let (one, two) = (centres[0][d], centres[1][d])
                side += (one - two) * (2 * point[d] - one - two)
            }
            return side > 0
        }
        return .choice(
            "b", "the assignment", "Which points go to centre 1?",
            sorted.map { Choice.Option(#"\#(set($0.isIn))"#, $0.feedback) },
            right: sorted.firstIndex { $0.isIn == isFirst } ?? 0, again: sorted.firstIndex { $0.isIn == sides } ?? -1,
            reason: #"""
                The squared distances from centre 1, from P to U, are
                \#(points.map { Double(Self.squaredDistance($0, centres[0])) }, .fixed(0)); from centre 2 they are
                \#(points.map { Double(Self.squaredDistance($0, centres[1])) }, .fixed(0)).
                """#)
    }

    private func centre(_ clusters: [[[Double]]], _ new: [[Double]]) -> Question {
        let own = clusters[0]
        let sum = own.reduce(0) { $0 + $1[0] }
        let answer = new[0][0]
        return .number(
            "c", "the new centre", "What is the first coordinate of the new centre 1?", answer, .decimals(2),
            working: #"\frac{\#(sum, .fixed(0))}{\#(own.count)} = \#(answer, .fixed(2))"#,
            slips: [
                Slip(
                    sum / 6,
                    "The sum was divided by the number of all points. Divide by the number of points of this centre."),
                Slip(new[1][0], "That is the new centre 2."),
                Slip(new[0][1], "That is the second coordinate."),
                Slip(
                    (sum + Double(centres[0][0])) / Double(own.count + 1),
                    "The old centre was counted as a point. It is the mean of its points alone."),
                Slip(points.reduce(0) { $0 + Double($1[0]) } / 6, "That is the mean of all six points."),
            ]
        ) {
            let found = try GoldenSection.maximum(of: { x in -own.reduce(0) { $0 + pow($1[0] - x, 2) } }, in: -1...11)
            return .search(
                .number(found.argument), "a search for the coordinate with the least distortion",
                tolerance: .goldenSection)
        }
    }

    private func distortion(_ clusters: [[[Double]]], _ new: [[Double]]) -> Question {
        let answer = zip(clusters, new).reduce(0) { $0 + Self.distortion($1.0, $1.1) }
        let old = zip(clusters, centres).reduce(0) { $0 + Self.distortion($1.0, $1.1.map(Double.init)) }
        let roots = zip(clusters, new).reduce(0) { sum, pair in
            sum + pair.0.reduce(0) { $0 + Self.distortion([$1], pair.1).squareRoot() }
        }
        let parts = zip(clusters, new).map { Self.distortion($0, $1) }
        return .number(
            "d", "the distortion",
            "What is the distortion after the round: the sum of all points' squared distances from their new centres?",
            answer,
            .decimals(2), working: #"\#(parts[0], .fixed(2)) + \#(parts[1], .fixed(2)) = \#(answer, .fixed(2))"#,
            byHand: zip(clusters, new).reduce(0) { $0 + Self.distortion($1.0, $1.1.map { rounded($0, 2) }) },
            slips: [
                Slip(old, "That is the distortion before the centres were moved."),
                Slip(answer / 6, "That is the mean squared distance; asked is the sum."),
                Slip(roots, "Distances were added. Add their squares."),
                Slip(parts[0], "That is centre 1 alone."),
                Slip(parts[1], "That is centre 2 alone."),
            ]
        ) {
            // Each cluster's squared distances between pairs, divided by its size: no centre is needed.
            let sum = clusters.reduce(0) { total, cluster in
                var pairs = 0.0
                for (place, point) in cluster.enumerated() { pairs += Self.distortion(Array(cluster[..<place]), point) }
                return total + pairs / Double(cluster.count)
            }
            return .exact(.number(sum), "distances between pairs of points")
        }
    }

    private func plane(_ new: [[Double]]) -> Question {
        func figure(_ id: String, _ layers: [Layer], _ alt: String) -> Figure {
            let ticks = stride(from: 0.0, through: 10, by: 2).map { $0 }
            return Figure(
                id: id, title: "Six points and two centres", alt: alt,
                panels: [
                    Panel(
                        x: Axis("first coordinate", range: -0.7...10.7, ticks: .at(ticks)),
                        y: Axis("second coordinate", range: -0.7...10.7, ticks: .at(ticks)), layers: layers,
                        legend: .none,
                        aspect: .equal)
                ], size: Size(width: 320, height: 320))
        }
        let all = points.map { Point(Double($0[0]), Double($0[1])) }
        let names = zip(all, 0...).map { Layer.annotation(Label(name($1)), at: $0, anchor: .bottomLeft, color: .ink) }
        let colours: [Color] = isFirst.map { $0 ? .blue : .vermillion }
        let (one, two) = (centres[0].map(Double.init), centres[1].map(Double.init))
        let middle = [(one[0] + two[0]) / 2, (one[1] + two[1]) / 2]
        let across = [two[1] - one[1], one[0] - two[0]]
        let border = [-4.0, 4.0].map { Point(middle[0] + $0 * across[0], middle[1] + $0 * across[1]) }
        let answer: [Layer] = [
            .line(border, style: .reference), .scatter(all, colors: colours),
            .scatter([Point(one[0], one[1])], style: MarkerStyle(.blue, .cross, size: 9)),
            .scatter([Point(two[0], two[1])], style: MarkerStyle(.vermillion, .cross, size: 9)),
            .scatter([Point(new[0][0], new[0][1])], style: MarkerStyle(.blue, .diamond, size: 11)),
            .scatter([Point(new[1][0], new[1][1])], style: MarkerStyle(.vermillion, .diamond, size: 11)),
        ]
        return .drawing(
            "e", "the round in the plane",
            "Draw the two centres, the line on which the assignment changes, and the two new centres.",
            paper: figure("paper", [.scatter(all, style: MarkerStyle(.ink))] + names, "Six points in the plane."),
            answer: figure(
                "answer", answer + names,
                (#"The new centres are \#(new[0], .fixed(2)) and \#(new[1], .fixed(2))."# as Prose).source),
            lookFor: #"""
                The line is the perpendicular bisector of the old centres (crosses), through \#(middle, .fixed(1)); the new centres (diamonds) are
                \#(new[0], .fixed(2)) and \#(new[1], .fixed(2)).
                """#)
    }
}

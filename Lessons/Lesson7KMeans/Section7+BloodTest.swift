import Datasets
import Figures
import Files
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 7, on real data: the blood test of Reaven and Miller, by K-means and by EM, beside the diagnosis.
struct BloodTest {
    private let rows: [[Double]]
    private let labels: LabelColumn
    private let hard: KMeans
    /// The clusters of the best of EM's ends, one from each end of K-means.
    private let soft: [Int]
    /// How many of the starts lead EM there, and how far below the rest end at worst, and how well that agrees.
    private let softHits: Int
    private let worst: (below: Double, index: Double)
    /// The same for EM from thirds of the people by glucose area, as in lesson 3.
    private let thirds: (below: Double, index: Double)
    /// The next best end of K-means, and how many starts lead to the best and to this one.
    private let second: Lloyd
    private let hits: Int
    private let secondHits: Int
    private static let starts = 500

    /// The fits do not depend on the seed, so that one program makes them once.
    static let once = Result { try BloodTest() }

    private init() throws {
        let path = PackageFiles.path("Lessons/Data/diabetes.csv")
        let columns = ["glucose", "insulin", "sspg"]
        let measured = try NumericTable.read(path: path, columns: columns.map { .init($0) }).vectors
        labels = try LabelColumn.read(path: path, column: "class")
        let rows = try Study(measured, columns: columns, path: nil, clusterCount: 3, startCount: 1).standardised
        self.rows = rows
        // The same starts for every seed: where they end is compared with what another program found.
        var generator = SeededGenerator(seed: 2)
        let starts = (0..<Self.starts).map { _ in Starts.plusPlus(rows, 3, using: &generator) }
        let ends = starts.map { Lloyd(rows, start: $0) }
        let least = ends.map(\.distortion).min() ?? 0
        hard = try KMeans(rows, start: zip(starts, ends).first { $0.1.distortion == least }?.0 ?? starts[0])
        let others = ends.filter { $0.distortion > least * (1 + 1e-9) }
        let runnerUp = others.min { $0.distortion < $1.distortion } ?? ends[0]
        second = runnerUp
        hits = ends.count - others.count
        secondHits = others.count { $0.distortion < runnerUp.distortion * (1 + 1e-9) }
        // EM goes on from every end of K-means: once from those that are one partition, whatever its clusters' order.
        var partitions: [(classes: [Int], starts: Int)] = []
        for end in ends {
            let names = end.classes.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
            let classes = end.classes.map { names.firstIndex(of: $0) ?? 0 }
            if let same = partitions.firstIndex(where: { $0.classes == classes }) {
                partitions[same].starts += 1
            } else {
                partitions.append((classes, 1))
            }
        }
        func em(_ start: Mixture<MultivariateNormal>) throws -> EM<MultivariateNormal> {
            try EM(data: rows, start: start, stop: .any(.relativeChange(1e-10), .maximumSteps(2000)))
        }
        let runs = try EM.best(of: partitions.map { try Shapes.mixture(rows, $0.classes) }, run: em)
        let best = runs.best.last.logLikelihood
        let labels = labels
        func found(_ mixture: Mixture<MultivariateNormal>) throws -> [Int] {
            try rows.map { row in
                let q = try mixture.responsibilities(at: row)
                return q.indices.max { q[$0] < q[$1] } ?? 0
            }
        }
        func told(_ row: TraceRow<MultivariateNormal>) throws -> (below: Double, index: Double) {
            (best - row.logLikelihood, Agreement.adjustedRandIndex(labels.indices, try found(row.mixture)))
        }
        soft = try found(runs.best.mixture)
        let rest = try runs.outcomes.map { try told($0.get()) }
        softHits = zip(partitions, rest).reduce(0) { $0 + ($1.1.below < 1e-4 ? $1.0.starts : 0) }
        worst = rest.max { $0.below < $1.below } ?? (0, 0)
        let order = rows.indices.sorted { (rows[$0][1], $0) < (rows[$1][1], $1) }
        var classes = rows.map { _ in 0 }
        for (place, n) in order.enumerated() { classes[n] = 3 * place / rows.count }
        thirds = try told(em(Shapes.mixture(rows, classes)).fit().last.row)
    }

    func explain(in report: inout Report) throws {
        let indices = [hard.clusters, soft].map { Agreement.adjustedRandIndex(labels.indices, $0) }
        let counted = [hard.clusters, soft].map { Agreement.byCountingPairs(labels.indices, $0) }
        report.prose(
            #"""
            **On real data.** The blood test of [lesson:3] has \#(rows.count) people, three measurements (here standardised), and three diagnoses, which neither method is shown. K-means, the best of \#(Self.starts) starts, ends with
            the distortion \#(hard.distortion, .significant(6)) and agrees with the doctors to an index of \#(indices[0], .fixed(3)). Three Gaussians with full covariances, the best of as many
            starts (EM goes on where each run of K-means ended), reach \#(indices[1], .fixed(3)). The reason is in the picture: the clusters of the sick are long arms, and the healthy are a compact crowd.
            """#)
        let other = Agreement.adjustedRandIndex(labels.indices, second.classes)
        report.prose(
            #"""
            Start often, and look at the runner-up. Of the \#(Self.starts) starts \#(hits) ended in the best partition, and \#(secondHits) in one whose distortion is larger by \#(second.distortion - hard.distortion, .significant(2)) (of \#(hard.distortion, .significant(5))); its index is
            \#(other, .fixed(3)). Two partitions that the distortion can hardly tell apart agree with each other to an index of \#(Agreement.adjustedRandIndex(hard.clusters, second.classes), .fixed(3)).
            EM reached its highest log-likelihood from \#(softHits) of the \#(Self.starts); from the worst it ended \#(worst.below, .fixed(2)) lower, with the index \#(worst.index, .fixed(3)). And from thirds of the people by
            glucose area ([lesson:3]) it ends only \#(thirds.below, .fixed(2)) lower, with the index \#(thirds.index, .fixed(3)): what fits best need not agree best.
            """#)
        report.check(
            "blood-test", value: .vector(indices),
            again: .exact(
                .vector(counted),
                "counting, for all pairs of people, whether they are together in both partitions, in one, or in none"))
        report.published([
            published("scikit-learn 1.9.1: distortion of K-means", 101.5698, hard.distortion),
            published("scikit-learn 1.9.1: adjusted Rand index of K-means", 0.3802, indices[0]),
            published("scikit-learn 1.9.1: adjusted Rand index of three full covariances", 0.6640, indices[1]),
        ])
        // How many of the sick are in the cluster that has the colour of the healthy.
        let swallowed = [hard.clusters, soft].map { found -> Int in
            let names = order(found)
            return zip(found, labels.indices).count { names[$0] == 0 && $1 != 0 }
        }
        report.figure(
            try figure(report, indices),
            caption: #"""
                The people by diagnosis (chemical diabetes is the lighter form, overt diabetes the severe one), by cluster of K-means, and by cluster of EM. K-means adds the near ends of both arms to the healthy,
                \#(swallowed[0]) of the sick in all, since for it a border lies midway between two centres; EM adds \#(swallowed[1]).
                """#)
    }

    private func published(_ quantity: Prose, _ number: Double, _ ours: Double) -> PublishedFigure {
        PublishedFigure(
            id: "scikit-learn", quantity: quantity, published: number, decimals: 4, ours: ours, isByAnotherProgram: true
        )
    }

    // MARK: Figure

    /// Which cluster gets which class's colour, so that as many people as possible agree.
    private func order(_ found: [Int]) -> [Int] {
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        return orders.max { a, b in
            zip(found, labels.indices).count { a[$0] == $1 } < zip(found, labels.indices).count { b[$0] == $1 }
        } ?? orders[0]
    }

    private static let words = [
        "Normal": "healthy", "Chemical": "chemical diabetes", "Overt": "overt diabetes",
    ]

    private func figure(_ report: Report, _ indices: [Double]) throws -> Figure {
        func panel(_ title: String, _ classes: [Int]) -> Panel {
            let clouds = (0..<3).map { k in
                Layer.scatter(
                    rows.indices.filter { classes[$0] == k }.map { Point(rows[$0][1], rows[$0][2]) },
                    style: MarkerStyle(Palette.series(k).opacity(0.75), Marker.allCases[k], size: 6),
                    label: Label(Self.words[labels.classes[k]] ?? labels.classes[k]))
            }
            return Panel(
                title: Label(title), x: Axis("glucose area, standardised", ticks: .wanted(4)),
                y: Axis("insulin area, standardised", ticks: .wanted(4)),
                layers: clouds)
        }
        let names = [order(hard.clusters), order(soft)]
        return Figure(
            id: "blood-test", title: "Long arms and a compact crowd: what K-means makes of a blood test",
            subtitle: "Middle and right: each cluster has the colour of the diagnosis that fits it best",
            alt: report.words(
                #"""
                Three panels of \#(rows.count) people: by diagnosis, by K-means with index \#(indices[0], .fixed(3)), by three Gaussians with index \#(indices[1], .fixed(3)).
                """#),
            panels: [
                panel("diagnosis", labels.indices),
                panel("K-means: \(NumberFormat.fixed(3).string(indices[0]))", hard.clusters.map { names[0][$0] }),
                panel("EM: \(NumberFormat.fixed(3).string(indices[1]))", soft.map { names[1][$0] }),
            ], columns: 3, sharedX: true, sharedY: true, size: Size(width: 960, height: 380))
    }
}

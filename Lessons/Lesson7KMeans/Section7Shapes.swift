import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 7: clusters that are round, stretched, or of unequal spread, by K-means and by EM.
struct Shapes {
    /// Points of two clusters, with the truth, and what K-means and EM make of them.
    struct Example {
        let name: String
        let rows: [[Double]]
        let truth: [Int]
        let hard: [Int]
        let soft: [Int]
        let fit: Mixture<MultivariateNormal>
        var indices: [Double] { [hard, soft].map { Agreement.adjustedRandIndex(truth, $0) } }
        var counted: [Double] { [hard, soft].map { Agreement.byCountingPairs(truth, $0) } }
    }

    let examples: [Example]
    private static let kinds: [(name: String, weights: [Double], means: [[Double]], covariances: [Matrix])] = [
        ("round", [0.5, 0.5], [[-2.4, 0], [2.4, 0]], [[[1, 0], [0, 1]], [[1, 0], [0, 1]]]),
        ("stretched", [0.5, 0.5], [[-0.8, 1.3], [0.8, -1.3]], [[[5, 2.9], [2.9, 2]], [[5, 2.9], [2.9, 2]]]),
        ("unequal", [0.7, 0.3], [[-1, 0], [3.2, 0]], [[[4, 0], [0, 4]], [[0.1, 0], [0, 0.1]]]),
    ]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(5)
        examples = try Self.kinds.map { kind in
            let truth = try Mixture(
                weights: kind.weights,
                components: zip(kind.means, kind.covariances).map { try MultivariateNormal(mean: $0, covariance: $1) })
            let sample = truth.sample(count: 150, using: &generator)
            let rows = sample.map(\.observation)
            let hard = try KMeans.best(
                rows, starts: (0..<6).map { _ in Starts.plusPlus(rows, 2, using: &generator) }
            ).best
            var starts = [try Self.mixture(rows, hard.clusters)]
            for _ in 0..<6 { starts.append(try .randomStart(for: rows, components: 2, using: &generator)) }
            let fit = try EM.best(of: starts) {
                try EM(data: rows, start: $0, stop: .any(.relativeChange(1e-8), .maximumSteps(300)))
            }.best
            let q = fit.last.responsibilities
            return Example(
                name: kind.name, rows: rows, truth: sample.map(\.latent), hard: hard.clusters,
                soft: rows.indices.map { q[$0, 1] > q[$0, 0] ? 1 : 0 }, fit: fit.mixture)
        }
    }

    /// A Gaussian for each cluster, and its share: what the M-step makes of hard assignments.
    static func mixture(_ rows: [[Double]], _ classes: [Int]) throws -> Mixture<MultivariateNormal> {
        let count = (classes.max() ?? 0) + 1
        var statistics = (0..<count).map { _ in MultivariateNormal.Statistics(like: rows[0]) }
        for (row, k) in zip(rows, classes) { statistics[k].add(row, weight: 1) }
        return try Mixture(
            weights: statistics.map { $0.totalWeight / Double(rows.count) },
            components: statistics.map { try .estimate(from: $0) })
    }

    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        Stretched clusters: the adjusted Rand index of K-means is \(examples[1].indices[0], .fixed(3)), that of a Gaussian mixture \(examples[1].indices[1], .fixed(3)).
        """
    }

    func explain(in report: inout Report) throws {
        report.section("What K-means cannot see")
        report.prose(
            #"""
            Section 6 tells what K-means takes for granted: clusters that are round, equally wide and, with hard edges at a fixed width, equally heavy. The STAT 215A slides say that it “performs well when clusters are
            homogeneous”, “but it fails miserably when faced with anisotropy”; EM, which generalises it, “still performs great where K-means does”, “but it can also handle differences in spread and
            symmetry”. To measure this we need a number for how well a partition agrees with the truth,
            whatever the names of its clusters. Look at pairs of points: how many pairs are together in both partitions? Take away what is to be expected by chance, and
            divide by the same for the mean of the pairs together in each, which the pairs together in both never exceed. That is the *adjusted Rand index*: 1 for the true partition, about 0 for one made by chance.
            """#)
        report.formula(
            #"""
            \text{index} = \frac{\text{pairs together in both} - \text{expected}}{\text{mean of the pairs together in each} - \text{expected}}, \qquad
            \text{expected} = \frac{\text{pairs in one} \times \text{pairs in the other}}{\text{all pairs}}
            """#)
        report.define(
            nil, "adjusted Rand index",
            "how far two partitions agree in which pairs are together: 1 if they are equal, about 0 by chance")
        report.predict(
            "Two long, thin clusters lie side by side. Where will K-means put the border?",
            answer:
                "Across both. Two short, round halves have a smaller sum of squared distances than two long clusters.")
        report.figure(
            try ShapesFigure(examples).figure(report),
            caption: #"""
                Round, stretched and unequal clusters (from left to right), by K-means (above) and by a mixture of two Gaussians with full covariances (below). The numbers are adjusted Rand indices.
                """#)
        try anisotropy(in: &report)
        try generalizes(in: &report)
        report.prose(
            #"""
            EM pays for its eyes: two full covariances and a weight have \#(2 * 3 + 1) numbers more to estimate than two centres, its likelihood has singular points ([lesson:10]), and a
            run takes more steps. A common compromise is to start EM from the clusters of K-means. In these fits this was one of seven starts (K-means had six).
            """#)
        report.exercise(
            "Could one rescue K-means on the stretched clusters by standardising the columns?",
            answer: """
                Not by standardising the columns one by one: the clusters lie aslant, and stay stretched. Multiplying by the inverse root of the covariance *within* the clusters would make them
                round; but to know it, one needs the clusters. A mixture with tied covariances finds both at once.
                """)
    }

    // MARK: Equations

    private func numbers(_ example: Example) -> TeX {
        #"""
        \text{K-means: } \#(example.indices[0], .fixed(4)), \qquad \text{Gaussian mixture: } \#(example.indices[1], .fixed(4))
        """#
    }

    private let route =
        "counting, for all 11,175 pairs of points, whether they are together in both partitions, in one, or in none"

    private func anisotropy(in report: inout Report) throws {
        let example = examples[1]
        let (hard, soft) = (example.indices[0], example.indices[1])
        let share = soft == 1 ? "all" : soft > 0.9 ? "nearly all" : "most"
        let little = hard < 0.1 ? "next to nothing" : "little"
        let verdict =
            hard < 0.3 && soft > 0.7
            ? "K-means has \(little) to do with the truth, and EM finds \(share) of it"
            : soft > hard + 0.1
                ? "EM comes much nearer to the truth than K-means"
                : "this time the two are not far apart: other seeds show more"
        // The eigenvalues of the covariance.
        let covariance = Self.kinds[1].covariances[0]
        let middle = (covariance[0, 0] + covariance[1, 1]) / 2
        let half = (covariance[0, 0] - covariance[1, 1]) / 2
        let root = (half * half + covariance[0, 1] * covariance[0, 1]).squareRoot()
        report.equation(
            "stat215a.anisotropy",
            formula:
                #"\text{stretched clusters:} \quad \cov{1} = \cov{2} = \begin{bmatrix} 5 & 2.9 \cr 2.9 & 2 \end{bmatrix}"#,
            numbers: numbers(example),
            value: .vector(example.indices), again: .exact(.vector(example.counted), route),
            telling: .entry(0, "K-means' index"),
            note:
                #"The source shows pictures, lost in our copy. In ours, \#(verdict). The standard deviation along the clusters is \#((middle + root).squareRoot(), .fixed(1)), across them \#((middle - root).squareRoot(), .fixed(1))."#
        )
    }

    private func generalizes(in report: inout Report) throws {
        let (round, unequal) = (examples[0], examples[2])
        let same = abs(round.indices[0] - round.indices[1]) < 0.05
        report.equation(
            "stat215a.generalizes",
            formula:
                #"\text{round clusters: } \cov{1} = \cov{2} = \mathbf{I}; \qquad \text{unequal clusters: standard deviations 2 and 0.3, weights 0.7 and 0.3}"#,
            numbers: #"""
                \begin{aligned}
                \text{round:} & \quad \#(numbers(round)) \cr
                \text{unequal:} & \quad \#(numbers(unequal))
                \end{aligned}
                """#,
            value: .matrix([round.indices, unequal.indices]),
            again: .exact(.matrix([round.counted, unequal.counted]), route),
            telling: .entry(1, 0, "K-means' index, unequal clusters"),
            note: #"""
                Where clusters are round and alike, \#(same ? "the two agree about equally with the truth" : "the two differ by \(NumberFormat.fixed(3).string(abs(round.indices[0] - round.indices[1])))"). Where one is wide and the other narrow, K-means puts the border midway between the
                centres, and \#(unequal.indices[1] > unequal.indices[0] ? "cuts off a part of the wide cluster; EM lets the narrow one be narrow" : "does here no worse than EM").
                """#)
    }
}

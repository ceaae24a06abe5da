import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6, what the slide leaves out: the weights, and that a sum is not its largest term.
struct LimitErrata {
    private let limit: Limit
    private var rows: [[Double]] { limit.rows }
    private let few: [[Double]]

    init(_ limit: Limit) {
        self.limit = limit
        few = Array(limit.rows.prefix(10))
    }

    func explain(in report: inout Report) throws {
        report.prose(
            #"""
            **Two refinements.** The slide that says “same as K-means” is right in the limit, and leaves two things unsaid for the sake of brevity.
            """#)
        try weights(in: &report)
        try marginal(in: &report)
        report.exercise(
            #"Two clusters, weights 0.9 and 0.1, centres 3 apart, $\sd{} = 1$. Where does the boundary cross the line between the centres?"#,
            answer: #"""
                It is $\variance{} \nlog 9 / 3 = \#(log(9) / 3, .fixed(3))$ from the middle, towards the centre of the rare cluster. With $\sd{} = 0.1$ it is \#(0.01 * log(9) / 3, .fixed(4)).
                """#)
    }

    // MARK: Weights

    private static let widths = [1, 0.5, 0.1, 0.01]

    private func weights(in report: inout Report) throws {
        let centres = limit.lloyd.centres
        let changed = try Self.widths.map { width -> Double in
            let mixture = try Limit.mixture(centres, width: width, weights: [0.9, 0.1])
            return Double(
                try zip(rows, limit.lloyd.classes).count { row, own in
                    let q = try mixture.responsibilities(at: row)
                    return (q[1] > q[0] ? 1 : 0) != own
                })
        }
        // The boundary between the centres, moved by σ² ln 9 over their distance.
        let way = zip(centres[1], centres[0]).map { $0 - $1 }
        let distance = way.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let beyond = rows.map { row in
            zip(zip(row, way), zip(centres[0], centres[1])).reduce(0) { sum, parts in
                sum + (parts.0.0 - (parts.1.0 + parts.1.1) / 2) * parts.0.1 / distance
            }
        }
        let between = Self.widths.map { width in
            Double(beyond.count { $0 > 0 && $0 < width * width * log(9) / distance })
        }
        let counts = changed.map { Int($0) }
        report.erratum(
            "errata.cs229.kmeans",
            printed:
                #"spherical Gaussians “with same $\sigma$ for all classes” and hard assignments are “same as K-means”"#,
            corrected:
                #"also with equal weights $P(z^{i} = k)$, or in the limit $\sigma \to 0$, in which weights do not matter"#,
            shown: #"""
                with the centres of K-means and the weights 0.9 and 0.1, \#(counts[0]) of \#(rows.count) points change sides for $\sd{} = 1$, \#(counts[1]) for
                $\sd{} = 0.5$, \#(counts[2]) for $\sd{} = 0.1$, \#(counts[3]) for $\sd{} = 0.01$
                """#)
        report.check(
            "sides", value: .vector(changed),
            again: .exact(
                .vector(between),
                "counting the points between the line midway between the centres and the parallel line to which the weights move it"
            ))
    }

    // MARK: A sum and its largest term

    private func marginal(in report: inout Report) throws {
        let choices = [limit.lloyd.centres, [[-1.0, 2], [1, -2]]]
        let cases: [(centres: [[Double]], width: Double)] = choices.flatMap { centres in
            [1.0, 0.5, 0.1].map { (centres: centres, width: $0) }
        }
        let gaps = try cases.map { choice -> Double in
            let mixture = try Limit.mixture(choice.centres, width: choice.width)
            return few.reduce(0) { total, row in
                total + mixture.logDensity(at: row) - (mixture.logJoint(at: row).max() ?? 0)
            }
        }
        let enumerated = try cases.map { choice -> Double in
            let all = try Assignments(items: few.count, classes: 2)
            func exponent(_ z: [Int]) -> Double {
                zip(few, z).reduce(0) {
                    $0 - Distortion.squared($1.0, choice.centres[$1.1]) / (2 * choice.width * choice.width)
                }
            }
            return try all.logSum(exponent) - all.reduce(-Double.infinity) { max($0, exponent($1)) }
        }
        report.prose(
            #"""
            The likelihood of the points is a product of sums over the classes, and multiplied out it is the sum over *all* ways to assign them: \#(1 << few.count) for the first
            \#(few.count) points. Up to a constant factor, the product with hard assignment is one term of these, the largest. The table has the logarithm of the ratio of the sum to that term. If the slide's two sides were proportional, it would be
            the same for all means.
            """#)
        report.table(
            ["means", #"$\sd{} = 1$"#, #"$\sd{} = 0.5$"#, #"$\sd{} = 0.1$"#],
            rows: [
                ["those of K-means", "\(gaps[0], .fixed(4))", "\(gaps[1], .fixed(4))", "\(gaps[2], .bound)"],
                ["(-1, 2) and (1, -2)", "\(gaps[3], .fixed(4))", "\(gaps[4], .fixed(4))", "\(gaps[5], .bound)"],
            ],
            caption: "How much the log-likelihood of ten points lies above the logarithm of its largest term.")
        report.check(
            "marginal-gap", value: .vector(gaps),
            again: .exact(
                .vector(enumerated), "adding up all \(1 << few.count) assignments, and taking the largest of them",
                tolerance: .enumeration))
        report.erratum(
            "errata.cs229.marginal",
            printed:
                #"“if each $\mathbf{x}^{i}$ belongs to one class $C(i)$ (hard assignment), marginal likelihood”: $\prod_{i} \sum_{k} P(\mathbf{x}^{i}, z^{i} = k) \propto \prod_{i} \exp [ -\frac{1}{2 \sigma^{2}} \lVert \mathbf{x}^{i} - \mu_{C(i)} \rVert^{2} ]$"#,
            corrected:
                #"true if a point's other classes count as impossible, and then it is the complete-data likelihood; the marginal likelihood of the mixture, the sum over all classes, is not proportional to the right side, which is, up to a constant factor, its largest term: an approximation that improves as $\sigma \to 0$"#,
            shown: #"""
                with $\sd{} = 1$ the logarithm of the sum exceeds that of its largest term, the right side times a constant, by \#(gaps[0], .fixed(4)) for one choice of the means and by
                \#(gaps[3], .fixed(4)) for another: if the sides were proportional, these would be equal; with $\sd{} = 0.1$ they are \#(gaps[2], .bound) and \#(gaps[5], .bound)
                """#)
    }
}

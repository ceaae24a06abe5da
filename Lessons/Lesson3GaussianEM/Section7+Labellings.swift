import Figures
import Foundation
import Notebook
import Verification

/// The distribution whose mean is Q: ln p(X, Z) over all ways Z to label the few rows, each with its probability.
struct StoriesFigure {
    /// The edges of the bins, and the probability of each.
    private let edges: [Double]
    private let shares: [Double]
    private let mean: Double
    private let count: Int

    /// Nil where the joint density leaves the range of numbers, as it may in a reader's own units: then there is nothing to draw.
    init?(_ assignments: Assignments, mean: Double, logJoint: ([Int]) throws -> Double) throws {
        let values = try assignments.map(logJoint)
        let total = try assignments.logSum(logJoint)
        let probabilities = values.map { exp($0 - total) }
        // Those that hold all but a thousandth of the probability.
        let order = values.indices.sorted { values[$0] > values[$1] }
        var covered = 0.0
        var low = values[order[0]]
        for index in order where covered < 0.999 { (covered, low) = (covered + probabilities[index], values[index]) }
        let high = values[order[0]]
        let width = max((high - low) / 24, 0.01, abs(high) * 1e-9)
        guard probabilities.allSatisfy(\.isFinite), (low + width * 25).isFinite, low.isFinite else { return nil }
        var bins = [Double](repeating: 0, count: Int(((high - low) / width).rounded(.down)) + 1)
        for index in order where values[index] >= low {
            bins[min(bins.count - 1, Int((values[index] - low) / width))] += probabilities[index]
        }
        edges = bins.indices.map { low + width * Double($0) }
        shares = bins
        (self.mean, count) = (mean, values.count)
        self.width = width
    }

    private let width: Double

    var caption: Prose {
        #"""
        \#(count) \#(count == 1 ? "way" : "ways") to label the first rows: the logarithm of the joint probability of points and labels, and how probable
        labellings of that height are, under the guess. (Shown are those that hold all but a thousandth of the probability.) The mean of this distribution, \#(mean, .significant(6)),
        is $\Qname$ at the guess, for these rows.
        """#
    }

    func figure(_ report: Report) throws -> Figure {
        let points = zip(edges, shares).map { Point($0 + width / 2, $1) }
        let top = shares.max() ?? 1
        return Figure(
            id: "stories",
            title: try report.label(#"$\Qname$ is the average of $\completeloglik{\params}$ over all labellings"#),
            subtitle: Label(
                "\(count) \(count == 1 ? "way" : "ways") to label the first rows; bars: how probable they are under the guess"
            ),
            alt: report.words(
                #"""
                Bars over values from \#(edges[0], .significant(4)) to \#(edges[edges.count - 1] + width, .significant(4)), the tallest of
                \#(top, .percent(0)); a line marks their mean, \#(mean, .significant(6)).
                """#),
            panels: [
                Panel(
                    x: Axis(try report.label(#"$\completeloglik{\params}$"#)),
                    y: Axis("probability", includesZero: true),
                    layers: [
                        .bars(points, width: width, color: .skyBlue),
                        .rule(x: mean, style: LineStyle(.vermillion, width: 2)),
                        .annotation(
                            try report.label(#"mean: $\Qname$"#), at: Point(mean, 0.95 * top), anchor: .right,
                            color: .vermillion),
                    ], legend: .none)
            ], size: Size(width: 700, height: 380))
    }
}

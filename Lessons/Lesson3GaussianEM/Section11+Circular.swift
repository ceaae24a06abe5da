import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

// The conditions are circular; going round and round converges all the same, at a rate that can be predicted.

extension OldFaithful {
    /// Where a mixture lies: logit of the first weight, means in units of the fit's standard deviations, logarithms of the
    /// standard deviations. (Not offsets from the fit: those would hide from the differences how large the rounded numbers are.)
    private func position(of mixture: Mixture<Normal>) -> [Double] {
        let means = zip(mixture.components, free.mixture.components).map { $0.mean / $1.standardDeviation }
        let logs: [Double] = mixture.components.map { log($0.variance) / 2 }
        let logit: Double = log(mixture.weights[0] / mixture.weights[1])
        return [logit] + means + logs
    }

    func circular(in report: inout Report) throws {
        let em = try EM(data: values, start: start)
        let path = free.trace.map { position(of: $0.mixture) }
        let residuals = zip(path, path.dropFirst()).map { distance($0, $1) }
        let jacobian = try CentralDifference.jacobian(
            of: { position(of: try em.mStep(em.eStep(mixture(at: $0)))) }, at: Array(repeating: 0, count: 5))
        let eigenvalue = dominantEigenvalue(jacobian)
        let window = residuals.indices.filter { residuals[$0] < 1e-5 && residuals[$0] > 1e-8 }
        guard let first = window.first, let last = window.last, first < last else {
            throw LessonError.unexpected("EM on the waiting times has no tail to measure")
        }
        let rate = pow(residuals[last] / residuals[first], 1 / Double(last - first))
        report.prose(
            #"""
            **Going round in circles.** The responsibilities need the parameters, and the parameters need the responsibilities. “The
            FOCs are ‘circular’”, notes ORIE 4742 on the first-order conditions. EM goes round the circle, and each round brings it
            closer. How much closer? Near the end each round multiplies the distance by one and the same number. That number can be known
            without watching the run, once the fixed point is known: call one round of EM a map from parameters to parameters; its derivative at the fixed point
            is a matrix, and the largest eigenvalue of that is the factor. (The parameters are taken here as the logit of the first
            weight, the means in standard deviations, and the logarithms of the standard deviations. Other units change the distances, and not the factor.)
            """#)
        report.equation(
            "orie4742.circular",
            formula: #"""
                r_{t} = \lVert \paramsat{t+1} - \paramsat{t} \rVert, \qquad \frac{r_{t+1}}{r_{t}} \to \lambda_{\text{max}}
                """#,
            numbers: #"""
                r_{0} = \#(residuals[0], .significant(3)), \quad r_{\#(first)} = \#(residuals[first], .significant(3)), \quad
                r_{\#(last)} = \#(residuals[last], .significant(3)), \qquad \text{per step: } \#(rate, .fixed(4))
                """#,
            value: .number(rate),
            again: .difference(
                .number(eigenvalue),
                "the largest eigenvalue of the derivative of one EM step at the fixed point, by central differences",
                tolerance: .linearRate),
            note: #"""
                So near the end every step leaves \#(rate, .percent(0)) of the distance, and one more digit takes
                \#(-1 / log10(rate), .fixed(1)) steps. The eigenvalue has a meaning: it is the share of the information about the
                parameters that is missing because the labels are, in the direction where most is missing. Were every label
                certain, nothing would be missing, the factor would be 0, and one round would do; were next to everything missing, it would be
                next to 1, and EM would creep.
                """#)
        report.define(
            #"\lambda_{\text{max}}"#, "rate of convergence",
            "share of the distance to the end that a round of EM leaves")
        report.figure(
            try residualFigure(residuals, rate: eigenvalue, report),
            caption: #"""
                How far the parameters move in each step, on a logarithmic axis. After the first few steps the points lie on a straight line: each
                step is \#(eigenvalue, .fixed(3)) times the one before, the largest eigenvalue of the derivative.
                """#)
        report.exercise(
            #"""
            Stop the run as soon as the log-likelihood changes by less than 0.001. How far from the end are the parameters then,
            compared with the last step?
            """#,
            answer: #"""
                If every step leaves a share $\lambda$ of the distance, the steps still to come add up to a geometric series: the
                distance left is $\lambda / (1 - \lambda)$ times the last step, here \#(eigenvalue / (1 - eigenvalue), .fixed(2))
                times. With overlapping clusters $\lambda$ may be 0.99, and the distance left is 99 times the last step. A small
                step is no proof of being near.
                """#)
    }

    private func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    /// By power iteration: a vector that is multiplied by the matrix again and again turns towards the largest eigenvalue's.
    private func dominantEigenvalue(_ matrix: [[Double]]) -> Double {
        var vector = matrix.map { _ in 1.0 }
        var length = 0.0
        for _ in 0..<2000 {
            let next = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
            length = distance(next, next.map { _ in 0 })
            vector = next.map { $0 / length }
        }
        return length
    }

    private func residualFigure(_ residuals: [Double], rate: Double, _ report: Report) throws -> Figure {
        // Below this the rounding of the parameters would show.
        let points = residuals.enumerated().map { Point(Double($0), $1) }.filter { $0.y > 1e-9 }
        let last = points[points.count - 1]
        let line = points.map { Point($0.x, last.y * pow(rate, $0.x - last.x)) }
        let place = points.count / 3
        let factor = NumberFormat.fixed(3).string(rate)
        return Figure(
            id: "circular", title: "Near the end, each round of EM leaves the same share of the distance",
            subtitle: "Old Faithful's waiting times: how far the parameters move in each step",
            alt: report.words(
                #"""
                The size of each step against its number, on a logarithmic axis: from \#(residuals[0], .significant(2)) it falls in
                \#(points.count) steps to about 1e-9. All but the first steps lie on the straight line that loses a factor of
                \#(rate, .fixed(3)) per step.
                """#),
            panels: [
                Panel(
                    x: Axis("step", ticks: .integers), y: Axis("size of the step", scale: .logarithmic),
                    layers: [
                        .line(line, style: LineStyle(Palette.series(1), width: 2)),
                        .scatter(points, style: MarkerStyle(.blue, .circle, size: 6)),
                        .annotation(
                            Label("line: × \(factor) per step, as the eigenvalue predicts"),
                            at: Point(line[place].x + 3, line[place].y * 12), anchor: .left, pointingAt: line[place],
                            color: Palette.series(1)),
                    ], legend: .none)
            ], size: Size(width: 700, height: 440))
    }
}

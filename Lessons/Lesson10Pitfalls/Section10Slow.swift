import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 10: slowness where components overlap.
struct Slow {
    /// Two Gaussians of width 1, equally frequent, a distance apart; the data are the density itself, as counts on a grid, so that there is no
    /// chance in them and EM ends at the truth.
    private struct Pair {
        let distance: Double
        let rows: [Double]
        let counts: [Double]
        private let em: EM<Normal>
        static let total = 1000.0

        init(_ distance: Double) throws {
            self.distance = distance
            let reach = distance / 2 + 6
            let rows = (0...60).map { -reach + 2 * reach * Double($0) / 60 }
            let heights = rows.map {
                normalDensity($0, mean: -distance / 2, deviation: 1)
                    + normalDensity($0, mean: distance / 2, deviation: 1)
            }
            let sum = heights.reduce(0, +)
            let counts = heights.map { Self.total * $0 / sum }
            let truth = try [-distance / 2, distance / 2].map { try Normal(mean: $0, variance: 1) }
            em = try EM(data: rows, counts: counts, start: Mixture(weights: [0.5, 0.5], components: truth))
            (self.rows, self.counts) = (rows, counts)
        }

        /// Logit of the weight, two means, logarithms of two variances.
        var truth: [Double] { [0, -distance / 2, distance / 2, 0, 0] }

        func mixture(_ u: [Double]) throws -> Mixture<Normal> {
            let weight = 1 / (1 + exp(-u[0]))
            return try Mixture(
                weights: [weight, 1 - weight],
                components: [0, 1].map { try Normal(mean: u[1 + $0], variance: exp(u[3 + $0])) })
        }

        func coordinates(_ mixture: Mixture<Normal>) -> [Double] {
            [log(mixture.weights[0] / mixture.weights[1])] + mixture.components.map(\.mean)
                + mixture.components.map { log($0.variance) }
        }

        func next(_ u: [Double]) throws -> [Double] {
            coordinates(try em.mStep(em.eStep(mixture(u))))
        }

        /// The largest eigenvalue of the derivatives of a round of EM, by the power method.
        func rate() throws -> Double {
            let jacobian = try CentralDifference.jacobian(of: next, at: truth)
            var direction = [0.1, -1, 1, -1, -1.0]
            var rate = 0.0
            for _ in 0..<400 {
                let image = jacobian.map { row in zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 } }
                let size = image.reduce(0) { $0 + $1 * $1 }.squareRoot()
                rate = size
                direction = image.map { $0 / size }
            }
            return rate
        }

        /// The largest share of missing information. What one would know if the classes were seen is diagonal in these coordinates.
        func missing() throws -> Double {
            let complete = [1000.0 / 4, 500, 500, 250, 250]
            let observed = try CentralDifference.hessian(
                of: { u in try mixture(u).logLikelihood(of: rows, counts: counts) }, at: truth)
            return try symmetricEigenvalues(
                of: complete.indices.map { i in
                    complete.indices.map { j in
                        (i == j ? 1 : 0) + observed[i][j] / (complete[i] * complete[j]).squareRoot()
                    }
                }
            ).last ?? .nan
        }
    }

    private static let distances = [1.5, 2, 2.5, 3, 4, 5, 6]
    private let rates: [Double]

    init() throws {
        rates = try Self.distances.map { try Pair($0).rate() }
    }

    private var digits: [Double] { rates.map { log(10) / -log($0) } }

    func explain(in report: inout Report) throws {
        report.section("Slow, and looking finished")
        report.prose(
            #"""
            The last trap is the commonest. Near its end a round of EM leaves a fixed share of the error, the *rate* of [lesson:8], which is the share of the information that is missing because the classes are not seen. Where components overlap, nearly all of it
            is missing. Here are two Gaussians of width 1, equally frequent, at several distances, with **all five parameters** free: a weight, two means and two variances. (The data are the density itself, as counts on a fine grid, so that nothing depends on chance.)
            """#)
        report.table(
            ["distance of the means", "rate", "rounds for one more correct decimal"],
            rows: Self.distances.indices.map {
                ["\(Self.distances[$0], .significant(2))", "\(rates[$0], .fixed(4))", "\(digits[$0], .significant(3))"]
            },
            caption:
                "In units of the standard deviation. At a distance of 2 or less the density of the mixture has one summit only."
        )
        report.check(
            "rate-is-missing-information", value: .vector(rates),
            again: .difference(
                .vector(try Self.distances.map { try Pair($0).missing() }),
                "the largest share of missing information, from second differences of the log-likelihood",
                tolerance: .hessian))
        let stops = try stopped()
        report.prose(
            #"""
            From distance \#(Self.distances[Self.distances.count - 1], .significant(2)) to \#(Self.distances[0], .significant(2)) the price of a decimal grows from
            \#(digits[digits.count - 1], .significant(2)) rounds to \#(digits[0], .significant(2)). That EM *can* find the overlapping pair at all needs a great many data, too: what is missing for EM is also missing for the standard errors.

            **Stopping rules are fooled.** The usual rule stops when the log-likelihood has changed by less than some share of its size. Near a flat summit that happens early:
            """#)
        report.table(
            ["stop at a relative change of", "rounds", "still to go: first mean", "still to gain in log-likelihood"],
            rows: stops.rows.map {
                [
                    "\($0.change, .significant(1))", "\($0.steps)", "\($0.distance, .fixed(3))",
                    "\($0.gain, .significant(2))",
                ]
            },
            caption: #"""
                EM at the distance \#(Self.shown, .significant(2)), from means at \#(Self.start.means, .significant(2)) and variances \#(Self.start.variances, .significant(2)). The counts add up to \#(Pair.total, .significant(4)), and the log-likelihood of the truth is \#(stops.top, .fixed(0)): a relative change of
                \#(stops.rows[0].change, .significant(1)) is one of \#(stops.rows[0].change * abs(stops.top), .significant(1)). The log-likelihood is nearly right long before the parameters are.
                """#)
        report.figure(
            figure(report),
            caption: #"""
                How many rounds one more correct decimal takes, against the distance of the two means. The vertical axis is logarithmic.
                """#)
        report.prose(
            #"""
            What helps: watch the parameters, and not only the log-likelihood (`atRest` in this package). Judge the distance that is left by the last step times $\text{rate} / (1 - \text{rate})$. The rate need not be known beforehand: once the run has settled, it
            is the ratio of a step to the one before. At the end of the last line of the table this ratio is \#(stops.ratio, .fixed(4)) for the first mean, and its last step \#(stops.step, .significant(2)). That makes
            \#(stops.step * stops.ratio / (1 - stops.ratio), .significant(2)) still to go, where in truth it is \#(stops.rows[stops.rows.count - 1].distance, .significant(2)). Or let the package leap ahead (`accelerated`; [lesson:8] says with what risks); or say openly that the data
            do not determine the parameters that well, which a flat summit means in any case.
            """#)
    }

    // MARK: Stopping

    private static let shown = 2.5
    private static let start = (means: [-0.6, 1.8], variances: [1.5, 0.7])

    private struct Stops {
        let rows: [(change: Double, steps: Int, distance: Double, gain: Double)]
        /// The log-likelihood of the truth.
        let top: Double
        /// The last step of the first mean, and its ratio to the one before.
        let step: Double
        let ratio: Double
    }

    private func stopped() throws -> Stops {
        let pair = try Pair(Self.shown)
        let start = try Mixture(
            weights: [0.5, 0.5],
            components: [0, 1].map { try Normal(mean: Self.start.means[$0], variance: Self.start.variances[$0]) })
        let top = try pair.mixture(pair.truth).logLikelihood(of: pair.rows, counts: pair.counts)
        let changes = [1e-4, 1e-5, 1e-6, 1e-8]
        let fit = try EM(
            data: pair.rows, counts: pair.counts, start: start,
            stop: .any(.relativeChange(changes[3]), .maximumSteps(3000))
        ).fit()
        // One run: a laxer rule stops on the way.
        let trace = fit.trace
        let path = trace.suffix(3).map(\.mixture.components[0].mean)
        let steps = zip(path, path.dropFirst()).map { abs($1 - $0) }
        let rows = changes.map { change in
            let step =
                (1..<trace.count).first { t in
                    abs(trace[t].logLikelihood - trace[t - 1].logLikelihood) <= change
                        * max(1, abs(trace[t].logLikelihood))
                } ?? trace.count - 1
            return (
                change, step, abs(trace[step].mixture.components[0].mean - pair.truth[1]),
                top - trace[step].logLikelihood
            )
        }
        return Stops(rows: rows, top: top, step: steps[1], ratio: steps[1] / steps[0])
    }

    private func figure(_ report: Report) -> Figure {
        let points = zip(Self.distances, digits).map { Point($0, $1) }
        let panel = Panel(
            x: Axis("distance of the means, in standard deviations", range: 1.2...6.3, ticks: .integers),
            y: Axis(
                "rounds for one more decimal", range: 0.8...12_000,
                ticks: .labelled([(1, "1"), (10, "10"), (100, "100"), (1000, "1000"), (10_000, "10,000")]),
                scale: .logarithmic),
            layers: [
                .line(points, style: LineStyle(.blue, width: 2.4), marker: .circle)
            ]
                + zip(points, digits).map { point, value in
                    .annotation(Label(NumberFormat.significant(2).string(value)), at: point, anchor: .bottomLeft)
                }, legend: .none)
        return Figure(
            id: "slow", title: "EM creeps where the groups overlap",
            subtitle: "Two Gaussians of width 1, equally frequent, all five parameters free",
            alt: report.words(
                #"""
                Rounds for one more correct decimal at the distances \#(Self.distances, .significant(2)): \#(digits, .significant(2)).
                """#),
            panels: [panel], size: Size(width: 760, height: 400))
    }
}

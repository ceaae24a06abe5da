import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 4: AIC, and what it corrects.
struct Optimism {
    private let seed: UInt64
    private let table: [(classes: Int, parameters: Int, optimism: SimulationEstimate)]
    private static let rowsPerSet = 150
    private static let sets = 100
    private static let covariance: Matrix = [[1, 0.3], [0.3, 1]]
    private static let means = [[-1.7, 0], [1.7, 0]]

    /// How far the means are apart, in standard deviations along the line that separates best: the root of dᵀ Σ⁻¹ d.
    private static var separation: Double {
        let (a, b, c) = (covariance[0, 0], covariance[0, 1], covariance[1, 1])
        let d = [means[1][0] - means[0][0], means[1][1] - means[0][1]]
        return ((c * d[0] * d[0] - 2 * b * d[0] * d[1] + a * d[1] * d[1]) / (a * c - b * b)).squareRoot()
    }

    /// The optimism of mixtures with 1, 2, 3 classes where two are true.
    init(seed: UInt64) throws {
        self.seed = seed
        let truth = try Mixture(
            weights: [0.4, 0.6],
            components: Self.means.map { try MultivariateNormal(mean: $0, covariance: Self.covariance) })
        let draws = onAllCores(Self.sets) { number -> [Double]? in
            var generator = SeededGenerator(seed: seed &+ 1000 &* UInt64(number + 1)).stream(2)
            let rows = truth.sample(count: 2 * Self.rowsPerSet, using: &generator).map(\.observation)
            let (old, fresh) = (Array(rows.prefix(Self.rowsPerSet)), Array(rows.dropFirst(Self.rowsPerSet)))
            let (seen, new) = (TiedEM(old), TiedEM(fresh))
            // What the two samples owe to chance alone is the same for every fit; its mean is 0.
            let chance = truth.logLikelihood(of: old) - truth.logLikelihood(of: fresh)
            var smaller: TiedEM.Fit?
            return (1...3).compactMap { classes in
                guard let fit = seen.best(classes, starts: 4, after: smaller, using: &generator),
                    let other = new.logLikelihood(of: fit, origin: seen.middle)
                else { return nil }
                smaller = fit
                return fit.logLikelihood - other - chance
            }
        }.compactMap { $0 }.filter { $0.count == 3 }
        table = (0..<3).map { place in
            let values = draws.map { $0[place] }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))
            return (
                place + 1, GaussianShape.EEE.parameters(classes: place + 1, dimension: 2),
                SimulationEstimate(
                    mean: mean, standardError: (variance / Double(values.count)).squareRoot(), count: values.count)
            )
        }
    }

    func explain(in report: inout Report) throws {
        report.section("AIC: the price of having seen the data")
        report.prose(
            #"""
            Fit a model to one sample, and ask how probable it makes another of the same size. It does worse there than on its own sample, for two reasons, of about equal size: its parameters were bent towards the first sample, which looks too good, and away from the truth, so the second looks too bad.

            The smallest case can be reckoned out. Take a sample of pairs from a Gaussian whose covariance is the identity and known; only its mean is estimated: $\nu = 2$. In each column the squared distances from the sample to its own mean sum to $\obscount - 1$ on average, those from a new sample to it to
            $\obscount + 1$: the new rows scatter around the truth, and the estimate is off by another $1 / \obscount$ each time. Half of the difference is 1, for each column; together that is 2, as many as there are parameters.

            Akaike (1973) found that this is no accident: on average the loss is $\nu$, whatever the parameters are, if the model contains the truth and the sample is large. So $\loglik{\hat{\params}} - \nu$ is a guess at the log-likelihood of new data, and AIC is $-2$ times this:
            """#)
        let simulated = try Simulation.mean(count: 4000, seed: seed) { random in
            // Twenty pairs, their mean, and what other twenty lose by it.
            var difference = 0.0
            for _ in 0..<2 {
                let (seen, new) = (
                    (0..<20).map { _ in random.standardNormal() }, (0..<20).map { _ in random.standardNormal() }
                )
                let mean = seen.reduce(0, +) / 20
                difference +=
                    (new.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                        - seen.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }) / 2
            }
            return difference
        }
        report.equation(
            "beyond.aic",
            formula: #"""
                \mathbb{E} \left[ \loglik{\hat{\params}} - \ell_{\text{new}} (\hat{\params}) \right] \approx \nu, \qquad \text{AIC} = -2 \loglik{\hat{\params}} + 2 \nu
                """#,
            numbers: #"""
                \text{mean of a pair, covariance known:} \quad \tfrac{1}{2} \cdot 2 \cdot \left( (\obscount + 1) - (\obscount - 1) \right) = 2 = \nu
                """#,
            value: 2, again: .simulation(simulated, "drawing 4,000 times two samples of twenty pairs"),
            note: #"""
                For the mean of a pair the sign of approximate equality is an exact one. For other models it is right as the sample grows, if the truth is inside the model and not on its edge.
                """#)
        report.prose(
            #"""
            A mixture with one class too many *is* on the edge: the truth is where a weight is 0, or where two classes agree. And one with too few does not contain the truth. Two Gaussian classes with one covariance for both, their means \#(Self.separation, .fixed(1)) standard deviations apart, \#(Self.rowsPerSet) rows, \#(table[0].optimism.count) times; then one class, two and three are fitted to each, and tried on \#(Self.rowsPerSet) new rows. What the fit loses on them is called its *optimism*. (By how much the two samples differ anyhow, under the true mixture, is taken away; on average that is nothing.)
            """#)
        report.table(
            ["classes", #"price $\nu$"#, "loss on new rows, measured", "standard error"],
            rows: table.map {
                [
                    "\($0.classes)", "\($0.parameters)", "\($0.optimism.mean, .fixed(1))",
                    "\($0.optimism.standardError, .fixed(1))",
                ]
            },
            caption: #"The truth has two classes. \#(verdict)"#)
        report.define(nil, "optimism", "by how much a fit looks better on its own rows than on new ones")
        report.exercise(
            "Why does AIC, however many rows there are, keep choosing too many classes now and then?",
            answer: #"""
                A superfluous class gains some amount of log-likelihood by chance, whose distribution does not shrink as the rows grow in number; the price stays 3 in log-likelihood, 6 in AIC, for a class with its mean in two columns and the covariance that all share. So the chance that the gain exceeds the price stays, too. BIC's price grows, slowly, and that chance goes to 0.
                """#)
    }

    /// By how many standard errors the measured loss exceeds the price.
    private var excess: [Double] {
        table.map { ($0.optimism.mean - Double($0.parameters)) / $0.optimism.standardError }
    }

    private var verdict: Prose {
        let largest = excess.map(abs).max() ?? 0
        return #"""
            Measured loss less price, in standard errors: \#(excess, .fixed(1)). \#(excess[2] > 3 ? "With three classes AIC undercharges: a class that is not there is fitted to noise, with more freedom than its parameters suggest." : largest <= 3 ? "So the price is about right here even where Akaike's argument does not hold; whether it is exact, so few samples cannot tell." : "So the price is not exact here.")
            """#
    }
}

import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 4: the likelihood itself as a function of the weights of three fitted Gaussians.
struct WeightLikelihood {
    let numbers: [Double]
    /// The end of EM on the numbers: its means and variances stay as they are in this section.
    let fit: Fit<Normal>
    /// The densities of the numbers under the fitted Gaussians.
    let table: DensityTable
    /// Weights, step by step, from equal ones.
    let path: [[Double]]

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(3)
        let truth = try Mixture(
            weights: [0.2, 0.3, 0.5],
            components: [
                Normal(mean: -2.5, variance: 1), Normal(mean: 0, variance: 1), Normal(mean: 2.5, variance: 1),
            ])
        let numbers = truth.sample(count: 300, using: &generator).map(\.observation)
        let third = 1.0 / 3
        let start = try Mixture(weights: [third, third, third], components: truth.components)
        fit = try EM(data: numbers, start: start, stop: .any(.relativeChange(1e-13), .maximumSteps(2000))).fit()
        let normals = fit.mixture.components
        table = try DensityTable(
            numbers.map { x in normals.map { normalDensity(x, mean: $0.mean, variance: $0.variance) } })
        path = try Self.path(numbers, from: start.weights, components: normals)
        self.numbers = numbers
    }

    /// π_k ← N_k / N with the components held fixed, until the weights rest.
    static func path(_ numbers: [Double], from start: [Double], components: [Normal]) throws -> [[Double]] {
        var path = [start]
        for _ in 0..<500 {
            let mixture = try Mixture(weights: path[path.count - 1], components: components)
            let counts = try effectiveCounts(mixture, data: numbers)
            let next = counts.map { $0 / Double(numbers.count) }
            let change = zip(next, mixture.weights).map { abs($0 - $1) }.max() ?? 0
            path.append(next)
            if change < 1e-11 { break }
        }
        return path
    }

    var weights: [Double] { path[path.count - 1] }
    var total: Double { Double(numbers.count) }

    /// ∂ℓ/∂π_k = Σ_n f_nk / Σ_j π_j f_nj = N_k / π_k, with the weights taken as free.
    func slopes(at weights: [Double]) throws -> [Double] {
        let mixture = try Mixture(weights: weights, components: fit.mixture.components)
        return zip(try effectiveCounts(mixture, data: numbers), weights).map { $0 / $1 }
    }

    func explain(in report: inout Report) throws {
        report.section("The likelihood itself: counts that move")
        report.prose(
            #"""
            So far the responsibilities were fixed, as they are in an M-step, and the update was the solution. Bishop asks for more: the
            maximum of the *likelihood*. Here are \#(numbers.count) numbers from three Gaussians. EM has fitted them, with means
            \#(fit.mixture.components.map(\.mean), .fixed(3)) and variances
            \#(fit.mixture.components.map(\.variance), .fixed(3)); hold these fixed, and ask which weights are best.
            """#)
        report.predict(
            #"""
            In the M-step the multiplier was minus the number of observations. Now the responsibilities move with the weights. Will the
            multiplier be another number?
            """#,
            answer: #"""
                It is $-\obscount = \#(-total, .significant(6))$ again. Whatever the weights are, each observation's responsibilities sum
                to 1, and the argument used no more than that, at a maximum where no weight is 0.
                """#)
        report.prose(
            #"""
            The slope of the log-likelihood with respect to a weight, the weights being taken as free, is
            """#)
        report.formula(
            #"""
            \frac{\partial \loglik{\params}}{\partial \weight{k}} = \sumobs
            \frac{\normal{\obs{n}}{\mean{k}}{\variance{k}}}{\sum_{\otherindex} \weight{\otherindex} \thinspace \normal{\obs{n}}{\mean{\otherindex}}{\variance{\otherindex}}}
            = \frac{\effcount{k}}{\weight{k}}
            """#)
        report.prose(
            #"""
            This looks like the slope of the first section, but now the count $\effcount{k}$ moves when the weights move, so
            $\weight{k} = \effcount{k} / \obscount$ is no longer a solution but an equation with the unknown on both sides. EM solves it by
            repeating: it multiplies each weight by its slope over $\obscount$, so that what is worth more than the price grows, and what
            is worth less shrinks, until all slopes are equal. (Only a weight that shrinks to 0 is an exception: there is nothing left to sell, and
            its slope may stay below the price.)
            """#)
        try steps(in: &report)
        report.prose(
            #"""
            For the multiplier, another function is maximised now. In section 1, $L$ was
            $\sumclasses \effcount{k} \nlog \weight{k} + \lambda ( \sumclasses \weight{k} - 1 )$, with fixed counts. From here on, the
            log-likelihood itself takes the place of the first sum:
            """#)
        report.formula(
            #"L(\weights, \lambda) = \loglik{\params} + \lambda \left( \sumclasses \weight{k} - 1 \right)"#)
        try stationary(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Every point of a triangle is a choice of three weights. Left: one M-step goes from equal weights to the maximum of $\Qname$, at
                \#(path[1], .fixed(3)). Right: the log-likelihood, and EM's steps from three places to its maximum, at \#(weights, .fixed(3)).
                """#)
        report.prose(
            #"""
            Each corner of the triangles in [fig:simplex] gives all the weight to one Gaussian. The M-step on the left reaches its maximum
            at once; EM on the right takes many steps to that of the log-likelihood. As a function of the weights alone this is a sum of
            logarithms of sums in which every weight stands once, to the first power. So it is concave, and strictly so here, since no
            change of the weights leaves all \#(numbers.count) densities as they were: a hill without a side summit, and all paths from
            inside the triangle end at one point. (A weight of
            zero stays zero, so a path that starts on an edge stays there. And with the means and variances free,
            there may be several summits; [lesson:10] is about it.)
            """#)
    }

    private func steps(in report: inout Report) throws {
        let shown = [0, 1, 2, 4, 8, path.count - 1].filter { $0 < path.count }
        report.table(
            [
                "step", #"$\weight{1}, \weight{2}, \weight{3}$"#, #"slopes $\effcount{k} / \weight{k}$"#,
                #"$\loglik{\params}$"#,
            ],
            rows: try Array(Set(shown)).sorted().map { step in
                [
                    "\(step)", "\(path[step], .fixed(4))", "\(try slopes(at: path[step]), .fixed(2))",
                    "\(table.logLikelihood(path[step]), .fixed(3))",
                ]
            },
            caption: #"""
                From equal weights. At the end the three slopes are one number, $\obscount = \#(numbers.count)$: no weight is worth more
                than another.
                """#)
    }

    private func stationary(in report: inout Report) throws {
        let slopes = try slopes(at: weights)
        let counts = zip(slopes, weights).map { $0 * $1 }
        let lambda = -counts.reduce(0, +)
        let residual = slopes.map { abs($0 + lambda) }.max() ?? .nan
        let found = try constrainedMaximum(of: table.logLikelihood, from: [0.4, 0.3, 0.3])
        let grid = bestOnGrid(steps: 200)
        report.equation(
            "prml.9.22",
            formula: #"""
                \frac{\partial L}{\partial \weight{k}} = \sumobs
                \frac{\normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}}{\sum_{\otherindex} \weight{\otherindex} \thinspace \normal{\obsvec{n}}{\meanvec{\otherindex}}{\cov{\otherindex}}}
                + \lambda = 0 \quad \Rightarrow \quad \lambda = -\obscount, \qquad
                \weight{k} = \frac{\effcount{k}}{\obscount}
                """#,
            numbers: #"""
                \begin{aligned} & \text{all three slopes are } \#(slopes[0], .fixed(4)), \quad
                \lambda = \#(lambda, .significant(6)) \cr
                & \weight{1} = \frac{\#(counts[0], .fixed(3))}{\#(numbers.count)} = \#(weights[0], .fixed(4)), \quad
                \weight{2} = \frac{\#(counts[1], .fixed(3))}{\#(numbers.count)} = \#(weights[1], .fixed(4)), \quad
                \weight{3} = \frac{\#(counts[2], .fixed(3))}{\#(numbers.count)} = \#(weights[2], .fixed(4)) \end{aligned}
                """#,
            value: .vector([lambda] + weights),
            again: .search(
                .vector([found.multiplier] + found.weights),
                """
                projected gradient on the log-likelihood over the simplex; and, for λ, how fast its maximum rises with the sum \
                that the weights may have, by central differences
                """),
            telling: .entry(0, #"$\lambda$"#),
            details: #"""
                That the three slopes agree is a statement to more digits than are printed: the residuals of the three stationarity equations are \#(residual, .bound). A search of all \#(grid.count) weights in steps of
                1/200 \#(grid.value <= table.logLikelihood(weights) + 1e-9 ? "finds nothing higher" : "finds something higher"): the
                best of them, \#(grid.weights, .significant(3)), has a log-likelihood of \#(grid.value, .fixed(4)), and the weights above
                have \#(table.logLikelihood(weights), .fixed(4)).
                """#)
    }

    /// The best of all weights that are multiples of 1/steps.
    private func bestOnGrid(steps: Int) -> (weights: [Double], value: Double, count: Int) {
        var best = (weights: [1.0, 0, 0], value: -Double.infinity, count: 0)
        for i in 0...steps {
            for j in 0...(steps - i) {
                let weights = [i, j, steps - i - j].map { Double($0) / Double(steps) }
                let value = table.logLikelihood(weights)
                best.count += 1
                if value > best.value { (best.weights, best.value) = (weights, value) }
            }
        }
        return best
    }
}

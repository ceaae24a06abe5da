import Foundation
import MixtureModels
import Notebook
import Verification

// Equations 14-17: the log-likelihood that we could write down if the coins were known.

extension SingleFlips {
    func completeLikelihood(in report: inout Report) throws {
        report.prose(
            #"""
            **If the coins were known.** Before we average over hidden coins, let us see what it is that we average: the
            *complete-data* log-likelihood, the log of the joint probability of a flip **and** its coin. Why not go straight to
            the log-likelihood of the flips, $\loglik{\params}$, and set its derivatives to zero? Because there the logarithm
            meets a sum over coins, and stops. The derivative with respect to $\headprob{1}$, for instance, is
            """#)
        report.formula(
            #"""
            \frac{\partial \thinspace \loglik{\params}}{\partial \headprob{1}} = \sumobs
            \frac{\weight{1} \left( \heads{n} - \tails{n} \right)}
            {\weight{1} \headprob{1}^{\heads{n}} \tailprob{1}^{\tails{n}}
            + \weight{2} \headprob{2}^{\heads{n}} \tailprob{2}^{\tails{n}}}
            """#)
        report.prose(
            #"""
            with every unknown in every denominator. In the complete-data log-likelihood the logarithm meets a product, and takes
            it apart. This is equations 14 to 16 in one go:
            """#)
        report.formula(
            #"""
            \begin{aligned} \nlog p(\obs{n}, \latentvec{n} \pgiven \params)
            & = \nlog \left[ p(\obs{n} \mid \latentvec{n} \cgiven \params) \thinspace p(\latentvec{n} \pgiven \params) \right] \cr
            & = \nlog \prodclasses \left( \weight{k} \thinspace \headprob{k}^{\heads{n}} \thinspace \tailprob{k}^{\tails{n}} \right)^{\latent{n}{k}} \cr
            & = \sumclasses \latent{n}{k} \left( \nlog \weight{k} + \heads{n} \nlog \headprob{k} + \tails{n} \nlog \tailprob{k} \right)
            \end{aligned}
            """#)
        report.define(
            #"\completeloglik{\params}"#, "complete-data log-likelihood",
            "logarithm of the joint probability of the observations and their hidden coins")
        report.prose(
            #"""
            The first line is the product rule: choose the coin, then flip it. In the second the exponents $\latent{n}{k}$ are a switch: the
            factor of the coin that was not flipped is raised to the power 0, and disappears. The third is the form to remember: **linear in
            the hidden $\latent{n}{k}$**. An expectation passes through anything linear, and that is the step that makes EM possible.
            """#)
        let (weight, first, second) = (parameters[0], parameters[1], parameters[2])
        let table = [
            [weight * first, weight * (1 - first)],
            [(1 - weight) * second, (1 - weight) * (1 - second)],
        ]
        let logJoint = [0, 1].map { coin in [true, false].map { guess.logJoint(at: $0)[coin] } }
        let oneHot = cells { flip, coin in logOfProducts(flip: flip, latent: coin) }
        let written = cells { flip, coin in writtenOut(flip: flip, latent: coin) }
        report.folded("Line 1 in numbers: equation 14") { inner in
            inner.equation(
                "cs181.14",
                formula: #"""
                    \nlog p(\obs{n}, \latentvec{n} \pgiven \params)
                    = \nlog \left[ p(\obs{n} \mid \latentvec{n} \cgiven \params) \thinspace
                    p(\latentvec{n} \pgiven \params) \right]
                    """#,
                numbers: #"""
                    \text{coin 1, heads:} \quad \nlog (\#(first, .significant(3)) \times \#(weight, .significant(3)))
                    = \#(logJoint[0][0], .fixed(4)), \qquad
                    \text{coin 2, heads:} \quad \nlog (\#(second, .significant(3)) \times \#(1 - weight, .significant(3)))
                    = \#(logJoint[1][0], .fixed(4))
                    """#,
                value: .matrix(logJoint),
                again: .exact(
                    .matrix(table.map { $0.map { log($0) } }),
                    "the logarithms of four plain products, the joint table under the guess"),
                telling: .entry(0, 0, "log P(first coin, heads)"),
                note: "In `results.json` the value has a row for each coin: heads, then tails.")
        }
        report.folded("Line 2 in numbers: equation 15") { inner in
            inner.equation(
                "cs181.15",
                formula: #"""
                    \nlog p(\obs{n}, \latentvec{n} \pgiven \params)
                    = \nlog \prodclasses \left( \weight{k} \thinspace \headprob{k}^{\heads{n}} \thinspace
                    \tailprob{k}^{\tails{n}} \right)^{\latent{n}{k}}
                    """#,
                printed: #"""
                    \log p(\mathbf{x}_{n}, \mathbf{z}_{n}; \mathbf{w}) = \log \prod_{k=1}^{2} \left( \theta_{k}
                    \prod_{j=1}^{2} \pi_{kj}^{x_{n,j}} \right)^{z_{n,k}}
                    """#,
                numbers: #"""
                    \text{coin 2, heads:} \quad
                    \nlog \left[ (\#(weight, .significant(3)) \times \#(first, .significant(3)))^{0} \times
                    (\#(1 - weight, .significant(3)) \times \#(second, .significant(3)))^{1} \right]
                    = \#(oneHot[1][0], .fixed(4))
                    """#,
                value: .matrix(oneHot),
                again: .exact(.matrix(logJoint), "equation 14"),
                telling: .entry(0, 0, "log P(first coin, heads)"),
            )
        }
        report.folded("Line 3 in numbers: equation 16") { inner in
            inner.equation(
                "cs181.16",
                formula: #"""
                    \nlog p(\obs{n}, \latentvec{n} \pgiven \params) =
                    \latent{n}{1} \left( \nlog \weight{1} + \heads{n} \nlog \headprob{1} + \tails{n} \nlog \tailprob{1} \right)
                    + \latent{n}{2} \left( \nlog \weight{2} + \heads{n} \nlog \headprob{2} + \tails{n} \nlog \tailprob{2} \right)
                    """#,
                numbers: #"""
                    \text{coin 2, heads:} \quad 0 \times (\ldots) + 1 \times (
                    \nlog \#(1 - weight, .significant(3)) + 1 \times \nlog \#(second, .significant(3))
                    + 0 \times \nlog \#(1 - second, .significant(3))) = \#(written[1][0], .fixed(4))
                    """#,
                value: .matrix(written),
                again: .exact(.matrix(logJoint), "equation 14"),
                telling: .entry(0, 0, "log P(first coin, heads)"))
        }
        try dataSet(in: &report, table: table)
    }

    /// Equation 17: the sum over all flips.
    private func dataSet(in report: inout Report, table: [[Double]]) throws {
        let known = zip(flips, coins).reduce(0) { $0 + guess.logJoint(at: $1.0)[$1.1] }
        // The same as one product, with one logarithm at the end.
        let product = zip(flips, coins).reduce(1) { $0 * table[$1.1][$1.0 ? 0 : 1] }
        let pairs = [0, 1].map { coin in
            [true, false].map { flip in zip(flips, coins).count { $0.0 == flip && $0.1 == coin } }
        }
        let logEvidence = try Assignments(items: flips.count, classes: 2).logSum { assignment in
            log(zip(flips, assignment).reduce(1) { $0 * table[$1.1][$1.0 ? 0 : 1] })
        }
        let terms = [0, 1].flatMap { coin in
            [0, 1].map { side in
                #"\#(pairs[coin][side]) \times (\#(NumberFormat.fixed(4).tex(log(table[coin][side]))))"#
            }
        }
        report.folded("The whole data set: equation 17") { report in
            report.equation(
                "cs181.17",
                formula: #"\completeloglik{\params} = \sumobs \nlog p(\obs{n}, \latentvec{n} \pgiven \params)"#,
                numbers: #"\completeloglik{\params} = \#(terms.joined(separator: " + ")) = \#(known, .fixed(4))"#,
                value: [known, guess.logLikelihood(of: flips)],
                again: .exact(
                    [log(product), logEvidence],
                    """
                    the log of one product of \(flips.count) probabilities; and, for the second number, the sum over all \
                    \(1 << flips.count) assignments of coins to flips
                    """, tolerance: .enumeration),
                telling: .entry(0, #"$\completeloglik{\params}$"#),
                note: #"""
                    Here we peeked: the simulation kept the coins, and the four counts above are how often each coin
                    showed heads and tails. The second number of the check is what can be known without
                    peeking, the log-likelihood $\loglik{\params} = \#(logEvidence, .fixed(4))$ of the flips alone: the same joint
                    probability, summed over all $2^{\#(flips.count)} = \#(1 << flips.count)$ ways in which the coins could have been
                    chosen. Nobody would compute it that way (it is also a sum of \#(flips.count) short logarithms, one for each
                    flip); but as a check, it takes nothing for granted.
                    """#)
        }
    }

    private func cells(_ value: (_ flip: Bool, _ coin: Int) -> Double) -> [[Double]] {
        [0, 1].map { coin in [true, false].map { value($0, coin) } }
    }

    /// Equation 15, as printed: a product over both coins with one-hot exponents, then the logarithm.
    private func logOfProducts(flip: Bool, latent: Int) -> Double {
        let heads = flip ? 1 : 0
        let product = [0, 1].reduce(1.0) { product, k in
            let mu = guess.components[k].probability
            let factor = guess.weights[k] * power(mu, heads) * power(1 - mu, 1 - heads)
            return product * power(factor, latent == k ? 1 : 0)
        }
        return log(product)
    }

    /// Equation 16, as printed: a sum over both coins with one-hot factors.
    private func writtenOut(flip: Bool, latent: Int) -> Double {
        let (x, z) = (flip ? 1.0 : 0.0, [latent == 0 ? 1.0 : 0.0, latent == 1 ? 1.0 : 0.0])
        let (w, m1, m2) = (parameters[0], parameters[1], parameters[2])
        return z[0] * (log(w) + x * log(m1) + (1 - x) * log(1 - m1))
            + z[1] * (log(1 - w) + x * log(m2) + (1 - x) * log(1 - m2))
    }
}

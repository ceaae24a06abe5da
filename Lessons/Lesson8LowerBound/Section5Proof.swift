import MixtureModels
import Notebook
import Verification

/// Section 5: the proof, whole.
struct Proof {
    static let boxTitle: Prose = "Why the log-likelihood never falls"
    /// Bound and divergence add up to the log-likelihood: the line on which all depends.
    static let split: TeX = #"""
        \begin{aligned}
        F(q, \params) + \mathrm{KL}(q, \params) &= \sum_{\latents} q(\latents) \thinspace \nlog
        \left( \frac{p(\data, \latents \pgiven \params)}{q(\latents)} \cdot \frac{q(\latents)}{p(\latents \mid \data \cgiven \params)} \right) \cr
        &= \sum_{\latents} q(\latents) \thinspace \nlog p(\data \pgiven \params) = \loglik{\params}
        \end{aligned}
        """#
    private let coin: BentCoin

    init(_ coin: BentCoin) { self.coin = coin }

    func explain(in report: inout Report) throws {
        report.section("The proof, whole")
        report.prose(
            #"""
            All of it is there by now; here it stands in one place. One fact is needed, **Gibbs' inequality**: for two probability distributions $q$ and $p$,
            $\sum q \nlog (q / p) \ge 0$. It follows from $\nlog u \le u - 1$, the tangent of the logarithm at 1:
            """#)
        report.formula(
            #"""
            -\sum_{\latents} q(\latents) \nlog \frac{q(\latents)}{p(\latents)}
            = \sum_{\latents} q(\latents) \nlog \frac{p(\latents)}{q(\latents)}
            \le \sum_{\latents} q(\latents) \left( \frac{p(\latents)}{q(\latents)} - 1 \right) \le 1 - 1 = 0
            """#)
        report.prose(
            #"""
            (The sums run over the $\latents$ with $q(\latents) \gt 0$; over these $p$ sums to at most 1.) The tangent touches only at $u = 1$, so there is equality only if $q = p$.
            """#)
        try report.box(Self.boxTitle) { box in
            box.prose(
                #"""
                **1. Split.** Since $p(\data, \latents \pgiven \params) = p(\latents \mid \data \cgiven \params) \thinspace p(\data \pgiven \params)$, for every $q$ and every $\params$ bound and divergence
                add up to the log-likelihood:
                """#)
            box.formula(Self.split)
            box.prose(
                #"""
                since $q$ sums to 1. And $\mathrm{KL}(q, \params) \ge 0$, by Gibbs' inequality. (Where $q(\latents)$ is 0, its term is 0 in all these sums.)

                **2. E-step.** Take $q^{(t+1)}(\latents) = p(\latents \mid \data \cgiven \paramsat{t})$. Then the divergence at $\paramsat{t}$ is zero.

                **3. M-step.** Take $\paramsat{t+1}$ with $F(q^{(t+1)}, \paramsat{t+1}) \ge F(q^{(t+1)}, \paramsat{t})$: the maximum of $\Qname$ has that, and so has any $\params$ that
                raises $\Qname$.

                **4. Together:**
                """#)
            box.formula(
                #"""
                \loglik{\paramsat{t}} = F(q^{(t+1)}, \paramsat{t}) \le F(q^{(t+1)}, \paramsat{t+1})
                = \loglik{\paramsat{t+1}} - \mathrm{KL}(q^{(t+1)}, \paramsat{t+1}) \le \loglik{\paramsat{t+1}}
                """#)
            try measured(in: &box)
        }
        report.prose(
            #"""
            **What the proof does not say.** It says nothing about *where* the climb ends. A sequence that rises and is bounded has a limit, so the values
            $\loglik{\paramsat{t}}$ converge if the log-likelihood is bounded (for coins it is: no probability is above 1; for Gaussians with free
            variances it is not). But the limit need not be the highest summit, nor a summit at all. [Lesson:10] collects what can happen.
            And look at step 3 again: it does not ask for the maximum. That is a licence, and the next section uses it.
            """#)
    }

    /// The split, at random assignments and parameters, which no E-step has made.
    private func measured(in report: inout Report) throws {
        var generator = SeededGenerator(seed: report.seed).stream(7)
        let cases = (0..<200).map { _ -> (q: [[Double]], heads: [Double]) in
            let q = coin.sets.map { _ -> [Double] in
                let share = generator.uniform()
                return [share, 1 - share]
            }
            return (q, [0.02 + 0.96 * generator.uniform(), 0.02 + 0.96 * generator.uniform()])
        }
        let left = try cases.map { try coin.logLikelihood($0.heads) - coin.potential($0.heads, Matrix($0.q)) }
        let right = cases.map { coin.plain.divergences(of: $0.q, from: $0.heads).reduce(0, +) }
        report.check(
            "split-anywhere", value: .vector(left),
            again: .exact(
                .vector(right),
                "the Kullback-Leibler divergence by plain multiplication, for 200 random assignments and pairs of coins",
                tolerance: .rounding(scale: 1000)))
    }
}

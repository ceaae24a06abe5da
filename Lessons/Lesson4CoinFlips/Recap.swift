import MixtureModels
import Notebook

// What a reader should be able to say at the end, and the lesson on one page.

extension Lesson4CoinFlips {
    func recapitulate(in report: inout Report, _ tenFlips: TenFlips) throws {
        report.recap([
            (
                #"What does EM make as large as possible, and why not by setting the derivatives of that to zero?"#,
                #"""
                The log-likelihood $\loglik{\params}$. It is a sum of logarithms of sums over the coins, so in its derivatives every unknown
                stands in every denominator, and the equations cannot be solved one by one. Those of $\Q{\params}{\paramsat{t}}$ can.
                """#
            ),
            (
                #"Why are the responsibilities all that the M-step needs to know about the hidden coins?"#,
                #"""
                The complete-data log-likelihood is linear in $\latent{n}{k}$. So its expectation needs only the expectation of
                $\latent{n}{k}$, which is the probability that it is 1: $\resp{n}{k}$.
                """#
            ),
            (
                #"Why can a step of EM never lower $\loglik{\params}$?"#,
                #"""
                With the responsibilities under $\paramsat{t}$ held fixed, $\Q{\params}{\paramsat{t}} + \entropy{\resps}$ is at most
                $\loglik{\params}$ everywhere (Gibbs' inequality) and equal to it at $\paramsat{t}$. The M-step climbs this bound, and the
                log-likelihood is never below it.
                """#
            ),
            (
                #"Why can EM not find two coins from single flips, however many, and why can it from ten flips of each coin?"#,
                #"""
                Single flips tell one number, the share of heads, and many pairs of coins have it: a ridge. The number of heads in ten flips can take
                eleven values, so its distribution tells ten numbers: more than enough for two coins and a weight, which are three. (Sets of
                three flips would do, sets of two would not: [lesson:5].)
                """#
            ),
            (
                #"Your program prints $\Q{\paramsat{t}}{\paramsat{t}}$ and $\loglik{\paramsat{t}}$ after each step. Once the first falls, once the second. What do you do?"#,
                #"""
                If the first falls, nothing: $\loglik{\paramsat{t}}$ is the sum of it and the entropy, and only the sum is promised not to fall. If the
                second falls by more than rounding, look for the mistake in the code.
                """#
            ),
        ])
        try summarise(in: &report, tenFlips)
    }

    private func summarise(in report: inout Report, _ tenFlips: TenFlips) throws {
        let round = try RoundByHand.shown()
        let known = KnownAndHidden()
        let (fitted, steps) = (tenFlips.run.last.mixture, tenFlips.run.steps)
        report.summary(
            goal: #"""
                The weights and head probabilities that make the flips as probable as possible, though nobody sees which coin was flipped. The steps
                in the frame are derived in [eq:cs181.ex4.1] and [eq:cs181.ex4.3].

                **Why it climbs.** With the responsibilities of the old parameters held fixed, $\Q{\params}{\paramsat{t}} + \entropy{\resps}$ is never
                above $\loglik{\params}$, and touches it at $\paramsat{t}$. The M-step climbs that bound, so $\loglik{\params}$ cannot fall
                ([the proof](#section-4)).
                """#,
            box: AlgorithmBox.title, updates: [],
            numbers: [
                #"""
                Five sets of ten flips: with known coins, the shares of heads are \#(known.estimatesIfKnown, .fixed(2)); with hidden coins, one round of EM
                from (0.60, 0.50) gives \#(try known.estimatesIfHidden(), .fixed(2)).
                """#,
                #"""
                The round by hand raises the log-likelihood (without the binomial coefficients) from \#(round.logLikelihood(round.start), .fixed(3)) to
                \#(round.logLikelihood(round.after), .fixed(3)).
                """#,
                #"""
                On the \#(tenFlips.data.rowCount) \#(tenFlips.data.rowCount == 1 ? "set" : "sets") of section 3, EM takes \#(tenFlips.count(steps, "step")) to the
                weights \#(fitted.weights, .fixed(3)) and the head probabilities \#(fitted.heads, .fixed(3)).
                """#,
            ], figure: "bound")
    }
}

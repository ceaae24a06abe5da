import MixtureModels
import Notebook
import Verification

/// The EM algorithm for coins, on one screen.
struct AlgorithmBox {
    /// What the box is called where it is referred to.
    static let title: Prose = "The EM algorithm for coins"

    func explain(in report: inout Report) throws {
        report.prose(
            #"""
            **The algorithm.** With these names the whole of it fits on one screen. Observation $\obsindex$ is a set of $\flips$ flips of one
            hidden coin, of which $\headcount{n}$ are heads ($\flips = 1$ for single flips); there are $\obscount$ observations and
            $\classcount$ coins. The rest of the lesson says where the formulas come from, and why this works.
            """#)
        try equalStarts(in: &report)
        report.box(Self.title) { Self.write(in: &$0) }
        report.define(
            #"\effcount{k}"#, "effective count",
            #"sum of the responsibilities of coin $\classindex$: the observations that it is given"#)
    }

    /// What stands in the box.
    private static func write(in report: inout Report) {
        report.prose(
            #"""
            **Goal.** The weights $\weight{k}$ and head probabilities $\headprob{k}$ with the largest log-likelihood $\loglik{\params}$.

            **0. Start** with positive weights that sum to 1 and with head probabilities that *differ*, all strictly between 0 and 1: random ones, or
            shares of heads like those seen in the data. Start several times, and keep the end with the largest
            $\loglik{\params}$. *Not* with equal coins: each row is then shared out in the same proportion, so all coins get the same
            update and stay equal for ever. And not at 0 or 1: a coin of weight 0 is given no set, and its update is 0/0; and EM never moves a head probability away from 0 or 1.

            **1. E-step**, in logarithms, since a product of many probabilities is too small for a computer. For each $\obsindex$ and $\classindex$
            take $a_{\obsindex \classindex}$, the logarithm of the joint probability of observation $\obsindex$ and coin $\classindex$ (without the
            binomial coefficient, which cancels), and then
            """#)
        report.formula(
            #"""
            \begin{aligned} a_{\obsindex \classindex} = {} & \nlog \weight{k} + \headcount{n} \nlog \headprob{k}
            + (\flips - \headcount{n}) \nlog (1 - \headprob{k}), \qquad m_{\obsindex} = \max_{\classindex} a_{\obsindex \classindex} \cr
            s_{\obsindex} = {} & \sumclasses \exp (a_{\obsindex \classindex} - m_{\obsindex}), \qquad
            \resp{n}{k} = \frac{\exp (a_{\obsindex \classindex} - m_{\obsindex})}{s_{\obsindex}} \end{aligned}
            """#)
        report.prose(
            #"""
            **2. M-step.** Weights are shares of the sets, head probabilities are shares of heads:
            """#)
        report.formula(
            #"""
            \effcount{k} = \sumobs \resp{n}{k}, \qquad \weight{k} = \frac{\effcount{k}}{\obscount}, \qquad
            \headprob{k} = \frac{\sumobs \resp{n}{k} \thinspace \headcount{n}}{\flips \thinspace \effcount{k}}
            """#)
        report.prose(
            #"""
            **3. Watch** the log-likelihood, which the E-step gives for nothing: $\sumobs (m_{\obsindex} + \nlog s_{\obsindex})$, up to the
            binomial coefficients, which never change. It must not fall; if it does by more than rounding, there is a mistake in the code.

            **4. Stop** when nothing moves any more: when in a step no weight and no head probability changes by more than a small number that you have
            chosen; or after a set number of steps, and then say so. Otherwise go to 1. (Many programs stop when a step changes the log-likelihood by no more
            than a small part of its own size. So do the runs of this lesson, at a part in $10^{10}$, unless it says otherwise. Where EM is
            slow, such a small change does not show that the parameters are near their end.)

            **Cost of a step:** one look at each observation for each coin, so time in proportion to $\obscount \classcount$. Equal head counts
            can be counted once: then it is at most $(\flips + 1) \classcount$, however many sets there are.
            """#)
    }

    /// The box warns of equal starts: here is one.
    private func equalStarts(in report: inout Report) throws {
        let data = try RoundByHand.shown().data
        let start = try binomialMixture(weights: [0.3, 0.7], heads: [0.2, 0.2], flips: 3)
        let end = try EM(data: data, start: start, stop: .maximumSteps(50)).fit().mixture
        let (heads, flips) = data.reduce((0, 0)) { ($0.0 + $1.heads, $0.1 + $1.flips) }
        report.predict(
            #"""
            EM has to start somewhere. Why not play fair, and give both coins the same head probability? Where will it be after fifty steps?
            """#,
            answer: #"""
                Where it was after one. If the coins are equal, the head counts say nothing about which is which: every set is shared out in the
                proportion of the weights, both coins get the same average, and they are equal again. On the five sets of the round by hand
                below, two coins that both start at \#(start.heads[0], .fixed(1)), with weights \#(start.weights, .fixed(1)), are after fifty
                steps at \#(end.heads, .fixed(4)), the share of heads in all flips, and the weights have not moved: \#(end.weights, .fixed(1)).
                """#)
        report.check(
            "equal-starts", value: .vector(end.weights + end.heads),
            again: .exact(
                .vector([0.3, 0.7] + Array(repeating: Double(heads) / Double(flips), count: 2)),
                "the weights of the start, and the heads over the flips of all sets together"))
    }
}

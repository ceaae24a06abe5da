import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 8: the lower bound under the log-likelihood.
@main
struct Lesson8LowerBound: Lesson {
    static let title = "The lower bound: why EM climbs, how fast, and what else climbs"
    // The gradient step and the prior stand beside CS 181's coins, so its letters are those of its section on coins.
    static let model = Notation.Model.coins
    static let abstract = "The lower bound: why EM never falls, how fast it climbs, and what a prior changes."

    @OptionGroup var options: LessonOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        overview(of: &report)
        let coin = try BentCoin(seed: report.seed)
        let bound = try Bound(coin)
        try bound.explain(in: &report)
        let gains = try Gains(bound)
        try gains.explain(in: &report)
        try QFunction(bound).explain(in: &report)
        try Potential(bound).explain(in: &report)
        try Proof(coin).explain(in: &report)
        progress.update("other ways to climb")
        try GradientStep(seed: report.seed).explain(in: &report)
        try Incremental(coin).explain(in: &report)
        try PosteriorMode(coin, seed: report.seed).explain(in: &report)
        progress.update("the speed of EM")
        let speed = try Speed(coin)
        try speed.explain(in: &report)
        try Acceleration(seed: report.seed).explain(in: &report)
        try ending(of: &report, coin: coin, bound: bound, gains: gains, speed: speed)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            EM never asks for a derivative, takes no step length, and yet the log-likelihood rises at every step. [Lesson:4]
            proves it on half a page. This lesson takes the proof apart, looks at each piece, and then uses the pieces for more than EM.

            **The goal**: to see the one picture behind EM, a simple curve that lies under the log-likelihood and touches it where we stand; to
            prove from it that the log-likelihood never falls; and to know what may be changed in EM without losing the proof.

            **What you will see.** The bound under a log-likelihood of one unknown, and of two. The gap between them, which is a
            Kullback-Leibler divergence. EM as coordinate ascent, drawn as such. A gradient step in the place of an M-step without a formula; an
            E-step for one set at a time; a prior, and what it does to a Gaussian that is about to collapse. And the speed of EM: what a
            round leaves of an error is the share of the information that is *missing*. There are ways to jump ahead, with risks.

            Every equation of the handouts is followed by a check: a second route that shares no code with the first.
            """#
    }

    private func ending(of report: inout Report, coin: BentCoin, bound: Bound, gains: Gains, speed: Speed) throws {
        report.recap(Self.questions)
        let step = try gains.firstStep()
        report.summary(
            goal: #"""
                Why EM never lowers the log-likelihood: it climbs a lower bound that touches the log-likelihood where EM stands. And what may be changed
                in EM without losing that.
                """#,
            box: Proof.boxTitle, updates: ["stat215a.lower-bound", "cs229.coordinate-ascent", "prml.9.33"],
            numbers: [
                #"""
                In the first step, from \#(bound.guess, .significant(2)) to \#(bound.path[1], .fixed(3)), the bound rises by
                \#(step.bound, .fixed(3)) and the log-likelihood by \#(step.curve, .fixed(3)).
                """#,
                #"""
                EM comes to rest at \#(bound.top, .fixed(4)) after \#(bound.path.count - 1) steps, where the log-likelihood is
                \#(try bound.logLikelihood(bound.top), .fixed(3)).
                """#,
                #"""
                With both coins unknown, \#(speed.slowest, .percent(1)) of the information is missing in the slowest direction, and that is the share of an error that a
                round of EM leaves.
                """#,
            ], figure: "frames")
        let fit = try coin.em(from: BentCoin.coins(coin.guess), fairIsKnown: true).fit()
        report.fit = FitSummary(
            "a bent coin and a fair one", model: "mixture of 2 binomials, 10 flips, of which one is known to be fair",
            fit, of: coin.sets, held: FitHeld(weights: true, components: [1]))
        report.next = [
            (
                "swift run Lesson8LowerBound --seed 7 --output out/l8",
                "Other sets. Which numbers move, and which statements stay as they are?"
            ),
            (
                "swift run Lesson8LowerBound --notation stat215a --output out/stat215a",
                "The whole report in the letters of the STAT 215A slides."
            ),
            (
                "swift run Lesson4CoinFlips --output out/l4",
                "The algorithm itself, and why $\\Qname$ alone is the wrong thing to watch."
            ),
        ]
        report.references = Self.literature
    }

    private static let questions: [(question: Prose, answer: Prose)] = [
        (
            "Why does the bound of the E-step touch the log-likelihood?",
            #"""
            Because the gap is the Kullback-Leibler divergence between $q$ and the posterior, and the E-step makes them equal at the current
            parameters.
            """#
        ),
        (
            "Somebody raises the bound above its touching value by trying random parameters. Is the log-likelihood sure to have risen?",
            "Yes, by at least as much: it lies above the bound everywhere and started at the same height. That is all the proof needs."
        ),
        (
            #"Why may one maximise $\Qname$ in the place of the bound, and why should one not *watch* it in the place of the bound?"#,
            #"""
            For one $q$ the two differ by the entropy of $q$, a constant. From one step to the next $q$ changes, and so does the entropy: $\Qname$ may
            fall while the bound rises.
            """#
        ),
        (
            "What becomes of E-step and M-step when there is a prior on the parameters?",
            #"The E-step stays as it is. The M-step maximises $\Qname + \nlog p(\params)$, and what never falls is $\loglik{\params} + \nlog p(\params)$."#
        ),
        (
            "EM has moved by less than 0.001 in the last round. How far may it still have to go, if the rate is 0.99?",
            "About 0.001 × 0.99 / 0.01, which is 0.099: the remaining steps form a geometric series."
        ),
    ]

    private static let literature: [(id: String, citation: Prose)] = [
        ("stat215a", "STAT 215A (Fall 2023), week 8: the EM algorithm."),
        ("cs229", "CS229, lecture on mixtures and EM."),
        ("cs181", "CS 181 (Spring 2021), Section 8: Mixture Models and Expectation Maximization; section 2.4."),
        ("prml", "C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), chapter 9."),
        ("yu-prml", "Yue Yu, notes on chapter 9 of Bishop's PRML, which derive its numbered equations."),
        (
            "dempster-1977",
            """
            A. P. Dempster, N. M. Laird and D. B. Rubin, “Maximum likelihood from incomplete data via the EM algorithm”, \
            *Journal of the Royal Statistical Society B* 39 (1977), 1-38.
            """
        ),
        (
            "neal-1998",
            """
            R. M. Neal and G. E. Hinton, “A view of the EM algorithm that justifies incremental, sparse, and other variants”, \
            in *Learning in Graphical Models* (1998), 355-368.
            """
        ),
        (
            "varadhan-2008",
            """
            R. Varadhan and C. Roland, “Simple and globally convergent methods for accelerating the convergence of any EM \
            algorithm”, *Scandinavian Journal of Statistics* 35 (2008), 335-353.
            """
        ),
    ]
}

import ArgumentParser
import MixtureModels
import Notebook

/// Lesson 6: the constraint that weights sum to 1, and the multiplier that keeps it.
@main
struct Lesson6LagrangeUpdate: Lesson {
    static let title = "The Lagrange multiplier: the price of weight"
    // The one equation of CS 181 here is that of its coins, so its letters are those of its section on coins.
    static let model = Notation.Model.coins
    static let abstract = "The Lagrange multiplier of the weights: why it is -N, seen from five sides."

    @OptionGroup var options: LessonOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        overview(of: &report)
        let survey = try Survey(seed: report.seed)
        try survey.explain(in: &report)
        definePrice(in: &report)
        try CoinConstraints(seed: report.seed).explain(in: &report)
        try TwoGaussians(seed: report.seed).explain(in: &report)
        progress.update("three Gaussians")
        let likelihood = try WeightLikelihood(seed: report.seed)
        try likelihood.explain(in: &report)
        defineSlope(in: &report)
        progress.update("the dual problem")
        try DualProblem(likelihood).explain(in: &report)
        defineDual(in: &report)
        try AnyMixture(survey, likelihood, seed: report.seed).explain(in: &report)
        questions(in: &report)
        summary(survey, likelihood, in: &report)
        ending(of: &report)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            In the M-step of every mixture the weights come out as $\weight{k} = \effcount{k} / \obscount$. The update is so natural that the way
            to it, a Lagrange multiplier, is often skipped or done by rote: “set the derivative to zero, multiply by $\weight{k}$,
            sum, and find $\lambda = -\obscount$”. This lesson takes the time to ask what $\lambda$ *is*, and why it is minus
            the number of observations, for Gaussians, coins and yes-or-no questions alike.

            **What you will see.** Why the problem has no solution at all without its constraint. The multiplier as a price
            per unit of weight, measured by allowing a little more than 1. A method that knows no multipliers, projected gradient, arriving
            at the same place. Two slips on a set of slides, a sign and a pair of brackets, and what would come of them: an
            equation without a root, and a strange estimate. And the problem turned round: a minimum over prices instead of a maximum over weights.

            Every equation of the handouts is followed by a check: the value shown, again by a second route that shares no code with the first.
            Folded are the details, and the handouts' own letters.
            """#
    }

    private func ending(of report: inout Report) {
        report.next = [
            (
                "swift run Lesson6LagrangeUpdate --seed 7 --output out/l6",
                "Other data: the weights change, and λ does not."
            ),
            (
                "swift run Lesson6LagrangeUpdate --notation stat215a --output out/stat215a",
                "The whole report in the letters of the STAT 215A slides, where N is n."
            ),
            (
                "swift run Lesson3GaussianEM --output out/l3",
                "The other two updates of a Gaussian mixture, means and covariances, which need no multiplier."
            ),
        ]
        report.references = [
            ("prml", "C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), chapter 9 and appendix E."),
            ("yu-prml", "Yue Yu, notes on chapter 9 of Bishop's PRML, which derive its numbered equations."),
            (
                "cs181",
                "CS 181 (Spring 2021), Section 8: Mixture Models and Expectation Maximization; section 2.4."
            ),
            ("stat215a", "STAT 215A (Fall 2023), week 8: the EM algorithm."),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
            (
                "boyd-2004",
                "S. Boyd and L. Vandenberghe, *Convex Optimization* (2004), chapter 5: duality, and multipliers as prices."
            ),
            (
                "held-1974",
                """
                M. Held, P. Wolfe and H. P. Crowder, “Validation of subgradient optimization”, *Mathematical Programming* 6
                (1974), 62-88: the projection onto the simplex.
                """
            ),
        ]
    }
}

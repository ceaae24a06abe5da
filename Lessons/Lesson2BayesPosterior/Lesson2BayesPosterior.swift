import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 2: Bayes' rule, from the joint table to responsibilities.
@main
struct Lesson2BayesPosterior: Lesson {
    static let title = "Bayes' rule: which class did it come from?"
    static let model = Notation.Model.gaussians
    static let abstract =
        "Bayes' rule in a mixture: responsibilities, decisions and their errors, and how not to compute 0/0."

    @OptionGroup var options: LessonOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        let store = PetStore()
        overview(of: &report)
        try Carriers(store).explain(in: &report)
        defineRule(in: &report)
        try OnTheScale(store).explain(in: &report)
        defineEStep(in: &report)
        try TwoClasses(store, seed: report.seed).explain(in: &report)
        progress.update("deciding")
        let decisions = try Decisions(store, seed: report.seed)
        try decisions.explain(in: &report)
        defineBoundary(in: &report)
        try FarAway().explain(in: &report)
        defineLogarithms(in: &report)
        progress.update("the plane")
        try InThePlane(store, seed: report.seed).explain(in: &report)
        definePlane(in: &report)
        try MarginalOrComplete(store, seed: report.seed).explain(in: &report)
        defineLikelihoods(in: &report)
        questions(in: &report)
        try summary(store, errorRate: decisions.errorRate(), in: &report)
        ending(of: &report)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            [Lesson:1] ran a pet store forwards: choose a species, then a weight. Now the scale shows 6 kg, and the species is gone.
            What can be said about it? Not which species it was; but exactly how probable each one is. The rule that says so is more than
            two hundred and fifty years old and fits in one line, and half of the EM algorithm is nothing but this line, applied to
            every observation.

            **What you will see.** The rule in a table with nine numbers, checked by counting. The same with densities in the place
            of table entries: the *responsibilities*, in the letters of four handouts and a textbook. Where one class takes over from another,
            how often the best possible guess is wrong, and who is named at the far ends of the scale.
            A formula that is right on paper and fails in a computer. And two likelihoods that are easy to mix up.

            Every number below was computed when this report was written. Each equation of the handouts is followed by a check: the value shown,
            again by a second route that shares no code with the first. Folded are the details, and the handouts' own letters.
            """#
    }

    private func ending(of report: inout Report) {
        report.next = [
            (
                "swift run Lesson2BayesPosterior --seed 7 --output out/l2",
                "Other animals, the same rule. Which numbers change, and which do not?"
            ),
            (
                "swift run Lesson2BayesPosterior --notation stat215a --output out/stat215a",
                "The whole report, figures included, in the letters of STAT 215A."
            ),
            ("swift run Lesson1MixtureGeneration", "The store itself, if you have not met it yet."),
        ]
        report.references = [
            (
                "cs181",
                "CS 181 (Spring 2021), Section 8: Mixture Models and Expectation Maximization; sections 2, 2.2 and 2.3."
            ),
            ("cs229", "CS229: Machine Learning, slides on Expectation Maximization for Mixtures of Gaussians."),
            ("stat215a", "STAT 215A (Fall 2023), week 8: the EM algorithm."),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
            ("prml", "C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), chapters 1.5 and 9."),
            (
                "bayes-1763",
                """
                T. Bayes, “An essay towards solving a problem in the doctrine of chances”, *Philosophical Transactions of the Royal
                Society* 53 (1763), 370-418.
                """
            ),
        ]
    }
}

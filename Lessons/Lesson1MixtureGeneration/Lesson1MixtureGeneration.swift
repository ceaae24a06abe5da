import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 1: a mixture is a recipe for data, told with a pet store.
@main
struct Lesson1MixtureGeneration: Lesson {
    static let title = "Mixture models: a recipe for data"
    static let model = Notation.Model.gaussians
    static let abstract = "Mixture models as recipes: draw a class, then an observation, and look at what comes out."
    static let aboutOptions = """
        With --samples, more or fewer animals come through the door of the pet store, up to ten million; they are counted \
        as they come, so memory stays small.
        """

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "The simulation") var sampleOptions: SampleOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        let store = PetStore()
        overview(of: &report)
        let recipe = try Recipe(store, count: sampleOptions.samples, seed: report.seed, progress: progress)
        try recipe.explain(in: &report)
        defineRecipe(in: &report)
        try SpreadNotation(store).explain(in: &report)
        try Marginal(store, recipe.animals).explain(in: &report)
        defineMarginal(in: &report)
        try TwoMeasurements(store, seed: report.seed).explain(in: &report)
        definePlane(in: &report)
        try Plates(store, seed: report.seed).explain(in: &report)
        definePlates(in: &report)
        try WhichClassIsOne(store).explain(in: &report)
        try MoreAnimals(store, recipe.animals).explain(in: &report)
        defineStandardError(in: &report)
        questions(in: &report)
        ending(of: &report)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            Before anything can be learnt from data, we should know how we think they came about. A mixture model is the
            simplest honest answer to data that look like several kinds of things thrown together: first somebody chooses a
            kind, then something of that kind appears, and we get to see the thing without its kind. This lesson plays that
            somebody. We know everything here, because we write the recipe ourselves; from the next lesson on we shall have to
            work backwards.

            **What you will see.** A pet store whose animals are weighed, with the curve that their weights follow and the
            three curves that it is made of. What is left of them when the species is forgotten: the sum over classes that all
            later difficulty comes from. The same in two dimensions, with covariances. The plate diagram, and how a density
            is read off its arrows. And places where a handout can be misread, most of them with a number that shows what would come of it.

            Every number below was computed when this report was written. Each equation of the handouts is followed by a check: the value shown,
            again by a second route that shares no code with the first; or, where the text claims a property, whether it holds. Folded are
            the details, and the handouts' own letters.
            """#
    }

    private func ending(of report: inout Report) {
        report.next = [
            (
                "swift run Lesson1MixtureGeneration --seed 7 --output out/l1",
                "Other animals from the same recipe. Which numbers change, and which do not?"
            ),
            (
                "swift run Lesson1MixtureGeneration --samples 100 --output out/few",
                "A hundred animals only: how much of the histogram is chance?"
            ),
            (
                "swift run Lesson1MixtureGeneration --samples 10000000 --output out/many",
                "Ten million of them; it takes some seconds, and no more memory than a hundred."
            ),
            (
                "swift run Lesson1MixtureGeneration --notation cs229 --output out/cs229",
                "The whole report, figures included, in the letters of the CS229 slides."
            ),
        ]
        report.references = [
            (
                "cs181",
                "CS 181 (Spring 2021), Section 8: Mixture Models and Expectation Maximization; sections 1.1 and 1.2."
            ),
            ("cs229", "CS229: Machine Learning, slides on Expectation Maximization for Mixtures of Gaussians."),
            ("stat215a", "STAT 215A (Fall 2023), week 8: the EM algorithm."),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
            ("prml", "C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), chapter 9."),
            (
                "pearson-1900",
                """
                K. Pearson, “On the criterion that a given system of deviations …”, *Philosophical Magazine* 50 (1900), 157-175:
                the chi-square distance.
                """
            ),
        ]
    }
}

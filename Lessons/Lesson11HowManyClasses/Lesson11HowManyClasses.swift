import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 11: how many classes?
@main
struct Lesson11HowManyClasses: Lesson {
    static let title = "How many classes?"
    static let model = Notation.Model.gaussians
    static let abstract = "How many classes: why the likelihood cannot choose, and four rules and a test that can."
    static let aboutOptions = """
        With --data, a file of yours takes the place of Old Faithful in the section that chooses shape and number of classes; --components is \
        the largest number of classes (default 6), and --restarts the number of starts for each (default 6).
        """

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "Your own data") var ownData: OwnDataOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        try naming(ownData.data) { try fill(&report, progress) }
    }

    private func fill(_ report: inout Report, _ progress: RunProgress) throws {
        let own = try Study.read(ownData, seed: report.seed, progress: progress)
        report.isAboutOwnData = own != nil
        progress.update("Old Faithful with six shapes")
        let geyser = try Study.oldFaithful()
        overview(of: &report)
        let hand = try ByHand()
        try hand.explain(in: &report)
        let growth = try Growth(geyser.standardised, seed: report.seed)
        try growth.explain(in: &report)
        try Parameters(seed: report.seed).explain(in: &report)
        progress.update("what each criterion estimates")
        try Optimism(seed: report.seed).explain(in: &report)
        try Evidence(seed: report.seed).explain(in: &report)
        try LabelsAndFolds(hand).explain(in: &report)
        let shapes = Shapes(study: own ?? geyser)
        try shapes.explain(in: &report)
        progress.update("likelihood ratios of drawn samples")
        try LikelihoodRatio(seed: report.seed).explain(in: &report)
        let bootstrap = try Bootstrap(geyser, seed: report.seed)
        try bootstrap.explain(in: &report)
        progress.update("blood test and digits")
        try Assay().explain(in: &report)
        let digits = try Digits()
        try digits.explain(in: &report)
        progress.update("data with three groups")
        let recovery = try Recovery(seed: report.seed)
        try recovery.explain(in: &report)
        ending(
            of: &report,
            numbers: [growth.oneNumber, shapes.oneNumber, bootstrap.oneNumber, digits.oneNumber, recovery.oneNumber])
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            Every lesson so far was told how many classes there are. Nobody tells you. Two for the geyser, because the eye says so; three for the blood test, because there are three diagnoses; and otherwise? The ORIE 4742
            notes list the number of classes among the hyperparameters, and leave it there. No source of this course says how to find it. It is the question that every student asks, so here is a lesson of its own.

            **The goal.** Choose the number of classes, and know what the choice is good for: predicting new data, finding the model under which the data are most probable, its parameters averaged out, or finding groups that can be told apart. These
            are three questions, and they may have three answers.

            **What you will see.** Why the log-likelihood always votes for more. What AIC, BIC, ICL and cross-validation estimate, each on a case small enough to be checked completely. All of them on real data, with covariances of six shapes. Why the usual likelihood ratio test fails for mixtures, and the one that works. And, where the truth is
            known, how often each rule finds it.

            Every number below was computed when this report was written. Each equation is followed by a check: the same quantity by a second route. Where the number itself comes from drawn samples, the check may be able
            only to draw again, with other random numbers. That shows how much of the number is chance, not whether the program is right.
            """#
    }
}

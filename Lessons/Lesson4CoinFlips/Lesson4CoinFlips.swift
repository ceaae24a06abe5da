import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 4: two coins, a chooser, and the EM algorithm in its smallest form.
@main
struct Lesson4CoinFlips: Lesson {
    static let title = "Coin flips: the EM algorithm in its smallest form"
    static let model = Notation.Model.coins
    static let abstract = "Coin flips: EM in its smallest form, with every equation of CS 181's section 2.4 in numbers."
    static let aboutOptions =
        "With --data, a file of head counts takes the place of the simulated ones in the section on ten flips."

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "Your own data") var dataOptions: DataOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        try naming(dataOptions.data) { try fill(&report, progress) }
    }

    private func fill(_ report: inout Report, _ progress: RunProgress) throws {
        let story = TwoCoins()
        let data = try dataOptions.read(progress: progress) ?? .simulated(story, seed: report.seed)
        report.isAboutOwnData = data.isOwn
        overview(of: &report)
        try story.explain(in: &report)
        try KnownAndHidden().explain(in: &report)
        try AlgorithmBox().explain(in: &report)
        try RoundByHand.shown().explain(in: &report)
        try RoundByHand.exercise().exercise(in: &report)
        try story.symbols(in: &report)
        try SingleFlips(story, seed: report.seed).explain(in: &report)
        let tenFlips = try TenFlips(data, progress: progress)
        try tenFlips.explain(in: &report)
        try Proof().explain(in: &report)
        try StoppingStory(seed: report.seed, progress: progress).explain(in: &report)
        try PublishedExample(progress: progress).explain(in: &report)
        try Prediction(tenFlips.run.last.mixture).explain(in: &report)
        progress.update("three kinds of mixtures")
        try AnyMixture(story, seed: report.seed).explain(in: &report)
        try recapitulate(in: &report, tenFlips)
        ending(of: &report)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            Two biased coins, a third coin that chooses between them, and a curtain. From the flips alone, find out what the coins
            are like. This is the smallest mixture model there is, and most of what there is to know about the EM algorithm can be
            seen in it, with numbers that fit on one line. The lesson follows section 2.4 of the handout for section 8 of CS 181
            (below: the handout), equation by equation.

            **What you will see.** The quantity to maximise, and the algorithm that climbs it, on one screen. A round of it that
            a pencil can follow. Why EM on single
            flips is finished after one step, without having learnt anything about the coins; and how ten flips of the same coin
            change that. The proof that a step never makes things worse. A published example, reproduced to its last printed digit.
            (The handout's Exercise 1, about a pet store, is answered in [lesson:1]; Exercises 2 to 4 are answered here.)

            Every number was computed when this report was written, and each equation of the handouts is checked: by a second route to its value, or, where it claims a property, for that property. What is folded
            can be left closed: no idea is missed. Open it for the numbers, the algebra, and the letters of the handout.
            """#
    }

    private func ending(of report: inout Report) {
        report.next = [
            (
                "swift run Lesson4CoinFlips --seed 7 --output out/l4",
                "Other flips, the same story. Which numbers change, and which do not?"
            ),
            (
                "swift run Lesson4CoinFlips --notation cs181 --output out/cs181",
                "The whole report, figures included, in the letters of the CS 181 handout."
            ),
            (
                """
                printf 'heads\\n5\\n9\\n8\\n4\\n7\\n' > heads.csv
                swift run Lesson4CoinFlips --data heads.csv --columns heads --flips 10 --components 2 --output out/mine
                """,
                "Your own head counts in the section on ten flips; here those of Do and Batzoglou."
            ),
            (
                """
                swift run Lesson4CoinFlips --data heads.csv --columns heads --flips 10 --start-heads 0.6,0.5 \\
                    --start-weights 0.5,0.5 --fixed-weights --output out/fixed
                """,
                "The same with the start, and the fixed weights, of the published example."
            ),
        ]
        report.references = [
            (
                "do-batzoglou-2008",
                """
                C. B. Do and S. Batzoglou, “What is the expectation maximization algorithm?”, *Nature Biotechnology* 26
                (2008), 897-899.
                """
            ),
            (
                "cs181",
                "CS 181 (Spring 2021), Section 8: Mixture Models and Expectation Maximization; sections 2.1, 2.2 and 2.4."
            ),
            (
                "dempster-1977",
                """
                A. P. Dempster, N. M. Laird and D. B. Rubin, “Maximum likelihood from incomplete data via the EM algorithm”,
                *Journal of the Royal Statistical Society B* 39 (1977), 1-38.
                """
            ),
            ("prml", "C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), chapter 9."),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
        ]
    }
}

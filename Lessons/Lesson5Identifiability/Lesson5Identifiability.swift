import ArgumentParser
import MixtureModels
import Notebook

/// Lesson 5: what data can tell, and what no amount of data can.
@main
struct Lesson5Identifiability: Lesson {
    static let title = "Identifiability: what data can tell, and what they never will"
    static let model = Notation.Model.coins
    static let abstract = "Identifiability: which coins can be told apart, and how many flips it takes."

    @OptionGroup var options: LessonOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        overview(of: &report)
        progress.update("every data set of up to 12 flips")
        try TwoStories(seed: report.seed).explain(in: &report)
        defineStories(in: &report)
        try Ridge(seed: report.seed).explain(in: &report)
        defineRidge(in: &report)
        progress.update("how many flips tell a rare coin")
        let rareCoin = RareCoin()
        try rareCoin.explain(in: &report)
        let comparison = FlipsPerSet()
        try comparison.explain(in: &report, progress: progress)
        defineMoments(in: &report)
        let howWell = HowWell(comparison.first)
        try howWell.explain(in: &report)
        try Labels(comparison.first).explain(in: &report)
        defineLabels(in: &report)
        questions(in: &report)
        try summary(rareCoin, comparison, howWell, in: &report)
        ending(of: &report)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            Fit a model, and you get numbers. This lesson asks a question that comes before: **could the data have told us?**
            There are pairs of mixtures that give every conceivable data set the same probability. No algorithm can choose
            between them, and no amount of data will help. Other pairs look alike and are not: one only has to wait long enough.

            **What you will see.** Two stories about coins, one with two unlike coins and one with two fair ones, which agree on all
            8190 data sets of up to twelve flips, exactly. The ridge that EM runs onto, and the directions in which it is flat.
            A claim of the CS 181 handout that is true in a limit only, and the number of flips that shows it. And the remedy, flip by
            flip: how often the chosen coin has to be flipped, before another one is chosen, so that two coins can be found.

            [Lesson:4] has the coins and the algorithm; here only the mixture itself is needed. Every equation of the handouts is followed by a
            check: the value shown, again by a second route that shares no code with the first; or, where the text claims a property,
            whether it holds. Folded are the details, and the handout's own letters.
            """#
    }

    private func ending(of report: inout Report) {
        report.next = [
            (
                "swift run Lesson5Identifiability --seed 7 --output out/l5",
                "Other flips. Which of the fits move, and which statements do not depend on the seed at all?"
            ),
            (
                "swift run Lesson5Identifiability --notation cs181 --output out/cs181",
                "The whole report in the letters of the CS 181 handout."
            ),
            (
                """
                printf 'heads\\n0\\n1\\n1\\n2\\n2\\n2\\n1\\n0\\n1\\n2\\n' > heads.csv
                swift run Lesson4CoinFlips --data heads.csv --columns heads --flips 2 --start-heads 0.3,0.6 --output out/a
                swift run Lesson4CoinFlips --data heads.csv --columns heads --flips 2 --start-heads 0.1,0.9 --output out/b
                """,
                "Two flips per set, two starts of EM: two answers with one log-likelihood. With your own data, too?"
            ),
        ]
        report.references = [
            (
                "cs181",
                "CS 181 (Spring 2021), Section 8: Mixture Models and Expectation Maximization; section 2.4, footnote and end."
            ),
            (
                "blischke-1964",
                """
                W. R. Blischke, “Estimating the parameters of mixtures of binomial distributions”, *Journal of the American
                Statistical Association* 59 (1964), 510-528.
                """
            ),
            (
                "teicher-1963",
                "H. Teicher, “Identifiability of finite mixtures”, *Annals of Mathematical Statistics* 34 (1963), 1265-1269."
            ),
            (
                "rothenberg-1971",
                "T. J. Rothenberg, “Identification in parametric models”, *Econometrica* 39 (1971), 577-591."
            ),
        ]
    }
}

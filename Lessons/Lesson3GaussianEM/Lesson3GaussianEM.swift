import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 3: Gaussian mixtures by EM, from the single Gaussian to real data.
@main
struct Lesson3GaussianEM: Lesson {
    static let title = "Gaussian mixtures: EM on real data"
    static let model = Notation.Model.gaussians
    static let abstract = "Gaussian mixtures: EM from the log of a sum to Old Faithful and a blood test."
    static let aboutOptions = """
        With --data, a file of yours takes the place of Old Faithful in the sections that follow one data set from the \
        guess to the fit; it may have any number of columns.
        """

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "Your own data") var ownData: OwnDataOptions
    @OptionGroup(title: "Your own data") var fitOptions: FitOptions

    var dataOptions: DataOptions { DataOptions(file: ownData, fit: fitOptions) }

    func validate() throws { try dataOptions.validate() }

    func explain(in report: inout Report, progress: RunProgress) throws {
        try naming(dataOptions.file.data) { try fill(&report, progress) }
    }

    private func fill(_ report: inout Report, _ progress: RunProgress) throws {
        let study = try dataOptions.read(seed: report.seed, progress: progress) ?? .oldFaithful()
        report.isAboutOwnData = !study.isOldFaithful
        let plane = try Plane(seed: report.seed)
        overview(of: &report)
        try Goal(study).explain(in: &report)
        try OneGaussian(study).explain(in: &report)
        try KnownLabels(plane, isOldFaithful: study.isOldFaithful).explain(in: &report)
        try LogOfSum(study).explain(in: &report)
        Algorithm().explain(in: &report)
        try ByHand().explain(in: &report)
        try Expectation(study).explain(in: &report)
        progress.update("the M-step and its checks")
        try MStep(study).explain(in: &report)
        let action = try EMInAction(study, progress: progress)
        try action.explain(in: &report)
        try PlaneInAction(plane, progress: progress).explain(in: &report)
        progress.update("differentiating the log-likelihood")
        try Conditions(action).explain(plane, in: &report)
        try OldFaithful(progress: progress).explain(in: &report)
        try Assay(progress: progress).explain(in: &report)
        Closing(action).explain(in: &report)
        ending(of: &report)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            A geyser erupts, sometimes briefly and sometimes at length, and nobody writes down which. A blood test measures three
            things, and the diagnosis is kept in another drawer. In both, one column of the table is missing, and it is the column
            that would make everything easy. Gaussian mixtures are the model for that situation, and EM is how they are fitted.

            **What you will see.** How easy a Gaussian is to fit when the labels are known, and what goes wrong without them: the log of a
            sum. How the E-step gets the easy problem back, at the price of doing it again and again. Every formula of one round of EM with
            the numbers of real data in it. The algorithm at work, in pictures. Where it stops, how fast it gets there, and that the
            answer may depend on where it began.

            Every number below was computed when this report was written. Each equation of the handouts is followed by a check: in most cases the same
            quantity by a second route, with code of its own; where there is none, a property that it must have, or the number of another program.
            """#
    }

    private func ending(of report: inout Report) {
        report.next = [
            (
                "swift run Lesson3GaussianEM --seed 7 --output out/l3",
                "Other points in the plane, the same geyser. Does EM still find the three clusters?"
            ),
            (
                "swift run Lesson3GaussianEM --notation prml --output out/prml",
                "The whole report, figures included, in the letters of Bishop's book."
            ),
            (
                """
                swift run Lesson3GaussianEM --data Lessons/Data/diabetes.csv --columns glucose,insulin,sspg \\
                    --components 3 --covariance full --restarts 20 --output out/assay
                """,
                """
                The steps of this report on data of yours; here the blood test, from twenty random starts. Try `--covariance diagonal`,
                `spherical` or `tied`, and other numbers of components.
                """
            ),
            (
                """
                echo '{"means": [[2, 80], [4, 60]]}' > start.json
                swift run Lesson3GaussianEM --data Lessons/Data/faithful.csv --columns eruptions,waiting \\
                    --start start.json --output out/crossed
                """,
                "A start of your own, here a perverse one: short eruptions with long waits. Does EM recover?"
            ),
        ]
        report.references = [
            (
                "hardle-1991",
                """
                W. Härdle, *Smoothing Techniques with Implementation in S* (1991): the 272 eruptions, R's data set `faithful`. (A. Azzalini
                and A. W. Bowman, “A look at some data on the Old Faithful geyser”, *Applied Statistics* 39 (1990), 357-365, study another
                record of the geyser, with 299 eruptions.)
                """
            ),
            (
                "reaven-miller-1979",
                """
                G. M. Reaven and R. G. Miller, “An attempt to define the nature of chemical diabetes using a multidimensional
                analysis”, *Diabetologia* 16 (1979), 17-24.
                """
            ),
            (
                "mclust",
                """
                L. Scrucca, M. Fop, T. B. Murphy and A. E. Raftery, “mclust 5: clustering, classification and density estimation
                using Gaussian finite mixture models”, *The R Journal* 8 (2016), 289-317. The log-likelihood quoted is printed in
                the guide of version 6.0.0, “A quick tour of mclust”.
                """
            ),
            ("scikit-learn", "scikit-learn 1.9.1, `GaussianMixture` without regularisation."),
            ("scipy", "SciPy 1.17.1, `optimize.minimize` on the log-likelihood."),
            (
                "dempster-1977",
                """
                A. P. Dempster, N. M. Laird and D. B. Rubin, “Maximum likelihood from incomplete data via the EM algorithm”,
                *Journal of the Royal Statistical Society B* 39 (1977), 1-38.
                """
            ),
            (
                "cs181",
                "CS 181 (Spring 2021), Section 8: Mixture Models and Expectation Maximization; sections 2.1 to 2.3."
            ),
            (
                "prml",
                """
                C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), chapter 9; Yue Yu, notes on that chapter, which
                derive its numbered equations.
                """
            ),
            ("cs229", "CS229: Machine Learning, slides “Expectation Maximization for Mixtures of Gaussians”."),
            ("stat215a", "STAT 215A (Fall 2023), week 8: the EM algorithm."),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
        ]
    }
}

import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 9: mixtures of Bernoulli vectors, on images of zeros and ones.
@main
struct Lesson9BernoulliMixtures: Lesson {
    static let title = "Mixtures of Bernoulli vectors: classes of images that nobody has labelled"
    // Means and vectors, as for Gaussians: the letters of CS 181's section on single coins have no place for a pixel.
    static let model = Notation.Model.gaussians
    static let abstract = "Bernoulli mixtures: eight images counted out, a round by hand, and 541 handwritten digits."
    static let aboutOptions = """
        With --data, columns of 0 and 1 from a file of yours take the place of the digits; --components is the number of classes, and \
        --restarts the number of random starts.
        """

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "Your own data") var ownData: OwnDataOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        try naming(ownData.data) { try fill(&report, progress) }
    }

    private func fill(_ report: inout Report, _ progress: RunProgress) throws {
        let own = try OwnColumns.read(ownData, seed: report.seed, progress: progress)
        report.isAboutOwnData = own != nil
        overview(of: &report, isAboutDigits: own == nil)
        let small = try SmallImages(seed: report.seed)
        try small.explain(in: &report)
        let hand = try ByHand()
        try hand.explain(in: &report)
        try Update(hand).explain(in: &report)
        if let own {
            progress.update("EM from \(own.startCount) starts")
            let classes = try OwnDataClasses(own, seed: report.seed)
            try classes.explain(in: &report)
            ending(of: &report, small, hand, thirdNumber: classes.oneNumber, figure: "by-hand")
        } else {
            progress.update("EM from \(DigitFit.startCount) starts")
            let found = try DigitFit(Digits.read(), seed: report.seed)
            try DigitClasses(found: found, seed: report.seed).explain(in: &report)
            try NewDigits(found, seed: report.seed).explain(in: &report)
            progress.update("half a digit")
            try HalfADigit(found, seed: report.seed).explain(in: &report)
            ending(of: &report, small, hand, thirdNumber: found.oneNumber, figure: "means")
            report.fit = found.summary
        }
        report.furtherFits.append(hand.summary)
    }

    private func overview(of report: inout Report, isAboutDigits: Bool) {
        report.overview = #"""
            \#(isAboutDigits ? "Five hundred and forty-one times somebody wrote a 2, a 3 or a 4." : "You have rows of zeros and ones: answers, symptoms, pixels.") Nobody tells us which is which. Can a
            program sort them, if all that it knows of \#(isAboutDigits ? "an image" : "a row") is which \#(isAboutDigits ? "pixels are on" : "columns are 1")? The model for this is the mixture of Bernoulli vectors: hidden classes, and in each
            class a coin for every pixel.

            **The goal**: the weights of the classes, and for each class the probability of every pixel, under which the images that we have are as probable as possible.

            **What you will see.** Images of three pixels, of which there are only eight, so that everything can be counted out: the mean, the covariance, and why hidden classes make independent pixels depend on
            each other. One round of EM by hand. Where the update comes from, and what “set the derivative to 0” means for a pixel that is never on. \#(isAboutDigits ? "Then the digits: what EM finds, how often, and how it differs from what was written; new digits drawn from the model; and half a digit, completed." : "Then your own data.")

            Every equation of the handouts is followed by a check: a second route that shares no code with the first.
            """#
    }
}

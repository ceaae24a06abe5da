import MixtureModels
import Notebook

/// The end of the lesson: five questions, and the page to hand out.
struct Closing {
    private let study: Study
    private let run: GaussianRun

    init(_ action: EMInAction) { (study, run) = (action.study, action.run) }

    func explain(in report: inout Report) {
        report.recap(questions)
        summary(in: &report)
    }

    private var questions: [(question: Prose, answer: Prose)] {
        [
            (
                "What does EM for a mixture maximise, and what does one M-step maximise?",
                #"""
                EM: the log-likelihood $\loglik{\params}$ of the observed data. One M-step: $\Q{\params}{\paramsat{t}}$, in which the labels are
                averaged under the old parameters. The second is a means to the first, and is not the same number.
                """#
            ),
            (
                "Why is there a formula for the M-step, but none for the maximum of the log-likelihood?",
                #"""
                In $\Qname$ the logarithm stands directly in front of each Gaussian, and the responsibilities are constants: a weighted
                version of the problem with known labels. In the log-likelihood it stands in front of a sum, and every parameter is
                inside every responsibility: the conditions are circular.
                """#
            ),
            (
                "Two classes start with the same mean and the same covariance, and with different weights. What does EM make of it?",
                #"""
                Every point has the same density under both classes, so each row of responsibilities is the row of the weights. The weights stay, and
                both classes get mean and covariance of all the data, at once and for ever.
                """#
            ),
            (
                "A point lies so far away that its density underflows to 0 under every class. What happens in an E-step without logarithms, and with them?",
                #"""
                Without: 0 divided by 0. With them, the largest logarithm is taken out first; the sum has one term that is 1, and the
                responsibilities are as they should be.
                """#
            ),
            (
                "Your program's log-likelihood rises at every step. Is the program right? And if it fell once?",
                #"""
                A rise proves nothing: a program that never updates the covariances has it, too. A fall of more than rounding proves a slip, since
                an E-step followed by the maximum of $\Qname$ cannot lower it.
                """#
            ),
        ]
    }

    private func summary(in report: inout Report) {
        let (first, end) = (run.rows[0].logLikelihood, run.end.logLikelihood)
        let gain = end - first
        report.summary(
            goal: #"""
                Labels are missing. Wanted are weights, means and covariances under which the observed points are probable, that is, with
                a large log-likelihood $\loglik{\params} = \sumobs \nlog \sumclasses \weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}$: a high
                summit, on which no class has collapsed. The M-step is derived in [section:the-m-step], its weights in [lesson:6]; that a round never lowers
                $\loglik{\params}$ is proved in [lesson:4].
                """#,
            box: Prose(Algorithm.name), updates: [],
            numbers: [
                #"From the guess, \#(run.steps) steps take the log-likelihood of \#(study.rows.count) \#(study.noun) from \#(first, .significant(6)) to \#(end, .significant(6))."#,
                #"The first step brings \#(gain > 0 ? (run.row(1).logLikelihood - first) / gain : 0, .percent(0)) of the gain."#,
                #"The entropy of the responsibilities goes from \#(run.rows[0].entropy, .significant(3)) to \#(run.end.entropy, .significant(3)) nats: so uncertain are the labels before and after."#,
            ], figure: "em-in-action")
    }
}

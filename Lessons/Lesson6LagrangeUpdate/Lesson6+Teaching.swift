import Foundation
import Notebook

// The words of lesson 6, each defined in the section that explains it; the questions at its end; and what stays on one page.

extension Lesson6LagrangeUpdate {
    func definePrice(in report: inout Report) {
        report.define(
            #"\resp{n}{k}"#, "responsibility",
            #"share of class $\classindex$ in observation $\obsindex$, from the E-step"#)
        report.define(#"\effcount{k}"#, "effective count", #"sum of the responsibilities of class $\classindex$"#)
        report.define(#"\Qname"#, "expected complete-data log-likelihood", "what the M-step maximises")
        report.define(nil, "simplex", "set of all weights that are not negative and sum to 1")
        report.define(
            #"L(\weights, \lambda)"#, "Lagrangian", "what is maximised, plus the multiplier times the constraint")
        report.define(#"\lambda"#, "Lagrange multiplier", "minus the price of a unit of weight")
    }

    func defineSlope(in report: inout Report) {
        report.define(
            #"\effcount{k} / \weight{k}"#, "slope of the log-likelihood",
            #"how fast it rises with the weight of class $\classindex$, the weights being free"#)
    }

    func defineDual(in report: inout Report) {
        report.define(
            #"g(\lambda)"#, "dual function", "the most that can be gained at a price, whatever the weights sum to")
    }

    func questions(in report: inout Report) {
        report.recap([
            (
                "Why has the maximisation over the weights no solution without the constraint?",
                "Each logarithm of a weight rises for ever, so every larger set of weights is better than a smaller one."
            ),
            (
                #"How does $\lambda = -\obscount$ come out of $\effcount{k} / \weight{k} + \lambda = 0$?"#,
                #"""
                Multiply by $\weight{k}$ and add up over all classes. The weights sum to 1, and the effective counts to $\obscount$, because
                each observation's responsibilities sum to 1. So $\obscount + \lambda = 0$.
                """#
            ),
            (
                "What does the multiplier measure, without any algebra?",
                """
                How fast the maximum rises with the sum that the weights may have: one unit of log-likelihood for each observation.
                """
            ),
            (
                #"In the M-step $\weight{k} = \effcount{k} / \obscount$ is a solution, but for the likelihood itself it is only an equation. Why?"#,
                """
                In the M-step the counts are fixed. In the likelihood they are made of responsibilities, which depend on the weights, so the
                unknown stands on both sides. EM solves it by repeating.
                """
            ),
            (
                "A slope of 0 may be a maximum, a minimum, or neither. Why is it a maximum here?",
                """
                Each logarithm is concave, and a sum of concave functions with positive factors is concave: a concave function has no flat
                place that is not a maximum.
                """
            ),
        ])
    }

    func summary(_ survey: Survey, _ likelihood: WeightLikelihood, in report: inout Report) {
        let weights = survey.counts.map { $0 / survey.total }
        report.summary(
            goal: """
                To find the weights that the M-step asks for, under the condition that they sum to 1; and to understand the multiplier that comes
                with the condition.
                """,
            box: "The weights of any mixture", updates: ["prml.9.60", "cs181.lagrange", "prml.9.22"],
            numbers: [
                #"""
                \#(survey.answers.count) people, shared out among three kinds as \#(survey.counts, .fixed(2)): the weights are
                \#(weights, .fixed(4)), and $\lambda = \#(-survey.total, .significant(6))$.
                """#,
                #"""
                Allow the weights to sum to 1.01, and the maximum of $\Qname$ rises by \#(survey.total * log(1.01), .fixed(4)), nearly a
                hundredth of $\obscount$.
                """#,
                #"""
                For \#(likelihood.numbers.count) numbers from three Gaussians the likelihood is largest at the weights
                \#(likelihood.weights, .fixed(4)), with the multiplier \#(-likelihood.total, .significant(6)) again: minus the number of
                observations.
                """#,
            ], figure: "price")
    }
}

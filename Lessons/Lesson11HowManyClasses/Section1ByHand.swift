import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 1: six numbers, with one, two and three classes, by hand.
struct ByHand {
    static let boxTitle: Prose = "How many classes? The recipe"
    let numbers: [Double] = [0, 2, 4, 10, 12, 14]
    /// The best mixtures with 1, 2, 3 classes of variance 1.
    let mixtures: [Mixture<MultivariateNormal>]
    /// The log-likelihood of each number under the fit to the others, by number of classes.
    let leftOut: [[Double]]
    var rows: [[Double]] { numbers.map { [$0] } }

    init() throws {
        let points = numbers
        mixtures = try (1...3).map { try Self.best($0, points) }
        leftOut = try (1...3).map { classes in
            try points.indices.map { n in
                var others = points
                others.remove(at: n)
                return try Self.best(classes, others).logDensity(at: [points[n]])
            }
        }
    }

    /// The best fit with so many classes, from starts at the numbers.
    static func best(_ classes: Int, _ points: [Double]) throws -> Mixture<MultivariateNormal> {
        // The lowest number, the highest, and for three classes one in between.
        let ends = [points[0], points[points.count - 1]]
        let means =
            switch classes {
            case 1: [[points[0]]]
            case 2: [ends]
            default: points.dropFirst().dropLast().map { ends + [$0] }
            }
        let starts = try means.map { try mixture(Array(repeating: 1 / Double(classes), count: classes), $0) }
        return try EM.best(of: starts) {
            try EM(
                data: points.map { [$0] }, start: $0, estimator: .means(covariance: [[1]]),
                stop: .any(.atRest(1e-7), .maximumSteps(400)))
        }.best.mixture
    }

    static func mixture(_ weights: [Double], _ means: [Double]) throws -> Mixture<MultivariateNormal> {
        try Mixture(
            weights: weights, components: means.map { try MultivariateNormal(mean: [$0], covariance: [[1]]) })
    }

    /// ν: K - 1 weights and K means.
    static func parameters(_ classes: Int) -> Int { 2 * classes - 1 }

    var criteria: [Criteria] {
        mixtures.enumerated().map { Criteria(of: $1, rows: rows, parameters: Self.parameters($0 + 1)) }
    }

    func explain(in report: inout Report) throws {
        let criteria = criteria
        report.section("Six numbers")
        report.prose(
            #"""
            Take the numbers \#(numbers.map { "\(Int($0))" }.joined(separator: ", ")), and mixtures of Gaussians with variance 1, so that only
            weights and means are to be found. How good is a fit? Its log-likelihood $\loglik{\params}$ says how probable it makes the data ([lesson:3]).

            **One class.** The mean is \#(mixtures[0].components[0].mean[0], .fixed(0)), and the squared distances to it are \#(squares(0).map { "\(Int($0))" }.joined(separator: ", ")): together \#(squares(0).reduce(0, +), .fixed(0)).
            Each number brings $-\frac{1}{2} \nlog 2 \pi = \#(-0.5 * log(2 * Double.pi), .fixed(4))$ besides:
            """#)
        report.formula(
            #"""
            \loglik{\hat{\params}_{1}} = -6 \cdot 0.9189 - \tfrac{1}{2} \cdot \#(squares(0).reduce(0, +), .fixed(0)) = \#(criteria[0].logLikelihood, .fixed(3))
            """#)
        report.prose(
            #"""
            **Two classes.** Three numbers each, with the means 2 and 12 and the weights one half. The two are so far apart that every responsibility
            is 0 or 1 to \#(sureDigits) decimals. The squared distances are now \#(squares(1).map { "\(Int($0.rounded()))" }.joined(separator: ", ")), and each number brings $\nlog \frac{1}{2}$ for its class:
            """#)
        report.formula(
            #"""
            \loglik{\hat{\params}_{2}} = 6 \nlog \tfrac{1}{2} - 6 \cdot 0.9189 - \tfrac{1}{2} \cdot \#(squares(1).reduce(0, +), .fixed(0)) = \#(criteria[1].logLikelihood, .fixed(3))
            """#)
        report.predict(
            "Two classes are plain to the eye. What will the log-likelihood say to a third one: more, less, or the same?",
            answer: #"""
                More: \#(criteria[2].logLikelihood, .fixed(3)). The third class takes a part of one of the two groups, which lies wider than variance 1 expects: its squares add up to \#(squares(1).prefix(3).reduce(0, +), .fixed(0)), where 2 would be usual.
                The log-likelihood never votes against one more class. That is what this lesson is about.
                """#)
        report.prose(
            #"""
            **Three classes** do not come out by hand. The program found the means \#(third.map(\.mean), .fixed(2)), the weights \#(third.map(\.weight), .fixed(2)), and these responsibilities:
            """#)
        report.table(
            ["number"] + third.indices.map { "class \($0 + 1)" },
            rows: numbers.indices.map { n in ["\(Int(numbers[n]))"] + third.map { "\($0.shares[n], .fixed(3))" } },
            caption:
                "Two of the three classes share one of the groups. Its middle number belongs to both of them in equal parts."
        )
        report.prose(
            #"""
            The log-likelihood is \#(criteria[2].logLikelihood, .fixed(3)), a gain of \#(criteria[2].logLikelihood - criteria[1].logLikelihood, .fixed(3)). Is that worth
            a class? A criterion is a price list: it takes $-2 \loglik{\hat{\params}}$, which is small for a good fit, and adds a price for each free parameter. *AIC* asks
            2 for each, *BIC* asks $\nlog \obscount$, here $\nlog 6 = \#(log(6.0), .fixed(3))$; the smallest sum wins. With $\nu$ parameters (a mean for each class, and all weights but the last):
            """#)
        report.table(
            ["classes", #"$\loglik{\hat{\params}}$"#, #"$\nu$"#, "AIC", "BIC", "ICL", "leaving one out"],
            rows: criteria.enumerated().map { place, c in
                [
                    "\(place + 1)", "\(c.logLikelihood, .fixed(3))", "\(c.parameters)", "\(c.aic, .fixed(2))",
                    "\(c.bic, .fixed(2))", "\(c.icl, .fixed(2))", "\(-2 * leftOut[place].reduce(0, +), .fixed(2))",
                ]
            },
            caption: #"""
                For two classes by hand: AIC is $2 \cdot \#(-criteria[1].logLikelihood, .fixed(3)) + 2 \cdot 3$, and BIC is $2 \cdot \#(-criteria[1].logLikelihood, .fixed(3)) + 3 \cdot \#(log(6.0), .fixed(3))$. AIC takes \#((Rule.least(criteria.map(\.aic)) ?? 0) + 1) classes, BIC \#((Rule.least(criteria.map(\.bic)) ?? 0) + 1). The last two columns are explained in sections 6 and 7.
                """#)
        report.box(Self.boxTitle) { box in
            box.prose(
                #"""
                - **Fit** the mixture with one class, with two, and so on, each from several starts; a bad local maximum would be blamed on the number of classes.
                - **Count** the free parameters $\nu$ of each: they depend on the shape of the covariances, too.
                - **Judge** each fit by what you want. The density of new data: cross-validation, or AIC. The model under which the data are most probable, its parameters averaged out: BIC. Groups that one can tell
                  apart: ICL.
                """#)
            box.formula(
                #"""
                \text{AIC} = -2 \loglik{\hat{\params}} + 2 \nu, \qquad \text{BIC} = -2 \loglik{\hat{\params}} + \nu \nlog \obscount, \qquad
                \text{ICL} = -2 \max_{\latents} \completeloglik{\hat{\params}} + \nu \nlog \obscount
                """#)
            box.prose(
                #"""
                - **Test**, if the question is “$\classcount$ classes or one more”, by the bootstrap, not by the chi-square law.
                - **Look** at the runner-up. Where two numbers of classes are nearly as good, say so; and look at the classes themselves before you name them.
                - **Cost**: as many runs of EM as there are numbers of classes, shapes and starts; for cross-validation times the number of parts, for the bootstrap times the number of drawn data sets.
                """#)
        }
        report.define(#"\nu"#, "number of free parameters", "how many numbers the fit may choose independently")
    }

    /// The three classes from left to right, with the share that each has in every number.
    private var third: [(mean: Double, weight: Double, shares: [Double])] {
        let mixture = mixtures[2]
        let shares = rows.map { row -> [Double] in
            let joint = mixture.logJoint(at: row)
            let largest = joint.max() ?? 0
            let terms = joint.map { exp($0 - largest) }
            return terms.map { $0 / terms.reduce(0, +) }
        }
        return mixture.weights.indices.map { k in
            (mean: mixture.components[k].mean[0], weight: mixture.weights[k], shares: shares.map { $0[k] })
        }.sorted { $0.mean < $1.mean }
    }

    private func squares(_ place: Int) -> [Double] {
        numbers.map { x in mixtures[place].components.map { ($0.mean[0] - x) * ($0.mean[0] - x) }.min() ?? 0 }
    }

    /// To how many decimals the responsibilities of two classes are 0 or 1.
    private var sureDigits: Int {
        let doubt =
            rows.map { row in
                let q = mixtures[1].logJoint(at: row)
                return exp((q.min() ?? 0) - (q.max() ?? 0))
            }.max() ?? 1
        return Int((-log10(2 * doubt)).rounded(.down))
    }
}

import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 2: one round of EM with pencil and paper, on six images of four pixels.
struct ByHand {
    static let boxTitle: Prose = "EM for a mixture of Bernoulli vectors"
    let names = ["A", "B", "C", "D", "E", "F"]
    let rows: [[Bool]] = [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 1, 1, 1], [1, 0, 1, 0]]
        .map { $0.map { $0 == 1 } }
    let start: Mixture<BernoulliVector>
    let steps: [TraceRow<BernoulliVector>]
    /// The responsibilities at each row of the run.
    let responsibilities: [[[Double]]]
    private let ending: String

    init() throws {
        let (likely, unlikely) = (0.75, 0.25)
        start = try Mixture(
            weights: [0.5, 0.5],
            components: [[likely, likely, unlikely, unlikely], [unlikely, unlikely, likely, likely]]
                .map(BernoulliVector.init(probabilities:)))
        var responsibilities: [[[Double]]] = []
        let fit = try EM(data: rows, start: start, stop: .any(.atRest(1e-9), .maximumSteps(2000))).fit {
            responsibilities.append($0.responsibilities.lines)
        }
        steps = fit.trace
        ending = fit.stoppedBy
        self.responsibilities = responsibilities
    }

    /// After one round.
    var afterOne: Mixture<BernoulliVector> { steps[1].mixture }
    var counts: [Double] { [0, 1].map { k in responsibilities[0].reduce(0) { $0 + $1[k] } } }
    var rise: Double { steps[1].logLikelihood - steps[0].logLikelihood }

    /// How many pixels agree with class 1 under the first guess; all others agree with class 2.
    private func agreements(_ x: [Bool]) -> Int { zip(x, [true, true, false, false]).count { $0 == $1 } }
    /// The probability of an image under the first guess, times 256: (3^a + 3^(4 - a)) / 2, a whole number.
    private func outOf256(_ x: [Bool]) -> Int {
        let a = agreements(x)
        func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in 3 * product } }
        return (power(a) + power(4 - a)) / 2
    }

    /// γ_n1 without a single logarithm or product: the odds are 3 to the power of what an image has in common with one class more
    /// than with the other.
    func byOdds(_ x: [Bool]) -> Double {
        let agreements = agreements(x)
        let power = Int(pow(3.0, Double(abs(2 * agreements - 4))))
        return agreements >= 2 ? Double(power) / Double(power + 1) : 1 / Double(power + 1)
    }

    func explain(in report: inout Report) throws {
        report.section("One round by hand")
        report.prose(
            #"""
            Now the classes are not given: there are only images, and we want the weights and the mean images. **The goal** is the one of all lessons: the parameters
            under which the images that we have are as probable as possible, that is, the largest log-likelihood
            """#)
        report.formula(
            #"""
            \loglik{\params} = \sumobs \nlog \sumclasses \weight{k} \prodelements \elementprob{k}{d}^{\element{n}{d}} \thinspace \notelementprob{k}{d}^{\notelement{n}{d}}
            """#)
        report.prose(
            #"""
            The logarithm of a sum cannot be taken apart; EM goes around it, as in every mixture. The E-step finds the responsibility of each class for each image, by Bayes' rule: weight times probability, divided by the sum of these over the classes. The M-step takes
            averages with the responsibilities as weights. Here it is with numbers that need no computer; the whole method in a box follows.
            """#)
        report.define(
            #"\resp{n}{k}"#, "responsibility",
            #"probability of class $\classindex$ given image $\obsindex$ and the parameters"#)
        report.define(
            #"\effcount{k}"#, "effective count", #"how many images class $\classindex$ has, shares added up"#)
        report.prose(
            #"""
            Six images of 2 × 2 pixels, written row by row: \#(list). We look for two classes. The guess to start from: in class 1 the upper row is probably on, with the
            probabilities (3/4, 3/4, 1/4, 1/4), in class 2 the lower row, with (1/4, 1/4, 3/4, 3/4), and both have weight 1/2.

            Numbers like these make the E-step easy. Where an image agrees with a class, the factor is 3/4; where it does not, 1/4. The two guesses say the opposite in every
            pixel. So each pixel multiplies the odds by 3, for the class that it agrees with. A agrees with class 1 in all four pixels: odds of $3^{4} = 81$ to 1. B agrees in three, and in one with class 2:
            $3^{3} / 3 = 9$ to 1.
            """#)
        report.predict(
            "Image F has its left column on. What are its responsibilities, and which class will it be in at the end?",
            answer: #"""
                It agrees with either class in two pixels: the odds are even. The first round gives half of it to each. But the others move the mean images, and under those the odds are
                no longer even: $\resp{6}{1} = \#(responsibilities[1][5][0], .fixed(3))$ after one round, and \#(responsibilities[steps.count - 1][5][0], .fixed(3)) at the end.
                """#)
        roundTable(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Above: the six images. Below: the mean images at the start, after one round, and at the end, after \#(steps.count - 1) rounds. Dark: probably on.
                """#)
        outcome(in: &report)
        try exercise(in: &report)
        report.prose(
            "Here is all of it, for any number of classes and pixels, and with a start from the data in the place of our guess. With many pixels the products are too small for a computer. So the E-step takes logarithms, and subtracts the largest before it goes back."
        )
        box(in: &report)
    }

    private var list: String { zip(names, rows).map { "\($0) = \(digits($1))" }.joined(separator: ", ") }

    private func box(in report: inout Report) {
        report.box(Self.boxTitle) { box in
            box.prose(
                #"""
                - **Start** with equal weights, and with mean images that differ: for each class one image drawn from the data, mixed with the mean of
                  all, so that no pixel stands at 0 or 1 unless all images agree in it. Not with equal mean images: they would stay equal for ever.
                - **E-step**, in logarithms. Only the logarithm that is needed is taken: $\nlog \elementprob{k}{d}$ for a pixel that is on, $\nlog \notelementprob{k}{d}$ for one that is off.
                """#)
            box.formula(
                #"""
                a_{\obsindex \classindex} = \nlog \weight{k} + \sum_{\elementindex \text{ on}} \nlog \elementprob{k}{d} + \sum_{\elementindex \text{ off}} \nlog \notelementprob{k}{d}, \qquad
                \resp{n}{k} = \frac{\exp(a_{\obsindex \classindex} - \max_{\otherindex} a_{\obsindex \otherindex})}{\sum_{\otherindex} \exp(a_{\obsindex \otherindex} - \max_{\otherindex} a_{\obsindex \otherindex})}
                """#)
            box.prose("- **M-step**: the weighted share of images, and the weighted mean of the images.")
            box.formula(
                #"""
                \effcount{k} = \sumobs \resp{n}{k}, \qquad \weight{k} = \frac{\effcount{k}}{\obscount}, \qquad
                \meanvec{k} = \frac{1}{\effcount{k}} \sumobs \resp{n}{k} \thinspace \obsvec{n}
                """#)
            box.prose(
                #"""
                - **Watch** the log-likelihood: no round may lower it.
                - **Stop** when the parameters stand still.
                - **Cost** of a round: $\obscount \times \classcount \times \dimension$ additions for each of the two steps.
                - **Repeat** from several starts, and keep the end with the largest log-likelihood.
                """#)
        }
    }

    /// The run, to be followed step by step.
    var summary: FitSummary {
        let end = steps[steps.count - 1]
        return FitSummary(
            model: "mixture of 2 Bernoulli vectors of 4 pixels", weights: end.mixture.weights,
            parameters: ["probabilities": .matrix(end.mixture.means)], logLikelihood: end.logLikelihood,
            iterations: end.t, trace: steps.map(\.logLikelihood), converged: true, stoppedBy: ending
        ).following(
            steps.map { FitStep($0) },
            of: FitData(columns: (1...4).map { "pixel \($0)" }, patterns: rows), name: "six images by hand")
    }

    // MARK: The round

    private func roundTable(in report: inout Report) {
        let q = responsibilities[0]
        let odds = rows.map { x -> String in
            let agreements = agreements(x)
            let power = Int(pow(3.0, Double(abs(2 * agreements - 4))))
            return agreements >= 2 ? "\(power) : 1" : "1 : \(power)"
        }
        report.prose("**E-step.** The odds of the classes, and the responsibilities that follow:")
        report.table(
            ["image", "pixels", "odds", #"$\resp{n}{1}$"#, #"$\resp{n}{2}$"#],
            rows: rows.indices.map { n in
                [Prose(names[n]), Prose(digits(rows[n])), Prose(odds[n])] + q[n].map { "\($0, .fixed(4))" }
            } + [["sum", "", ""] + counts.map { "\($0, .fixed(4))" }],
            caption: #"The sums are the effective counts $\effcount{1}$ and $\effcount{2}$."#)
        report.check(
            "by-hand", value: .matrix(q),
            again: .exact(
                .matrix(rows.map { [byOdds($0), 1 - byOdds($0)] }),
                "odds in powers of 3, a factor for each pixel"))
        let first = rows.indices.filter { rows[$0][0] }
        let terms = first.map { NumberFormat.fixed(4).string(q[$0][0]) }.joined(separator: " + ")
        let heads = first.reduce(0) { $0 + q[$1][0] }
        report.prose(
            #"""
            **M-step.** The weights are the counts divided by 6: \#(afterOne.weights, .fixed(4)). For the first pixel of class 1, add up the responsibilities of the images in which it is on,
            \#(first.map { names[$0] }.joined(separator: ", ")): \#(terms) = \#(heads, .fixed(4)); and divide by the count: \#(heads, .fixed(4)) / \#(counts[0], .fixed(4)) =
            \#(heads / counts[0], .fixed(4)). In the same way the others:
            """#)
        report.table(
            ["", "pixel 1", "pixel 2", "pixel 3", "pixel 4"],
            rows: [0, 1].map { k in
                [#"$\meanvec{\#(k + 1)}$"#] + afterOne.means[k].map { "\($0, .fixed(4))" }
            }, caption: "The mean images after one round.")
        let whole = rows.map(outOf256)
        let byThrees = whole.reduce(0.0) { $0 + log(Double($1) / 256) }
        report.prose(
            #"""
            And the log-likelihood? Under the guess it needs no computer, either. An image that agrees with class 1 in $a$ pixels agrees with class 2 in $4 - a$, and has the probability $\frac{1}{2} (3^{a} + 3^{4 - a}) / 256$. For
            \#(names[0]) to \#(names[names.count - 1]) that is \#(whole.map { "\($0)" }.joined(separator: ", ")), each divided by 256; and the logarithms of these six add up to \#(byThrees, .fixed(4)). After the round it is \#(steps[1].logLikelihood, .fixed(4)).
            That is a whole round; the computer does nothing else, only more of it.
            """#)
        let heights = steps.map(\.logLikelihood)
        report.check(
            "by-hand-rises", value: .vector([heights[0], heights[1]]),
            again: .exact(
                .vector([byThrees, PlainBernoullis(steps[1].mixture).logLikelihood(rows)]),
                "powers of 3 for the guess, and plain products of probabilities after the round"))
        report.check(
            "by-hand-monotone", value: .number(heights[heights.count - 1]),
            again: .nonDecreasing(heights, "no round lowers the log-likelihood", by: "comparing neighbouring rounds"))
    }

    private func outcome(in report: inout Report) {
        let end = steps[steps.count - 1].mixture
        let atEdge = end.means.joined().count { $0 < 1e-6 || $0 > 1 - 1e-6 }
        report.prose(
            #"""
            Go on, and after \#(steps.count - 1) rounds nothing moves: $\meanvec{1} = \#(end.means[0], .fixed(3))$, $\meanvec{2} = \#(end.means[1], .fixed(3))$, with the weights
            \#(end.weights, .fixed(3)). \#(atEdge == 0 ? "" : "Of the eight probabilities \(atEdge) are 0 or 1 up to rounding: so few images leave no exceptions. Section 3 asks whether that is a danger.")
            """#)
    }

    private func exercise(in report: inout Report) throws {
        let all = [true, true, true, true]
        let q = try afterOne.responsibilities(at: all)
        let products = zip(afterOne.weights, afterOne.means).map { weight, mean in mean.reduce(weight, *) }
        report.exercise(
            "A seventh image has all four pixels on. What are its responsibilities under the guess at the start, and under the parameters after the round?",
            answer: #"""
                Under the guess it agrees with each class in two pixels: 1/2 and 1/2. After the round, multiply the weight and the four probabilities of each class:
                \#(products[0], .significant(4)) and \#(products[1], .significant(4)), so that $\resp{7}{1} = \#(q[0], .fixed(4))$.
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        var pictures = Pictures()
        for (n, x) in rows.enumerated() {
            let left = Double(n) * 3.2 + 0.6
            pictures.add(x, columns: 2, x: left, y: 7.4)
            pictures.note(Label(names[n]), x: left + 1, y: 5.4)
        }
        let shown: [(Int, Label)] = [(0, "start"), (1, "after one round"), (steps.count - 1, "end")]
        for (place, (t, title)) in shown.enumerated() {
            let left = Double(place) * 6.6
            for k in 0..<2 {
                pictures.add(steps[t].mixture.means[k], columns: 2, x: left + 0.6 + 2.6 * Double(k), y: 3, pixel: 1)
                pictures.note(try report.label(#"$\meanvec{\#(k + 1)}$"#), x: left + 1.6 + 2.6 * Double(k), y: 1)
            }
            pictures.note(title, x: left + 2.9, y: 4.2)
        }
        return Figure(
            id: "by-hand", title: "Six images, two classes",
            subtitle: "White: off; black: on; grey: on with that probability",
            alt: report.words(
                #"""
                Six black-and-white images of 2 × 2 pixels, \#(list). Below them the mean images of two classes: at the start upper and lower row, after one round
                \#(afterOne.means[0], .fixed(2)) and \#(afterOne.means[1], .fixed(2)), at the end \#(steps[steps.count - 1].mixture.means[0], .fixed(2)) and
                \#(steps[steps.count - 1].mixture.means[1], .fixed(2)).
                """#),
            panels: [pictures.panel(x: 0...19.4, y: 0...7.6)], size: Size(width: 760, height: 382))
    }
}

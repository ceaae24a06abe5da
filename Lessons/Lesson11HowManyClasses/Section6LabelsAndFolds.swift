import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: ICL and cross-validation, on the six numbers.
struct LabelsAndFolds {
    private let hand: ByHand
    private var leftOut: [[Double]] { hand.leftOut }

    init(_ hand: ByHand) { self.hand = hand }

    func explain(in report: inout Report) throws {
        try icl(in: &report)
        try crossValidation(in: &report)
    }

    // MARK: ICL

    private func icl(in report: inout Report) throws {
        let criteria = hand.criteria
        report.section("ICL: groups that can be told apart")
        report.prose(
            #"""
            A good density and good groups are not the same thing. One skewed cloud may need two Gaussians for its density, and yet nobody would say that it is two groups. Biernacki, Celeux and Govaert (2000) therefore judge a mixture by the likelihood of the data *together with the labels*, the complete-data likelihood, with the most probable labels put
            in for the hidden ones: the *integrated completed likelihood*, ICL. (“Integrated”, because the parameters should be integrated out of it, as in the evidence; as in BIC, the maximum and the price $\nu \nlog \obscount$ stand for the integral.) Where every row clearly belongs to one class, that costs next to nothing. Where two classes overlap, each doubtful row costs up to $\nlog 2$, and with the factor of 2 that all criteria have, twice that.
            """#)
        let all = try hand.mixtures.indices.map { place -> Double in
            let mixture = hand.mixtures[place]
            let joint = hand.rows.map { mixture.logJoint(at: $0) }
            var best = -Double.infinity
            for labels in try Assignments(items: hand.rows.count, classes: place + 1) {
                best = max(best, zip(joint, labels).reduce(0) { $0 + $1.0[$1.1] })
            }
            return -2 * best + Double(criteria[place].parameters) * log(6.0)
        }
        report.equation(
            "beyond.icl",
            formula: #"""
                \text{ICL} = -2 \max_{\latents} \completeloglik{\hat{\params}} + \nu \nlog \obscount
                = \text{BIC} - 2 \sumobs \nlog \max_{\classindex} \resp{n}{k}
                """#,
            numbers: #"""
                \text{one, two, three classes:} \quad \text{ICL} = \#(criteria.map(\.icl), .fixed(3)), \qquad \text{BIC} = \#(criteria.map(\.bic), .fixed(3))
                """#,
            value: .vector(criteria.map(\.icl)),
            again: .exact(
                .vector(all), "going through all labellings of the six numbers: 1, 64 and 729 of them",
                tolerance: .enumeration),
            telling: .last("three classes"),
            note: #"""
                With two classes ICL is BIC, since no number is in doubt. With three it is larger by \#(criteria[2].icl - criteria[2].bic, .fixed(3)): the two classes that share a group overlap. (Some authors put twice the entropy of the responsibilities in the place of the last term. It is never smaller.)
                """#)
        report.define(nil, "ICL", "BIC with the most probable labels counted as data: costly where classes overlap")
        report.folded("Why the entropy is never smaller") { inner in
            inner.formula(
                #"""
                -\sumclasses \resp{n}{k} \nlog \resp{n}{k} \ge -\sumclasses \resp{n}{k} \nlog \max_{\otherindex} \resp{n}{j} = -\nlog \max_{\otherindex} \resp{n}{j}
                """#)
            inner.prose(
                "Each responsibility is replaced by the largest one inside the logarithm, and the responsibilities of a row sum to 1."
            )
        }
    }

    // MARK: Cross-validation

    private func crossValidation(in report: inout Report) throws {
        let sums = leftOut.map { $0.reduce(0, +) }
        let best = (Rule.least(sums.map { -$0 }) ?? 0) + 1
        report.section("Cross-validation: rows that the fit has not seen")
        report.prose(
            #"""
            AIC estimates what new rows would say. One can also ask rows that are at hand: leave some out, fit the others, and take the log-likelihood of those left out. Deal the rows into $v$ parts, leave out each part once, and add up. That is *cross-validation*. It needs no count of parameters and no large sample; it is
            the nearest thing to the truth about prediction, and costs $v$ fits. It is a little pessimistic, because each fit has fewer rows, and it is noisy (Smyth 2000).
            """#)
        report.predict(
            "The six numbers, each left out once: which of one, two and three classes predicts them best?",
            answer: #"\#(best == 2 ? "Two" : best == 1 ? "One" : "Three"). The sums are \#(sums, .fixed(2))."#)
        let points = hand.numbers
        report.equation(
            "beyond.cross-validation",
            formula: #"""
                \ell_{\text{cv}} = \sumobs \nlog p(\obsvec{n} \mid \hat{\params} \text{ fitted without the part of } \obsvec{n})
                """#,
            numbers: #"""
                \text{leaving out one number at a time: one class } \#(sums[0], .fixed(3)), \quad \text{two } \#(sums[1], .fixed(3)), \quad \text{three } \#(sums[2], .fixed(3))
                """#,
            value: .vector(sums),
            again: .search(
                .vector(try [leaveOneOut(points)] + [2, 3].map { try searched(points, classes: $0) }),
                "the algebra for one class, and for two and three a search over weights and means for each of the six sets of five numbers",
                tolerance: Tolerance(1e-4, reason: "six maxima are searched, and each argument is known to about 1e-5")),
            telling: .entry(1, "two classes"),
            note: #"""
                For one class the sum needs no fit: without $\obsvec{n}$ the mean is at $\frac{6}{5}$ of the distance away from it. For two classes it can be reckoned by hand, too. Without the number 0 the left class has the mean 3 and the weight 0.4, and 0 is 3 away from it; without 2 the mean is 2 itself. The other numbers follow by symmetry, four like 0 and two like 2:
                """#)
        let constant = 0.5 * log(2 * Double.pi)
        report.formula(
            #"""
            \nlog 0.4 - \#(constant, .fixed(3)) - \tfrac{1}{2} \cdot 3^{2} = \#(leftOut[1][0], .fixed(3)), \qquad \nlog 0.4 - \#(constant, .fixed(3)) = \#(leftOut[1][1], .fixed(3)), \qquad
            4 \cdot (\#(leftOut[1][0], .fixed(3))) + 2 \cdot (\#(leftOut[1][1], .fixed(3))) = \#(sums[1], .fixed(2))
            """#)
        report.prose(
            #"""
            \#(best == 2 ? "Two classes win" : "\(best == 1 ? "One class wins" : "Three classes win") here"), and $-2 \ell_{\text{cv}}$ can be put beside AIC: \#(-2 * sums[1], .fixed(2)) against \#(hand.criteria[1].aic, .fixed(2)) for two classes. Six numbers are few, and the two part ways.
            """#)
        report.define(
            #"\ell_{\text{cv}}"#, "cross-validated log-likelihood",
            "of every row, under the fit to the parts of the data in which it is not")
        // The number that loses most by the third class when it is left out.
        let loser = points.indices.max { leftOut[1][$0] - leftOut[2][$0] < leftOut[1][$1] - leftOut[2][$1] } ?? 0
        report.exercise(
            "Could one choose the number of classes by the *training* log-likelihood of cross-validation, averaged over the parts?",
            answer: #"""
                No: it grows with every class, like any log-likelihood of rows that were fitted. Only what is left out can tell: the number \#(Int(points[loser])) gets \#(leftOut[1][loser], .fixed(2)) with two classes, \#(leftOut[2][loser], .fixed(2)) with three.
                """#)
    }

    /// One class of variance 1: the others' mean is (S - x) / (N - 1), and x is at N / (N - 1) of its distance from the mean of all.
    private func leaveOneOut(_ points: [Double]) throws -> Double {
        let count = Double(points.count)
        let mean = points.reduce(0, +) / count
        return points.reduce(0) { sum, x in
            let distance = count / (count - 1) * (x - mean)
            return sum - 0.5 * (log(2 * Double.pi) + distance * distance)
        }
    }

    /// The same sum for more classes, with every fit replaced by searches that compare values only: logits of all weights but the last,
    /// then the means.
    private func searched(_ points: [Double], classes: Int) throws -> Double {
        func density(_ v: [Double], _ x: Double) -> Double {
            let odds = (v.prefix(classes - 1) + [0]).map { exp($0) }
            let sum = zip(odds, v.suffix(classes)).reduce(0) { $0 + $1.0 * exp(-(x - $1.1) * (x - $1.1) / 2) }
            return sum / (odds.reduce(0, +) * (2 * Double.pi).squareRoot())
        }
        return try points.indices.reduce(0) { sum, n in
            var others = points
            others.remove(at: n)
            let ends = [others[0] + 1.5, others[4] - 1.5]
            let starts = classes == 2 ? [ends] : others[1...3].map { ends + [$0] }
            let found = try starts.map { means in
                try NelderMead.maximum(
                    of: { v in others.reduce(0) { $0 + log(density(v, $1)) } },
                    from: Array(repeating: 0, count: classes - 1) + means)
            }
            let best = found.max { $0.value < $1.value }
            return sum + log(density(best?.argument ?? [], points[n]))
        }
    }
}

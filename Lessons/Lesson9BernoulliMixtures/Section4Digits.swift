import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 4: three classes in 541 handwritten digits, found without the labels.
struct DigitClasses {
    let found: DigitFit
    let seed: UInt64
    var digits: Digits { found.digits }
    var mixture: Mixture<BernoulliVector> { found.mixture }
    private var best: Double { found.fit.logLikelihood }
    private var reached: Int { found.fit.bestCount }

    func explain(in report: inout Report) throws {
        report.section("541 handwritten digits")
        report.prose(
            #"""
            \#(digits.images.count) times somebody wrote a 2, a 3 or a 4. The images have 8 × 8 pixels with ink from 0 to 16 (Alpaydin and Kaynak, 1998). We call a pixel on if it has at
            least half of the ink, 8 of 16. So each digit is a vector of 64 zeros and ones.
            """#)
        report.figure(
            try DigitPictures(found, seed: seed).examples(report),
            caption: #"""
                Two of each kind, drawn at random. Above: the ink as measured. Below: what the model sees.
                """#)
        report.prose(
            #"""
            We fit three classes, and do not tell EM which digit is which. A class has 64 probabilities, so there are \#(3 * 64 + 2) numbers to estimate: 3 · 64 and two free weights.
            """#)
        report.predict(
            "Will the three classes be the three digits? Nothing but likeness, pixel by pixel, says that they should.",
            answer: """
                \(verdict): \(found.agreeing) of \(digits.images.count) digits are in the class that has most of their kind. Of the \(worst.kind)s it is \(worst.count) of \(worst.all), \(Double(worst.count) / Double(worst.all), .percent(0)). They need not have been at all: a 2 may be written
                in two ways that differ, pixel by pixel, as much as a 2 and a 3.
                """)
        starts(in: &report)
        report.figure(
            try DigitPictures(found, seed: seed).means(report),
            caption: #"""
                The mean images of the three classes, with their weights. White: never on; black: always on.
                """#)
        published(in: &report)
        heights(in: &report)
        confusion(in: &report)
        fromLabels(in: &report)
        checks(in: &report)
        try neverOn(in: &report)
        certainty(in: &report)
    }

    /// The kind of which the smallest share is in a class of its own kind.
    private var worst: (kind: Int, count: Int, all: Int) {
        let kinds: [(kind: Int, count: Int, all: Int)] = Digits.kinds.map { kind in
            let own = digits.labels.indices.filter { digits.labels[$0] == kind }
            return (kind, own.count { found.kind(found.classes[$0]) == kind }, own.count)
        }
        return kinds.min { $0.count * $1.all < $1.count * $0.all } ?? (Digits.kinds[0], 0, 1)
    }

    private var verdict: String {
        let share = Double(worst.count) / Double(worst.all)
        return share > 0.95 ? "Very nearly" : share > 0.5 ? "Mostly" : "Not all of them"
    }

    // MARK: Starts

    private func starts(in report: inout Report) {
        let ends = found.fit.differentEnds
        let hundredsBelow = (ends.last?.logLikelihood ?? best) < best - 100
        let failed = found.fit.ends.count { $0 == nil }
        let rows = DigitFit.knownRows.map { "\($0 + 1)" }
        report.prose(
            #"""
            **Many starts.** Which hill EM climbs depends on its start, and here there are many hills. Of \#(DigitFit.startCount) random starts \#(reached == 0 ? "none" : "\(reached)")
            ended in the best end that we know, $\loglik{\params} = \#(best, .significant(6))$. (So that every seed shows the same fit, one start more is always made, from the digits in rows
            \#(rows.dropLast().joined(separator: ", ")) and \#(rows[rows.count - 1]), which is known to lead there.)
            """#)
        report.table(
            ["log-likelihood at the end", "starts", "less than the best by"],
            rows: ends.map {
                ["\($0.logLikelihood, .fixed(1))", "\($0.count)", "\(max(0, best - $0.logLikelihood), .fixed(1))"]
            },
            caption: """
                The different ends of \(DigitFit.startCount) random starts.\(failed == 0 ? "" : " \(failed) failed.")\(hundredsBelow ? " Ends that lie hundreds below the best have usually put two digits into one class and torn the third in two." : "")
                """)
    }

    private func heights(in report: inout Report) {
        let heights = found.fit.fit.trace.map(\.logLikelihood)
        report.check(
            "digits-log-likelihood", value: .number(best),
            again: .exact(
                .number(PlainBernoullis(mixture).logLikelihood(digits.images)),
                "plain products of 64 factors for each digit and class", tolerance: .rounding(scale: best)))
        report.check(
            "digits-monotone", value: .number(best),
            again: .nonDecreasing(
                heights, "no round lowers the log-likelihood", by: "comparing all \(heights.count) rounds",
                tolerance: .rounding(scale: best)))
    }

    private func published(in report: inout Report) {
        let sorted = found.isOneToOne ? mixture.weights : mixture.weights.sorted()
        report.prose(
            #"""
            The same fit was made by another program, written for the purpose in Python with NumPy, from 200 starts of its own:
            """#)
        report.published(
            [
                PublishedFigure(
                    id: "numpy", quantity: "NumPy 2.4.6: largest log-likelihood of 200 starts", published: -10331.4097,
                    decimals: 4,
                    ours: best, isByAnotherProgram: true)
            ]
                + zip(zip(Digits.kinds, sorted), [0.261, 0.407, 0.332]).map { own, theirs in
                    PublishedFigure(
                        id: "numpy", quantity: "NumPy 2.4.6: weight of the class of the \(own.0)s", published: theirs,
                        decimals: 3,
                        ours: own.1, isByAnotherProgram: true)
                })
    }

    // MARK: Classes against digits

    private func confusion(in report: inout Report) {
        report.prose(
            #"""
            **Classes against digits.** Now, and only now, look at the labels. Put each digit into its most probable class, and count:
            """#)
        report.table(
            ["class"] + Digits.kinds.map { "written \($0)" } + [#"$\weight{k}$"#],
            rows: (0..<DigitFit.classCount).map { k in
                [Prose("\(k + 1)")] + found.table[k].map { "\($0)" } + ["\(mixture.weights[k], .fixed(4))"]
            },
            caption: """
                \(found.agreeing) of \(digits.images.count) digits are in the class that has most of their kind. (Classes have no names. They are listed here in the order of the digit that they have most of.)
                """)
        let mix = found.largestMix
        report.prose(
            mix.count == 0
                ? "No digit is in a class of another kind."
                : #"""
                \#(2 * mix.count > digits.images.count - found.agreeing ? "Most of the others are of one sort" : "The largest group among the others"): \#(mix.count) written \#(mix.kind)s are in the class of the \#(mix.classKind)s. EM has made no mistake
                with them. It was asked for three classes that make the images probable, and not for the classes that we had in mind.
                """#)
        if let figure = DigitPictures(found, seed: seed).others(report, seed: seed) {
            report.figure(
                figure,
                caption: """
                    Drawn at random from the \(digits.images.count - found.agreeing) digits that are in the class of another kind. Compare them with the mean images in [fig:means].
                    """)
        }
        report.check(
            "confusion", value: .matrix(found.table.map { $0.map(Double.init) }),
            again: .exact(.matrix(countedPlainly), "plain products for each digit, and the largest wins"))
    }

    private func fromLabels(in report: inout Report) {
        let (end, agreeing) = found.fromLabels
        let isLower = end < best - BinaryFit.sameEnd
        report.predict(
            "Start EM at the mean images of the labelled digits: with a teacher's help, so to speak. Will it end higher, or agree better with the labels?",
            answer: #"""
                It agrees with the labels for \#(agreeing) digits, where the best end agrees for \#(found.agreeing). And its log-likelihood is \#(end, .significant(6)), which is
                \#(isLower ? "\(NumberFormat.fixed(1).string(best - end)) *less*" : "no less") than the best. \#(isLower && agreeing > found.agreeing ? "So the end that is nearer to the truth is the one with the lower likelihood. The largest likelihood belongs to the best explanation *by this model*, and pixels that are independent within a class are not how people write." : "")
                """#)
        report.check(
            "from-labels", value: .vector([best, end]),
            again: .property(
                "no start ends higher than the best end", by: "comparing it with the end of the labels' start",
                the: "height above it",
                is: end - best,
                tolerance: Tolerance(
                    BinaryFit.sameEnd, reason: "The runs of the many starts stop a little before their end.")))
    }

    /// The same table with the classes taken from plain products.
    private var countedPlainly: [[Double]] {
        let plain = PlainBernoullis(mixture)
        var counts = found.table.map { $0.map { _ in 0.0 } }
        for (x, label) in zip(digits.images, digits.labels) {
            let logarithms = plain.joint(x).map(\.logarithm)
            let k = logarithms.indices.max { logarithms[$0] < logarithms[$1] } ?? 0
            counts[k][Digits.kinds.firstIndex(of: label) ?? 0] += 1
        }
        return counts
    }

    // MARK: Checks of the fit

    private func checks(in report: inout Report) {
        let mean = digits.images[0].indices.map { d in
            Double(digits.images.count { $0[d] }) / Double(digits.images.count)
        }
        report.prose(
            #"""
            One thing can be checked without any program: after each M-step the weighted average of the mean images, $\sumclasses \weight{k} \meanvec{k}$, is exactly the plain mean of all the images.
            What the classes differ in has to cancel.
            """#)
        report.check(
            "digits-overall-mean", value: .vector(mixture.moments.mean),
            again: .exact(.vector(mean), "the plain share of digits in which each pixel is on"))
    }

    /// ∂ℓ/∂μ_kd by central differences of plain products.
    func slope(_ k: Int, _ d: Int) throws -> Double {
        let plain = PlainBernoullis(mixture)
        let alongPixel = plain.logLikelihood(of: digits.images, alongElement: d, ofClass: k)
        return try CentralDifference.gradient(
            of: { alongPixel($0[0]) }, at: [plain.probabilities[k][d]], accuracy: 1e-7)[0]
    }

    // MARK: Never on

    private var never: [Int] { digits.images[0].indices.filter { d in !digits.images.contains { $0[d] } } }

    private func flatness(in report: inout Report) {
        let pixels = mixture.means.map { mean in
            let doubts: [Double] = mean.map { abs($0 - 0.5) }
            return doubts.indices.min { doubts[$0] < doubts[$1] } ?? 0
        }
        let probabilities: [Double] = zip(mixture.means, pixels).map { mean, d in mean[d] }
        func steepest() throws -> Double? { try pixels.enumerated().map { k, d in abs(try slope(k, d)) }.max() }
        report.check(
            "digits-stationary", value: .vector(probabilities),
            again: try .property(
                "the log-likelihood is flat in the most doubtful pixel of each class",
                by: "central differences of the log-likelihood of all digits", the: "steepest slope",
                is: steepest() ?? .nan, tolerance: .numericalMaximization))
    }

    private func neverOn(in report: inout Report) throws {
        let zeros = mixture.means.map { $0.count { $0 < Self.asGoodAsZero } }
        let zeroInAll = digits.images[0].indices.filter { d in mixture.means.allSatisfy { $0[d] == 0 } }
        // The classes that one pixel of a digit rules out.
        let ruledOut = digits.images.map { x in
            mixture.means.map { mean in zip(x, mean).contains { $0 && $1 < Self.asGoodAsZero } }
        }
        let single = digits.images.count { x in
            mixture.means.contains { mean in zip(x, mean).count { $0 && $1 < Self.asGoodAsZero } == 1 }
        }
        let withVeto = ruledOut.count { $0.contains(true) }
        let vetoed: [Double] = zip(ruledOut, found.responsibilities).flatMap { vetoes, q in
            q.indices.filter { vetoes[$0] }.map { q[$0] }
        }
        let largest = vetoed.max() ?? 0
        let pixel = never[0]
        let outer = never.count { $0 % Digits.width == 0 || $0 % Digits.width == Digits.width - 1 }
        let slopes = try (0..<DigitFit.classCount).map { try slope($0, pixel) }
        report.prose(
            #"""
            **Pixels at the edge.** \#(never.count) of the 64 pixels are on in no digit at all; \#(outer) of these stand in the first or last column. Their probability is 0 in every class, and they do no harm: a factor of 1 for each
            digit. The log-likelihood is not flat there: in class 1 its slope in such a pixel is \#(slopes[0], .fixed(2)), and the effective count is \#(found.effectiveCounts[0], .fixed(2)). Section 3 said that of $\Qname$; at the current parameters the slopes of the log-likelihood and of $\Qname$ agree.

            Other pixels are at 0 in one class or two. In the three classes \#(zeros[0]), \#(zeros[1]) and \#(zeros[2]) pixels are at 0, with those \#(never.count). (At 0 means below 1e-10. The \#(never.count) are at 0 exactly, from the first round on. The others come closer to 0
            with each round: by a constant factor where one such pixel keeps a digit out of the class, faster and faster where two or more do, since their small factors multiply.) Each of these is a veto. \#(withVeto) of the \#(digits.images.count) digits have at least one pixel that rules out at least one class, and for
            \#(single) of them some class falls to one pixel alone. A single speck of dust on the paper would do the same.
            """#)
        report.check(
            "never-on", value: .number(Double(zeroInAll.count)),
            again: .exact(.number(Double(never.count)), "counting the pixels that are on in no digit"))
        flatness(in: &report)
        report.check(
            "slope-of-never-on", value: .vector(found.effectiveCounts.map { -$0 }),
            again: .difference(
                .vector(slopes), "central differences of the log-likelihood of all digits",
                tolerance: .centralDifference,
                relative: true))
        report.check(
            "vetoes", value: .number(Double(withVeto)),
            again: .property(
                "a class that one pixel rules out has no share in the digit", by: "looking at its responsibility",
                the: "largest responsibility",
                is: largest,
                tolerance: Tolerance(
                    1e-6,
                    reason: "A factor below 1e-10, and other pixels that favour the class by a few thousand at most.")))
    }

    /// A probability that EM is on its way to 0 with.
    private static let asGoodAsZero = 1e-10
}

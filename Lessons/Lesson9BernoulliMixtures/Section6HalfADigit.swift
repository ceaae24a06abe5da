import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: the lower half of a digit is covered, and the posterior completes it.
struct HalfADigit {
    private let found: DigitFit
    /// The rows of the digits that were kept out of the fit.
    private let heldOut: [Int]
    /// The fit without them.
    private let fit: Fit<BernoulliVector>
    private static let seen = Digits.width * Digits.width / 2
    private static let heldOutCount = 60

    init(_ found: DigitFit, seed: UInt64) throws {
        self.found = found
        var generator = SeededGenerator(seed: seed).stream(7)
        var order = Array(found.digits.images.indices)
        generator.shuffle(&order)
        heldOut = Array(order.prefix(Self.heldOutCount))
        let rest = order.dropFirst(Self.heldOutCount).sorted().map { found.digits.images[$0] }
        // From the fit to all digits, so that EM stays on its hill; but what only a digit kept out ever showed must be forgotten.
        fit = try EM(data: rest, start: found.mixture, stop: BinaryFit.stop).fit()
    }

    var mixture: Mixture<BernoulliVector> { fit.mixture }

    /// The posterior of the classes from the pixels that are seen, and the probabilities of the others; nil if what is seen has
    /// probability 0 in every class.
    func completion(_ x: [Bool], seen: Int) -> (classes: [Double], hidden: [Double])? {
        let logJoint = zip(mixture.weights, mixture.means).map { weight, mu -> Double in
            var sum = log(weight)
            for d in 0..<seen { sum += x[d] ? log(mu[d]) : log1p(-mu[d]) }
            return sum
        }
        guard let largest = logJoint.max(), largest.isFinite else { return nil }
        let shares = logJoint.map { exp($0 - largest) }
        let sum = shares.reduce(0, +)
        let classes = shares.map { $0 / sum }
        let hidden = (seen..<x.count).map { d -> Double in
            zip(classes, mixture.means).reduce(0.0) { sum, part in sum + part.0 * part.1[d] }
        }
        return (classes, hidden)
    }

    /// Of the digits kept out whose seen half is possible: the first of each kind, and the one whose class is most doubtful.
    private var shown: [Int] {
        let doubtful = heldOut.map { n in
            (n, completion(found.digits.images[n], seen: Self.seen)?.classes.max() ?? 1)
        }.min { $0.1 < $1.1 }?.0
        let firsts = Digits.kinds.compactMap { kind in
            heldOut.first {
                found.digits.labels[$0] == kind && completion(found.digits.images[$0], seen: Self.seen) != nil
            }
        }
        return firsts + [doubtful].compactMap { $0 }.filter { !firsts.contains($0) }
    }

    func explain(in report: inout Report) throws {
        report.section("Half a digit")
        report.prose(
            #"""
            Cover the lower half of a digit. What is under the cover? A model of whole images can say. To be fair, \#(Self.heldOutCount) digits, drawn at random, are kept out of the fit here, and EM is run
            on the other \#(found.digits.images.count - Self.heldOutCount), from the fit of section 4. (That start has seen the \#(Self.heldOutCount), too; all that can be left of them at the end is which hill is climbed.)

            What exactly do we condition on? On the \#(Self.seen) pixels of the upper half, on and off, and on nothing else: not on the label, and not on any pixel below. The parameters are
            those of the fit. Let $S$ be the set of the pixels seen. To leave out the others is easy in this model: summed over both values, the factors of a pixel that is not seen give 1. So they drop out, and the E-step remains, with fewer factors:
            """#)
        report.formula(
            #"""
            \resp{n}{k}(S) = \frac{\weight{k} \prod_{\elementindex \in S} \elementprob{k}{d}^{\element{n}{d}} \thinspace \notelementprob{k}{d}^{\notelement{n}{d}}}
            {\sum_{\otherindex} \weight{j} \prod_{\elementindex \in S} \elementprob{j}{d}^{\element{n}{d}} \thinspace \notelementprob{j}{d}^{\notelement{n}{d}}},
            \qquad
            p(\element{n}{d} = 1 \mid S) = \sumclasses \resp{n}{k}(S) \thinspace \elementprob{k}{d} \quad \text{for the others}
            """#)
        report.prose(
            #"""
            Within a class the upper half says nothing about the lower. All that it says goes by way of the class: first the posterior of the class, then the mean images below the cut, averaged with it.
            """#)
        report.define(
            #"\resp{n}{k}(S)"#, "responsibility from the pixels seen",
            #"probability of class $\classindex$ given only the pixels in $S$"#)
        report.predict(
            "The upper half of a 2 can look much like that of a 3. What will the model put under the cover where it cannot tell them apart?",
            answer: """
                A mixture of both lower halves, grey upon grey: each pixel gets the average of its two probabilities. That is the right answer for each pixel by itself. As an image it is none that anybody writes: one of the two, but not both, is under the cover.
                """)
        report.figure(
            try figure(report),
            caption: #"""
                One digit of each kind, and last the one whose class is most in doubt; none was in the fit. From the left: the whole digit; what is seen; the posterior's completion; and the posterior of the three classes from the upper half alone.
                """#)
        numbers(in: &report)
        try check(in: &report)
        report.exercise(
            "How would you draw one plausible lower half, in place of the average?",
            answer: #"""
                Draw the class first, from $\resp{n}{k}(S)$, and then all hidden pixels from that class's mean image. To draw each pixel by itself from the completion would mix classes within one image.
                """#)
    }

    private func numbers(in report: inout Report) {
        let images = found.digits.images
        let possible = heldOut.compactMap { n in completion(images[n], seen: Self.seen).map { (n, $0) } }
        let hidden = Digits.width * Digits.width - Self.seen
        let plain = Array(mixture.moments.mean.suffix(hidden))
        func right(_ n: Int, _ guess: [Double]) -> Int {
            zip(guess, images[n].suffix(hidden)).count { ($0 > 0.5) == $1 }
        }
        let (ours, plainly) = (
            possible.reduce(0) { $0 + right($1.0, $1.1.hidden) }, possible.reduce(0) { $0 + right($1.0, plain) }
        )
        let all = Double(possible.count * hidden)
        let (share, plainShare) = (Double(ours) / all, Double(plainly) / all)
        let sure = possible.filter { ($0.1.classes.max() ?? 0) > 0.9 }
        let rightly = sure.count { n, completion in
            let k = completion.classes.indices.max { completion.classes[$0] < completion.classes[$1] } ?? 0
            return found.kind(k) == found.digits.labels[n]
        }
        let missing = Self.heldOutCount - possible.count
        report.prose(
            #"""
            How good is it? Call a hidden pixel on if its probability is above 1/2. Over \#(missing == 0 ? "the \(possible.count)" : "\(possible.count) of the") digits kept out, \#(share, .percent(1)) of the hidden pixels come out right. The mean image of all digits,
            which looks at no upper half, gets \#(plainShare, .percent(1)): \#(share > plainShare ? "the upper half removes \(NumberFormat.percent(0).string((share - plainShare) / (1 - plainShare))) of the mistakes" : "here the upper half was of no use"). For \#(sure.count) of these digits the upper half alone makes the model more than 90 % sure of the class, and \#(sure.count == rightly ? "all of them are" : "\(rightly) of them are") of the kind that the class has most of. \#(sure.count > rightly ? "The others are sure and wrong: too sure, as in section 4." : "")
            """#)
        report.prose(
            missing == 0
                ? "Each upper half was possible under the fit. That need not be so: see the vetoes of section 4."
                : #"""
                \#(missing == 1 ? "One digit is missing from this count: in its" : "\(missing) digits are missing from this count: in their") upper half a pixel is on that every class has at 0, since no digit in the fit had it on. The model says “impossible”, and then has no opinion on the rest. This is the veto of section 3
                with new data: one imagined image per class would have cured it.
                """#)
    }

    private func check(in report: inout Report) throws {
        guard let n = shown.first else { return }
        let x = found.digits.images[n]
        let seen = x.count - Digits.width
        guard let ours = completion(x, seen: seen) else { return }
        let plain = PlainBernoullis(mixture)
        let endings = PlainBernoullis.allVectors(Digits.width)
        let masses = endings.map { plain.logDensity(x.prefix(seen) + $0) }
        let top = masses.max() ?? 0
        let weights = masses.map { exp($0 - top) }
        let total = weights.reduce(0, +)
        report.check(
            "completion", value: .vector(ours.hidden),
            again: .exact(
                .vector(PlainBernoullis.moments(endings, weights.map { $0 / total }).mean),
                "adding up all 256 ways to fill the last row of a digit", tolerance: .enumeration))
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        var pictures = Pictures()
        let images = found.digits.images
        let rows = shown
        let height = 10.0 * Double(rows.count) - 1
        for (place, n) in rows.enumerated() {
            guard let completion = completion(images[n], seen: Self.seen) else { continue }
            let top = height - 10 * Double(place)
            let upper = images[n].prefix(Self.seen).map { $0 ? 1.0 : 0 }
            let hidden = Digits.width * Digits.width - Self.seen
            pictures.add(images[n], columns: Digits.width, x: 0, y: top)
            pictures.add(
                upper + Array(repeating: .nan, count: hidden), columns: Digits.width, x: 10, y: top)
            pictures.add(upper + completion.hidden, columns: Digits.width, x: 20, y: top)
            for (k, share) in completion.classes.enumerated() {
                pictures.note(
                    try report.label(#"class \#(k + 1), mostly \#("\(found.kind(k))s"): \#(share, .fixed(3))"#),
                    x: 29.5, y: top - 1.6 - 2.4 * Double(k), anchor: .left)
            }
        }
        for (title, x) in [("the digit", 4.0), ("seen", 14), ("completed", 24)] {
            pictures.note(Label(title), x: x, y: height + 0.4, anchor: .bottom)
        }
        return Figure(
            id: "half", title: "What is under the cover?",
            subtitle: "Blue: covered; grey: how probably the pixel is on",
            alt: report.words(
                #"""
                Rows for one digit of each kind and for a doubtful one: the digit, its upper half, and the upper half with the expected lower half in grey, beside the posterior of the classes.
                """#),
            panels: [pictures.panel(x: -0.3...47, y: -0.3...(height + 3.2))],
            size: Size(width: 600, height: 130 + 11.2 * (height + 3.5)))
    }
}

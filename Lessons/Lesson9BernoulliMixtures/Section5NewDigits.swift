import Figures
import LessonKit
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 5: digits that nobody wrote, drawn from the fitted mixture.
struct NewDigits {
    private let found: DigitFit
    private let seed: UInt64
    private static let perClass = 6
    private let drawn: [[[Bool]]]

    init(_ found: DigitFit, seed: UInt64) {
        self.found = found
        self.seed = seed
        var generator = SeededGenerator(seed: seed).stream(5)
        drawn = found.mixture.components.map { component in
            (0..<Self.perClass).map { _ in component.sample(using: &generator) }
        }
    }

    /// E[number of neighbours that differ] in a class: Σ μ_d (1 - μ_e) + μ_e (1 - μ_d), since the pixels are independent.
    private static func expected(_ mixture: Mixture<BernoulliVector>) -> [Double] {
        mixture.means.map { mu in
            var sum = 0.0
            for (d, e) in Neighbours.pairs { sum += mu[d] * (1 - mu[e]) + mu[e] * (1 - mu[d]) }
            return sum
        }
    }

    /// The average number in the digits themselves, weighted by their responsibilities.
    private var observed: [Double] {
        let borders = found.digits.images.map { x in Double(Neighbours.pairs.count { x[$0.0] != x[$0.1] }) }
        return found.effectiveCounts.enumerated().map { k, count in
            var sum = 0.0
            for (border, q) in zip(borders, found.responsibilities) { sum += border * q[k] }
            return sum / count
        }
    }

    /// How many borders too many the drawn images have over all classes, as a share.
    private func excess(_ mixture: Mixture<BernoulliVector>) -> Double {
        let drawn = zip(mixture.weights, Self.expected(mixture)).reduce(0) { $0 + $1.0 * $1.1 }
        let written = found.digits.images.reduce(0) { sum, x in sum + Neighbours.pairs.count { x[$0.0] != x[$0.1] } }
        return drawn * Double(found.digits.images.count) / Double(written) - 1
    }

    private static let manyClasses = 9

    /// The same with more classes, from one start.
    private func moreClasses() throws -> Prose {
        var generator = SeededGenerator(seed: seed).stream(9)
        let many = try EM(
            data: found.digits.images,
            start: .randomStart(for: found.digits.images, components: Self.manyClasses, using: &generator),
            stop: BinaryFit.stop, pass: .fast
        ).fit().mixture
        let (before, after) = (excess(found.mixture), excess(many))
        return after < before
            ? #"""
            More classes help, since each then has less variation of its own: with \#(inWords(Self.manyClasses)) classes, from one start, the model draws \#(after, .percent(0)) too many borders in all, where with three it is \#(before, .percent(0)).
            [Lesson:11] asks how many classes are worth their parameters.
            """#
            : "More classes may help, since each then has less variation of its own; [lesson:11] asks how many are worth their parameters."
    }

    func explain(in report: inout Report) throws {
        report.section("Digits that nobody wrote")
        report.prose(
            #"""
            A mixture is a recipe for data: pick a class by its weight, then flip the coin of each pixel. Here is what the fitted recipe makes.
            """#)
        report.predict(
            "The mean images look like digits. Will images that are drawn from the model look like digits, too?",
            answer: """
                Like digits with frayed edges and holes. Where the mean image is grey, each pixel is drawn by itself: the model knows how often it is on, and not that it goes with its neighbour.
                """)
        report.figure(
            figure(report),
            caption: #"""
                Left: the mean image of each class, with the digit that it has most of. Then \#(Self.perClass) images drawn from it. Right, for comparison: digits of the class that somebody wrote.
                """#)
        let (drawn, written) = (Self.expected(found.mixture), observed)
        let help = try moreClasses()
        let more = zip(drawn, written).map { $0 / $1 - 1 }
        report.prose(
            #"""
            How frayed, in a number: count the pairs of neighbouring pixels, side by side or one above the other, of which one is on and the other off. A drawn image has on average \#(drawn, .fixed(1)) such borders
            in the three classes, and a written digit \#(written, .fixed(1)). \#(more.allSatisfy { $0 > 0 } ? "In each class the model draws more: by \(more.map { NumberFormat.percent(0).string($0) }.joined(separator: ", "))." : "")
            The mean of each pixel is right, and so is what the classes differ in. But *within* a class the covariance is 0 by assumption ([eq:prml.9.46]), and strokes are made of covariance. \#(help)
            Another remedy is a model in which neighbours depend on each other directly, such as a Markov random field.
            """#)
        let components = found.mixture.means
        let value = drawn
        let (draws, seed) = (2000, seed)
        report.check(
            "borders", value: .vector(value),
            again: .simulation(
                try components.enumerated().flatMap { k, mu in
                    try Simulation.means(count: draws, seed: seed &+ UInt64(k)) { random in
                        let x = mu.map { random.uniform() < $0 }
                        return [Double(Neighbours.pairs.count { x[$0.0] != x[$0.1] })]
                    }
                }, "drawing \(draws) images of each class and counting"))
    }

    // MARK: Figure

    private func figure(_ report: Report) -> Figure {
        var generator = SeededGenerator(seed: seed).stream(6)
        var pictures = Pictures()
        for k in drawn.indices {
            let top = 29 - 10 * Double(k)
            pictures.add(found.mixture.means[k], columns: Digits.width, x: 0, y: top)
            pictures.note(Label("mostly \(found.kind(k))s"), x: -0.8, y: top - 4, anchor: .right)
            for (place, x) in drawn[k].enumerated() {
                pictures.add(x, columns: Digits.width, x: 11 + 9.5 * Double(place), y: top)
            }
            var own = found.classes.indices.filter { found.classes[$0] == k }
            generator.shuffle(&own)
            for (place, n) in own.prefix(2).enumerated() {
                pictures.add(found.digits.images[n], columns: Digits.width, x: 70.5 + 9.5 * Double(place), y: top)
            }
        }
        pictures.note("mean", x: 4, y: 29.5, anchor: .bottom)
        pictures.note("drawn from the model", x: 38.5, y: 29.5, anchor: .bottom)
        pictures.note("written", x: 79, y: 29.5, anchor: .bottom)
        return Figure(
            id: "new-digits", title: "Right on average, and frayed",
            alt: report.words(
                """
                Three rows, one for each class: its mean image, \(Self.perClass) images drawn from the model with ragged outlines and single pixels that stand alone, and two written digits with smooth strokes.
                """),
            panels: [pictures.panel(x: -11...88.3, y: 0.7...33)], size: Size(width: 940, height: 408))
    }
}

import Figures
import MixtureModels
import Notebook

/// The digits and their mean images as pictures.
struct DigitPictures {
    private let found: DigitFit
    /// Two digits of each kind, by their rows.
    private let shown: [Int]

    init(_ found: DigitFit, seed: UInt64) {
        self.found = found
        var generator = SeededGenerator(seed: seed).stream(4)
        var order = Array(found.digits.labels.indices)
        generator.shuffle(&order)
        let labels = found.digits.labels
        shown = Digits.kinds.flatMap { kind in order.filter { labels[$0] == kind }.prefix(2) }
    }

    func examples(_ report: Report) throws -> Figure {
        let digits = found.digits
        var pictures = Pictures()
        for (place, n) in shown.enumerated() {
            let left = Double(place) * 10
            pictures.add(digits.ink[n].map { $0 / Digits.mostInk }, columns: Digits.width, x: left, y: 19)
            pictures.add(digits.images[n], columns: Digits.width, x: left, y: 9.5)
            pictures.note(Label("written \(digits.labels[n])"), x: left + 4, y: 1.5)
        }
        return Figure(
            id: "digits", title: "What is written, and what the model sees",
            subtitle: "Above: the ink in 17 steps; below: on or off",
            alt:
                "Six handwritten digits, two each of 2, 3 and 4, as 8 × 8 pixels in grey, and below in black and white.",
            panels: [pictures.panel(x: -0.3...58.3, y: -0.8...19.3)], size: Size(width: 820, height: 362))
    }

    func means(_ report: Report) throws -> Figure {
        let mixture = found.mixture
        var pictures = Pictures()
        for k in mixture.weights.indices {
            let left = Double(k) * 10
            pictures.add(mixture.means[k], columns: Digits.width, x: left, y: 8)
            pictures.note(
                try report.label(
                    #"$\meanvec{\#(k + 1)}$, mostly \#("\(found.kind(k))s"), weight \#(mixture.weights[k], .fixed(2))"#),
                x: left + 4, y: 0)
        }
        let kinds = mixture.weights.indices.map { "\(found.kind($0))s" }.joined(separator: ", ")
        return Figure(
            id: "means", title: "What each class looks like on average",
            subtitle: "Grey: how often the pixel is on in the class",
            alt: report.words(
                "Three grey images of 8 × 8 pixels: the mean images of the classes, which have most of the \(kinds); weights \(mixture.weights, .fixed(3))."
            ),
            panels: [pictures.panel(x: -0.3...28.3, y: -2...8.3)], size: Size(width: 700, height: 345))
    }

    /// “2s that EM put with other digits”, if all of them are 2s.
    private static func title(_ labels: [Int], into kinds: [Int]) -> Label {
        let own = Set(labels).count == 1 ? "\(labels[0])s" : "Digits"
        return Label("\(own) that EM put with \(Set(kinds).count == 1 ? "the \(kinds[0])s" : "other digits")")
    }

    /// Some of the digits that are not in the class of their kind; nil if there are none.
    func others(_ report: Report, seed: UInt64) -> Figure? {
        var generator = SeededGenerator(seed: seed).stream(8)
        let labels = found.digits.labels
        var odd = labels.indices.filter { found.kind(found.classes[$0]) != labels[$0] }
        generator.shuffle(&odd)
        let shown = odd.prefix(6)
        guard !shown.isEmpty else { return nil }
        var pictures = Pictures()
        for (place, n) in shown.enumerated() {
            let left = Double(place) * 10
            pictures.add(found.digits.images[n], columns: Digits.width, x: left, y: 8)
            pictures.note(Label("a \(labels[n]) in class \(found.classes[n] + 1)"), x: left + 4, y: 0)
        }
        return Figure(
            id: "others",
            title: Self.title(shown.map { labels[$0] }, into: shown.map { found.kind(found.classes[$0]) }),
            alt: report.words(
                Prose(
                    "Digits that are not in the class of their kind: "
                        + shown.map { "a \(labels[$0]) in class \(found.classes[$0] + 1)" }.joined(separator: ", "))),
            panels: [pictures.panel(x: -0.3...58.3, y: -2...8.3)], size: Size(width: 820, height: 232))
    }
}

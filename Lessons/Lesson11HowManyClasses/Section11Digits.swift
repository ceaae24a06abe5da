import Datasets
import Figures
import Files
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 11: 541 images of the digits 2, 3 and 4: how many classes do their pixels need?
struct Digits {
    struct Candidate {
        let classes: Int
        let fit: Fit<BernoulliVector>
        let criteria: Criteria
    }

    private let images: [[Bool]]
    private let labels: [Int]
    let candidates: [Candidate]
    private static let pixels = 64
    private static let threshold = 8.0
    /// For each number of classes, the stream of random numbers whose start was the best of 150; they were tried before, so that a run of the
    /// lesson needs one run of EM for each, and are tried again by a test that takes its time.
    static let starts = [(2, 93), (3, 97), (4, 20), (6, 62), (8, 18), (10, 26)]

    static func read() throws -> (images: [[Bool]], labels: [Int]) {
        let path = PackageFiles.path("Lessons/Data/digits234.csv")
        let names = (0..<pixels).map { ($0 < 10 ? "p0" : "p") + "\($0)" }
        let table = try NumericTable.read(path: path, columns: (["digit"] + names).map { .init($0) })
        let rows = table.vectors
        return (rows.map { row in row.dropFirst().map { $0 >= threshold } }, rows.map { Int($0[0]) })
    }

    /// The start with this number.
    static func start(_ images: [[Bool]], _ classes: Int, _ number: Int) throws -> Mixture<BernoulliVector> {
        var generator = SeededGenerator(seed: UInt64(1000 * classes + number))
        return try .randomStart(for: images, components: classes, using: &generator)
    }

    static func run(_ images: [[Bool]], _ start: Mixture<BernoulliVector>) throws -> Fit<BernoulliVector> {
        try EM(data: images, start: start, stop: .any(.relativeChange(1e-9), .maximumSteps(500)), pass: .fast).fit()
    }

    init() throws {
        let (images, labels) = try Self.read()
        (self.images, self.labels) = (images, labels)
        let fits = onAllCores(Self.starts.count) { place in
            try? Self.run(images, Self.start(images, Self.starts[place].0, Self.starts[place].1))
        }
        candidates = zip(Self.starts, fits).compactMap { start, fit in
            fit.map {
                Candidate(
                    classes: start.0, fit: $0,
                    criteria: Criteria(of: $0.mixture, rows: images, parameters: start.0 - 1 + start.0 * Self.pixels))
            }
        }
    }

    /// Numbers of classes between the first and the last that were left out.
    private var untried: [Int] {
        let tried = candidates.map(\.classes)
        return ((tried.first ?? 0)...(tried.last ?? 0)).filter { !tried.contains($0) }
    }

    private func least(_ value: (Criteria) -> Double) -> Candidate? {
        candidates.min { value($0.criteria) < value($1.criteria) }
    }

    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        Images of three digits: BIC chooses \(least(\.bic)?.classes ?? 0) classes of those tried, AIC \(least(\.aic)?.classes ?? 0).
        """
    }

    func explain(in report: inout Report) throws {
        guard let best = least(\.bic), let aic = least(\.aic) else { return }
        report.section("Three digits, and more than three classes")
        let counts = candidates.map { "\($0.classes)" }.joined(separator: ", ")
        report.prose(
            #"""
            \#(images.count) images of the digits 2, 3 and 4, each of 64 pixels that are on or off (on from 8 of 16 units of ink; [lesson:9]). A class is a probability for each pixel. There are three digits. \#(counts) classes are tried; each costs 65 parameters more, and in BIC \#(65 * log(Double(images.count)), .fixed(0)).
            """#)
        report.predict(
            "Three digits: will three classes be enough?",
            answer:
                #"BIC takes \#(best.classes), of those tried. \#(best.classes > 3 ? "The pixels of one digit are not independent, as the model wants them to be in a class; so it takes several classes for one digit." : "")"#
        )
        report.table(
            ["classes", #"$\loglik{\hat{\params}}$"#, #"$\nu$"#, "AIC", "BIC", "ICL"],
            rows: candidates.map { c in
                [
                    "\(c.classes)", "\(c.criteria.logLikelihood, .fixed(1))", "\(c.criteria.parameters)",
                    "\(c.criteria.aic, .fixed(0))",
                    "\(c.criteria.bic, .fixed(0))", "\(c.criteria.icl, .fixed(0))",
                ]
            },
            caption: #"""
                The best fits of 150 starts each, which were tried when this lesson was written; here only the best start of each is run again. AIC chooses \#(aic.classes)\#(aic.classes == candidates.last?.classes ? ", the most that were offered" : ""), BIC \#(best.classes)\#(untried.isEmpty ? "" : "; \(untried.map(String.init).joined(separator: ", ")) were not tried").
                """#)
        let direct = directLogLikelihood(best.fit.mixture)
        report.equation(
            "beyond.digits",
            formula: #"""
                \hat{\classcount} = \arg \min \text{BIC}, \qquad \nu = (\classcount - 1) + 64 \thinspace \classcount
                """#,
            numbers: #"""
                \#(best.classes) \text{ classes:} \quad -2 \cdot (\#(best.criteria.logLikelihood, .fixed(2))) + \#(best.criteria.parameters) \cdot \#(log(Double(images.count)), .fixed(4)) = \#(best.criteria.bic, .fixed(1))
                """#,
            value: .number(best.criteria.bic),
            again: .exact(
                .number(-2 * direct + Double(best.classes * 65 - 1) * log(Double(images.count))),
                "multiplying the probabilities of all pixels of each image, class by class", relative: true),
            note: #"""
                Pixels that are never on in a class have the probability 0 there, on the edge of what is possible: they count in $\nu$, but they can only move one way, and BIC's price is too high for them, which keeps the number of classes down. What drives it up is pixels that depend on each other inside a class, which only further classes can express. And \#(images.count) rows are no large sample for \#(best.criteria.parameters) parameters. So \#(best.classes) is what this rule makes of this model; it is no count of ways of writing.
                """#)
        report.figure(
            try figure(report, best),
            caption: #"""
                The \#(best.classes) classes that BIC chooses, each drawn as the probability of every pixel, with the digits whose images belong to it.
                """#)
    }

    private func directLogLikelihood(_ mixture: Mixture<BernoulliVector>) -> Double {
        images.reduce(0) { total, image in
            let sum = zip(mixture.weights, mixture.components).reduce(0.0) { sum, part in
                sum + zip(image, part.1.probabilities).reduce(part.0) { $0 * ($1.0 ? $1.1 : 1 - $1.1) }
            }
            return total + log(sum)
        }
    }

    private func figure(_ report: Report, _ best: Candidate) throws -> Figure {
        let found = images.map { image in
            let joint = best.fit.mixture.logJoint(at: image)
            return joint.firstIndex(of: joint.max() ?? 0) ?? 0
        }
        let order = (0..<best.classes).sorted { first, second in
            (main(first, found), -found.count { $0 == first }) < (main(second, found), -found.count { $0 == second })
        }
        let names = order.map { k in
            [(2, "two"), (3, "three"), (4, "four")].compactMap { digit, word -> String? in
                let count = zip(found, labels).count { $0 == k && $1 == digit }
                return count == 0 ? nil : "\(count) \(word)\(count == 1 ? "" : "s")"
            }.joined(separator: ", ")
        }
        let panels = zip(order, names).map { k, name in
            let grid = Grid(
                x: (0..<8).map(Double.init), y: (0..<8).map(Double.init),
                values: (0..<8).flatMap { row in
                    (0..<8).map { best.fit.mixture.components[k].probabilities[8 * (7 - row) + $0] }
                })
            return Panel(
                title: Label(name), x: Axis(nil, range: -0.5...7.5, ticks: .none, hasLine: false),
                y: Axis(nil, range: -0.5...7.5, ticks: .none),
                layers: [.heatMap(grid, range: 0...1)], legend: .none, aspect: .equal)
        }
        return Figure(
            id: "digits", title: "Three digits, and the \(best.classes) classes that BIC chooses",
            subtitle: "Pixels from violet, never on, to yellow, always on; above: how many images of which digit",
            alt: report.words(
                #"Pictures of \#(best.classes) classes of 8 × 8 pixels, with \#(names.joined(separator: "; "))."#),
            panels: panels, columns: min(6, panels.count), size: Size(width: 960, height: panels.count > 6 ? 440 : 270))
    }

    /// The digit that most images of a class show.
    private func main(_ k: Int, _ found: [Int]) -> Int {
        [2, 3, 4].max { a, b in
            zip(found, labels).count { $0 == k && $1 == a } < zip(found, labels).count { $0 == k && $1 == b }
        } ?? 0
    }
}

import Figures
import Foundation
import LessonKit
import Notebook
import Verification

/// Section 7: how quickly shares settle, and what the number of animals buys.
struct MoreAnimals {
    private let store: PetStore
    private let animals: DrawnAnimals

    init(_ store: PetStore, _ animals: DrawnAnimals) {
        self.store = store
        self.animals = animals
    }

    func explain(in report: inout Report) throws {
        let errors = store.weights.map { ($0 * (1 - $0) / Double(animals.count)).squareRoot() }
        let shares = animals.shares.map(\.mean)
        let distances = store.weights.indices.map { abs(shares[$0] - store.weights[$0]) / errors[$0] }
        report.section("How many animals are enough?")
        report.prose(
            #"""
            The shares of \#(animals.count) animals need not be *exactly* those of the recipe. But
            we know how far off they should be. The share of a class in $\obscount$ draws has the standard error
            $\sqrt{\weight{k} (1 - \weight{k}) / \obscount}$, and about 95 % of the time it is within two of them.
            """#)
        let smaller = errors.map { $0 * 10 }
        report.predict(
            "With a hundred times as many animals, how many more decimals of the shares become reliable?",
            answer: #"""
                One. The standard error falls with the root of the number of animals: with a hundredth of the animals it would be
                \#(smaller[0], .significant(2)) for birds, and it is \#(errors[0], .significant(2)).
                """#)
        report.table(
            ["species", #"$\weight{k}$"#, "share drawn", "standard error", "off by"],
            rows: store.species.indices.map { k in
                [
                    Prose(store.species[k]), "\(store.weights[k], .significant(3))", "\(shares[k], .fixed(4))",
                    "\(errors[k], .significant(2))", "\(distances[k], .fixed(1)) standard errors",
                ]
            },
            caption: #"""
                \#(sentence(distances.count { $0 <= 2 })) A difference of more than five standard errors would point to
                a mistake in the generator rather than to chance.
                """#)
        report.figure(
            try figure(report),
            caption: #"""
                The share of each species among the first animals, with bands of two standard errors around the true shares. The bands narrow
                with the square root of the number of animals; after \#(animals.count) animals the shares are \#(shares, .fixed(4)).
                """#)
        report.prose(
            #"""
            The funnel in [fig:shares] narrows with the square root of the number of animals: a hundred times as many draws buy one
            more decimal. This is worth remembering for later lessons, where parameters are estimated from a few hundred
            observations, *without* the species. No algorithm can then be expected to do better than somebody who sees
            the species, and whom [the funnel](fig:shares) limits, too.
            """#)
        report.exercise(
            #"""
            How many animals does it take to know the share of birds so well that two standard errors are at most 0.001?
            """#,
            answer: #"""
                $2 \sqrt{\weight{1} (1 - \weight{1}) / \obscount} \le 0.001$ gives
                $\obscount \ge 4 \thinspace \weight{1} (1 - \weight{1}) / 0.001^{2} = \#(needed)$. You can try it:
                `--samples \#(String(needed))`.
                """#)
    }

    /// The animals needed for two standard errors of 0.001.
    private var needed: Int { Int((4 * store.weights[0] * (1 - store.weights[0]) / 1e-6).rounded(.up)) }

    private func sentence(_ within: Int) -> String {
        switch within {
        case 3: "All three shares are within two standard errors."
        case 0: "None of the three shares is within two standard errors: a rare seed."
        default:
            "\(within == 2 ? "Two" : "One") of the three shares \(within == 2 ? "are" : "is") within two standard errors."
        }
    }

    private func figure(_ report: Report) throws -> Figure {
        let first = 10.0
        let last = Double(animals.count)
        let positions = stride(from: 0.0, through: 1, by: 1 / 80).map { first * pow(last / first, $0) }
        let layers = try store.weights.indices.flatMap { k -> [Layer] in
            let weight = store.weights[k]
            let errors = positions.map { 2 * (weight * (1 - weight) / $0).squareRoot() }
            let path = animals.milestones.filter { Double($0.count) >= first }.map { milestone in
                Point(Double(milestone.count), Double(milestone.counts[k]) / Double(milestone.count))
            }
            return [
                .band(
                    x: positions, low: errors.map { weight - $0 }, high: errors.map { weight + $0 },
                    color: Palette.series(k).opacity(0.13)),
                .line(
                    path, style: .series(k, width: 1.6),
                    label: try report.label(#"\#(store.species[k])s $\rightarrow \#(weight, .significant(3))$"#)),
            ]
        }
        let shares = animals.shares.map(\.mean)
        return Figure(
            id: "shares", title: "Shares settle, slowly",
            subtitle:
                "Share of each species among the first animals; bands: the true share plus or minus two standard errors",
            alt: report.words(
                #"""
                Three lines over the number of animals, on a logarithmic scale from 10 to \#(animals.count). They jump about at
                first, then settle inside narrowing bands, and end at \#(shares, .fixed(4)), where the true shares are
                \#(store.weights, .significant(3)).
                """#),
            panels: [
                Panel(
                    x: Axis("animals so far", range: first...last, scale: .logarithmic),
                    y: Axis("share", range: 0...0.8), layers: layers)
            ], size: Size(width: 760, height: 400))
    }
}

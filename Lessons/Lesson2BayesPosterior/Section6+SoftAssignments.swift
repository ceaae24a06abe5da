import Figures
import Foundation
import LessonKit
import Notebook
import Verification

// Soft assignments: the colours of the truth beside the colours of the posterior, and how much doubt is left.

extension InThePlane {
    /// How many animals the figure shows.
    private static let shown = 600

    func softAssignments(in report: inout Report) throws {
        let entropies = posteriors.map { q in q.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 } }
        let count = Double(animals.count)
        let mean = entropies.reduce(0, +) / count
        // The surprise at the true label has the entropy as its expectation, given what is seen.
        let surprises = zip(animals, posteriors).map { -log($1[$0.latent]) }
        let differences = zip(surprises, entropies).map { $0 - $1 }
        let shift = differences.reduce(0, +) / count
        let spread = (differences.reduce(0) { $0 + ($1 - shift) * ($1 - shift) } / (count - 1)).squareRoot()
        let prior = store.weights.reduce(0) { $0 - $1 * log($1) }
        let scale = try store.weightMixture()
        let byWeight =
            try animals.reduce(0) { $0 + 1 - (try scale.responsibilities(at: $1.observation[0]).max() ?? 0) } / count
        report.prose(
            #"""
            **Soft colours.** If the species are known, points in a figure get the colours of their species. If they are not, we can
            mix: a point gets as much of each colour as the class is responsible for it.
            """#)
        let doubtful = posteriors.prefix(Self.shown).count { ($0.max() ?? 0) < 0.9 }
        report.figure(
            figure(report),
            caption: #"""
                The same \#(Self.shown) animals in the colours of their species (left), and in colours that are mixed by the responsibilities
                (right): the blend says how much each species is responsible for. For \#(doubtful) of them no species is responsible for as much as 0.9.
                """#)
        report.equation(
            "cs229.soft-assignments",
            formula: #"""
                \text{mean entropy} = -\frac{1}{\obscount} \sumobs \sumclasses \resp{n}{k} \nlog \resp{n}{k}
                """#,
            numbers: #"""
                \frac{\#(entropies.reduce(0, +), .significant(5))}{\#(animals.count)} = \#(mean, .fixed(5)), \qquad
                \text{before anything is measured: } -\sumclasses \weight{k} \nlog \weight{k} = \#(prior, .fixed(5))
                """#,
            value: .number(mean),
            again: .simulation(
                SimulationEstimate(
                    mean: surprises.reduce(0, +) / count, standardError: spread / count.squareRoot(),
                    count: animals.count),
                """
                the average surprise at the true species of all \(grouped(animals.count)) animals: minus the log of the \
                probability that the posterior had given it
                """),
            note: #"""
                The *entropy* measures doubt: 0 where one responsibility is 1, and \#(log(3.0), .fixed(3)), the logarithm of 3, where
                all three are equal. On average two measurements leave \#(mean / prior, .percent(1)) of the doubt that the prior left. The best guess
                now errs for \#(posteriors.reduce(0) { $0 + 1 - ($1.max() ?? 0) } / count, .percent(1)) of these animals; by their weight alone it would err
                for \#(byWeight, .percent(1)). (The sum of these entropies will come back in [Lesson:4], as the difference between the
                log-likelihood and what the M-step maximises.)
                """#)
        report.exercise(
            #"""
            The check compares two averages: doubt before the truth is told, and surprise when it is told. Why should they be equal? And
            what would it mean if, on real data with known labels, the surprise came out much larger?
            """#,
            answer: #"""
                Given what is seen, class $\classindex$ is true with probability $\resp{n}{k}$, and then the surprise is
                $-\nlog \resp{n}{k}$. Its expectation is the entropy, for each animal, if the responsibilities are the true
                posterior. If the surprise is much larger, they are not: the model is too sure of itself. Its classes may overlap more than it
                thinks, or have other shapes than Gaussian. The comparison is a test of a model that needs a few labels only.
                """#)
    }

    /// Between which species the doubtful animals of the figure lie, with the number of each pair, the most frequent first.
    private func between() -> String {
        let pairs = posteriors.prefix(Self.shown).filter { ($0.max() ?? 0) < 0.9 }.map { q in
            q.indices.sorted { q[$0] > q[$1] }.prefix(2).sorted()
        }
        let counts = Dictionary(grouping: pairs, by: { $0 }).mapValues(\.count)
        return counts.sorted { ($1.value, $0.key[0]) < ($0.value, $1.key[0]) }.map { pair, count in
            "\(count) between \(store.species[pair[0]])s and \(store.species[pair[1]])s"
        }.joined(separator: ", ")
    }

    private func figure(_ report: Report) -> Figure {
        let shown = animals.prefix(Self.shown)
        let points = shown.map { Point($0.observation[0], $0.observation[1]) }
        let doubtful = posteriors.prefix(Self.shown).count { ($0.max() ?? 0) < 0.9 }
        let (x, y) = (0.0...16.5, 22.0...92)
        func panel(_ title: String, _ layers: [Layer]) -> Panel {
            Panel(
                title: Label(title), x: Axis("weight (kg)", range: x), y: Axis("length (cm)", range: y), layers: layers,
                legend: .none)
        }
        let truth = store.weights.indices.map { k in
            let own = zip(shown, points).filter { $0.0.latent == k }.map(\.1)
            return Layer.scatter(own, style: .series(k, size: 4))
        }
        let names = store.species.indices.map { k in
            Layer.annotation(
                Label(store.species[k] + "s"), at: [Point(0.8, 59), Point(4.9, 33), Point(11, 50)][k],
                anchor: .center, color: Palette.series(k))
        }
        // The doubtful points last, on top, and larger: they are what the picture is about.
        let judged = Array(zip(points, posteriors))
        let soft = [false, true].map { isDoubtful in
            let own = judged.filter { (($0.1.max() ?? 0) < 0.9) == isDoubtful }
            return Layer.scatter(
                own.map(\.0), style: MarkerStyle(.blue, .circle, size: isDoubtful ? 7 : 3),
                colors: own.map { mixedColor($0.1) })
        }
        return Figure(
            id: "soft-assignments", title: "True labels, and soft assignments",
            subtitle: Label(
                "The first \(Self.shown) animals; right: colours mixed by responsibility, larger where no class has 0.9"
            ),
            alt: report.words(
                #"""
                Two scatter plots of the same \#(Self.shown) animals. Left: colours of the true species, cats and dogs overlapping.
                Right: colours mixed by responsibility; \#(doubtful) points, \#(between()), have no class above 0.9.
                """#),
            panels: [panel("The truth", truth + names), panel("What the measurements say", soft)], columns: 2,
            sharedX: true, sharedY: true, size: Size(width: 860, height: 460))
    }

    /// As much of each species' colour as the responsibilities say.
    private func mixedColor(_ q: [Double]) -> Color {
        func mixed(_ part: (Color) -> Double) -> Double {
            q.enumerated().reduce(0) { $0 + $1.element * part(Palette.series($1.offset)) }
        }
        return Color(red: mixed(\.red), green: mixed(\.green), blue: mixed(\.blue))
    }
}

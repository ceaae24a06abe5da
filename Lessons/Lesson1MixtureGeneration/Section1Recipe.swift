import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 1: draw a species, then a weight.
struct Recipe {
    private let store: PetStore
    private let mixture: Mixture<Normal>
    /// The animals that came.
    let animals: DrawnAnimals
    private let distance: ChiSquareDistance

    init(_ store: PetStore, count: Int, seed: UInt64, progress: RunProgress) throws {
        self.store = store
        mixture = try store.weightMixture()
        var generator = SeededGenerator(seed: seed).stream(0)
        animals = DrawnAnimals(mixture, count: count, generator: &generator, progress: progress)
        distance = try ChiSquareDistance(animals, of: store)
    }

    func explain(in report: inout Report) throws {
        report.section("A recipe in two lines")
        try introduce(in: &report)
        try firstAnimals(in: &report)
        try generative(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                The weights of \#(animals.count) animals, as bars; the density of the mixture, in black; and in colour the density of each
                species times its share. Where the curves of cats and dogs overlap, a weight alone does not tell the species.
                """#)
        exercise1(in: &report)
    }

    private func introduce(in report: inout Report) throws {
        report.prose(
            #"""
            A pet store sells birds, cats and dogs. Whenever an animal is sold it is put on a scale, and its weight is written
            down. That is all that is written down: the list of weights does not say what was weighed. (The example is
            CS 181's.)

            Suppose that we knew the store well. Then we could write such a list ourselves, by a recipe of two lines:

            1. Draw a species $\latentvec{n}$: species $\classindex$ with probability $\weight{k}$.
            2. Draw a weight $\obs{n}$, in kilograms, from the distribution of that species: a Gaussian with mean $\mean{k}$ and standard
               deviation $\sd{k}$.

            The species is the *latent* variable: it is there, it shapes what we see, and it does not get into the list. For the
            story we need numbers:
            """#)
        report.table(
            [
                "species", #"$\classindex$"#, #"share $\weight{k}$"#, #"mean weight $\mean{k}$"#,
                #"standard deviation $\sd{k}$"#,
            ],
            rows: store.species.indices.map { k in
                [
                    Prose(store.species[k]), "\(k + 1)", "\(store.weights[k], .significant(3))",
                    "\(store.means[k], .significant(3)) kg", "\(store.deviations[k], .significant(3)) kg",
                ]
            }, caption: "The store. Nobody but us knows this table.")
        report.prose(
            #"""
            The weights of species $\classindex$ crowd around $\mean{k}$; the farther away, the fewer there are. Exactly how, the density of the
            Gaussian says, which is written $\normal{\obs{n}}{\mean{k}}{\variance{k}}$ for short (the π in it is the number
            3.14159 …, and no share):
            """#)
        report.formula(
            #"""
            \normal{\obs{n}}{\mean{k}}{\variance{k}} = \frac{1}{\sqrt{2 \pi} \thinspace \sd{k}}
            \exp\left( -\frac{(\obs{n} - \mean{k})^{2}}{2 \variance{k}} \right)
            """#)
        try report.code(
            "public func sample(using generator: inout SeededGenerator)", in: "Sources/MixtureModels/Mixture.swift",
            caption:
                "In code the recipe has two lines, too. This is the function that drew every animal of this lesson:")
    }

    private func firstAnimals(in report: inout Report) throws {
        report.prose(
            #"""
            Here are the first eight of the \#(animals.count) animals it drew. The middle columns are what the
            recipe knows, the last one is what the scale shows. The species stands there twice, as a word and as a *one-hot*
            vector: a 1 at the species that was drawn, 0 elsewhere. It is the same information, in a form that will be handy in
            sums and exponents. Entry $\classindex$ of the vector is $\latent{n}{k}$: 1 if animal $\obsindex$ is of species
            $\classindex$, and 0 if not. ($\classvec{k}$ is CS 181's name for the one-hot vector of species $\classindex$.)
            """#)
        report.table(
            [#"$\obsindex$"#, "species", "species as one-hot vector", #"weight $\obs{n}$"#],
            rows: animals.first.enumerated().map { n, animal in
                let oneHot = store.weights.indices.map { $0 == animal.species ? "1" : "0" }.joined(separator: ", ")
                return [
                    "\(n + 1)", Prose(store.species[animal.species]), Prose("(\(oneHot))"),
                    "\(animal.weight, .fixed(2)) kg",
                ]
            })
    }

    // MARK: Equations

    private func generative(in report: inout Report) throws {
        let shares = animals.shares.map(\.mean)
        // A p-value below one in a million would be no accident.
        let smallest = 1e-6
        report.equation(
            "cs181.generative",
            formula: #"""
                p(\isclass{n}{k}) = \weight{k}, \qquad
                p(\obs{n} \mid \isclass{n}{k}) = \normal{\obs{n}}{\mean{k}}{\variance{k}}
                """#,
            printed: asPrinted(
                in: report,
                #"""
                p(\mathbf{z} = C_{k}; \boldsymbol{\theta}) = \theta_{k}, \qquad
                p(x \mid \mathbf{z} = C_{k}; \mathbf{w}) \sim N(\mu_{k}, \sigma_{k})
                """#),
            numbers: #"""
                \left( \frac{\effcount{1}}{\obscount}, \frac{\effcount{2}}{\obscount}, \frac{\effcount{3}}{\obscount} \right)
                = \left( \frac{\#(animals.counts[0])}{\#(animals.count)}, \frac{\#(animals.counts[1])}{\#(animals.count)},
                \frac{\#(animals.counts[2])}{\#(animals.count)} \right) = \#(shares, .fixed(4))
                \approx \#(store.weights, .significant(3)) = \weights
                """#,
            value: .vector(shares),
            again: .property(
                "species and weight together, not only these shares, are such as the recipe makes",
                by: """
                    the chi-square distance between the animals, counted in \
                    \(distance.degreesOfFreedom + 1) cells, and the counts that the recipe promises: \
                    \(NumberFormat.significant(4).string(distance.statistic)) with \(distance.degreesOfFreedom) degrees of freedom
                    """,
                the: "p-value", is: distance.pValue, atLeast: smallest),
            telling: .entry(0, "share of birds"),
            note: #"""
                $\effcount{k}$ is the number of animals of species $\classindex$. (Section 1.2 of CS 181, from which the recipe is taken, has
                θ for the shares, and σ instead of σ² in the second place of the Gaussian; we come to both.)
                """#,
            details: #"""
                The chi-square distance adds up, over all cells,
                (observed - expected)²/expected. If the recipe is followed, each cell contributes about 1, so the sum should be
                near its degrees of freedom; the p-value says how often pure chance is at least this far off. Here that is
                \#(distance.pValue, .percent(distance.pValue < 0.01 ? 4 : 0)) of the time. With another seed it would be any other
                percentage: p-values of a true recipe are spread evenly between 0 and 100 %.
                """#)
    }

    /// A formula in the letters of section 1.2 of CS 181, which has θ for the shares; nil in a report that is all in the handout's letters,
    /// since those are of section 2.3.
    private func asPrinted(in report: Report, _ formula: TeX) -> TeX? {
        report.notation.id == Notation.Source.cs181.rawValue ? nil : formula
    }

    private func exercise1(in report: inout Report) {
        let w = DrawnAnimals.threshold
        let tails = store.weights.indices.map { k in
            1 - normalProbability(below: w, mean: store.means[k], deviation: store.deviations[k])
        }
        let probability = zip(store.weights, tails).reduce(0) { $0 + $1.0 * $1.1 }
        let dogs = store.weights[2] * tails[2]
        report.prose(
            #"""
            **What the letters stand for** is Exercise 1 of CS 181: explain in plain words the vector of shares (mixing weights), and the
            statement that the weight of an animal of species $\classindex$ is normal with mean $\mean{k}$. (In that section
            the handout calls the shares θ; in its section 2.3 they are π, as here; in 2.4 they are θ again.)
            """#)
        report.folded("Answer to Exercise 1 of CS 181") { report in
            report.prose(
                #"""
                *The mixing weights* are the shares of the species: of all animals ever sold, a share of $\weight{k}$ is of species
                $\classindex$. They are known before the scale is read; a later lesson will call them the prior. *The Gaussian* is
                a statement about one species alone: cats weigh \#(store.means[1], .significant(3)) kg on average, and about two thirds
                of them are within \#(store.deviations[1], .significant(3)) kg of that. It is an assumption, and it says nothing about
                how many cats there are. The two together answer questions about animals in general. How many weigh more than
                \#(w, .significant(3)) kg, say?
                """#)
            report.equation(
                "cs181.ex1",
                formula: #"""
                    P(\obs{n} \gt w) = \sumclasses \weight{k} \left( 1 - \Phi\left( \frac{w - \mean{k}}{\sd{k}} \right) \right)
                    """#,
                printed: asPrinted(
                    in: report,
                    #"""
                    P(x_{n} \gt w) = \sum_{k=1}^{K} \theta_{k} \left( 1 - \Phi\left( \frac{w - \mu_{k}}{\sigma_{k}} \right) \right)
                    """#),
                numbers: #"""
                    P(\obs{n} \gt \#(w, .significant(3))) = \#(store.weights[0], .significant(3)) \times \#(tails[0], .fixed(4))
                    + \#(store.weights[1], .significant(3)) \times \#(tails[1], .fixed(4))
                    + \#(store.weights[2], .significant(3)) \times \#(tails[2], .fixed(4)) = \#(probability, .fixed(4))
                    """#,
                value: .number(probability),
                again: .simulation(
                    SimulationEstimate(hits: animals.heavy, trials: animals.count),
                    "counting the animals above: \(grouped(animals.heavy)) of \(grouped(animals.count)) are that heavy"),
                note: #"""
                    $\Phi$ is the distribution function of the standard normal. An animal that heavy is almost surely a dog:
                    dogs contribute
                    $\#(store.weights[2], .significant(3)) \times \#(tails[2], .fixed(4)) = \#(dogs, .fixed(4))$ of the
                    \#(probability, .fixed(4)), or \#(dogs / probability, .percent(0)). That last division was Bayes' rule; it is the
                    subject of the next lesson.
                    """#)
        }
        report.exercise(
            #"""
            A Gaussian never ends. What is the probability that this model sells an animal that weighs *less than nothing*?
            Which species is to blame, and does it matter?
            """#,
            answer: negativeAnswer())
    }

    private func negativeAnswer() -> Prose {
        let below = store.weights.indices.map { k in
            store.weights[k] * normalProbability(below: 0, mean: store.means[k], deviation: store.deviations[k])
        }
        let total = below.reduce(0, +)
        let worst = below.indices.max { below[$0] < below[$1] } ?? 0
        let distances = zip(store.means, store.deviations).map { $0 / $1 }
        let others = distances.indices.filter { $0 != worst }.map { distances[$0] }
        return #"""
            $P(\obs{n} \lt 0) = \sumclasses \weight{k} \thinspace \Phi(-\mean{k} / \sd{k})$ is about
            \#(total * 100_000, .significant(2)) in 100,000, and \#(below[worst] / total, .percent(0)) of that comes from
            the \#(store.species[worst])s, whose mean is the fewest standard deviations above 0: \#(distances[worst], .significant(2)), where
            the smallest of the others is \#(others.min() ?? .nan, .significant(2)). Of the \#(animals.count) animals drawn here,
            \#(animals.negative == 0 ? "none has" : animals.negative == 1 ? "one has" : "\(animals.negative) have") a negative
            weight. Such an animal shows that the model is a model. For questions about typical animals it does no harm; for
            questions about the lightest animals one would choose another distribution, such as a log-normal.
            """#
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        // What is left of the first bin's edge, and right of the last one's, is not worth a wider figure.
        let range = 0.0...17
        let bars = bars(joining: animals.count < 2000 ? 2 : 1).filter { range.contains($0.x) }
        let parts = store.weights.indices.map { k in
            let (mean, deviation) = (store.means[k], store.deviations[k])
            let own = (mean - 4 * deviation)...(mean + 4 * deviation)
            return Layer.function(over: own.clamped(to: range), style: .series(k, width: 2)) { x in
                store.weights[k] * normalDensity(x, mean: mean, deviation: deviation)
            }
        }
        let names = try store.weights.indices.map { k in
            let peak = store.weights[k] * normalDensity(0, mean: 0, deviation: store.deviations[k])
            // Beside the steep peaks, above the low hill.
            let place =
                peak > 0.1
                ? Point(store.means[k] + store.deviations[k] + 0.2, 0.85 * peak) : Point(store.means[k], peak + 0.006)
            return Layer.annotation(
                try report.label(
                    #"\#(store.species[k])s, $\weight{\#(k + 1)} = \#(store.weights[k], .significant(3))$"#),
                at: place, anchor: peak > 0.1 ? .left : .bottomLeft, color: Palette.series(k))
        }
        let mixture = mixture
        let whole = Layer.function(
            over: range, count: 400, style: LineStyle(.ink, width: 1.3), label: "density of the mixture"
        ) {
            mixture.density(at: $0)
        }
        return Figure(
            id: "weights", title: "Three species on one scale",
            subtitle:
                "The histogram is what we see; the coloured curves, one for each species times its share, are what made it",
            alt: report.words(
                #"""
                Histogram of \#(animals.count) weights, with the density of the mixture on it: a narrow peak of birds near
                \#(store.means[0], .significant(3)) kg, a broader one of cats near \#(store.means[1], .significant(3)) kg, and a
                long low hill of dogs around \#(store.means[2], .significant(3)) kg, which overlaps with the cats.
                """#),
            panels: [
                Panel(
                    x: Axis("weight (kg)", range: range), y: Axis("density (per kg)", includesZero: true),
                    layers: [
                        .bars(bars, width: bars[1].x - bars[0].x, label: Label("\(grouped(animals.count)) weights"))
                    ] + [whole] + parts + names, legend: .topRight)
            ], size: Size(width: 760, height: 430))
    }

    /// The histogram as a density: the middle and the height of every bar, each of which joins this many bins.
    private func bars(joining size: Int) -> [Point] {
        let width = Double(size) * DrawnAnimals.binWidth
        return stride(from: 0, to: DrawnAnimals.binCount, by: size).map { bin in
            let count = animals.histogram.reduce(0) {
                $0 + $1[bin..<min(bin + size, DrawnAnimals.binCount)].reduce(0, +)
            }
            return Point(DrawnAnimals.edge(bin) + width / 2, Double(count) / Double(animals.count) / width)
        }
    }
}

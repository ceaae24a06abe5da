import Figures
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 1: Bayes' rule in a table. What is seen is the size of a carrier; what is hidden is the species in it.
struct Carriers {
    private let store: PetStore
    private let sizes = ["small", "medium", "large"]
    /// p(size given species): a row for each species.
    private let likelihood = [[0.9, 0.09, 0.01], [0.1, 0.8, 0.1], [0.02, 0.28, 0.7]]
    private static let trials = 200_000

    init(_ store: PetStore) { self.store = store }

    /// π_k p(size given k), for each size a row with all species.
    private var joint: [[Double]] {
        sizes.indices.map { size in store.weights.indices.map { store.weights[$0] * likelihood[$0][size] } }
    }

    private var posterior: [[Double]] {
        joint.map { row in
            let sum = row.reduce(0, +)
            return row.map { $0 / sum }
        }
    }

    func explain(in report: inout Report) throws {
        report.section("Two tables and a third")
        let crowd = 10_000
        func expected(_ k: Int) -> Int { Int((Double(crowd) * joint[1][k]).rounded()) }
        report.prose(
            #"""
            Every animal leaves the store in a carrier, and from outside only the size of the carrier can be seen: small, medium
            or large. The store sells \#(store.weights[0], .percent(0)) birds, \#(store.weights[1], .percent(0)) cats and
            \#(store.weights[2], .percent(0)) dogs, and its staff knows which species goes home in what.

            For the formulas we need letters. $\obs{n}$ is what is seen of animal $\obsindex$, here the size of its carrier;
            $\latentvec{n}$ is what is hidden, its species, \#(report.notation.latentIsNumber
                ? "as a number. For sums there is also the *one-hot* vector of the species:"
                : "as a *one-hot* vector:") a 1 at the species, 0 elsewhere. Entry $\classindex$ of
            that vector is $\latent{n}{k}$, and $\classvec{k}$ is CS 181's name for the vector of species $\classindex$. That the animal is of
            species $\classindex$ (a bird for 1, a cat for 2, a dog for 3) is written $\isclass{n}{k}$, and
            $\weight{k} = p(\isclass{n}{k})$ is the share of that species. There are $\classcount = \#(store.species.count)$ of them.
            """#)
        report.table(
            ["", "share"] + sizes.map { Prose("\($0) carrier") },
            rows: store.species.indices.map { k in
                [Prose(store.species[k]), "\(store.weights[k], .fixed(2))"]
                    + likelihood[k].map { "\($0, .fixed(2))" }
            },
            caption: #"""
                In the first column the *prior* $p(\latentvec{n})$, which gives $\weight{k}$ to species $\classindex$. In the others $p(\obs{n} \mid \latentvec{n})$: each row sums to 1, and
                each column, read downwards, is the *likelihood* of the species when that carrier is seen.
                """#)
        report.prose(
            #"""
            A medium carrier comes through the door. Who is in it? Think of \#(crowd) animals. How many of them are cats *and*
            leave in a medium carrier?
            $\#(crowd) \times \#(store.weights[1], .significant(3)) \times \#(likelihood[1][1], .significant(3)) = \#(expected(1))$.
            How many are dogs and do so?
            $\#(crowd) \times \#(store.weights[2], .significant(3)) \times \#(likelihood[2][1], .significant(3)) = \#(expected(2))$.
            The products without the \#(crowd) are the *joint* probabilities. Now forget all animals with other carriers: what is left of the joint
            table is one column, and the share of cats in it is what we want to know.
            """#)
        jointTable(in: &report)
        try rule(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                The probability of each species before the carrier is seen (grey) and after (blue). After a small carrier the bird is the most
                probable, with \#(posterior[0][0], .fixed(2)); after a medium one the cat, with \#(posterior[1][1], .fixed(2)); after a large one
                the dog, with \#(posterior[2][2], .fixed(2)).
                """#)
        try oneHot(in: &report)
    }

    private func jointTable(in report: inout Report) {
        let joint = joint
        let columnSums = joint.map { $0.reduce(0, +) }
        var rows: [[Prose]] = store.species.indices.map { k in
            let shares: [Prose] = joint.map { "\($0[k], .fixed(4))" }
            return [Prose(store.species[k])] + shares + ["\(store.weights[k], .fixed(4))"]
        }
        let sums: [Prose] = columnSums.map { "\($0, .fixed(4))" }
        rows.append(["sum"] + sums + ["\(columnSums.reduce(0, +), .fixed(4))"])
        report.table(
            ["joint"] + sizes.map { Prose("\($0) carrier") } + ["sum"], rows: rows,
            caption:
                "Likelihood times prior. The sums at the right are the prior again; those at the foot are the shares of the carriers."
        )
    }

    // MARK: Equations

    private func rule(in report: inout Report) throws {
        let (joint, posterior) = (joint, posterior)
        let medium = joint[1]
        let counted = try sizes.indices.map { size in
            try simulate(seed: report.seed &+ UInt64(size), wanted: size)
        }
        report.equation(
            "cs181.1",
            formula:
                #"p(\latentvec{n} \mid \obs{n}) \propto p(\obs{n} \mid \latentvec{n}) \thinspace p(\latentvec{n})"#,
            numbers: #"""
                \text{medium:} \quad \begin{bmatrix}
                \#(likelihood[0][1], .significant(3)) \times \#(store.weights[0], .significant(3)) \cr
                \#(likelihood[1][1], .significant(3)) \times \#(store.weights[1], .significant(3)) \cr
                \#(likelihood[2][1], .significant(3)) \times \#(store.weights[2], .significant(3)) \end{bmatrix}
                = \#(column: medium, .significant(4)), \quad \text{sum } \#(medium.reduce(0, +), .significant(4)),
                \quad \text{posterior } \#(column: posterior[1], .fixed(4))
                """#,
            value: .matrix(posterior),
            again: .simulation(
                counted,
                """
                packing, for each size anew, \(grouped(Self.trials)) animals, and counting the species among those whose carrier has \
                that size; rows: small, medium, large
                """),
            telling: .entry(1, 1, "P(cat), medium carrier"),
            note: #"""
                The sign $\propto$ says: up to a factor that does not depend on the species. The factor is one over the sum of
                the products, and dividing by that sum makes the three numbers add up to 1. So we never need the probability of a medium
                carrier as an input: it comes out, as \#(medium.reduce(0, +), .significant(4)).
                """#)
    }

    /// Packs animals, and notes the species of those whose carrier has the size wanted.
    private func simulate(seed: UInt64, wanted: Int) throws -> [SimulationEstimate] {
        try Simulation.proportions(classes: store.weights.count, count: Self.trials, seed: seed) { random in
            let species = Self.draw(store.weights, &random)
            return Self.draw(likelihood[species], &random) == wanted ? species : nil
        }
    }

    /// An index, drawn with these probabilities.
    private static func draw(_ probabilities: [Double], _ random: inout SplitMix64) -> Int {
        var u = random.uniform()
        for (index, p) in probabilities.enumerated().dropLast() {
            if u < p { return index }
            u -= p
        }
        return probabilities.count - 1
    }

    private func oneHot(in report: inout Report) throws {
        let posterior = posterior[1]
        let vectors = store.weights.indices.map { k in store.weights.indices.map { $0 == k ? 1.0 : 0 } }
        let expectation = store.weights.indices.map { k in
            zip(vectors, posterior).reduce(0) { $0 + $1.0[k] * $1.1 }
        }
        let averaged = try Simulation.means(count: Self.trials, seed: report.seed &+ 9) { random -> [Double]? in
            let species = Self.draw(store.weights, &random)
            return Self.draw(likelihood[species], &random) == 1 ? vectors[species] : nil
        }
        report.prose(
            #"""
            **A probability is an expectation.** Written as a one-hot vector, the species is (1, 0, 0) for a bird, (0, 1, 0) for a cat,
            (0, 0, 1) for a dog. Such a vector can be averaged. Over many medium carriers, its average is the share of
            birds, cats and dogs in them, so it is the posterior. This looks like a play with words; it is the reason why in EM a
            hidden 0 or 1, the entry $\latent{n}{k}$, may be replaced by a number in between. That number is the posterior probability
            of class $\classindex$. It is called the **responsibility** of class $\classindex$ for observation $\obsindex$, and
            written $\resp{n}{k}$:
            """#)
        report.equation(
            "prml.9.39",
            formula: #"""
                \mathbb{E}[\latent{n}{k} \mid \obs{n}]
                = \sum_{\latentvec{n}} \latent{n}{k} \thinspace p(\latentvec{n} \mid \obs{n})
                = p(\isclass{n}{k} \mid \obs{n}) = \resp{n}{k}
                """#,
            numbers: #"""
                \text{medium:} \quad
                \#(posterior[0], .fixed(4)) \begin{bmatrix} 1 \cr 0 \cr 0 \end{bmatrix}
                + \#(posterior[1], .fixed(4)) \begin{bmatrix} 0 \cr 1 \cr 0 \end{bmatrix}
                + \#(posterior[2], .fixed(4)) \begin{bmatrix} 0 \cr 0 \cr 1 \end{bmatrix} = \#(column: expectation, .fixed(4))
                """#,
            value: .vector(expectation),
            again: .simulation(
                averaged,
                "averaging the one-hot vectors of \(grouped(averaged[0].count)) animals that were packed into medium carriers"
            ),
            telling: .entry(1, "P(cat), medium carrier"),
            note:
                "An average of vectors with a single 1 each: its entries sum to 1, though none of them needs to be 0 or 1."
        )
        report.exercise(
            #"""
            The store is out of small carriers, so every animal that would have left in a small one now leaves in a medium one. A
            medium carrier comes through the door. Is it still most probably a cat?
            """#, answer: withoutSmall())
    }

    private func withoutSmall() -> Prose {
        let joint = store.weights.indices.map { store.weights[$0] * (likelihood[$0][0] + likelihood[$0][1]) }
        let sum = joint.reduce(0, +)
        return #"""
            The likelihoods of a medium carrier become \#(store.weights.indices.map { likelihood[$0][0] + likelihood[$0][1] }, .fixed(2)):
            everything that went into a small carrier is added. The products with the prior are \#(joint, .fixed(4)), and
            divided by their sum \#(joint.map { $0 / sum }, .fixed(3)). A cat is still the best guess, but we know much less than
            before: the carrier now says little more than the prior, \#(store.weights, .fixed(2)).
            """#
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let posterior = posterior
        let positions = store.species.indices.map(Double.init)
        let ticks = zip(positions, store.species).map { (value: $0, label: Label($1)) }
        let panels = sizes.indices.map { size in
            Panel(
                title: Label("\(sizes[size]) carrier"), x: Axis(ticks: .labelled(ticks)),
                y: Axis("probability", range: 0...1, ticks: .at([0, 0.25, 0.5, 0.75, 1])),
                layers: Layer.groupedBars(
                    x: positions,
                    groups: [
                        BarGroup("before we look: prior", heights: store.weights, color: .dataGrey),
                        BarGroup("after: posterior", heights: posterior[size], color: .blue),
                    ]))
        }
        return Figure(
            id: "carriers", title: "What the size of a carrier tells",
            alt: report.words(
                #"""
                Three panels of bars for bird, cat and dog. The prior is \#(store.weights, .fixed(2)) in each; the posterior is
                \#(posterior[0], .fixed(2)) after a small carrier, \#(posterior[1], .fixed(2)) after a medium one and
                \#(posterior[2], .fixed(2)) after a large one.
                """#),
            panels: panels, columns: 3, sharedY: true, size: Size(width: 760, height: 320))
    }
}

import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 3: the species is forgotten; what remains is a sum over classes.
struct Marginal {
    private let store: PetStore
    private let animals: DrawnAnimals
    private let mixture: Mixture<Normal>
    /// Weights at which the density is shown: a bird's, a cat's, a doubtful one, a dog's.
    private let named = [1.2, 4.2, 6, 9]

    init(_ store: PetStore, _ animals: DrawnAnimals) throws {
        self.store = store
        self.animals = animals
        mixture = try store.weightMixture()
    }

    func explain(in report: inout Report) throws {
        report.section("Forgetting the species")
        report.prose(
            #"""
            The list of weights has no column for the species. What distribution do its numbers follow? An animal of 6 kg may
            be a heavy cat or a light dog. Both are possible, and the two possibilities exclude each other, so their probabilities
            add up.
            """#)
        predict(in: &report)
        try marginal(in: &report)
        box(in: &report)
        try moments(in: &report)
        summary(in: &report)
    }

    private func marginal(in report: inout Report) throws {
        let densities = named.map { mixture.density(at: $0) }
        let bySum = try named.map { try sumOverOneHotVectors($0) }
        let mass = try AdaptiveSimpson.integral(of: { mixture.density(at: $0) }, over: -20...40, panels: 120)
        let doubtful = 2
        let terms = store.weights.indices.map { k in
            store.weights[k] * normalDensity(named[doubtful], mean: store.means[k], deviation: store.deviations[k])
        }
        report.equation(
            "prml.9.12",
            formula: #"""
                p(\obs{n}) = \sum_{\latentvec{n}} p(\latentvec{n}) \thinspace p(\obs{n} \mid \latentvec{n})
                = \sumclasses \weight{k} \thinspace \normal{\obs{n}}{\mean{k}}{\variance{k}}
                """#,
            numbers: #"""
                p(\#(named[doubtful], .significant(3))) = \#(terms[0], .significant(3)) + \#(terms[1], .significant(3))
                + \#(terms[2], .significant(3)) = \#(densities[doubtful], .significant(4)); \qquad
                p(\#(named[0], .significant(3))) = \#(densities[0], .significant(4)), \quad
                p(\#(named[1], .significant(3))) = \#(densities[1], .significant(4)), \quad
                p(\#(named[3], .significant(3))) = \#(densities[3], .significant(4))
                """#,
            value: .vector(densities),
            again: .exact(
                .vector(bySum),
                """
                going through all binary vectors of length 3 and adding up those that are one-hot, with the factors \
                raised to the powers 0 and 1
                """),
            telling: .entry(doubtful, #"$p(\#(named[doubtful], .significant(3)))$"#),
            note: #"""
                Mind that this is a *sum* of densities, each scaled by its share, and not the
                density of a sum: no animal here is part bird and part dog.
                """#,
            details: #"""
                Integrated over all weights, by quadrature, the density gives 1; the difference is \#(mass - 1, .bound). It
                has to: each Gaussian integrates to 1, and the shares sum to 1.
                """#)
    }

    /// Σ_z p(z) p(x given z), taken literally: over one-hot vectors z, with ∏_k (π_k N_k)^{z_k} for each.
    private func sumOverOneHotVectors(_ x: Double) throws -> Double {
        try Assignments(items: store.weights.count, classes: 2).filter { $0.reduce(0, +) == 1 }.reduce(0) { sum, z in
            sum
                + z.indices.reduce(1) { product, k in
                    let density = normalDensity(x, mean: store.means[k], deviation: store.deviations[k])
                    return product * pow(store.weights[k] * density, Double(z[k]))
                }
        }
    }

    // MARK: Mean and variance

    private func moments(in report: inout Report) throws {
        let moments = mixture.moments
        let (mean, variance) = (moments.mean[0], moments.covariance[0, 0])
        let within = zip(store.weights, store.deviations).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
        let between = zip(store.weights, store.means).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
        let meanByQuadrature = try AdaptiveSimpson.integral(
            of: { $0 * mixture.density(at: $0) }, over: -20...40, panels: 120)
        // One Gaussian with the same mean and variance; the valley lies between birds and cats.
        let (valley, deviation) = (2.2, variance.squareRoot())
        let single = normalDensity(valley, mean: mean, deviation: deviation)
        let belowZero = normalProbability(below: 0, mean: mean, deviation: deviation)
        report.prose(
            #"""
            **The average animal.** A mixture has a mean and a variance like any distribution, and both can be had from those of
            the classes:
            """#)
        report.formula(
            #"""
            \mathbb{E}[\obs{n}] = \sumclasses \weight{k} \mean{k} = \#(mean, .significant(5)), \qquad
            \mathrm{Var}[\obs{n}] = \sumclasses \weight{k} \variance{k}
            + \sumclasses \weight{k} \left( \mean{k} - \mathbb{E}[\obs{n}] \right)^{2}
            = \#(within, .significant(4)) + \#(between, .significant(4)) = \#(variance, .significant(4))
            """#)
        report.prose(
            #"""
            The variance has two
            sources: animals of one species differ, and species differ. Here the second makes up
            \#(between / variance, .percent(0)) of it. And the mean, \#(mean, .fixed(2)) kg, is the
            mean of no species. Whoever summarises this list by one Gaussian with the right mean and the right variance
            claims that \#(belowZero, .percent(1)) of the animals weigh less than nothing; and that \#(valley, .significant(2)) kg is a
            common weight, with density \#(single, .significant(2)) per kg, where hardly any animal is found (the mixture has
            \#(mixture.density(at: valley), .significant(2)) there). That is the reason to have mixtures.
            """#)
        report.folded("The same mean and variance, by quadrature and in the data") {
            $0.prose(
                #"""
                Quadrature gives the same mean; the difference is \#(meanByQuadrature - mean, .bound). The \#(animals.count) animals
                drawn have mean \#(animals.mean, .significant(4)) and variance \#(animals.variance, .significant(4)).
                """#)
        }
        report.exercise(
            #"""
            The store sells \#(1 - store.weights[0], .percent(0)) cats and dogs. Suppose that it gives up birds, and the shares of the
            other two grow in proportion. Does the variance of the weights rise or fall?
            """#, answer: withoutBirds(variance))
    }

    private func withoutBirds(_ variance: Double) -> Prose {
        let rest = 1 - store.weights[0]
        let shares = [store.weights[1] / rest, store.weights[2] / rest]
        let mean = shares[0] * store.means[1] + shares[1] * store.means[2]
        let within = zip(shares, store.deviations.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
        let between = zip(shares, store.means.dropFirst()).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
        let before = mixture.moments.mean[0]
        let betweenBefore = zip(store.weights, store.means).reduce(0) { $0 + $1.0 * ($1.1 - before) * ($1.1 - before) }
        return #"""
            It \#(within + between < variance ? "falls" : "rises"), from \#(variance, .significant(4)) to
            \#(within + between, .significant(4)). The average variance within a species rises, to \#(within, .significant(4)),
            because the birds were the species that varies least. But the variance between the species, the larger part, falls from
            \#(betweenBefore, .significant(4)) to \#(between, .significant(4)): the birds, \#(before - store.means[0], .significant(2)) kg below the old mean,
            contributed \#(store.weights[0] * (store.means[0] - before) * (store.means[0] - before), .significant(3)) of it.
            """#
    }
}

// What is asked, framed, and kept on one page.

extension Marginal {
    private func predict(in report: inout Report) {
        let x = 6.0
        let parts = store.weights.indices.map { k in
            store.weights[k] * normalDensity(x, mean: store.means[k], deviation: store.deviations[k])
        }
        report.predict(
            #"""
            Cats are the commonest animals here, and \#(x, .significant(2)) kg is nearer to their mean than to that of the dogs. Of the animals that weigh about
            \#(x, .significant(2)) kg, are more cats or dogs?
            """#,
            answer: #"""
                More are \#(parts[1] > parts[2] ? "cats" : "dogs"). Share times density is \#(parts[1], .fixed(4)) per kg for cats and
                \#(parts[2], .fixed(4)) for dogs. The animal lies \#((x - store.means[1]) / store.deviations[1], .fixed(2)) standard
                deviations from the cats' mean, and \#((store.means[2] - x) / store.deviations[2], .fixed(2)) from the dogs'.
                """#)
    }

    private func box(in report: inout Report) {
        report.box("A mixture: the recipe, and what is left of it") { box in
            box.prose(
                #"""
                1. Draw a class: class $\classindex$ with probability $\weight{k}$.
                2. Draw the observation from the distribution of that class.

                Only the observation is kept. If the class is not known, the density of an observation is the sum over all classes, each
                with its share, the *mixing weight* of the class:
                """#)
            box.formula(#"p(\obs{n}) = \sumclasses \weight{k} \thinspace p(\obs{n} \mid \isclass{n}{k})"#)
        }
    }

    private func summary(in report: inout Report) {
        let (mean, variance) = (mixture.moments.mean[0], mixture.moments.covariance[0, 0])
        let between = zip(store.weights, store.means).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
        let belowZero = normalProbability(below: 0, mean: mean, deviation: variance.squareRoot())
        report.summary(
            goal: """
                To say how data came about that look like several kinds of things thrown together: by a recipe with a hidden class; and what
                can be seen when the class is forgotten.
                """,
            box: "A mixture: the recipe, and what is left of it",
            updates: ["cs181.generative", "prml.9.12", "orie4742.joint"],
            numbers: [
                """
                The store's animals weigh \(mean, .fixed(2)) kg on average, a weight that no species has as its mean; their variance is
                \(variance, .fixed(2)).
                """,
                "Of that variance, \(between / variance, .percent(0)) is that of the species' means; the rest lies within the species.",
                """
                One Gaussian with the same mean and variance would claim that \(belowZero, .percent(1)) of the animals weigh less than
                nothing; the mixture says \(store.share(below: 0), .percent(3)).
                """,
            ], figure: "weights")
    }
}

import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 7: the likelihood of what is seen, and the likelihood of what is seen and hidden.
struct MarginalOrComplete {
    private let store: PetStore
    private let mixture: Mixture<Normal>
    private let animals: [(latent: Int, observation: Double)]

    init(_ store: PetStore, seed: UInt64) throws {
        self.store = store
        mixture = try store.weightMixture()
        var generator = SeededGenerator(seed: seed).stream(3)
        // To the digits that the report prints, so that a reader can recompute its numbers.
        animals = mixture.sample(count: 8, using: &generator).map {
            ($0.latent, ($0.observation * 100).rounded() / 100)
        }
    }

    func explain(in report: inout Report) throws {
        report.section("Two likelihoods")
        report.prose(
            #"""
            Everything so far took the parameters as known. The aim of the course is to estimate them, by making the observed data as
            probable as possible. But which data? If the species were observed, we would maximise the probability of weights *and*
            species. They are not; so we maximise the probability of the weights alone, whatever the species may have
            been. The two products look alike, and mixing them up is a common mistake. Here they are for
            \#(animals.count) animals, under the store's own parameters.
            """#)
        report.table(
            [
                #"$\obsindex$"#, "weight", "species (hidden)", #"$p(\latentvec{n}, \obs{n})$, with that species"#,
                #"$p(\obs{n}) = \sumclasses p(\isclass{n}{k}, \obs{n})$"#,
            ],
            rows: animals.enumerated().map { n, animal in
                [
                    "\(n + 1)", "\(animal.observation, .fixed(2)) kg", Prose(store.species[animal.latent]),
                    "\(exp(mixture.logJoint(at: animal.observation)[animal.latent]), .significant(4))",
                    "\(mixture.density(at: animal.observation), .significant(4))",
                ]
            })
        try marginal(in: &report)
        report.exercise(
            #"""
            The complete-data likelihood of the true assignment is smaller than the marginal likelihood. Is there an assignment for
            which it is larger? And for which data are the two nearly equal?
            """#,
            answer: #"""
                No: the marginal likelihood is the sum over *all* assignments, and each of them contributes something positive. The two
                are nearly equal when one assignment has almost all of the sum, that is, when every animal is nearly certain. Then
                it hardly matters which one is maximised; and when classes overlap, it does. (K-means looks, in effect, for
                the parameters and the assignment whose complete-data likelihood is largest, with equal shares and one common spherical covariance. [Lesson:7] shows what becomes of that.)
                """#)
        report.prose(
            #"""
            Bayes' rule connects the two: the complete-data likelihood of an assignment over the marginal likelihood is the *posterior
            probability of the assignment*. The next lesson takes the logarithm of the marginal, a sum of logs of sums, and looks for its maximum.
            """#)
    }

    private func marginal(in report: inout Report) throws {
        let marginal = mixture.logLikelihood(of: animals.map(\.observation))
        let complete = animals.reduce(0) { $0 + mixture.logJoint(at: $1.observation)[$1.latent] }
        let assignments = try Assignments(items: animals.count, classes: store.weights.count)
        let enumerated = try assignments.logSum { logProbability(of: $0) }
        let best = animals.map { animal in
            let joint = mixture.logJoint(at: animal.observation)
            return joint.indices.max { joint[$0] < joint[$1] } ?? 0
        }
        let wrong = zip(best, animals).count { $0 != $1.latent }
        let share = exp(logProbability(of: best) - marginal)
        let aboutBest: Prose =
            wrong == 0
            ? "Here it is also the most probable assignment of all."
            : #"""
            The most probable assignment is another one, with \#(wrong == 1 ? "one animal" : "\(wrong) animals") named wrongly; it
            contributes \#(share, .percent(1)).
            """#
        report.equation(
            "cs229.marginal-likelihood",
            formula: #"""
                \prodobs p(\obs{n}) = \prodobs \sumclasses p(\isclass{n}{k}, \obs{n})
                \qquad \text{and not} \qquad \prodobs p(\latentvec{n}, \obs{n})
                """#,
            numbers: #"""
                \prodobs p(\obs{n}) = \#(exp(marginal), .significant(4)) \quad (\nlog = \#(marginal, .fixed(4))), \qquad
                \prodobs p(\latentvec{n}, \obs{n}) = \#(exp(complete), .significant(4)) \quad (\nlog = \#(complete, .fixed(4)))
                """#,
            value: .number(marginal),
            again: .exact(
                .number(enumerated),
                """
                enumeration: the complete-data likelihoods of all \(assignments.count) assignments of species to the \
                \(animals.count) animals, added up; logarithms are compared
                """, tolerance: .enumeration),
            note: #"""
                The true assignment contributes \#(exp(complete - marginal), .percent(1)) of the sum: that is its posterior
                probability. \#(aboutBest)
                """#)
    }

    /// ln ∏_n π_z f_z(x_n), from the formulas on the blackboard.
    private func logProbability(of assignment: [Int]) -> Double {
        zip(assignment, animals).reduce(0) { sum, pair in
            let (k, x) = (pair.0, pair.1.observation)
            return sum + log(store.weights[k] * normalDensity(x, mean: store.means[k], deviation: store.deviations[k]))
        }
    }
}

import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 2: the same rule with densities: responsibilities on the scale.
struct OnTheScale {
    private let store: PetStore
    private let mixture: Mixture<Normal>
    /// Weights at which the responsibilities are given.
    private let named = [2.0, 4.2, 6]

    init(_ store: PetStore) throws {
        self.store = store
        mixture = try store.weightMixture()
    }

    func explain(in report: inout Report) throws {
        report.section("From carriers to a scale")
        report.prose(
            #"""
            Now the animal is put on the scale. A weight is not one of three sizes but any number, and the probability of
            *exactly* 6 kg is zero for every species. And yet nothing changes. Cut the scale into tiny pieces of width
            $\varepsilon$: the probability of a piece is its density times $\varepsilon$, the same $\varepsilon$ for each
            species, and like everything that does not depend on the species it cancels. **The rule holds with densities in the place of
            probabilities.** And the name *responsibility* explains itself: it says how large a
            part of the density at this observation each class is responsible for.

            The densities are those of [Lesson:1]: the weights of each species are Gaussian, with mean $\mean{k}$ and standard
            deviation $\sd{k}$. \#(gaussians).
            """#)
        try threeSpecies(in: &report)
        try oneWeight(in: &report)
        let doubtful = try mixture.responsibilities(at: named[2])
        report.figure(
            try figure(report),
            caption: #"""
                Above: the density of each species times its share. Below: the part that each curve has in the sum of the three. At
                \#(named[2], .significant(2)) kg the cat has \#(doubtful[1], .fixed(2)) of it and the dog \#(doubtful[2], .fixed(2)).
                """#)
    }

    /// The mean and the standard deviation of each species, in words.
    private var gaussians: Prose {
        let each = store.species.indices.map { k -> String in
            let numbers: Prose = "\(store.means[k], .significant(3)) kg and \(store.deviations[k], .significant(3)) kg"
            return (k == 0 ? "They are " : "") + numbers.source + " for \(store.species[k])s"
        }
        return Prose(each.dropLast().joined(separator: ", ") + ", and " + (each.last ?? ""))
    }

    private func densities(at x: Double) -> [Double] {
        store.weights.indices.map { normalDensity(x, mean: store.means[$0], deviation: store.deviations[$0]) }
    }

    private func threeSpecies(in report: inout Report) throws {
        let q = try named.map { try mixture.responsibilities(at: $0) }
        let derived = try named.map { try posteriorByDerivative(weights: store.weights, densities: densities(at: $0)) }
        report.equation(
            "cs181.3",
            formula: #"""
                \resp{n}{k} = p(\isclass{n}{k} \mid \obs{n} \cgiven \paramsat{t})
                \propto p(\obs{n} \mid \isclass{n}{k} \cgiven \paramsat{t}) \thinspace p(\isclass{n}{k} \pgiven \paramsat{t})
                """#,
            numbers: #"""
                \begin{aligned}
                \text{\#(named[0], .significant(3)) kg:} & \quad \#(q[0], .fixed(4)) \cr
                \text{\#(named[1], .significant(3)) kg:} & \quad \#(q[1], .fixed(4)) \cr
                \text{\#(named[2], .significant(3)) kg:} & \quad \#(q[2], .fixed(4))
                \end{aligned}
                """#,
            value: .matrix(q),
            again: .difference(
                .matrix(derived),
                """
                differentiating: the slope of the log density with respect to a share, times that share, with central differences and the \
                shares taken as free numbers
                """),
            telling: .entry(2, 2, "P(dog) at \(named[2], .significant(3)) kg"),
            note: #"""
                In each bracket: bird, cat, dog. \#(named[1], .significant(3)) kg is the mean of the cats, and leaves little doubt. At
                \#(named[0], .significant(3)) kg it may be a large bird or a small cat, and at \#(named[2], .significant(3)) kg the scale can
                hardly decide between cat and dog. This is the whole **E-step** of the EM algorithm. The
                letter $\params$ stands for all parameters together, here the shares, means and standard deviations, and the
                superscript says with *which* parameters: with those of the moment. (CS 181's equation 3 prints two letters,
                $\mathbf{w}^{(t)}$ for the classes and $\boldsymbol{\theta}^{(t)}$ for the shares. In its letters above, $\mathbf{w}$
                stands for all parameters, as in its section 2.4.)
                """#)
        try report.code(
            "func responsibilities(ofLogJoint logJoint: [Double])",
            in: "Sources/MixtureModels/Mixture+LogLikelihood.swift",
            caption: "In code. Why it takes the detour through logarithms is the subject of a later section:")
        report.exercise(
            #"""
            The check above rests on an identity: $\resp{n}{k} = \weight{k} \thinspace \partial \nlog p(\obs{n}) / \partial \weight{k}$.
            Derive it. (Take the shares as free numbers, whose sum need not be 1.)
            """#,
            answer: #"""
                $p(\obs{n}) = \sum_{\otherindex} \weight{j} \thinspace p(\obs{n} \mid \isclass{n}{j})$ is linear in the shares, so its derivative with respect to
                $\weight{k}$ is $p(\obs{n} \mid \isclass{n}{k})$. The derivative of the logarithm is that over $p(\obs{n})$; times $\weight{k}$
                it is Bayes' rule. Keep it in mind: when we differentiate log-likelihoods in later lessons, responsibilities
                will come out of nowhere, and this is where they come from.
                """#)
    }

    private func oneWeight(in report: inout Report) throws {
        let x = named[2]
        let densities = densities(at: x)
        let joint = zip(store.weights, densities).map { $0 * $1 }
        let q = try mixture.responsibilities(at: x)
        let derived = try posteriorByDerivative(weights: store.weights, densities: densities)
        report.prose(
            #"""
            **One animal, slowly.** ORIE 4742 sums the formula up as *prior, data ⇒ posterior*. Here is the
            doubtful animal of \#(x, .significant(3)) kg:
            """#)
        report.table(
            [
                "", #"prior $\weight{k}$"#, "density at \(x, .significant(3)) kg", "product",
                #"posterior $\resp{n}{k}$"#,
            ],
            rows: store.species.indices.map { k in
                [
                    Prose(store.species[k]), "\(store.weights[k], .significant(3))",
                    "\(densities[k], .significant(4))",
                    "\(joint[k], .significant(4))", "\(q[k], .fixed(4))",
                ]
            },
            caption: #"""
                The data favour the \#(densities[1] > densities[2] ? "cat" : "dog"), by a factor of
                \#(max(densities[1], densities[2]) / min(densities[1], densities[2]), .significant(3)); the prior favours the cat, by
                \#(store.weights[1] / store.weights[2], .significant(3)). Together: the \#(q[1] > q[2] ? "cat" : "dog").
                """#)
        report.equation(
            "orie4742.responsibility",
            formula: #"""
                \resp{n}{k} = \frac{\weight{k} \thinspace \normal{\obs{n}}{\mean{k}}{\variance{k}}}
                {\sum_{\otherindex} \weight{j} \thinspace \normal{\obs{n}}{\mean{j}}{\variance{j}}}
                """#,
            numbers: #"""
                \resp{n}{3} = \frac{\#(joint[2], .significant(4))}
                {\#(joint[0], .significant(2)) + \#(joint[1], .significant(4)) + \#(joint[2], .significant(4))} = \#(q[2], .fixed(4))
                """#,
            value: .vector(q),
            again: .difference(
                .vector(derived), "differentiating the log density with respect to the shares, as above"),
            telling: .entry(2, "P(dog) at \(x, .significant(3)) kg"))
        report.prose(
            #"""
            Compare two classes only, and the denominator drops out: posterior odds are prior odds times the ratio of the
            densities,
            $\#(store.weights[2] / store.weights[1], .significant(3)) \times \#(densities[2] / densities[1], .significant(3)) = \#(q[2] / q[1], .significant(3))$ for dog against cat at \#(x, .significant(3)) kg. A second
            measurement, independent of the first *within each species*, would simply multiply the odds once more.
            """#)
    }

    // MARK: Figure

    /// The most probable species from left to right, each but the last with the weight up to which it is that.
    private func leaders(over range: ClosedRange<Double>) throws -> String {
        var leaders: [(species: Int, end: Double)] = []
        for x in stride(from: range.lowerBound, through: range.upperBound, by: 0.002) {
            let q = try mixture.responsibilities(at: x)
            let best = q.indices.max { q[$0] < q[$1] } ?? 0
            if leaders.last?.species == best { leaders.removeLast() }
            leaders.append((best, x))
        }
        return leaders.enumerated().map { place, leader in
            let name = "the " + store.species[leader.species]
            if place == leaders.count - 1 { return "then \(name)" }
            return "\(name) up to \(NumberFormat.fixed(2).string(leader.end)) kg"
        }.joined(separator: ", ")
    }

    private func figure(_ report: Report) throws -> Figure {
        let range = 0.0...13
        let mixture = mixture
        let densities = store.weights.indices.map { k in
            Layer.function(over: range, count: 400, style: .series(k, width: 2), label: Label(store.species[k] + "s")) {
                x in
                store.weights[k] * normalDensity(x, mean: store.means[k], deviation: store.deviations[k])
            }
        }
        let places = [Point(1.2, 0.86), Point(3.7, 0.86), Point(8.6, 0.86)]
        let names = store.species.indices.map { k in
            Layer.annotation(Label(store.species[k]), at: places[k], anchor: .center, color: Palette.series(k))
        }
        let responsibilities = store.weights.indices.map { k in
            Layer.function(over: range, count: 400, style: .series(k, width: 2)) { x in
                (try? mixture.responsibilities(at: x)[k]) ?? .nan
            }
        }
        let heights = [0.3, 0.2, 0.078]
        let titles = store.species.indices.map { k in
            Layer.annotation(
                Label(store.species[k] + "s"), at: Point([1.75, 5.2, 9.2][k], heights[k]), anchor: .left,
                color: Palette.series(k))
        }
        let doubtful = try mixture.responsibilities(at: named[2])
        return Figure(
            id: "responsibilities", title: "From densities to responsibilities",
            subtitle:
                "At each weight, the share of one curve in the sum of the three above is the height of the curve below",
            alt: report.words(
                #"""
                Above: the three scaled densities of birds, cats and dogs over the weight. Below: the responsibilities, which sum to 1
                everywhere. From the left the most probable species is \#(try leaders(over: range)); at
                \#(named[2], .significant(2)) kg cat and dog have \#(doubtful[1], .fixed(2)) and \#(doubtful[2], .fixed(2)).
                """#),
            panels: [
                Panel(
                    title: "Share times density", x: Axis("weight (kg)", range: range), y: Axis(includesZero: true),
                    layers: densities + titles, legend: .none),
                Panel(
                    title: "Responsibility", x: Axis("weight (kg)", range: range),
                    y: Axis(range: 0...1, ticks: .at([0, 0.5, 1])), layers: responsibilities + names, legend: .none),
            ], columns: 1, sharedX: true, size: Size(width: 760, height: 520))
    }
}

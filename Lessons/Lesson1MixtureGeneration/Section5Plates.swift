import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 5: the plate diagram, and the joint density that is read off it.
struct Plates {
    private let store: PetStore
    private let mixture: Mixture<MultivariateNormal>
    /// A few animals with their species.
    private let animals: [(latent: Int, observation: [Double])]
    private let seed: UInt64

    init(_ store: PetStore, seed: UInt64) throws {
        self.store = store
        self.seed = seed
        mixture = try store.planeMixture()
        var generator = SeededGenerator(seed: seed).stream(2)
        // To the digits that the report prints, so that a reader can recompute its numbers.
        animals = mixture.sample(count: 5, using: &generator).map { ($0.latent, rounded($0.observation)) }
    }

    func explain(in report: inout Report) throws {
        report.section("The recipe as a drawing")
        report.prose(
            #"""
            Recipes grow, and words for them grow long. A *plate diagram* says the same at a glance. A circle is a random
            variable, grey if it is observed. A dot is a parameter. An arrow leads from what is needed to what is
            drawn with its help. And a frame, the plate, says: as many copies of this as the number in its corner.
            """#)
        let diagram = try diagram(report)
        report.figure(
            Figure(
                id: "plates", title: "A Gaussian mixture as a plate diagram",
                subtitle: try report.label(
                    #"Open: hidden; grey: observed, $\dimension = 2$; dots: parameters"#),
                alt: report.words(
                    #"""
                    Plate diagram: the weights point to the hidden class z, which points to the observed vector x; means and
                    covariances, in a plate of \#(store.weights.count), point to x as well. Class and vector stand in a plate of
                    \#(animals.count) animals; x has 2 dimensions.
                    """#),
                diagram: diagram),
            caption: #"""
                The recipe as a drawing. The weights choose the hidden class $\latentvec{n}$; the class, with its mean and its covariance,
                makes what is observed, $\obsvec{n}$. One frame stands for \#(animals.count) animals, the other for
                \#(store.weights.count) classes.
                """#)
        try bayesNet(diagram, in: &report)
        try joint(in: &report)
        report.erratum(
            "errata.orie4742.indices",
            printed: #"""
                $n = 0, \ldots, N-1$ and $k = 0, \ldots, K-1$ in the joint likelihood and in the log-likelihood sums, $n = 1, \ldots, N$ elsewhere; and
                $\sum_{k} z_{n,i}$, whose index is not the one that is summed over
                """#,
            corrected: #"one convention throughout, and $\sum_{k=1}^{K} z_{n,k} = 1$"#,
            shown: "none needed; taken together, the two conventions ask for $X_{0}$ and leave out $X_{N}$")
    }

    private func diagram(_ report: Report) throws -> Diagram {
        Diagram(
            nodes: [
                .parameter("weights", try report.label(#"$\weights$"#), at: Point(0, 0)),
                .latent("class", try report.label(#"$\latentvec{n}$"#), at: Point(1, 0)),
                .observed("vector", try report.label(#"$\obsvec{n}$"#), at: Point(2, 0)),
                .parameter("means", try report.label(#"$\meanvec{k}$"#), at: Point(3.1, -0.45)),
                .parameter("covariances", try report.label(#"$\cov{k}$"#), at: Point(3.1, 0.45)),
            ],
            edges: [
                Diagram.Edge("weights", "class"), Diagram.Edge("class", "vector"), Diagram.Edge("means", "vector"),
                Diagram.Edge("covariances", "vector"),
            ],
            plates: [
                Diagram.Plate(
                    around: ["class", "vector"],
                    try report.label(#"$\obscount = \#(animals.count)$ animals"#)),
                Diagram.Plate(
                    around: ["means", "covariances"], try report.label(#"$\classcount = \#(store.weights.count)$"#)),
            ])
    }

    // MARK: The factorisation

    private func bayesNet(_ diagram: Diagram, in report: inout Report) throws {
        var random = SplitMix64(seed: seed)
        let points = (0..<6).map { _ in
            let k = min(Int(random.uniform() * Double(store.weights.count)), store.weights.count - 1)
            let (u, v) = (4 * random.uniform() - 2, 4 * random.uniform() - 2)
            return (
                k: k,
                x: rounded([store.means[k] + u * store.deviations[k], store.lengths[k] + v * store.lengthDeviations[k]])
            )
        }
        let ours = points.map { mixture.logJoint(at: $0.x)[$0.k] }
        let readOff = try points.map { point in try log(product(of: diagram, class: point.k, vector: point.x)) }
        report.equation(
            "orie4742.bayes-net",
            formula: #"""
                p(\obsvec{n}, \latentvec{n} \mid \params) =
                \underbrace{p(\latentvec{n} \mid \weights)}_{\text{arrow into the class}} \thinspace
                \underbrace{p(\obsvec{n} \mid \latentvec{n} \cgiven \meanvec{}, \cov{})}_{\text{arrows into the vector}}
                """#,
            numbers: #"""
                \nlog p(\#(points[0].x, .significant(4)), \text{\#(store.species[points[0].k])})
                = \nlog \#(store.weights[points[0].k], .significant(3))
                + \nlog \normal{\#(points[0].x, .significant(4))}{\meanvec{\#(points[0].k + 1)}}{\cov{\#(points[0].k + 1)}}
                = \#(ours[0], .significant(5))
                """#,
            value: .vector(ours),
            again: .exact(
                .vector(readOff),
                """
                reading the factors off the arrows of the very diagram above, one factor for each variable given \
                whatever points at it, at six random points
                """, tolerance: .rounding(scale: 10)),
            telling: .entry(0, "log joint density at the first point"),
            note: #"""
                This is how a drawing like [fig:plates] becomes a formula: one factor for each circle, conditional on
                whatever has an arrow into it. The check does just that, with the list of arrows that was drawn, at six
                points drawn at random around the classes (not the animals of the table below).
                """#)
    }

    /// The product of the factors that the diagram's arrows prescribe.
    private func product(of diagram: Diagram, class k: Int, vector x: [Double]) throws -> Double {
        let variables = diagram.nodes.filter { $0.shape == .circle }.map(\.id)
        return try variables.reduce(1) { product, variable in
            let parents = Set(diagram.edges.filter { $0.to == variable }.map(\.from))
            switch (variable, parents) {
            case ("class", ["weights"]): return product * store.weights[k]
            case ("vector", ["class", "means", "covariances"]):
                let mean = [store.means[k], store.lengths[k]]
                return product * planeDensity(x, mean: mean, covariance: store.covariance(k))
            default: throw DiagramError.noDensity(of: variable, given: parents)
            }
        }
    }

    // MARK: The joint density of several animals

    private func joint(in report: inout Report) throws {
        report.prose(
            #"""
            The plate of animals means a product: animals come independently. If we write the species as one-hot
            vectors, one formula holds for every possible assignment of species to animals. Here are
            the \#(animals.count) animals of a new day:
            """#)
        report.table(
            [
                #"$\obsindex$"#, "species", #"$\obsvec{n}$"#,
                #"$\weight{k} \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}$ of its species"#,
            ],
            rows: animals.enumerated().map { n, animal in
                [
                    "\(n + 1)", Prose(store.species[animal.latent]),
                    "\(animal.observation[0], .fixed(2)) kg, \(animal.observation[1], .fixed(1)) cm",
                    "\(exp(mixture.logJoint(at: animal.observation)[animal.latent]), .significant(4))",
                ]
            })
        // All N × K factors, with exponents 0 and 1.
        var product = 1.0
        for animal in animals {
            for k in store.weights.indices {
                let mean = [store.means[k], store.lengths[k]]
                let density = planeDensity(animal.observation, mean: mean, covariance: store.covariance(k))
                product *= pow(store.weights[k] * density, animal.latent == k ? 1 : 0)
            }
        }
        let chosen = animals.reduce(0) { $0 + mixture.logJoint(at: $1.observation)[$1.latent] }
        report.equation(
            "orie4742.joint",
            formula: #"""
                p(\data, \latents \mid \params) = \prodobs \prodclasses
                \left[ \weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}} \right]^{\latent{n}{k}}
                """#,
            numbers:
                #"p(\data, \latents \mid \params) = \#(product, .significant(5)), \qquad \nlog p = \#(log(product), .significant(6))"#,
            value: .number(log(product)),
            again: .exact(
                .number(chosen),
                """
                adding up, animal by animal, the log joint density of the component that was chosen, without any \
                exponents; the values compared are logarithms
                """, tolerance: .rounding(scale: 100)),
            note: #"""
                The product has \#(animals.count * store.weights.count) factors, and all but \#(animals.count) of them have
                exponent 0, so they are 1. The exponents only pick, for each animal, the factor of its own species. Once the
                species is hidden we shall not know which exponents are 1, and sums will come in; but the
                logarithm of this product is linear in the exponents, and that will save us.
                """#)
    }
}

/// A weight to hundredths of a kilogram, and a length to tenths of a centimetre.
private func rounded(_ x: [Double]) -> [Double] { [(x[0] * 100).rounded() / 100, (x[1] * 10).rounded() / 10] }

/// A diagram whose arrows do not belong to a mixture.
enum DiagramError: Error, CustomStringConvertible {
    case noDensity(of: String, given: Set<String>)

    var description: String {
        switch self {
        case .noDensity(let variable, let parents):
            "the recipe has no density of the \(variable) given only \(parents.sorted().joined(separator: ", "))"
        }
    }
}

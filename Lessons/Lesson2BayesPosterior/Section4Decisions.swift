import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 4: the most probable class, where it changes, and how often it is wrong.
struct Decisions {
    let store: PetStore
    let mixture: Mixture<Normal>
    /// Animals whose species we know, so that errors can be counted.
    private let animals: [(latent: Int, observation: Double)]
    private let posteriors: [[Double]]

    init(_ store: PetStore, seed: UInt64) throws {
        self.store = store
        let mixture = try store.weightMixture()
        self.mixture = mixture
        var generator = SeededGenerator(seed: seed).stream(1)
        animals = mixture.sample(count: 20_000, using: &generator)
        posteriors = try animals.map { try mixture.responsibilities(at: $0.observation) }
    }

    func explain(in report: inout Report) throws {
        report.section("If you had to guess")
        report.prose(
            #"""
            A responsibility is an answer with its doubts. Sometimes one has to say a single name. The best guess, the one that is
            wrong least often, is the most probable class: the second of the two goals that CS 181 sets. And since each responsibility says how
            probable it is to be right, we know in advance how often it will be wrong.
            """#)
        try goals(in: &report)
        predictLeftEnd(in: &report)
        try boundaries(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                The density of all animals, cut where the guess changes. The filled area is what belongs to another species than the guess: a
                share of \#(try errorRate(), .percent(1)) under the model.
                """#)
        exercise(in: &report)
    }

    // MARK: Equations

    private func goals(in report: inout Report) throws {
        let doubts = posteriors.map { 1 - ($0.max() ?? 0) }
        let count = Double(animals.count)
        let expected = doubts.reduce(0, +) / count
        let errors = zip(animals, posteriors).count { animal, q in q.firstIndex(of: q.max() ?? 0) != animal.latent }
        let standardError = doubts.reduce(0) { $0 + $1 * (1 - $1) }.squareRoot() / count
        let inAll = try errorRate()
        report.table(
            [#"$\obsindex$"#, "weight", "responsibilities (bird, cat, dog)", "guess", "chance of error", "truth"],
            rows: (0..<6).map { n in
                let (q, best) = (posteriors[n], choice(posteriors[n]))
                return [
                    "\(n + 1)", "\(animals[n].observation, .fixed(4)) kg", "\(q, .fixed(3))",
                    Prose(store.species[best]),
                    "\(1 - q[best], .percent(1))", Prose(store.species[animals[n].latent]),
                ]
            },
            caption:
                #"Six of $\obscount = \#(animals.count)$ animals, drawn from the store. The last column is what the guesser does not see."#
        )
        report.equation(
            "cs181.goals",
            formula: #"""
                \hat{\classindex}_{\obsindex} = \arg \max_{\classindex} \thinspace \resp{n}{k}, \qquad
                \text{expected share of errors} = \frac{1}{\obscount} \sumobs \left( 1 - \max_{\classindex} \thinspace \resp{n}{k} \right)
                """#,
            numbers: #"""
                \frac{1}{\#(animals.count)} \sumobs \left( 1 - \max_{\classindex} \thinspace \resp{n}{k} \right)
                = \frac{\#(doubts.reduce(0, +), .fixed(2))}{\#(animals.count)} = \#(expected, .fixed(5))
                """#,
            value: .number(expected),
            again: .simulation(
                SimulationEstimate(
                    mean: Double(errors) / count, standardError: standardError, count: animals.count),
                "counting: the guess was wrong for \(grouped(errors)) of these \(grouped(animals.count)) animals"),
            note: #"""
                The responsibilities predicted \#(doubts.reduce(0, +), .fixed(0)) errors, and \#(errors) were made. Averaged over all
                animals that might come, by quadrature, the share is \#(inAll, .percent(2)). No rule that sees only
                the weight can do better: whoever wants to must measure something else.
                """#)
    }

    /// The share of errors among all animals that might come: ∫ (p(x) - max_k π_k f_k(x)) dx, by quadrature.
    func errorRate() throws -> Double {
        try AdaptiveSimpson.integral(
            of: { x in
                let joint = mixture.logJoint(at: x).map { exp($0) }
                return joint.reduce(0, +) - (joint.max() ?? 0)
            }, over: -15...35, tolerance: 1e-9, panels: 100)
    }

    private func choice(_ q: [Double]) -> Int { q.indices.max { q[$0] < q[$1] } ?? 0 }

    // MARK: Boundaries

    /// A weight at which two species are equally probable.
    private struct Boundary {
        let pair: (Int, Int)
        let byFormula: Double
        let byBisection: Double
        /// Whether the third species is less probable there, so that the guess really changes.
        let isVisible: Bool
    }

    /// The boundaries of all pairs, by both routes.
    private func allBoundaries() throws -> [Boundary] {
        var found: [Boundary] = []
        for (j, k) in [(0, 1), (1, 2), (0, 2)] {
            let roots = roots(j, k)
            let bisected = signChanges(j, k)
            guard roots.count == bisected.count else {
                throw BoundaryError(pair: "\(store.species[j]) and \(store.species[k])", roots.count, bisected.count)
            }
            for (root, other) in zip(roots, bisected) {
                let joint = mixture.logJoint(at: root)
                found.append(
                    Boundary(
                        pair: (j, k), byFormula: root, byBisection: other,
                        isVisible: joint[3 - j - k] < min(joint[j], joint[k])))
            }
        }
        return found
    }

    /// The coefficients of ln(π_j f_j) - ln(π_k f_k) = a x² + b x + c.
    private func quadratic(_ j: Int, _ k: Int) -> (a: Double, b: Double, c: Double) {
        let (precisionJ, precisionK) = (1 / square(store.deviations[j]), 1 / square(store.deviations[k]))
        let (meanJ, meanK) = (store.means[j], store.means[k])
        return (
            (precisionK - precisionJ) / 2, meanJ * precisionJ - meanK * precisionK,
            (square(meanK) * precisionK - square(meanJ) * precisionJ) / 2
                + log(store.weights[j] * store.deviations[k] / (store.weights[k] * store.deviations[j]))
        )
    }

    /// The roots of the quadratic, in ascending order; of the two ways to write each the one without cancellation.
    private func roots(_ j: Int, _ k: Int) -> [Double] {
        let (a, b, c) = quadratic(j, k)
        let discriminant = b * b - 4 * a * c
        guard discriminant >= 0 else { return [] }
        let q = -(b + (b < 0 ? -1 : 1) * discriminant.squareRoot()) / 2
        return [q / a, c / q].sorted()
    }

    /// Where the log joint densities of the package cross, by bisection between neighbouring points of a lattice.
    private func signChanges(_ j: Int, _ k: Int) -> [Double] {
        func difference(_ x: Double) -> Double {
            let joint = mixture.logJoint(at: x)
            return joint[j] - joint[k]
        }
        let lattice = stride(from: -10.0, through: 20, by: 0.05).map { $0 }
        return zip(lattice, lattice.dropFirst()).compactMap { left, right in
            var (low, high) = (left, right)
            guard (difference(low) < 0) != (difference(high) < 0) else { return nil }
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if (difference(middle) < 0) == (difference(low) < 0) { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
    }

    private func boundaries(in report: inout Report) throws {
        let boundaries = try allBoundaries()
        let (a, b, c) = quadratic(1, 2)
        let worst = boundaries.map { abs($0.byFormula - $0.byBisection) }.max() ?? .nan
        report.prose(
            #"""
            **Where the guess changes**, on a *decision boundary*, two classes are equally probable: their terms of Bayes' rule are equal. In logarithms
            that is an equation we can solve, because the logarithm of a Gaussian is a parabola:
            """#)
        report.folded("The equation, and its roots") { report in
            report.formula(
                #"""
                \nlog \frac{\weight{j} \normal{x}{\mean{j}}{\variance{j}}}{\weight{k} \normal{x}{\mean{k}}{\variance{k}}}
                = \frac{1}{2} \left( \frac{1}{\variance{k}} - \frac{1}{\variance{j}} \right) x^{2}
                + \left( \frac{\mean{j}}{\variance{j}} - \frac{\mean{k}}{\variance{k}} \right) x
                + \frac{\mean{k}^{2}}{2 \variance{k}} - \frac{\mean{j}^{2}}{2 \variance{j}}
                + \nlog \frac{\weight{j} \sd{k}}{\weight{k} \sd{j}} = 0
                """#)
            report.prose(
                #"""
                For cats and dogs it reads
                $\#(a, .significant(4)) \thinspace x^{2} + \#(b, .significant(4)) \thinspace x \#(c < 0 ? "-" : "+") \#(abs(c), .significant(4)) = 0$. The difference of two
                parabolas with different widths is a parabola again: it has two roots, none, or in the limiting case one that it only
                touches. Here it has \#(["none", "the one", "two"][Set(roots(1, 2)).count]).
                """#)
            report.table(
                [
                    "boundary between", "root of the quadratic", "bisection of the log densities",
                    "does the guess change there?",
                ],
                rows: boundaries.map { boundary in
                    [
                        Prose("\(store.species[boundary.pair.0]) and \(store.species[boundary.pair.1])"),
                        "\(boundary.byFormula, .fixed(5)) kg", "\(boundary.byBisection, .fixed(5)) kg",
                        boundary.isVisible
                            ? "yes"
                            : Prose("no: there it is a \(store.species[3 - boundary.pair.0 - boundary.pair.1])"),
                    ]
                }, caption: "The largest difference between the two routes is \(worst, .bound) kg.")
        }
        let visible = boundaries.filter(\.isVisible).map(\.byFormula).sorted()
        report.prose(
            #"""
            From left to right the guesses are **\#(regions(visible).joined(separator: ", "))**. The \#(regions(visible)[0]) at the
            very left is no slip. It has the widest curve, and far enough from all means the widest curve is on top, on *both*
            sides. Down there, below \#(visible[0], .fixed(2)) kg, there are no animals at all, since none weighs less than nothing. It is
            the model's Gaussians that have no end: they put \#(store.share(below: visible[0]), .percent(3)) of all animals there. The posterior takes
            the model at its word. That costs nothing here, but it shows what a posterior is: the best answer *if the model is right*.
            """#)
    }

    /// The species that is guessed in each interval between the boundaries.
    private func regions(_ boundaries: [Double]) -> [String] {
        let ends = [boundaries[0] - 1] + boundaries + [boundaries[boundaries.count - 1] + 1]
        return zip(ends, ends.dropFirst()).map { store.species[choice(mixture.logJoint(at: ($0 + $1) / 2))] }
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        // From below zero, to show the dogs' second region.
        let range = -2.5...13
        let visible = try allBoundaries().filter(\.isVisible).map(\.byFormula).filter(range.contains).sorted()
        let positions = stride(from: 0.0, through: 1, by: 1 / 520).map {
            range.lowerBound + $0 * (range.upperBound - range.lowerBound)
        }
        let joints = positions.map { mixture.logJoint(at: $0).map { exp($0) } }
        let totals = joints.map { $0.reduce(0, +) }
        let errors = zip(totals, joints).map { $0 - ($1.max() ?? 0) }
        let names = regions(visible)
        let ends = [range.lowerBound] + visible + [range.upperBound]
        let regionNames = zip(names, zip(ends, ends.dropFirst())).map { name, interval in
            let k = store.species.firstIndex(of: name) ?? 0
            return Layer.annotation(
                Label("guess: \(name)"), at: Point((interval.0 + interval.1) / 2, 0.352), anchor: .center,
                color: Palette.series(k))
        }
        let error = try errorRate()
        let place = visible.last ?? 6
        let height = (errors.max() ?? 0)
        return Figure(
            id: "decisions", title: "The best guess, and where it errs",
            subtitle:
                "Line: density of all animals; filled: the part of it that belongs to another species than the guess",
            alt: report.words(
                #"""
                The density of all animals over the weight, cut by \#(visible.count) boundaries at \#(visible, .fixed(2)) kg into
                regions where the guess is \#(names.joined(separator: ", ")). A small filled area around the boundaries is the
                chance of error: \#(error, .percent(1)) under the model.
                """#),
            panels: [
                Panel(
                    x: Axis("weight (kg)", range: range), y: Axis("density (per kg)", range: 0...0.37),
                    layers: [
                        .band(
                            x: positions, low: positions.map { _ in 0 }, high: errors,
                            color: .ink.opacity(0.55)),
                        .line(zip(positions, totals).map(Point.init), style: LineStyle(.ink, width: 1.5)),
                        .annotation(
                            Label("errors: \(NumberFormat.percent(1).string(error))"), at: Point(place + 1.6, 0.11),
                            anchor: .left, pointingAt: Point(place + 0.15, 0.55 * height), color: .ink),
                    ] + visible.map { .rule(x: $0) } + regionNames, legend: .none)
            ], size: Size(width: 760, height: 400))
    }

    private func square(_ x: Double) -> Double { x * x }
}

/// The two routes to a boundary do not even agree on how many there are.
struct BoundaryError: Error, CustomStringConvertible {
    let description: String

    init(pair: String, _ roots: Int, _ crossings: Int) {
        description = "\(pair): the quadratic has \(roots) roots, but the densities cross \(crossings) times"
    }
}

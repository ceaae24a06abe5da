import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 6: two classes, and a latent variable whose value 1 must mean the first of them.
struct WhichClassIsOne {
    /// The store without birds: class 1 are cats, class 2 are dogs.
    private let weight: Double
    private let means: [Double]
    private let deviations: [Double]
    private static let draws = 200_000

    init(_ store: PetStore) {
        weight = store.weights[1] / (store.weights[1] + store.weights[2])
        means = Array(store.means.dropFirst())
        deviations = Array(store.deviations.dropFirst())
    }

    func explain(in report: inout Report) throws {
        report.section("Which class is number one?")
        report.prose(
            #"""
            Suppose that the store gives up birds. Then there are two classes, cats and dogs, with
            $\weight{1} = \#(weight, .significant(3))$ and $\weight{2} = \#(1 - weight, .significant(3))$, and the species is
            decided by a single toss of a biased coin. STAT 215A writes the class as a random variable with the values 1 and 2,
            and says of it on one slide that $\printed{Z_{i} \sim \mathrm{Bernoulli}(\pi_{1}) + 1}$, and on others that
            $\printed{Z_{i} \sim \mathrm{Bernoulli}(\pi_{1})}$. Programs have been written from less. Let us take them at their word.
            """#)
        try report.folded("What was meant and what is printed, run") { try latent(in: &$0) }
        report.figure(
            try figure(report),
            caption: #"""
                The density of the weight, with the mean as a mark on the axis. As meant, cats have the probability $\weight{1}$ and the mean is
                \#(mean(weight), .significant(4)) kg (dot); with Bernoulli + 1 the shares are exchanged, and the mean is
                \#(mean(1 - weight), .significant(4)) kg (square).
                """#)
        try errata(in: &report)
    }

    /// The mean weight if class 1 has this probability.
    private func mean(_ probability: Double) -> Double { probability * means[0] + (1 - probability) * means[1] }

    private func latent(in report: inout Report) throws {
        let (weight, means, deviations) = (weight, means, deviations)
        func weigh(_ z: Int, _ random: inout SplitMix64) -> Double {
            means[z - 1] + deviations[z - 1] * random.standardNormal()
        }
        let intended = try Simulation.mean(count: Self.draws, seed: report.seed) { random in
            weigh(2 - (random.uniform() < weight ? 1 : 0), &random)
        }
        let printed = try Simulation.mean(count: Self.draws, seed: report.seed &+ 1) { random in
            weigh((random.uniform() < weight ? 1 : 0) + 1, &random)
        }
        let exact = [mean(weight), mean(1 - weight)]
        report.equation(
            "stat215a.latent",
            formula: #"""
                p(\isclass{n}{1}) = \weight{1}, \quad p(\isclass{n}{2}) = \weight{2}, \qquad
                \obs{n} \mid \isclass{n}{k} \sim \gauss{\mean{k}}{\variance{k}}, \qquad
                \mathbb{E}[\obs{n}] = \weight{1} \mean{1} + \weight{2} \mean{2}
                """#,
            numbers: #"""
                \text{with } 2 - \mathrm{Bernoulli}(\weight{1}): \quad
                \#(weight, .significant(3)) \times \#(means[0], .significant(3)) + \#(1 - weight, .significant(3)) \times
                \#(means[1], .significant(3)) = \#(exact[0], .significant(4)); \qquad
                \text{with } \mathrm{Bernoulli}(\weight{1}) + 1: \quad
                \#(1 - weight, .significant(3)) \times \#(means[0], .significant(3)) + \#(weight, .significant(3)) \times
                \#(means[1], .significant(3)) = \#(exact[1], .significant(4))
                """#,
            value: .vector(exact),
            again: .simulation(
                [intended, printed],
                """
                drawing \(grouped(Self.draws)) animals by each of the two recipes; a mean here, simulated, is known to \
                about \(NumberFormat.significant(1).string(intended.standardError)) kg
                """),
            telling: .entry(0, "mean weight in kg, as intended"),
            note: #"""
                A Bernoulli variable is 1 with probability $\weight{1}$. Adding 1 to it turns that into a **2**: the class that should
                have probability $\weight{1}$ is then the second one. Subtracting it from 2 is what is meant: the 1 stays a 1, and
                the 0 becomes a 2.
                """#)
    }

    private func errata(in report: inout Report) throws {
        let nobody = try Simulation.proportion(count: Self.draws, seed: report.seed &+ 2) { random in
            random.uniform() >= weight
        }
        report.erratum(
            "errata.stat215a.bernoulli",
            printed: #"""
                $Z_{i} \sim \mathrm{Bernoulli}(\pi_{1}) + 1$, with $X_{i} \mid Z_{i} = 1 \sim N(\mu_{1}, \sigma_{1}^{2})$ and
                density $\pi_{1} N(\mu_{1}, \sigma_{1}^{2}) + \pi_{2} N(\mu_{2}, \sigma_{2}^{2})$
                """#,
            corrected: #"""
                $Z_{i} = 2 - \mathrm{Bernoulli}(\pi_{1})$, or simply: $Z_{i} = 1$ with probability $\pi_{1}$, else 2
                """#,
            shown: #"""
                as printed the animals weigh \#(mean(1 - weight), .significant(4)) kg on average; the density beside it
                says \#(mean(weight), .significant(4)) kg
                """#)
        report.erratum(
            "errata.stat215a.bernoulli0",
            printed: #"""
                elsewhere $Z_{i} \sim \mathrm{Bernoulli}(\pi_{1})$, followed by the cases $Z_{i} = 1$ and $Z_{i} = 2$
                """#,
            corrected: #"the same: $Z_{i} = 2 - \mathrm{Bernoulli}(\pi_{1})$"#,
            shown: #"""
                a Bernoulli variable is 0 with probability $1 - \pi_{1} = \#(1 - weight, .significant(3))$ and never 2. So a share of
                \#(1 - weight, .significant(3)) of the animals (\#(nobody.mean, .fixed(3)) in a simulation of \#(Self.draws)) falls
                under neither case, and the second Gaussian is never used
                """#)
        report.exercise(
            #"""
            For which $\weight{1}$ would nobody have noticed that the classes are exchanged? And once an algorithm (EM, the subject of the lessons to come) has estimated both
            classes from data: would anybody notice then?
            """#,
            answer: #"""
                For $\weight{1} = 1/2$ the two recipes are the same (and so they are if the two Gaussians are). After an
                estimation nobody notices, for any weight: the estimates come out as they must to fit the data, and only the
                names 1 and 2 are exchanged. Labels of classes are always arbitrary; but a *recipe* must say which is which, and stick to it.
                """#)
    }

    private func figure(_ report: Report) throws -> Figure {
        let (weight, means, deviations) = (weight, means, deviations)
        func density(_ probability: Double) -> (Double) -> Double {
            { x in
                probability * normalDensity(x, mean: means[0], deviation: deviations[0])
                    + (1 - probability) * normalDensity(x, mean: means[1], deviation: deviations[1])
            }
        }
        let (meant, printed) = (density(weight), density(1 - weight))
        return Figure(
            id: "which-is-one", title: "Bernoulli + 1 exchanges the shares of cats and dogs",
            subtitle: "Density of the weight; marks on the axis: the means",
            alt: report.words(
                #"""
                Two densities with a peak of cats and a hill of dogs. As meant, the peak is higher and the mean is
                \#(mean(weight), .significant(4)) kg; with Bernoulli + 1 the hill is higher and the mean is
                \#(mean(1 - weight), .significant(4)) kg.
                """#),
            panels: [
                Panel(
                    x: Axis("weight (kg)", range: 0...17), y: Axis("density (per kg)", includesZero: true),
                    layers: [
                        .function(over: 0...17, style: .series(0, width: 2), meant),
                        .function(over: 0...17, style: .series(1, width: 2), printed),
                        .annotation(
                            try report.label(#"as meant: cats with $\weight{1} = \#(weight, .significant(3))$"#),
                            at: Point(5.6, meant(means[0]) * 0.92), anchor: .left,
                            pointingAt: Point(means[0] + 0.35, meant(means[0] + 0.35)), color: .blue),
                        .annotation(
                            "as printed, Bernoulli + 1: shares exchanged", at: Point(10.2, printed(means[1]) * 1.45),
                            anchor: .left, pointingAt: Point(9.6, printed(9.6)), color: .vermillion),
                        .scatter([Point(mean(weight), 0)], style: .series(0, size: 9)),
                        .scatter([Point(mean(1 - weight), 0)], style: .series(1, size: 9)),
                        .annotation(
                            Label(NumberFormat.significant(3).string(mean(weight)) + " kg"),
                            at: Point(mean(weight) - 0.15, 0.012),
                            anchor: .bottomRight, color: .blue),
                        .annotation(
                            Label(NumberFormat.significant(3).string(mean(1 - weight)) + " kg"),
                            at: Point(mean(1 - weight) + 0.15, 0.012), anchor: .bottomLeft, color: .vermillion),
                    ], legend: .none)
            ], size: Size(width: 720, height: 360))
    }
}

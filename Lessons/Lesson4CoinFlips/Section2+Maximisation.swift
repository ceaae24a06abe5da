import Foundation
import MixtureModels
import Notebook
import Verification

// Equations 24-26 and Exercise 3: the M-step.

extension SingleFlips {
    // MARK: The derivatives

    func derivatives(in report: inout Report) throws {
        report.prose(
            #"""
            **The M-step.** Now the second question: which parameters $\params$ make $\Q{\params}{\paramsat{t}}$ largest? Where a smooth function is
            largest inside its domain, its derivatives are zero. (In numbers, each is shown at the old parameters, where it
            says which way to go, and at the new ones, where it must vanish.)
            """#)
        report.formula(
            #"""
            \begin{aligned} \frac{\partial \Q{\params}{\paramsat{t}}}{\partial \weight{1}}
            & = \sumobs \left( \frac{\resp{n}{1}}{\weight{1}} - \frac{\resp{n}{2}}{1 - \weight{1}} \right) = 0 \cr
            \frac{\partial \Q{\params}{\paramsat{t}}}{\partial \headprob{k}}
            & = \sumobs \resp{n}{k} \left( \frac{\heads{n}}{\headprob{k}} - \frac{\tails{n}}{1 - \headprob{k}} \right) = 0
            \end{aligned}
            """#)
        let (new, old, counts) = (updated(), parameters, expectedCounts())
        report.folded("The three slopes in numbers: equations 24 to 26") { report in
            derivative(
                "cs181.24", of: 0, in: &report, new: new,
                formula: #"""
                    \frac{\partial \Q{\params}{\paramsat{t}}}{\partial \weight{1}}
                    = \sumobs \left( \frac{\resp{n}{1}}{\weight{1}} - \frac{\resp{n}{2}}{1 - \weight{1}} \right) = 0
                    """#,
                printed: #"""
                    \frac{\partial \mathcal{L}_{c}}{\partial \theta_{1}}
                    = \sum_{n=1}^{N} \left( \frac{q_{n,1}}{\theta_{1}} - \frac{q_{n,2}}{1 - \theta_{1}} \right) = 0
                    """#,
                atOld: #"""
                    \frac{\#(counts.coin[0], .fixed(4))}{\#(old[0], .significant(3))}
                    - \frac{\#(counts.coin[1], .fixed(4))}{\#(1 - old[0], .significant(3))}
                    """#,
                value: { weight in counts.coin[0] / weight - counts.coin[1] / (1 - weight) })
            for coin in 0..<2 {
                derivative(
                    ["cs181.25", "cs181.26"][coin], of: coin + 1, in: &report, new: new,
                    formula: #"""
                        \frac{\partial \Q{\params}{\paramsat{t}}}{\partial \headprob{\#(coin + 1)}}
                        = \sumobs \resp{n}{\#(coin + 1)} \left( \frac{\heads{n}}{\headprob{\#(coin + 1)}}
                        - \frac{\tails{n}}{1 - \headprob{\#(coin + 1)}} \right) = 0
                        """#,
                    printed: #"""
                        \frac{\partial \mathcal{L}_{c}}{\partial \pi_{\#(coin + 1) 1}}
                        = \sum_{n=1}^{N} q_{n,\#(coin + 1)} \left( \frac{x_{n,1}}{\pi_{\#(coin + 1) 1}}
                        - \frac{x_{n,2}}{1 - \pi_{\#(coin + 1) 1}} \right) = 0
                        """#,
                    atOld: #"""
                        \frac{\#(counts.heads[coin], .fixed(4))}{\#(old[coin + 1], .significant(3))}
                        - \frac{\#(counts.coin[coin] - counts.heads[coin], .fixed(4))}{\#(1 - old[coin + 1], .significant(3))}
                        """#,
                    value: { mu in
                        counts.heads[coin] / mu - (counts.coin[coin] - counts.heads[coin]) / (1 - mu)
                    })
            }
        }
    }

    private func derivative(
        _ id: String, of index: Int, in report: inout Report, new: [Double], formula: TeX, printed: TeX, atOld: TeX,
        value: (Double) -> Double
    ) {
        let old = parameters
        let names: [TeX] = [#"\weight{1}"#, #"\headprob{1}"#, #"\headprob{2}"#]
        let here = [value(old[index]), value(new[index])]
        let numerical = [old, new].map { point in
            (try? CentralDifference.gradient(of: expectedLogLikelihood, at: point)[index]) ?? .nan
        }
        report.equation(
            id, formula: formula, printed: printed,
            numbers: #"""
                \text{at } \#(names[index]) = \#(old[index], .significant(3)): \quad \#(atOld) = \#(here[0], .fixed(4)), \qquad
                \text{at } \#(names[index]) = \#(new[index], .fixed(4)): \quad 0 \text{ up to rounding } (\#(here[1], .bound))
                """#,
            value: .vector(here),
            again: .difference(
                .vector(numerical), "central differences of equation 23 at the old and at the new parameters"),
            telling: .entry(0, "slope at the old parameters"),
            note: #"""
                At the old parameters the derivative is \#(here[0] > 0 ? "positive" : "negative"), so $\#(names[index].source)$
                has to \#(here[0] > 0 ? "grow" : "shrink"): from \#(old[index], .significant(3)) to
                \#(new[index], .fixed(4)).
                """#)
    }

    // MARK: The closed form

    func update(in report: inout Report) throws {
        let (counts, old) = (expectedCounts(), parameters)
        let step = try EM(data: flips, start: guess).mStep(responsibilities)
        let new = [step.weights[0]] + step.components.map(\.probability)
        report.prose(
            #"""
            **Exercise 3** does not stand in our copy of the handout, which only mentions it: Exercise 4 asks to compare its own updates
            with “the result from Exercise 3”. We infer that it asks for the solution of these three equations. Each has its unknown in only two places, so each can be solved by itself; and each solution is a share that one
            could have guessed. The weight of a coin is the share of the flips that it is responsible for. Its head
            probability is the share of heads *among those*.
            """#)
        let searched = try [
            GoldenSection.maximum(of: { expectedLogLikelihood([$0, old[1], old[2]]) }, in: 1e-9...(1 - 1e-9)).argument,
            GoldenSection.maximum(of: { expectedLogLikelihood([old[0], $0, old[2]]) }, in: 1e-9...(1 - 1e-9)).argument,
            GoldenSection.maximum(of: { expectedLogLikelihood([old[0], old[1], $0]) }, in: 1e-9...(1 - 1e-9)).argument,
        ]
        report.folded("Exercise 3, answered: the M-step in closed form, and its algebra") { report in
            algebraOfExercise3(in: &report)
            report.equation(
                "cs181.ex3",
                formula: #"""
                    \weight{1} = \frac{1}{\obscount} \sumobs \resp{n}{1}, \qquad
                    \headprob{k} = \frac{\sumobs \resp{n}{k} \thinspace \heads{n}}{\sumobs \resp{n}{k}}
                    """#,
                numbers: #"""
                    \weight{1} = \frac{\#(counts.coin[0], .fixed(4))}{\#(flips.count)} = \#(new[0], .fixed(4)), \qquad
                    \headprob{1} = \frac{\#(counts.heads[0], .fixed(4))}{\#(counts.coin[0], .fixed(4))} = \#(new[1], .fixed(4)),
                    \qquad \headprob{2} = \frac{\#(counts.heads[1], .fixed(4))}{\#(counts.coin[1], .fixed(4))}
                    = \#(new[2], .fixed(4))
                    """#,
                value: .vector(new),
                again: .search(
                    .vector(searched), "golden-section search on equation 23, one coordinate at a time",
                    tolerance: .goldenSection),
                telling: .entry(0, #"$\weight{1}$"#))
        }
        try concavity(in: &report)
        try report.folded("The code of the M-step") { report in
            try report.code(
                "private func mStep(_ statistics", in: "Sources/MixtureModels/EM.swift",
                caption: """
                    First come the sums of what each component is responsible for, its `statistics`: for a coin, how many flips and how many
                    heads among them, in fractions. Then this runs, for coins and for every other mixture in this course. The weights are
                    the shares of the totals, and each component is estimated from its own totals:
                    """)
            try report.code(
                "public static func estimate(from statistics: Statistics)", in: "Sources/MixtureModels/Bernoulli.swift",
                caption: """
                    For a coin that is flipped once per example, the estimate from its totals is the ratio. (The share of the tails
                    goes with it, since it keeps its digits where $1 - p$ would be rounded away.)
                    """)
        }
        report.erratum(
            "errata.cs181.pi22",
            printed: #"solve for $\theta_{1}$, $\pi_{11}$ and $\pi_{22}$"#,
            corrected:
                #"for $\theta_{1}$, $\pi_{11}$ and $\pi_{21}$: the derivatives (equations 24-26) are with respect to these"#,
            shown: #"""
                harmless, since $\pi_{22} = 1 - \pi_{21}$: here \#(1 - new[2], .fixed(4)) and
                \#(new[2], .fixed(4)), with sum \#((1 - new[2]) + new[2], .fixed(4))
                """#)
        try ascent(in: &report)
    }

    private func ascent(in report: inout Report) throws {
        let old = parameters
        let gradient = try CentralDifference.gradient(of: expectedLogLikelihood, at: old)
        func step(_ size: Double) -> Double { expectedLogLikelihood(zip(old, gradient).map { $0 + size * $1 }) }
        let (here, up) = (step(0), step(0.01))
        let logLikelihood = guess.logLikelihood(of: flips)
        report.erratum(
            "errata.cs181.expected-likelihood",
            printed: "“the expected likelihood” is maximised; without a closed form, by “gradient descent”",
            corrected: """
                the expected **complete-data log**-likelihood, as the line before equation 18 has it: neither the likelihood nor its expectation. (Steps 3
                and 4 only shorten the name. “Gradient descent” is ordinary usage, if one thinks of minimising its negative.)
                """,
            shown: #"""
                the likelihood of the flips at the guess is \#(exp(logLikelihood), .significant(3)), and its logarithm \#(logLikelihood, .fixed(4));
                $\Q{\paramsat{0}}{\paramsat{0}}$ is \#(here, .fixed(4)). (A step of gradient descent on its negative, of 0.01 times the
                gradient, takes it to \#(up, .fixed(4)).)
                """#)
    }

    /// The expected counts: how many flips, and how many heads, each coin is responsible for.
    private func expectedCounts() -> (coin: [Double], heads: [Double]) {
        let coin = [0, 1].map { k in flips.indices.reduce(0) { $0 + responsibilities[$1, k] } }
        let heads = [0, 1].map { k in flips.indices.reduce(0) { $0 + (flips[$1] ? responsibilities[$1, k] : 0) } }
        return (coin, heads)
    }

    /// Exercise 3: the parameters after one step, as π_1, μ_1, μ_2.
    private func updated() -> [Double] {
        let counts = expectedCounts()
        return [
            counts.coin[0] / Double(flips.count), counts.heads[0] / counts.coin[0], counts.heads[1] / counts.coin[1],
        ]
    }
}

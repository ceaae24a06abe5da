import MixtureModels
import Notebook
import Verification

/// Section 2: one flip per example. A dozen flips, a guess of the parameters, and the E-step and M-step taken apart.
struct SingleFlips {
    /// The flips, in order: true for heads.
    let flips: [Bool]
    /// Which coin was really flipped each time, 0 or 1. EM never sees it.
    let coins: [Int]
    /// The guess that EM starts from.
    let guess: Mixture<Bernoulli>
    /// The responsibilities under the guess, one row per flip.
    let responsibilities: Matrix

    /// Twelve flips of the story's coins.
    ///
    /// A dozen flips of one kind only would say that one coin suffices; then another dozen is drawn.
    init(_ story: TwoCoins, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let mixture = try story.mixture()
        var sample = mixture.sample(count: 12, using: &generator)
        while Set(sample.map(\.observation)).count == 1 { sample = mixture.sample(count: 12, using: &generator) }
        flips = sample.map(\.observation)
        coins = sample.map(\.latent)
        guess = try coinMixture(weight: 0.45, heads: [0.4, 0.7])
        responsibilities = try EM(data: flips, start: guess).eStep(guess)
    }

    var headCount: Int { flips.count { $0 } }
    var tailCount: Int { flips.count { !$0 } }

    /// The guess as the three numbers that are free: π_1, μ_1, μ_2.
    var parameters: [Double] { [guess.weights[0]] + guess.components.map(\.probability) }

    /// The responsibilities of both coins for a flip that shows heads, and for one that shows tails.
    func responsibilitiesOfFlip() throws -> (heads: [Double], tails: [Double]) {
        (try guess.responsibilities(at: true), try guess.responsibilities(at: false))
    }

    func explain(in report: inout Report) throws {
        report.section("One flip per example")
        report.prose(
            #"""
            Behind the curtain somebody plays, and \#(flips.count) flips are heard:
            **\#(flips.map { $0 ? "H" : "T" }.joined(separator: " "))**, which is \#(headCount) heads and
            \#(tailCount) tails. We want $\weight{1}$, $\headprob{1}$ and $\headprob{2}$. EM starts from a guess,
            improves it, and begins again with the better one; let the guess $\paramsat{0}$ be
            $\weight{1} = \#(parameters[0], .significant(3))$, $\headprob{1} = \#(parameters[1], .significant(3))$,
            $\headprob{2} = \#(parameters[2], .significant(3))$.

            (In $\paramsat{t}$ the letter $t$ counts the rounds of EM.) Below, $\data$ stands for all flips together, $\latents$ for all
            hidden coins, and $\params$ for all parameters.

            One round of EM is two questions. *If the guess were right, how probable is each coin, for each flip?* That is the
            E-step. *If the flips were shared out between the coins in these proportions, which parameters would fit them best?*
            That is the M-step.
            """#)
        report.define(
            #"\paramsat{t}"#, "iterate", #"all parameters after $t$ rounds of EM; $\paramsat{0}$ is the start"#)
        try posterior(in: &report)
        try completeLikelihood(in: &report)
        try expectation(in: &report)
        try derivatives(in: &report)
        try update(in: &report)
        try oneStep(in: &report)
    }
}

/// Two coins: the first is chosen with probability `weight`.
func coinMixture(weight: Double, heads: [Double]) throws -> Mixture<Bernoulli> {
    try Mixture(weights: [weight, 1 - weight], components: heads.map { try Bernoulli(probability: $0) })
}

/// Numbers divided by their sum.
func normalised(_ numbers: [Double]) -> [Double] {
    let sum = numbers.reduce(0, +)
    return numbers.map { $0 / sum }
}

// MARK: Equations 11-13: the E-step, three ways

extension SingleFlips {
    private func posterior(in report: inout Report) throws {
        report.prose(
            #"""
            **The E-step.** The answer to the first question is a probability for each coin: the *responsibility* that the
            coin takes for the flip. By Bayes' rule it is in proportion to the weight of the coin times the probability of what the flip shows. (The
            handout writes it three times, each time closer to something one can compute; the second and third are folded.)
            """#)
        let q = try responsibilitiesOfFlip()
        let counted = try posteriorByCounting(seed: report.seed)
        report.equation(
            "cs181.11",
            formula: #"""
                \respvec{n} = \begin{bmatrix}
                p(\isclass{n}{1} \mid \obs{n} \cgiven \paramsat{t}) \cr
                p(\isclass{n}{2} \mid \obs{n} \cgiven \paramsat{t}) \end{bmatrix}
                """#,
            numbers: #"""
                \text{heads:} \quad \respvec{n} = \#(column: q.heads, .fixed(4)), \qquad
                \text{tails:} \quad \respvec{n} = \#(column: q.tails, .fixed(4))
                """#,
            value: .matrix([q.heads, q.tails]),
            again: .simulation(
                counted,
                "flipping 400,000 times under the guess and counting which coin the heads and the tails came from"),
            telling: .entry(0, 0, "P(first coin, given heads)"),
            note: """
                Each column sums to 1: some coin was flipped. Tails are blamed mostly on coin 1, which shows heads less
                often.
                """)

        let (weight, first, second) = (parameters[0], parameters[1], parameters[2])
        let heads = [first * weight, second * (1 - weight)]
        let tails = [(1 - first) * weight, (1 - second) * (1 - weight)]
        report.figure(
            try areasFigure(report),
            caption: #"""
                The E-step in a picture. Dark is heads, pale is tails; each area is the probability of a coin and a result. If heads is heard, only the dark areas
                are left, and the responsibilities are their shares: \#(q.heads, .fixed(3)). For tails it is the pale ones: \#(q.tails, .fixed(3)).
                """#)
        try report.folded("The same by Bayes' rule, in numbers: equations 12 and 13") { report in
            report.equation(
                "cs181.12",
                formula: #"""
                    \respvec{n} \propto \begin{bmatrix}
                    p(\obs{n} \mid \isclass{n}{1} \cgiven \paramsat{t}) \thinspace p(\isclass{n}{1} \pgiven \paramsat{t}) \cr
                    p(\obs{n} \mid \isclass{n}{2} \cgiven \paramsat{t}) \thinspace p(\isclass{n}{2} \pgiven \paramsat{t})
                    \end{bmatrix}
                    """#,
                numbers: #"""
                    \text{heads:} \quad \begin{bmatrix}
                    \#(first, .significant(3)) \times \#(weight, .significant(3)) \cr
                    \#(second, .significant(3)) \times \#(1 - weight, .significant(3)) \end{bmatrix}
                    = \#(column: heads, .significant(4)), \quad \text{divided by its sum } \#(heads[0] + heads[1], .significant(4)):
                    \quad \#(column: normalised(heads), .fixed(4))
                    """#,
                value: .matrix([normalised(heads), normalised(tails)]),
                again: .exact(.matrix([q.heads, q.tails]), "equation 11, which is computed from logarithms"),
                telling: .entry(0, 0, "P(first coin, given heads)"),
                note: #"""
                    The sign $\propto$ hides the division by the sum, $p(\obs{n})$. It does not depend on the coin, which is why
                    it can wait until the end.
                    """#)
            try powers(in: &report, counted: counted)
        }
    }

    private func powers(in report: inout Report, counted: [[SimulationEstimate]]) throws {
        let (weight, first, second) = (parameters[0], parameters[1], parameters[2])
        func column(_ heads: Int) -> [Double] {
            [
                power(first, heads) * power(1 - first, 1 - heads) * weight,
                power(second, heads) * power(1 - second, 1 - heads) * (1 - weight),
            ]
        }
        let tails = column(0)
        report.equation(
            "cs181.13",
            formula: #"""
                \respvec{n} \propto \begin{bmatrix}
                \headprob{1}^{\heads{n}} \thinspace \tailprob{1}^{\tails{n}} \thinspace \weight{1} \cr
                \headprob{2}^{\heads{n}} \thinspace \tailprob{2}^{\tails{n}} \thinspace \weight{2} \end{bmatrix}
                """#,
            numbers: #"""
                \text{tails:} \quad \begin{bmatrix}
                \#(first, .significant(3))^{0} \times \#(1 - first, .significant(3))^{1} \times
                \#(weight, .significant(3)) \cr
                \#(second, .significant(3))^{0} \times \#(1 - second, .significant(3))^{1} \times
                \#(1 - weight, .significant(3)) \end{bmatrix} = \#(column: tails, .significant(4))
                \propto \#(column: normalised(tails), .fixed(4))
                """#,
            value: .matrix([normalised(column(1)), normalised(tails)]),
            again: .simulation(counted, "the counts among the 400,000 flips of equation 11"),
            telling: .entry(0, 0, "P(first coin, given heads)"),
            note: """
                The exponents are a switch. A flip that shows heads has exponents 1 and 0, so only the probability of
                heads is left; for tails it is the other way round. With ten flips the same formula will
                hold, with larger exponents.
                """)
    }

    /// Plays the game under the guess, and notes the coin: for the flips that show heads, and for those that show tails.
    private func posteriorByCounting(seed: UInt64) throws -> [[SimulationEstimate]] {
        let (weight, heads) = (parameters[0], Array(parameters[1...]))
        return try [true, false].map { wanted in
            try Simulation.proportions(classes: 2, count: 400_000, seed: seed &+ 11) { random in
                let coin = random.uniform() < weight ? 0 : 1
                let flip = random.uniform() < heads[coin]
                return flip == wanted ? coin : nil
            }
        }
    }
}

/// x^n by multiplication, so that 0^0 = 1.
func power(_ x: Double, _ n: Int) -> Double { (0..<max(0, n)).reduce(1) { product, _ in product * x } }

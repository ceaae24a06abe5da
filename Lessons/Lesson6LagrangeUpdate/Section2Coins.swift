import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 2: the coins of CS 181, where three sums have to be 1, each with a multiplier of its own.
struct CoinConstraints {
    private let flips: [Bool]
    /// The responsibility of coin 1 for heads and for tails.
    private let first: (heads: Double, tails: Double)
    private let new: Mixture<Bernoulli>

    init(seed: UInt64) throws {
        func coins(_ weight: Double, _ heads: [Double]) throws -> Mixture<Bernoulli> {
            try Mixture(weights: [weight, 1 - weight], components: heads.map { try Bernoulli(probability: $0) })
        }
        var generator = SeededGenerator(seed: seed).stream(1)
        flips = try coins(0.4, [0.3, 0.8]).sample(count: 40, using: &generator).map(\.observation)
        let guess = try coins(0.45, [0.4, 0.7])
        first = (try guess.responsibilities(at: true)[0], try guess.responsibilities(at: false)[0])
        let em = try EM(data: flips, start: guess)
        new = try em.mStep(em.eStep(guess))
    }

    private var headCount: Double { Double(flips.count { $0 }) }
    private var tailCount: Double { Double(flips.count) - headCount }

    /// Σ_n q_nk x_n1 and Σ_n q_nk x_n2 for each coin.
    private var counts: [[Double]] {
        [
            [headCount * first.heads, tailCount * first.tails],
            [headCount * (1 - first.heads), tailCount * (1 - first.tails)],
        ]
    }

    func explain(in report: inout Report) throws {
        let counts = counts
        let multipliers = counts.map { -($0[0] + $0[1]) }
        let lambda = multipliers.reduce(0, +)
        report.section("Three constraints at once: the coins")
        report.prose(
            #"""
            CS 181 has three things that must sum to 1: the weights of the two coins, and for each coin the probabilities of
            heads and tails. “In general”, it says, “we can enforce this constraint using Lagrange multipliers”, and then
            takes the shorter way of substituting, since with two terms the second is one minus the first. Here is the longer way,
            for \#(flips.count) flips with \#(Int(headCount)) heads, and the guess of [Lesson:4]: $\weight{1} = 0.45$,
            $\headprob{1} = 0.4$ and $\headprob{2} = 0.7$. Each sum has a price of its own:
            """#)
        report.formula(
            #"""
            L = \Qname + \lambda \left( \sumclasses \weight{k} - 1 \right)
            + \sumclasses \lambda_{\classindex} \left( h_{\classindex} + t_{\classindex} - 1 \right)
            """#)
        report.prose(
            #"""
            where the probabilities of heads, $h_{\classindex} = \headprob{k}$, and of tails, $t_{\classindex}$, are for the moment *two* unknowns for
            each coin, as they are in the handout's letters. The derivative with respect to each unknown holds one count and one price,
            such as $\sumobs \resp{n}{k} \thinspace \heads{n} / h_{\classindex} + \lambda_{\classindex}$, and the price follows from the sum:
            """#)
        let value: [Double] = [lambda] + multipliers + [new.weights[0]] + new.components.map(\.probability)
        report.equation(
            "cs181.lagrange",
            formula: #"""
                \lambda = -\sumclasses \sumobs \resp{n}{k} = -\obscount, \qquad
                \lambda_{\classindex} = -\sumobs \resp{n}{k}, \qquad
                \weight{k} = \frac{\sumobs \resp{n}{k}}{-\lambda}, \qquad
                \headprob{k} = \frac{\sumobs \resp{n}{k} \thinspace \heads{n}}{-\lambda_{\classindex}}
                """#,
            numbers: #"""
                \begin{aligned} & \lambda_{1} = -(\#(counts[0][0], .fixed(4)) + \#(counts[0][1], .fixed(4))) =
                \#(multipliers[0], .fixed(4)), \quad \lambda_{2} = \#(multipliers[1], .fixed(4)), \quad
                \lambda = \lambda_{1} + \lambda_{2} = \#(lambda, .significant(6)) \cr
                & \weight{1} = \frac{\#(-multipliers[0], .fixed(4))}{\#(flips.count)} = \#(value[3], .fixed(4)), \quad
                \headprob{1} = \frac{\#(counts[0][0], .fixed(4))}{\#(-multipliers[0], .fixed(4))} = \#(value[4], .fixed(4)), \quad
                \headprob{2} = \frac{\#(counts[1][0], .fixed(4))}{\#(-multipliers[1], .fixed(4))} = \#(value[5], .fixed(4))
                \end{aligned}
                """#,
            value: .vector(value),
            again: .difference(
                .vector(try bySubstitution()),
                """
                CS 181's shorter way, its equations 23-26 (in Lesson 4: Q with one minus the first put in for the second of each \
                pair, and its three derivatives): the roots of these derivatives by bisection, and there the derivatives of Q with \
                nothing substituted, by central differences, which must equal the prices
                """),
            telling: .entry(0, #"$\lambda$"#),
            note: #"""
                The price of
                weight is the number of flips; the price of a coin's probability is the number of flips *that the coin is
                responsible for*. A coin that was hardly ever flipped is cheap: hardly anything depends on it.
                """#,
            details: #"""
                The six numbers are $\lambda$, $\lambda_{1}$, $\lambda_{2}$, then the weight and the two head probabilities.
                """#)
        report.prose(
            #"""
            Substituting and multipliers are two ways of saying one thing. Substituting says: what $\weight{1}$ gains,
            $\weight{2}$ loses, so at the best place both slopes are equal. The multiplier gives that common slope a name. With
            two terms the first is shorter; with ten, nobody wants to substitute.
            """#)
    }

    // MARK: The second route

    /// Q with all six probabilities as unknowns: θ_1, θ_2, then heads and tails of coin 1 and of coin 2.
    private func unconstrained(_ p: [Double]) -> Double {
        var sum = 0.0
        for flip in flips {
            let q = flip ? first.heads : first.tails
            sum += q * (log(p[0]) + log(flip ? p[2] : p[3])) + (1 - q) * (log(p[1]) + log(flip ? p[4] : p[5]))
        }
        return sum
    }

    private func bySubstitution() throws -> [Double] {
        func derivative(_ weights: (Bool) -> (up: Double, down: Double)) -> (Double) -> Double {
            let pairs = flips.map(weights)
            return { p in pairs.reduce(0.0) { sum, pair in sum + pair.up / p - pair.down / (1 - p) } }
        }
        func share(_ flip: Bool, _ coin: Int) -> Double {
            let q = flip ? first.heads : first.tails
            return coin == 0 ? q : 1 - q
        }
        let weight = root(of: derivative { (share($0, 0), share($0, 1)) })
        let heads = [0, 1].map { coin in
            root(of: derivative { flip in flip ? (share(flip, coin), 0) : (0, share(flip, coin)) })
        }
        let point = [weight, 1 - weight, heads[0], 1 - heads[0], heads[1], 1 - heads[1]]
        let slopes = try CentralDifference.gradient(of: unconstrained, at: point)
        // Both slopes of a sum are its price; the means are taken.
        let prices: [Double] = [0, 2, 4].map { place in
            let sum = slopes[place] + slopes[place + 1]
            return -sum / 2
        }
        return prices + [weight] + heads
    }

    /// Where a falling function crosses 0, between 0 and 1.
    private func root(of f: (Double) -> Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if f(middle) > 0 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

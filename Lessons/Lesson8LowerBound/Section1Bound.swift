import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 1: a curve that lies below the log-likelihood and touches it at the guess.
struct Bound {
    let coin: BentCoin
    /// The iterates of EM from the guess, one unknown.
    let path: [Double]
    /// The assignments of the first E-step.
    let q: Matrix

    init(_ coin: BentCoin) throws {
        self.coin = coin
        path = try coin.climb()
        q = try coin.posterior(BentCoin.coins(coin.guess))
    }

    var guess: Double { coin.guess }
    var top: Double { path[path.count - 1] }

    func logLikelihood(_ bent: Double) throws -> Double { try coin.logLikelihood(BentCoin.coins(bent)) }

    /// F(q, θ) with the assignments of the guess.
    func bound(_ bent: Double) throws -> Double { try coin.potential(BentCoin.coins(bent), q) }

    func explain(in report: inout Report) throws {
        report.section("A curve below the curve")
        report.prose(
            #"""
            Two coins lie in a drawer, a bent one and a fair one. Somebody picks one of them, each with probability
            $\weight{k} = 1/2$, flips it \#(BentCoin.flips) times, and tells us how many heads there were; he does that
            $\obscount = \#(coin.sets.count)$ times, and never says which coin it was. In set $\obsindex$ there were
            $\headcount{n}$ heads. The fair coin's $\headprob{2} = 1/2$ is known, so there is **one** unknown: the
            probability $\headprob{1}$ of heads of the bent coin. (The \#(coin.sets.count) sets were drawn
            for this report; the bent coin had \#(BentCoin.truth[0], .significant(2)), which EM does not know.)

            All unknown parameters together are $\params$, here just $\headprob{1}$; all head counts together are $\data$, all hidden picks $\latents$.

            **The goal** is the value that makes the data most probable, so the highest point of the log-likelihood
            """#)
        report.formula(
            #"""
            \loglik{\params} = \sumobs \nlog \sumclasses \weight{k} \thinspace \binom{\flips}{\headcount{n}} \thinspace
            \headprob{k}^{\headcount{n}} \thinspace \tailprob{k}^{\flips - \headcount{n}}, \qquad \flips = \#(BentCoin.flips)
            """#)
        report.prose(
            #"""
            The sum inside the logarithm is what makes it hard: the terms of different coins do not come apart. EM goes another
            way. It stands at a guess, here $\headprob{1}^{(0)} = \#(guess, .significant(2))$, and replaces the curve by a simpler one that
            **lies below it everywhere and touches it at the guess**. It goes to the top of the simpler curve, and begins again there. The slides of STAT 215A call that “the insight
            of the EM algorithm”. They write $\printed{l(\theta \mid \theta^{(t)})}$ for the simpler curve that is made at $\paramsat{t}$; here it is $F_{t}(\params)$:
            """#)
        try equation(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                At the guess \#(guess, .significant(2)) both curves have the value \#(try logLikelihood(guess), .fixed(2)) and the
                same slope; elsewhere the bound is lower. Its top, at \#(path[1], .fixed(3)), is EM's next value.
                """#)
        report.prose(
            #"""
            **Where does such a curve come from?** From any guess about the hidden coins. Let $q(\latents)$ be a probability for
            each way in which the coins may have been picked. Multiply and divide by it inside the logarithm. A logarithm of a mean is at least the mean
            of the logarithms (Jensen's inequality), so
            """#)
        report.formula(
            #"""
            \loglik{\params} = \nlog \sum_{\latents} q(\latents) \thinspace
            \frac{p(\data, \latents \pgiven \params)}{q(\latents)} \ge
            \sum_{\latents} q(\latents) \thinspace \nlog \frac{p(\data, \latents \pgiven \params)}{q(\latents)} = F(q, \params)
            """#)
        report.prose(
            #"""
            Every $q$ gives a lower bound. **Which one touches?** Jensen's inequality is an equality where the fraction is the same
            for all $\latents$, which is so if $q(\latents)$ is proportional to $p(\data, \latents \pgiven \params)$: if it is the posterior
            $p(\latents \mid \data \cgiven \params)$, which is what the E-step computes. So the E-step at $\paramsat{t}$ makes the bound that touches there,
            $F_{t}(\params) = F(q, \params)$ with $q(\latents) = p(\latents \mid \data \cgiven \paramsat{t})$.

            **How large is the gap elsewhere?** It is the *Kullback-Leibler divergence* of $q$ from the posterior under $\params$,
            """#)
        report.formula(
            #"""
            \mathrm{KL}(q, \params) = \sum_{\latents} q(\latents) \thinspace \nlog
            \frac{q(\latents)}{p(\latents \mid \data \cgiven \params)} \ge 0
            """#)
        report.prose(
            #"""
            To see it, put the bound and the divergence together. In the product of the two fractions $q$ cancels. What is left is
            $p(\data, \latents \pgiven \params) / p(\latents \mid \data \cgiven \params) = p(\data \pgiven \params)$, in which there is no $\latents$:
            """#)
        report.formula(Proof.split)
        report.prose(
            #"""
            The divergence is never negative (section 5), and it is zero only if the two distributions are equal. So **the bound is bad where the E-step would decide otherwise**: at
            \#(try farthest.bent, .significant(2)), where the gap of the table is largest, the posterior has changed by up to
            \#(try farthest.change, .fixed(2)) for a single set.
            """#)
        report.define(#"\params"#, "parameters", "all unknowns together")
        report.define(#"\data"#, "data", "the head counts of all sets together")
        report.define(#"\latents"#, "latent variables", "which coin was picked, for all sets together")
        report.define(
            "F(q, \\params)", "lower bound, or potential", #"what EM climbs: $\Qname$ plus the entropy of $q$"#)
        report.define(
            #"\mathrm{KL}(q, \params)"#, "Kullback-Leibler divergence",
            #"the gap between log-likelihood and bound: how far $q$ is from the posterior under $\params$"#)
        report.define(
            "F_{t}(\\params)", "bound that touches",
            #"$F(q, \params)$ with the $q$ of the E-step at $\paramsat{t}$: it touches the log-likelihood there"#)
        report.define(
            #"\resp{n}{k}"#, "responsibility",
            #"posterior probability that set $\obsindex$ came from coin $\classindex$"#)
        try table(in: &report)
        try slopes(in: &report)
    }

    // MARK: Equation

    /// Values of the unknown at which curve and bound are compared: the second is the guess.
    private var places: [Double] { [0.15, guess, 0.4, 0.5, 0.65, 0.8, 0.9] }

    private func equation(in report: inout Report) throws {
        let pairs = try places.map { (curve: try logLikelihood($0), bound: try bound($0)) }
        let plain = coin.plain
        let posterior = plain.posterior(BentCoin.coins(guess))
        let gaps = places.map { plain.divergences(of: posterior, from: BentCoin.coins($0)).reduce(0, +) }
        report.equation(
            "stat215a.lower-bound",
            formula: #"""
                F_{t}(\params) \le \loglik{\params}, \qquad F_{t}(\paramsat{t}) = \loglik{\paramsat{t}}
                """#,
            printed: #"""
                l(\theta \mid \theta^{(t)}) \le \ell(\theta), \qquad l(\theta^{(t)} \mid \theta^{(t)}) = \ell(\theta^{(t)})
                """#,
            numbers: #"""
                \begin{aligned}
                \text{at } \#(guess, .significant(2)) \colon & \quad \#(pairs[1].bound, .fixed(3)) = \#(pairs[1].curve, .fixed(3)) \cr
                \text{at } \#(places[3], .significant(2)) \colon & \quad \#(pairs[3].bound, .fixed(3)) \le \#(pairs[3].curve, .fixed(3)) \cr
                \text{at } \#(places[5], .significant(2)) \colon & \quad \#(pairs[5].bound, .fixed(3)) \le \#(pairs[5].curve, .fixed(3))
                \end{aligned}
                """#,
            value: .vector(pairs.map { $0.curve - $0.bound }),
            again: .exact(
                .vector(gaps),
                """
                the Kullback-Leibler divergence between the posteriors at the guess and at each of the seven values, by plain \
                multiplication of probabilities
                """, tolerance: .rounding(scale: 1000)),
            telling: .entry(5, "gap at \(NumberFormat.significant(2).string(places[5]))"),
            note: #"""
                The values of the check are the gaps $\loglik{\params} - F_{0}(\params)$ at the seven values of the table below; the second is zero,
                since the guess is among them.
                """#)
    }

    private var farthest: (bent: Double, change: Double) {
        get throws {
            let gaps = try places.map { try logLikelihood($0) - bound($0) }
            let index = gaps.firstIndex(of: gaps.max() ?? 0) ?? 0
            let there = try coin.posterior(BentCoin.coins(places[index]))
            let change = (0..<q.rows).map { abs(q[$0, 0] - there[$0, 0]) }.max() ?? 0
            return (places[index], change)
        }
    }

    private func table(in report: inout Report) throws {
        report.table(
            [
                #"$\headprob{1}$"#, #"$\loglik{\params}$"#, "$F_{0}(\\params)$", "gap",
                "largest change of a posterior probability",
            ],
            rows: try places.map { place in
                let there = try coin.posterior(BentCoin.coins(place))
                let change = (0..<q.rows).map { abs(q[$0, 0] - there[$0, 0]) }.max() ?? 0
                let (curve, bound) = (try logLikelihood(place), try bound(place))
                return [
                    "\(place, .significant(2))", "\(curve, .fixed(3))", "\(bound, .fixed(3))",
                    "\(max(0, curve - bound), .fixed(3))", "\(change, .fixed(3))",
                ]
            },
            caption: #"""
                The log-likelihood, the bound made at \#(guess, .significant(2)), their gap, and how much the E-step would change its mind about one set
                if it were done here.
                """#)
    }

    // MARK: Slopes

    private func slopes(in report: inout Report) throws {
        let slope = zip(coin.sets, q.column(0)).reduce(0) { sum, row in
            let (heads, tails) = (Double(row.0.heads), Double(row.0.flips - row.0.heads))
            return sum + row.1 * (heads / guess - tails / (1 - guess))
        }
        let measured = [
            try CentralDifference.derivative(of: { coin.plain.logLikelihood(BentCoin.coins($0)) }, at: guess),
            try CentralDifference.derivative(of: bound, at: guess),
        ]
        report.prose(
            #"""
            Two smooth curves that touch without crossing have the same direction where they touch. So **at the guess the bound has the
            slope of the log-likelihood**, which is sometimes called Fisher's identity. Here the formula for the slope of the bound (the $\resp{n}{1}$ are the *responsibilities* of the E-step: how probable it is that set $\obsindex$ came from the bent coin),
            $\sumobs \resp{n}{1} \left( \headcount{n} / \headprob{1} - (\flips - \headcount{n}) / \tailprob{1} \right)$, gives
            \#(slope, .fixed(3)), and central differences give \#(measured[0], .fixed(3)) for the log-likelihood and \#(measured[1], .fixed(3)) for the bound.
            """#)
        report.check(
            "slope-at-the-guess", value: .vector([slope, slope]),
            again: .difference(
                .vector(measured), "central differences of the log-likelihood and of the bound at the guess",
                relative: true))
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let range = 0.04...0.97
        let xs = stride(from: range.lowerBound, through: range.upperBound, by: 0.005).map { $0 }
        let curve = try xs.map { Point($0, try logLikelihood($0)) }
        let below = try xs.map { Point($0, try bound($0)) }
        let (low, high) = (try logLikelihood(0.08), try logLikelihood(top))
        let room = high - low
        let touch = Point(guess, try logLikelihood(guess))
        let next = Point(path[1], try bound(path[1]))
        let above = Point(path[1], try logLikelihood(path[1]))
        let place = 0.62
        let gap = (try logLikelihood(place), max(try bound(place), low - 0.2 * room))
        let panel = Panel(
            x: Axis(try report.label(#"$\headprob{1}$, heads of the bent coin"#), range: 0...1),
            y: Axis("log units", range: (low - 0.28 * room)...(high + 0.1 * room)),
            layers: [
                .band(
                    x: xs, low: below.map { max($0.y, low - 0.28 * room) },
                    high: curve.map { max($0.y, low - 0.28 * room) },
                    color: .orange.opacity(0.16)),
                .line(curve, style: LineStyle(.blue, width: 2.6)),
                .line(below, style: LineStyle(.vermillion, width: 2.2, dash: .dashed)),
                .rule(x: path[1], style: LineStyle(.grey, width: 1, dash: .dotted)),
                .scatter([touch], style: MarkerStyle(.ink, .circle, size: 9)),
                .scatter([next], style: MarkerStyle(.vermillion, .triangle, size: 10)),
                .scatter([above], style: MarkerStyle(.blue, .circle, size: 9)),
                .annotation("they touch at the guess", at: touch, anchor: .bottomRight),
                .annotation(
                    "top of the bound: EM's next value", at: Point(path[1] - 0.14, low - 0.2 * room), anchor: .topLeft,
                    pointingAt: next, color: .vermillion),
                .annotation(
                    "the log-likelihood", at: Point(0.72, try logLikelihood(0.72)), anchor: .bottomRight, color: .blue),
                .annotation(
                    "gap: a divergence", at: Point(place, (gap.0 + gap.1) / 2), anchor: .center, color: .orange),
            ], legend: .none)
        return Figure(
            id: "bound", title: "A lower bound that touches the log-likelihood at the guess",
            subtitle: try report.label(
                #"\#(coin.sets.count) sets of ten flips; solid: $\loglik{\params}$; dashed: the bound made at \#(guess, .significant(2))"#
            ),
            alt: report.words(
                #"""
                The log-likelihood of the bent coin's probability of heads rises from \#(low, .fixed(1)) at 0.08 to its top \#(high, .fixed(1)) at
                \#(top, .fixed(3)). A dashed curve lies below it, touches it at \#(guess, .significant(2)) with the same slope, has its own
                top at \#(path[1], .fixed(3)), and falls away to the right, where the gap is shaded.
                """#),
            panels: [panel], size: Size(width: 760, height: 470))
    }
}

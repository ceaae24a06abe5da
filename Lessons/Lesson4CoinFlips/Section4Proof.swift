import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 4: why EM never lowers the log-likelihood: the proof, its numbers, and a picture of the bound.
struct Proof {
    private let round: RoundByHand

    init() throws { round = try .shown() }

    private var start: Mixture<Binomial> { round.start }
    private var after: Mixture<Binomial> { round.after }

    func explain(in report: inout Report) throws {
        report.section("Why EM never lowers the log-likelihood")
        report.prose(
            #"""
            A step of EM makes $\Qname$ as large as possible. Why does that never lower the log-likelihood, which is another function? This is
            the one theorem of the subject, and it takes half a page. Let $\obs{n}$ be an observation of any kind, such as a flip, or a set of ten.
            Let $\resp{n}{k}$ be the responsibilities under the old parameters $\paramsat{t}$, let $\params$ be any others, and recall that
            """#)
        report.formula(
            #"""
            \Q{\params}{\paramsat{t}} = \sumobs \sumclasses \resp{n}{k} \nlog p(\obs{n}, \isclass{n}{k} \pgiven \params), \qquad
            \entropy{\resps} = -\sumobs \sumclasses \resp{n}{k} \nlog \resp{n}{k}
            """#)
        report.define(
            #"\entropy{\resps}"#, "entropy", "how uncertain the hidden coins are, given the flips; 0 if all are certain"
        )
        report.define(
            nil, "Gibbs' inequality",
            "the average of a logarithm of probabilities is largest for those by which one averages")
        report.prose(
            #"""
            *Gibbs' inequality.* Let $q_{\classindex}$ and $p_{\classindex}$ be two sets of probabilities that each sum to 1. The logarithm lies nowhere above its tangent at 1:
            $\nlog u \le u - 1$ for every positive $u$, with equality only at $u = 1$. So, adding up over the classes with $q_{\classindex} \gt 0$ (if one of them has
            $p_{\classindex} = 0$, the left side is minus infinity, and nothing is to be shown),
            """#)
        report.formula(
            #"""
            \sumclasses q_{\classindex} \nlog \frac{p_{\classindex}}{q_{\classindex}}
            \le \sumclasses q_{\classindex} \left( \frac{p_{\classindex}}{q_{\classindex}} - 1 \right)
            \le 1 - 1 = 0, \qquad \text{that is} \quad
            -\sumclasses q_{\classindex} \nlog p_{\classindex} \ge -\sumclasses q_{\classindex} \nlog q_{\classindex}
            """#)
        report.prose(
            #"""
            *The identity.* By the definition of a conditional probability,
            $\nlog p(\obs{n} \pgiven \params) = \nlog p(\obs{n}, \isclass{n}{k} \pgiven \params) - \nlog p(\isclass{n}{k} \mid \obs{n} \cgiven \params)$
            for every class with $p(\obs{n}, \isclass{n}{k} \pgiven \params) \gt 0$. The left side does not depend on the class, so it is its own average with the
            weights $\resp{n}{k}$, which sum to 1 for each observation. Added up over the observations:
            """#)
        report.formula(
            #"""
            \loglik{\params} = \Q{\params}{\paramsat{t}}
            - \sumobs \sumclasses \resp{n}{k} \nlog p(\isclass{n}{k} \mid \obs{n} \cgiven \params)
            """#)
        report.prose(
            #"""
            (A class with $\resp{n}{k} = 0$ adds nothing, whatever its logarithm: zero times the logarithm of zero counts as zero. What if
            $p(\obs{n}, \isclass{n}{k} \pgiven \params) = 0$ for a class with $\resp{n}{k} \gt 0$? Then there is no identity, but none is needed: $\Q{\params}{\paramsat{t}}$
            is minus infinity, and the bound below is true of itself.)

            *The bound.* By Gibbs' inequality, for each observation, the last sum with its minus sign is at least the entropy $\entropy{\resps}$,
            whatever $\params$ is. At $\params = \paramsat{t}$ the probabilities in it are the responsibilities themselves, and it *is* the entropy:
            """#)
        report.formula(
            #"""
            \loglik{\params} \ge \Q{\params}{\paramsat{t}} + \entropy{\resps}, \qquad
            \loglik{\paramsat{t}} = \Q{\paramsat{t}}{\paramsat{t}} + \entropy{\resps}
            """#)
        report.define(
            nil, "lower bound",
            #"$\Q{\params}{\paramsat{t}} + \entropy{\resps}$: never above $\loglik{\params}$, and equal to it at $\paramsat{t}$"#
        )
        report.prose(
            #"""
            *The step.* The M-step chooses $\paramsat{t+1}$ so that $\Qname$ is as large as possible, hence not smaller than at $\paramsat{t}$. Read from
            left to right, that is the theorem:
            """#)
        report.formula(
            #"""
            \loglik{\paramsat{t+1}} \ge \Q{\paramsat{t+1}}{\paramsat{t}} + \entropy{\resps}
            \ge \Q{\paramsat{t}}{\paramsat{t}} + \entropy{\resps} = \loglik{\paramsat{t}}
            """#)
        report.prose(
            #"""
            Nothing in it is about coins: it holds for every mixture. Nor did we need the *largest* $\Qname$: any parameters that raise it will do.
            What the theorem does not say is that EM finds the highest summit, or how fast; it climbs whichever hill it stands on. ([Lesson:8] goes deeper.)
            """#)
        try numbers(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                The log-likelihood of the round by hand (black) along the straight line from the old parameters through the new ones. The bound (blue) touches it
                at the old parameters and is highest at the new ones, where the log-likelihood is higher still. From there
                the next bound (dashed) is drawn.
                """#)
    }

    // MARK: The numbers

    /// ln of the joint probability of each set and coin, a row for each set, without the binomial coefficients.
    private func logJoint(_ mixture: Mixture<Binomial>) -> [[Double]] {
        round.data.map { row in
            zip(mixture.weights, mixture.heads).map { weight, p in
                log(weight) + Double(row.heads) * log(p) + Double(row.flips - row.heads) * log(1 - p)
            }
        }
    }

    /// Q with given responsibilities plus their entropy: the lower bound of ℓ.
    private func bound(_ mixture: Mixture<Binomial>, _ shares: [[Double]]) -> Double {
        zip(logJoint(mixture), shares).reduce(0) { sum, row in
            zip(row.0, row.1).reduce(sum) { $0 + $1.1 * ($1.0 - log($1.1)) }
        }
    }

    private func responsibilities(_ mixture: Mixture<Binomial>) throws -> [[Double]] {
        try round.data.map { try mixture.responsibilities(at: $0) }
    }

    private func numbers(in report: inout Report) throws {
        let (old, new) = (round.logLikelihood(start), round.logLikelihood(after))
        let atNew = bound(after, round.shares)
        let updated = try responsibilities(after)
        // How far the posteriors at the new parameters are from the responsibilities: Σ q ln(q / p).
        let divergence = zip(round.shares, updated).reduce(0) { sum, row in
            zip(row.0, row.1).reduce(sum) { $0 + $1.0 * log($1.0 / $1.1) }
        }
        report.prose(
            #"""
            In the round by hand of section 1 the chain reads $\#(new, .fixed(5)) \ge \#(atNew, .fixed(5)) \ge \#(bound(start, round.shares), .fixed(5)) = \#(old, .fixed(5))$
            (as there, without the binomial coefficients, which would move all four by the same amount).
            The M-step guaranteed \#(atNew - old, .fixed(4)); the log-likelihood gained \#(new - old, .fixed(4)). The difference,
            \#(divergence, .fixed(4)), is what Gibbs' inequality gave away. [fig:bound] draws it.
            """#)
        report.check(
            "bound-and-gain", value: [new - atNew, old - bound(start, round.shares)],
            again: .exact(
                [divergence, 0],
                "the sum of q ln(q/p) over all sets and coins, q the old responsibilities and p those at the new parameters; and by zero, where the bound touches"
            ))
    }

    // MARK: The picture

    /// The parameters at a place of the line: 0 is the old ones, 1 the new ones.
    private func mixture(at s: Double) throws -> Mixture<Binomial> {
        func between(_ a: Double, _ b: Double) -> Double { a + s * (b - a) }
        let weight = between(start.weights[0], after.weights[0])
        return try binomialMixture(
            weights: [weight, 1 - weight], heads: zip(start.heads, after.heads).map { between($0, $1) },
            flips: round.flips)
    }

    private func figure(_ report: Report) throws -> Figure {
        let updated = try responsibilities(after)
        let places = (0...240).map { -1.1 + 3.2 * Double($0) / 240 }
        let along = try places.map { try mixture(at: $0) }
        func curve(_ value: (Mixture<Binomial>) -> Double) -> [Point] {
            zip(places, along).map { Point($0, value($1)) }
        }
        let (old, new, atNew) = (round.logLikelihood(start), round.logLikelihood(after), bound(after, round.shares))
        return Figure(
            id: "bound", title: "Climb the bound, and the log-likelihood rises at least as much",
            subtitle: "The five sets of the round by hand, along a straight line through parameter space",
            alt: report.words(
                #"""
                Along a line through parameter space, the log-likelihood and below it the lower bound of the E-step. They touch at the old
                parameters, at \#(old, .fixed(3)). The bound is highest at the new parameters, \#(atNew, .fixed(3)); there the log-likelihood is
                \#(new, .fixed(3)). A second bound touches it there.
                """#),
            panels: [
                Panel(
                    x: Axis(
                        nil, range: -1.1...2.1,
                        ticks: .labelled([
                            (value: 0, label: try report.label(#"$\paramsat{t}$"#)),
                            (value: 1, label: try report.label(#"$\paramsat{t+1}$"#)),
                        ])),
                    y: Axis("log-likelihood", range: (new - 2.6)...(new + 0.6)),
                    layers: [
                        .line(
                            curve { bound($0, updated) }, style: LineStyle(.green, width: 1.6, dash: .dashed),
                            label: "next bound"),
                        .line(
                            curve { bound($0, round.shares) }, style: LineStyle(.blue, width: 2.2),
                            label: "bound"),
                        .line(
                            curve(round.logLikelihood), style: LineStyle(.ink, width: 2.2),
                            label: try report.label(#"$\loglik{\params}$"#)),
                        .scatter([Point(0, old)], style: MarkerStyle(.blue, .circle, size: 9)),
                        .scatter([Point(1, atNew)], style: MarkerStyle(.blue, .diamond, size: 9)),
                        .scatter([Point(1, new)], style: MarkerStyle(.ink, .circle, size: 9)),
                        .annotation(
                            "they touch here", at: Point(-0.2, old + 0.5), anchor: .bottomRight,
                            pointingAt: Point(0, old)),
                        .annotation(
                            "the summit of the bound", at: Point(0.9, atNew - 0.8), anchor: .top,
                            pointingAt: Point(1, atNew)),
                        .annotation(
                            "higher still", at: Point(0.7, new + 0.3), anchor: .bottomRight, pointingAt: Point(1, new)),
                    ])
            ], size: Size(width: 760, height: 460))
    }
}

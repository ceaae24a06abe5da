import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 8: with a prior, EM climbs the log posterior; coins under Beta priors, weights under a Dirichlet prior.
struct PosteriorMode {
    /// Few sets, so that a prior has something to say.
    private let coin: BentCoin
    /// The parameters of the Beta prior of each coin: like so many heads and tails more than one seen before.
    static let beta = (a: 4.0, b: 4.0)
    static let concentrations = [6.0, 6]
    private let start = [0.7, 0.4]
    private let ml: Fit<Binomial>
    private let map: Fit<Binomial>
    private let weightML: Fit<Binomial>
    private let weightMAP: Fit<Binomial>
    private let plane: Collapse

    init(_ whole: BentCoin, seed: UInt64) throws {
        coin = BentCoin(sets: Array(whole.sets.prefix(12)))
        let prior = try Estimator<Binomial>.betaPrior(Self.beta.a, Self.beta.b)
        let sets = coin.sets
        func fit(_ mixture: Mixture<Binomial>, _ rule: WeightRule, _ estimator: Estimator<Binomial>) throws -> Fit<
            Binomial
        > {
            try EM(data: sets, start: mixture, weights: rule, estimator: estimator, stop: BentCoin.atRest).fit()
        }
        ml = try fit(BentCoin.mixture(start), .fixed, .maximumLikelihood)
        map = try fit(BentCoin.mixture(start), .fixed, prior)
        let known = try BentCoin.mixture(BentCoin.truth)
        let fixed = Estimator<Binomial> { (_: [Binomial.Statistics]) in known.components }
        let unequal = try Mixture(weights: [0.9, 0.1], components: known.components)
        weightML = try fit(unequal, .free, fixed)
        weightMAP = try fit(unequal, .dirichlet(Self.concentrations), fixed)
        plane = try Collapse(seed: seed)
    }

    func explain(in report: inout Report) throws {
        report.section("With a prior")
        report.prose(
            #"""
            Add what one believed before the data: a prior density $p(\params)$. The *most probable* parameters after the data maximise
            $\loglik{\params} + \nlog p(\params)$ (maximum a posteriori, MAP). The prior does not contain $\latents$, so it passes through the bound untouched, and
            **the E-step stays as it is**; only the M-step maximises one term more.
            """#)
        report.define(
            "p(\\params)", "prior",
            #"the density of the parameters before the data; $\nlog p(\params)$ is added to $\Qname$"#)
        try equation(in: &report)
        try erratum(in: &report)
        try table(in: &report)
        try plane.explain(in: &report)
    }

    // MARK: The equation

    /// The plain log prior of the coins, without its constant.
    private func plainPrior(_ heads: [Double]) -> Double {
        heads.reduce(0) { $0 + (Self.beta.a - 1) * log($1) + (Self.beta.b - 1) * log(1 - $1) }
    }

    private func headsOf(_ fit: Fit<Binomial>) -> [Double] { fit.mixture.components.map(\.probability) }

    private func equation(in report: inout Report) throws {
        let plain = coin.plain
        func chance(_ u: Double) -> Double { 1 / (1 + exp(-u)) }
        func logit(_ p: Double) -> Double { log(p / (1 - p)) }
        let coins = try NewtonAscent.maximum(
            of: { plain.logLikelihood($0.map(chance)) + plainPrior($0.map(chance)) }, from: start.map(logit)
        ).argument.map(chance)
        let share = try NewtonAscent.maximum(
            of: { u in
                let weights = [chance(u[0]), chance(-u[0])]
                let prior = zip(Self.concentrations, weights).reduce(0) { $0 + ($1.0 - 1) * log($1.1) }
                return PlainCoins(sets: coin.sets, weights: weights).logLikelihood(BentCoin.truth) + prior
            }, from: [0]
        ).argument
        let ours = headsOf(map) + [weightMAP.mixture.weights[0]] + plane.mapNumbers
        let first = map.trace[0]
        let parts = (first.expectedCompleteLogLikelihood, first.logPrior)
        report.equation(
            "prml.9.33",
            formula: #"""
                Q'(\params, \paramsat{t}) = \Q{\params}{\paramsat{t}} + \nlog p(\params), \qquad
                \loglik{\params} + \nlog p(\params) \ge F_{t}(\params) + \nlog p(\params)
                """#,
            numbers: #"""
                \begin{aligned}
                & Q'(\paramsat{0}, \paramsat{0}) = \#(parts.0, .fixed(3)) + \#(parts.1, .fixed(3)) \#(RoundedSum.sign(parts.0 + parts.1, [parts.0, parts.1], decimals: 3)) \#(parts.0 + parts.1, .fixed(3)) \cr
                & \text{Beta: } \headprobs = \#(headsOf(map), .fixed(4)) \text{, without a prior } \#(headsOf(ml), .fixed(4)) \cr
                & \text{Dirichlet: } \weight{1} = \#(weightMAP.mixture.weights[0], .fixed(4)) \text{, without } \#(weightML.mixture.weights[0], .fixed(4))
                \end{aligned}
                """#,
            value: .vector(ours),
            again: .search(
                .vector(coins + [chance(share[0])] + (try plane.searched())),
                """
                Newton's method on the log-likelihood plus the logarithm of the prior, written out for coins, weights and \
                Gaussians, with differences for derivatives and without any E-step; for the Gaussians it starts a little beside \
                EM's end, so that of several summits it finds the same one
                """, relative: true),
            telling: .entry(0, #"$\headprob{1}$ under the Beta prior"#),
            note: #"""
                The values of the check are the two coins under Beta priors, the weight under a Dirichlet prior, and the weight, means and
                covariances of two Gaussians under inverse-Wishart priors, which come below.
                """#)
        for (name, what, fit) in [
            ("beta", "of the coins", map.trace.map(\.objective)),
            ("dirichlet", "of the weights", weightMAP.trace.map(\.objective)),
            ("wishart", "of the Gaussians", plane.objectives),
        ] {
            report.check(
                "log-posterior-climbs-\(name)", value: .vector(fit),
                again: .nonDecreasing(
                    fit, "no step lowers the log-likelihood plus the log prior \(what)",
                    by: "comparing each step with the next",
                    tolerance: .rounding(scale: max(100, abs(fit[0])))))
        }
    }

    private func erratum(in report: inout Report) throws {
        let ends = [ml, map].map { fit -> (curve: Double, prior: Double) in
            let heads = headsOf(fit)
            let constant = 2 * (lgamma(Self.beta.a + Self.beta.b) - lgamma(Self.beta.a) - lgamma(Self.beta.b))
            return (fit.last.logLikelihood, plainPrior(heads) + constant)
        }
        let sums = ends.map { $0.curve + $0.prior }
        report.erratum(
            "errata.prml.9.33",
            printed: #"“the log likelihood function becomes $\ln p(\theta \mid \mathbf{X})$ = …”"#,
            corrected: #"""
                the log *posterior* is $\ln p(\theta \mid \mathbf{X})$; the log likelihood $\ln p(\mathbf{X} \mid \theta)$ is a part of it, and stays what it was
                """#,
            shown: #"""
                the two have different tops. At the maximum of the likelihood, $\ln p(\mathbf{X} \mid \theta)$ is \#(ends[0].curve, .fixed(3)), and
                $\ln \lbrace p(\mathbf{X} \mid \theta) \thinspace p(\theta) \rbrace$ is \#(sums[0], .fixed(3)); at the maximum of the posterior they are
                \#(ends[1].curve, .fixed(3)) and \#(sums[1], .fixed(3))
                """#)
    }

    // MARK: Iterates

    private func table(in report: inout Report) throws {
        let (a, b) = (Self.beta.a, Self.beta.b)
        report.prose(
            #"""
            **Beta.** Under a Beta($a$, $b$) prior, with density proportional to
            $\headprob{}^{a - 1} \tailprob{}^{b - 1}$, the M-step adds $a - 1$ heads and $b - 1$ tails to what each coin is expected to have shown:
            $(\text{expected heads} + a - 1) / (\text{expected flips} + a + b - 2)$. Here are the first \#(coin.sets.count) sets alone, both coins unknown, with
            $a = b = \#(a, .significant(2))$: \#(a - 1, .significant(2)) heads and \#(b - 1, .significant(2)) tails for each coin, from nowhere.
            """#)
        let last = max(ml.trace.count, map.trace.count) - 1
        let shown = [0, 1, 2, 3, 5, 10, 20].filter { $0 < last } + [last]
        func row(_ fit: Fit<Binomial>, _ t: Int) -> TraceRow<Binomial> { fit.trace[min(t, fit.trace.count - 1)] }
        report.table(
            [
                "step", #"ML: $\headprob{1}, \headprob{2}$"#, #"$\loglik{\params}$"#,
                #"MAP: $\headprob{1}, \headprob{2}$"#,
                #"$\loglik{\params}$"#, #"$\loglik{\params} + \nlog p(\params)$"#,
            ],
            rows: shown.map { t in
                let (left, right) = (row(ml, t), row(map, t))
                return [
                    t == last ? "end" : "\(t)", "\(left.mixture.components.map(\.probability), .fixed(4))",
                    "\(left.logLikelihood, .fixed(3))", "\(right.mixture.components.map(\.probability), .fixed(4))",
                    "\(right.logLikelihood, .fixed(3))", "\(right.objective, .fixed(3))",
                ]
            },
            caption: #"""
                Without a prior (left) and with a Beta(\#(a, .significant(2)), \#(b, .significant(2))) prior on each coin (right), from one start. The last column never falls.
                """#)
        func falls(_ fit: Fit<Binomial>) -> Bool {
            zip(fit.trace, fit.trace.dropFirst()).contains { $0.logLikelihood > $1.logLikelihood + 1e-9 }
        }
        let (m, p) = (headsOf(ml), headsOf(map))
        report.prose(
            #"""
            The prior \#(zip(p, m).allSatisfy { abs($0 - 0.5) < abs($1 - 0.5) } ? "pulls both coins towards 1/2" : "moves the coins"), from \#(m, .fixed(3)) to
            \#(p, .fixed(3)). What climbs is the last column; the log-likelihood of the MAP iterates
            \#(falls(map) ? "falls in some of the steps, and nobody promised otherwise" : "happens to rise as well, but nobody promised that\(falls(weightMAP) ? ": in the next table it falls in some of the steps" : "")").
            """#)
        weights(in: &report)
    }

    private func weights(in report: inout Report) {
        let ends = [weightML, weightMAP].map { $0.mixture.weights[0] }
        report.prose(
            #"""
            **Dirichlet.** The prior of the weights has density proportional to $\prodclasses \weight{k}^{\alpha_{\classindex} - 1}$, and its
            update is $\weight{k} = (\effcount{k} + \alpha_{\classindex} - 1) / (\obscount + \sumclasses (\alpha_{\classindex} - 1))$: each
            component gets $\alpha_{\classindex} - 1$ observations for free. Now the coins are known,
            \#(BentCoin.truth, .significant(2)), and the weights are not; $\alpha_{\classindex} = \#(Self.concentrations[0], .significant(2))$ for both
            coins, so each gets \#(Self.concentrations[0] - 1, .significant(2)) sets for free.
            """#)
        let last = max(weightML.trace.count, weightMAP.trace.count) - 1
        let shown = [0, 1, 2, 3, 5, 10].filter { $0 < last } + [last]
        func row(_ fit: Fit<Binomial>, _ t: Int) -> TraceRow<Binomial> { fit.trace[min(t, fit.trace.count - 1)] }
        report.table(
            [
                "step", #"ML: $\weight{1}$"#, #"$\loglik{\params}$"#, #"MAP: $\weight{1}$"#, #"$\loglik{\params}$"#,
                #"$\loglik{\params} + \nlog p(\params)$"#,
            ],
            rows: shown.map { t in
                let (left, right) = (row(weightML, t), row(weightMAP, t))
                return [
                    t == last ? "end" : "\(t)", "\(left.mixture.weights[0], .fixed(4))",
                    "\(left.logLikelihood, .fixed(3))",
                    "\(right.mixture.weights[0], .fixed(4))", "\(right.logLikelihood, .fixed(3))",
                    "\(right.objective, .fixed(3))",
                ]
            },
            caption: #"""
                The share of the bent coin in the first \#(coin.sets.count) sets, from 0.9 on: without a prior it ends at
                \#(ends[0], .fixed(3)), with the prior at \#(ends[1], .fixed(3))\#(abs(ends[1] - 0.5) < abs(ends[0] - 0.5) ? ", which is nearer to 1/2" : "").
                """#)
    }
}

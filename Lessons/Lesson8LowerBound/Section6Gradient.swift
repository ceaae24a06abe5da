import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 6: generalised EM, where the M-step is one step along the gradient.
struct GradientStep {
    private let coin: MagnetCoin
    private let guess = 0.3
    private let oneStep: [Double]
    private let fullSteps: [Double]
    private let innerSteps: Int

    init(seed: UInt64) throws {
        coin = try MagnetCoin(seed: seed)
        var path = [guess]
        while path.count < 400 {
            let here = path[path.count - 1]
            path.append(try coin.gradientStep(here))
            if abs(path[path.count - 1] - here) < 1e-9 { break }
        }
        oneStep = path
        var (full, inner) = ([guess], 0)
        while full.count < 400 {
            let here = full[full.count - 1]
            let step = try coin.fullStep(here)
            full.append(step.a)
            inner += step.inner
            if abs(step.a - here) < 1e-9 { break }
        }
        (fullSteps, innerSteps) = (full, inner)
    }

    func explain(in report: inout Report) throws {
        report.section("Where the M-step has no formula")
        report.prose(
            #"""
            Step 3 of the proof asks for a $\params$ that *raises* $\Qname$, and not for the best one. An algorithm that takes any such
            $\params$ is called **generalised EM** (Dempster, Laird and Rubin 1977), and the proof covers it as it stands.

            One needs that where the maximum of $\Qname$ has no formula. “In these cases, instead we can do gradient descent to calculate the
            optimal value”, says the CS 181 handout near the end of its section 2.4 (of minus $\Qname$, that is; on $\Qname$ itself one goes *up*). Here is such a case. The
            bent coin is a magnetic one now, and in set $\obsindex$ it was flipped over a magnet of known strength $s_{\obsindex}$ between
            -1.5 and 1.5; its probability of heads is $1 / (1 + e^{-a s_{\obsindex}})$, with one unknown $a$ for all sets. (The
            other coin is of wood, and fair. \#(coin.sets.count) sets were drawn with $a = \#(MagnetCoin.truth, .significant(2))$.) The slope of $\Qname$ is
            """#)
        report.formula(
            #"""
            \frac{\partial \Qname}{\partial a} = \sumobs \resp{n}{1} \thinspace s_{\obsindex} \left( \headcount{n} -
            \frac{\flips}{1 + e^{-a s_{\obsindex}}} \right)
            """#)
        report.prose(
            #"""
            with \#(coin.sets.count) different exponentials of $a$: setting it to zero leaves an equation for which there is no formula. But the slope itself is easy to compute. Go $\eta$ times the slope. **How large may $\eta$ be?** The
            second derivative of $\Qname$ is nowhere below $-C$ with
            $C = \sumobs \resp{n}{1} \thinspace s_{\obsindex}^{2} \thinspace \flips / 4$, since $p (1 - p) \le 1/4$. The parabola with this curvature that touches $\Qname$ at the guess lies below it everywhere, and its top is
            at $\eta = 1/C$: with that $\eta$ the step *always* raises $\Qname$, by at least half of $\eta$ times the slope squared.
            """#)
        try equation(in: &report)
        try lengths(in: &report)
        try comparison(in: &report)
    }

    // MARK: The equation

    /// Q and ℓ by plain multiplication.
    private func plain(_ a: Double, _ shares: [Double]) -> (expected: Double, curve: Double) {
        var (expected, curve) = (0.0, 0.0)
        for row in coin.sets.indices {
            let p = MagnetCoin.headProbability(a, coin.strengths[row])
            let single = PlainCoins(sets: [coin.sets[row]], weights: BentCoin.weights)
            let heads = BentCoin.coins(p)
            expected += single.expected(heads, [[shares[row], 1 - shares[row]]])
            curve += single.logLikelihood(heads)
        }
        return (expected, curve)
    }

    private func equation(in report: inout Report) throws {
        let shares = try coin.shares(guess)
        let (slope, curvature) = (coin.slope(guess, shares), coin.steepestCurvature(shares))
        let next = oneStep[1]
        let rises = [
            try coin.expected(next, shares) - coin.expected(guess, shares),
            try coin.logLikelihood(next) - coin.logLikelihood(guess),
        ]
        let measured = try CentralDifference.derivative(of: { plain($0, shares).expected }, at: guess)
        let there = guess + measured / curvature
        let (before, after) = (plain(guess, shares), plain(there, shares))
        report.equation(
            "cs181.gradient-m-step",
            formula: #"""
                \paramsat{t+1} = \paramsat{t} + \eta \thinspace \frac{\partial}{\partial \params}
                \Q{\params}{\paramsat{t}} \text{ at } \paramsat{t}, \qquad
                \loglik{\paramsat{t+1}} - \loglik{\paramsat{t}} \ge \Q{\paramsat{t+1}}{\paramsat{t}} - \Q{\paramsat{t}}{\paramsat{t}} \ge 0
                """#,
            numbers: #"""
                \begin{aligned}
                & a^{(1)} = \#(guess, .significant(2)) + \frac{1}{\#(curvature, .fixed(3))} \times \#(slope, .fixed(3)) = \#(next, .fixed(4)) \cr
                & \#(rises[1], .fixed(4)) \ge \#(rises[0], .fixed(4)) \ge 0
                \end{aligned}
                """#,
            value: .vector([slope, next] + rises),
            again: .difference(
                .vector([measured, there, after.expected - before.expected, after.curve - before.curve]),
                """
                central differences of Q for the slope and the step along it, and both rises by plain multiplication of \
                probabilities
                """, relative: true),
            telling: .entry(1, #"$a^{(1)}$"#),
            note: #"""
                The best $a$ for these assignments would be \#(fullSteps[1], .fixed(4)); the gradient step has gone
                \#((next - guess) / (fullSteps[1] - guess), .percent(0)) of the way there.
                """#)
    }

    // MARK: How long a step

    private let lengths = [0.5, 1.0, 2, 4, 8, 16]

    private func lengths(in report: inout Report) throws {
        let shares = try coin.shares(guess)
        let base = (try coin.expected(guess, shares), try coin.logLikelihood(guess))
        let rows = try lengths.map { length -> (length: Double, a: Double, q: Double, curve: Double) in
            let a = try coin.gradientStep(guess, length: length)
            return (length, a, try coin.expected(a, shares) - base.0, try coin.logLikelihood(a) - base.1)
        }
        report.predict(
            "What happens if the step is chosen too long?",
            answer:
                "It jumps over the top of Q, and if it lands far enough on the other side, Q has fallen. Then the proof promises nothing."
        )
        report.table(
            [#"$\eta$, in units of $1/C$"#, "$a^{(1)}$", #"rise of $\Qname$"#, #"rise of $\loglik{\params}$"#],
            rows: rows.map { row in
                [
                    "\(row.length, .significant(2))", "\(row.a, .fixed(3))", "\(row.q, .fixed(3))",
                    "\(row.curve, .fixed(3))",
                ]
            },
            caption: "From the guess, steps of several lengths along the same slope.")
        let fallen = rows.filter { $0.q < 0 }
        let saved = fallen.filter { $0.curve > 0 }
        let longest = rows.filter { $0.q >= 0 }.map(\.length).max() ?? 1
        report.prose(
            #"""
            Up to \#(longest, .significant(2)) times the safe length $\Qname$ still rises, and wherever it does, the log-likelihood rises at least as much. \#(fallen.isEmpty ? "No step of the table is so long that $\\Qname$ falls." : "With \(fallen.count == 1 ? "the longest step" : "the \(fallen.count) longest steps") $\\Qname$ falls, and \(saved.isEmpty ? "so does the log-likelihood" : "the log-likelihood, which had been promised nothing, rises all the same in \(saved.count) of \(fallen.count) cases").")
            In practice one tries a long step and halves it until $\Qname$ has risen.
            """#)
    }

    // MARK: Gradient steps against full M-steps

    private func comparison(in report: inout Report) throws {
        let values = try oneStep.map(coin.logLikelihood)
        report.check(
            "generalised-em-climbs", value: .vector(values),
            again: .nonDecreasing(
                values, "no gradient step lowers the log-likelihood", by: "comparing each step with the next",
                tolerance: .rounding(scale: values[0])))
        let slope = try CentralDifference.derivative(of: coin.logLikelihood, at: oneStep[oneStep.count - 1])
        report.check(
            "generalised-em-ends", value: .number(oneStep[oneStep.count - 1]),
            again: .property(
                "at the end the log-likelihood has no slope", by: "central differences", the: "size of the slope",
                is: abs(slope),
                tolerance: .numericalMaximization))
        let (rounds, fullRounds) = (oneStep.count - 1, fullSteps.count - 1)
        // What a full M-step spends in gradient steps, and saves in E-steps.
        let (spent, saved) = (innerSteps - rounds, rounds - fullRounds)
        let verdict =
            spent <= 0
            ? "Here the full M-steps are no waste."
            : saved <= 0
                ? "To polish an M-step is a waste here: the bound will be replaced anyway."
                : """
                Unless an E-step costs more than \(NumberFormat.significant(2).string(Double(spent) / Double(saved))) gradient steps, to \
                polish an M-step is a waste: the bound will be replaced anyway. (Here each of the two goes through the sets once.)
                """
        report.prose(
            #"""
            Repeated with a new E-step each time, single gradient steps come to rest at $a = \#(oneStep[oneStep.count - 1], .fixed(4))$ after
            \#(rounds) rounds, which are \#(rounds) E-steps and \#(rounds) gradient steps. With full M-steps (gradient steps repeated until $\Qname$ is at its top) it takes \#(fullRounds) rounds to
            \#(fullSteps[fullSteps.count - 1], .fixed(4)): \#(fullRounds) E-steps, and \#(innerSteps) gradient steps in all. \#(verdict)
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                Left: at the guess $\Qname$ has the slope of the log-likelihood; one gradient step goes from there to the diamond. Right: how far $a$ is from its final value, round by round, down to
                1e-8 (both come to rest a few rounds later). Later on both are straight lines on this scale: each round leaves a fixed share of the error.
                """#)
    }

    private func figure(_ report: Report) throws -> Figure {
        func errors(_ path: [Double]) -> [Point] {
            let end = path[path.count - 1]
            return path.dropLast(2).enumerated().map { Point(Double($0), abs($1 - end)) }.filter { $0.y > 1e-8 }
        }
        let shares = try coin.shares(guess)
        let base = try coin.logLikelihood(guess)
        let shift = try coin.expected(guess, shares)
        let range = 0.0...2.6
        let height = try coin.logLikelihood(oneStep[oneStep.count - 1]) - base
        let curves = Panel(
            title: "Both curves, less their values at the guess",
            x: Axis("a", range: range), y: Axis("log units"),
            layers: [
                .function(over: range, style: LineStyle(.blue, width: 2.4)) { a in
                    (try? coin.logLikelihood(a) - base) ?? .nan
                },
                .function(over: range, style: LineStyle(.vermillion, dash: .dashed)) { a in
                    (try? coin.expected(a, shares) - shift) ?? .nan
                },
                .scatter([Point(guess, 0)], style: MarkerStyle(.ink, .circle, size: 8)),
                .scatter(
                    [Point(oneStep[1], try coin.expected(oneStep[1], shares) - shift)],
                    style: MarkerStyle(.vermillion, .diamond, size: 9)),
                .annotation("guess", at: Point(guess, 0), anchor: .topLeft),
                .annotation(
                    "one gradient step", at: Point(oneStep[1], -0.15 * height), anchor: .top,
                    pointingAt: Point(oneStep[1], try coin.expected(oneStep[1], shares) - shift), color: .vermillion),
                .annotation(
                    "log-likelihood", at: Point(1.1, try coin.logLikelihood(1.1) - base), anchor: .bottomRight,
                    color: .blue),
                .annotation(
                    "Q", at: Point(2, try coin.expected(2, shares) - shift), anchor: .bottomLeft, color: .vermillion),
            ], legend: .none)
        let way = Panel(
            title: "Distance from the end",
            x: Axis("round"), y: Axis(nil, scale: .logarithmic),
            layers: [
                .line(errors(oneStep), style: LineStyle(.vermillion, dash: .dashed), label: "one gradient step"),
                .line(errors(fullSteps), style: LineStyle(.blue), label: "full M-steps"),
            ], legend: .topRight)
        return Figure(
            id: "gradient", title: "A step that raises Q is enough",
            subtitle: "Left: at the guess Q has the slope of the log-likelihood. Right: how fast both variants arrive",
            alt: report.words(
                #"""
                Left: the log-likelihood of a and Q, both less their values at the guess \#(guess, .significant(2)); one gradient step leads to
                \#(oneStep[1], .fixed(3)), short of the top of Q at \#(fullSteps[1], .fixed(3)). Right: on a logarithmic scale the distance from the end falls
                along nearly straight lines, to rest in \#(oneStep.count - 1) rounds with gradient steps and \#(fullSteps.count - 1) with full M-steps.
                """#),
            panels: [curves, way], columns: 2, size: Size(width: 900, height: 400))
    }
}

import Figures
import MixtureModels
import Notebook

/// Section 5: when to stop; a run in which Q falls at every step while ℓ rises. The ledger's erratum on the stopping rule.
struct StoppingStory {
    private let data: [HeadCount]
    /// Start on both sides of the data's own mean.
    private let run: CoinRun
    /// The same, until nothing moves any more.
    private let longRun: CoinRun
    /// Start far away, at 0.05 and 0.95.
    private let farRun: CoinRun

    init(seed: UInt64, progress: RunProgress) throws {
        let truth = try binomialMixture(weights: [0.5, 0.5], heads: [0.45, 0.6], flips: 10)
        var generator = SeededGenerator(seed: seed).stream(2)
        data = truth.sample(count: 200, using: &generator).map(\.observation)
        let mean = Double(data.reduce(0) { $0 + $1.heads }) / Double(data.reduce(0) { $0 + $1.flips })
        func run(_ heads: [Double], _ data: [HeadCount]) throws -> CoinRun {
            try CoinRun(
                HeadCountTable(data), start: binomialMixture(weights: [0.5, 0.5], heads: heads, flips: 10),
                weights: .fixed,
                stop: .any(.relativeChange(1e-8), .maximumSteps(1000)), progress: progress)
        }
        self.run = try run([mean - 0.14, mean + 0.14], data)
        longRun = try CoinRun(
            HeadCountTable(data), start: self.run.first.mixture, weights: .fixed,
            stop: .any(.relativeChange(1e-13), .maximumSteps(1000)), progress: progress)
        farRun = try run([0.05, 0.95], data)
    }

    func explain(in report: inout Report) throws {
        let (first, last) = (run.first, run.last)
        report.section("When to stop")
        report.prose(
            #"""
            In its section 2.2 the handout says to iterate “until the log-likelihood estimate in step 3 converges”. Step 3 there is
            the M-step, and the number found in it is $\Q{\paramsat{t+1}}{\paramsat{t}}$: the *new* parameters, with the
            responsibilities of the *old* ones. The handout's section 2.4 has a step 3 as well, which “can be helpful for … testing
            convergence”, and computes $\Q{\paramsat{t}}{\paramsat{t}}$: both times the same parameters. Is either of them an
            estimate of the log-likelihood? By the identity of section 4 the second differs from it by the entropy of the
            responsibilities, our uncertainty about the coins:
            """#)
        report.formula(#"\loglik{\paramsat{t}} = \Q{\paramsat{t}}{\paramsat{t}} + \entropy{\resps}"#)
        report.predict(
            #"""
            EM will raise $\loglik{\paramsat{t}}$ at every step, and every M-step makes $\Q{\params}{\paramsat{t}}$ as large as possible. Will
            $\Q{\paramsat{t}}{\paramsat{t}}$ rise at every step, too?
            """#,
            answer: #"""
                Nothing makes it, and in the run below it falls in \#(falls(run)). The M-step raises $\Qname$ with the responsibilities held fixed; then the E-step changes the
                responsibilities, and that may cost more than was gained.
                """#)
        report.prose(
            #"""
            In the identity the responsibilities are those under $\paramsat{t}$. EM never lowers the left side. It is free to move what is on
            the right from one term to the other, and when coins that were thought to be different turn out to be similar, it
            does: the entropy grows, and $\Qname$ may pay for it.

            Here is a run like that: 200 sets of ten flips of two coins that are nearly alike (0.45 and 0.60, equal weights, held
            fixed), started from two that are not: the share of heads in all the data, minus and plus 0.14, which is
            \#(first.mixture.heads, .fixed(3)). (It stops when a step changes the log-likelihood by no more than a part in $10^{8}$.) In \#(run.steps) steps the log-likelihood
            rises from \#(first.logLikelihood, .fixed(3)) to \#(last.logLikelihood, .fixed(3)) (with the binomial coefficients, as in section 3), and
            **$\Qname$ falls in \#(falls(run))**, from \#(first.expectedLogLikelihood, .fixed(3)) to
            \#(last.expectedLogLikelihood, .fixed(3)).
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                From the start to the end, the log-likelihood changes by \#(last.logLikelihood - first.logLikelihood, .fixed(3)), $\Qname$ by
                \#(last.expectedLogLikelihood - first.expectedLogLikelihood, .fixed(3)), and the entropy by \#(last.entropy - first.entropy, .fixed(3)): up
                to rounding, the first is the sum of the other two. Left: the log-likelihood, $\Qname$, and the entropy between them; right: their changes.
                """#)
        report.prose(
            #"""
            Another start changes the beginning. From the hopeless 0.05 and 0.95 the first step gains so much that $\Qname$ rises along with
            the log-likelihood; after that it falls in \#(fallsAfterFirst(farRun)).

            And the number of section 2.2? By construction $\Q{\paramsat{t+1}}{\paramsat{t}}$ is at least
            $\Q{\paramsat{t}}{\paramsat{t}}$: that is what the M-step does. Together with the entropy under the old parameters it is a
            lower bound of the new log-likelihood. But from one round to the next it, too, \#(try fallsOfMaximum()). So there are two kinds of
            $\Qname$ in every account of EM. Whenever a text uses the letter, ask: with whose responsibilities?
            """#)
        report.exercise(
            #"""
            What would have to be true of the coins for $\Qname$ to rise by *more* than the log-likelihood?
            """#,
            answer: #"""
                The entropy would have to fall: EM would have to become surer which coin each set came from. That happens when the coins
                turn out to be more different than the start says, as in the round by hand of section 1, where they moved apart.
                """#)
        report.erratum(
            "errata.cs181.converge",
            printed: #"""
                “until the log-likelihood estimate in step 3 converges”, where step 3 maximises
                $\Q{\params}{\paramsat{t}}$; section 2.4 tests convergence by $\Q{\paramsat{t}}{\paramsat{t}}$
                """#,
            corrected: #"""
                two questions. *Is the program right?* Watch $\loglik{\params}$, which must not fall; neither of the two numbers is an estimate of it, and
                either may fall while it rises. *Is the run at its end?* Watch the parameters, until they are at rest. All three numbers settle when the parameters do, so one
                may stop by any of them; but a small change of a number is no measure of what is still to gain
                """#,
            shown: #"""
                carried on until nothing moves, the run above ends with both at
                \#(longRun.last.expectedLogLikelihood, .fixed(3)), which is \#(longRun.last.entropy, .fixed(3)) below $\loglik{\params}$. “Stop when a step changes it by less than
                \#(Self.threshold, .significant(1))” stops, by $\loglik{\params}$, \#(stop(by: longRun.rows.map(\.logLikelihood)));
                by $\Q{\paramsat{t+1}}{\paramsat{t}}$, \#(stop(by: try maxima(of: longRun), offset: 1)); and by
                $\Q{\paramsat{t}}{\paramsat{t}}$, \#(stop(by: longRun.rows.map(\.expectedLogLikelihood)))
                """#)
    }

    // MARK: Which number to watch

    private static let threshold = 0.001

    /// The first step that changes the number by less than the threshold, and how far ℓ is from its end there.
    ///
    /// - Parameter offset: how many steps EM is ahead of the number's index: the maximum of an M-step belongs to the step after.
    private func stop(by values: [Double], offset: Int = 0) -> Prose {
        let steps = zip(values, values.dropFirst()).map { abs($1 - $0) }
        guard let index = steps.firstIndex(where: { $0 < Self.threshold }) else {
            return "not within \(longRun.steps) steps"
        }
        let step = index + 1 + offset
        let left = longRun.last.logLikelihood - longRun.rows[min(step, longRun.steps)].logLikelihood
        return #"after step \#(step), with \#(max(0, left), .significant(2)) of $\loglik{\params}$ still to gain"#
    }

    /// Q at the new parameters with the responsibilities of the old ones: what each M-step of a run maximises, at its maximum.
    private func maxima(of run: CoinRun) throws -> [Double] {
        try zip(run.rows, run.rows.dropFirst()).map { old, new in
            let q = try EM(data: data, start: old.mixture, weights: .fixed).eStep(old.mixture)
            return new.mixture.expectedCompleteLogLikelihood(of: data, responsibilities: q)
        }
    }

    private func fallsOfMaximum() throws -> String {
        let values = try maxima(of: run)
        let falls = zip(values, values.dropFirst()).count { $1 < $0 }
        switch falls {
        case 0: return "could fall, though in this run it does not"
        case values.count - 1: return "may fall: in this run it does so every time"
        default: return "may fall: in this run it does so \(falls) times out of \(values.count - 1)"
        }
    }

    private func falls(_ run: CoinRun) -> String {
        run.fallsOfQ == run.steps ? "every one of them" : "\(run.fallsOfQ) of them"
    }

    private func fallsAfterFirst(_ run: CoinRun) -> String {
        let rows = run.rows.dropFirst()
        let falls = zip(rows, rows.dropFirst()).count { $1.expectedLogLikelihood < $0.expectedLogLikelihood }
        return falls == run.steps - 1
            ? "all \(falls) steps that follow" : "\(falls) of the \(run.steps - 1) steps that follow"
    }

    /// ℓ, Q and the entropy between them on one scale; and what each has gained since the start, on one scale too.
    private func figure(_ report: Report) throws -> Figure {
        let first = run.first
        func points(_ value: (CoinRun.Row) -> Double) -> [Point] { run.rows.map { Point(Double($0.t), value($0)) } }
        func line(_ name: Prose, _ index: Int, _ value: (CoinRun.Row) -> Double) throws -> Layer {
            .line(points(value), style: .series(index, width: 2), marker: .circle, label: try report.label(name))
        }
        let (log, expected, entropy): (Prose, Prose, Prose) = (
            #"$\loglik{\paramsat{t}}$"#, #"$\Q{\paramsat{t}}{\paramsat{t}}$"#, #"$\entropy{\resps}$"#
        )
        let middle = run.rows[run.steps / 2]
        return Figure(
            id: "q-falls",
            title: try report.label(
                run.last.expectedLogLikelihood < first.expectedLogLikelihood
                    ? #"The log-likelihood rises while $\Qname$ falls: the entropy makes up for it"#
                    : #"The log-likelihood is $\Qname$ plus the entropy"#),
            subtitle: "Two nearly equal coins, started apart; weights fixed at 1/2",
            alt: report.words(
                #"""
                Left: over \#(run.steps) steps the log-likelihood rises from \#(first.logLikelihood, .fixed(1)) to
                \#(run.last.logLikelihood, .fixed(1)), and the expected complete-data log-likelihood below it goes from
                \#(first.expectedLogLikelihood, .fixed(1)) to \#(run.last.expectedLogLikelihood, .fixed(1)); the gap between them is the entropy,
                which goes from \#(first.entropy, .fixed(1)) to \#(run.last.entropy, .fixed(1)). Right: the changes of the three since the start.
                """#),
            panels: [
                Panel(
                    title: "The gap is the entropy", x: Axis("step", ticks: .integers), y: Axis(),
                    layers: [
                        .band(
                            x: run.rows.map { Double($0.t) }, low: run.rows.map(\.expectedLogLikelihood),
                            high: run.rows.map(\.logLikelihood), color: .green.opacity(0.16)),
                        try line(log, 0) { $0.logLikelihood }, try line(expected, 1) { $0.expectedLogLikelihood },
                        .annotation(
                            try report.label(entropy),
                            at: Point(Double(middle.t), middle.expectedLogLikelihood + middle.entropy / 2),
                            anchor: .center,
                            color: .green),
                    ]),
                Panel(
                    title: "Change since the start", x: Axis("step", ticks: .integers), y: Axis(),
                    layers: [
                        .rule(y: 0), try line(entropy, 2) { $0.entropy - first.entropy },
                        try line(log, 0) { $0.logLikelihood - first.logLikelihood },
                        try line(expected, 1) { $0.expectedLogLikelihood - first.expectedLogLikelihood },
                    ]),
            ], columns: 2, size: Size(width: 860, height: 400))
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

// EM run to its end on the head counts: where it goes, how it gets there, and the fit.

extension TenFlips {
    func runToTheEnd(in report: inout Report) throws {
        report.prose(
            #"""
            **To the end.** Now the two steps in turn, \#(run.steps) times: until the log-likelihood no longer changes
            \#(run.stoppedBy.hasPrefix("relative") ? "in its tenth digit" : "(it still does; we stop here all the same)"). The
            loop that ran is the one on the blackboard; this is its E-step:
            """#)
        try report.code(
            "public func responsibilities(at x: C.Observation)", in: "Sources/MixtureModels/Mixture.swift",
            caption:
                "The posterior of one observation, in logarithms, so that it is right even where every density underflows:"
        )
        report.table(
            ["step"] + symbols() + [#"$\loglik{\params}$"#, #"$\Qname$"#],
            rows: shownSteps.map { tableRow(run.rows[$0]) } + truthRow(),
            caption: #"""
                Every row belongs to one iterate: its parameters, its log-likelihood, and $\Qname$ with the responsibilities of
                the same parameters. The largest fall of the log-likelihood in any step is
                \#(max(0, run.largestFall), .bound).
                """#)
        report.figure(try pathFigure(report))
        report.figure(try histogramFigure(report))
        closing(in: &report)
        report.fit = FitSummary(
            model:
                "mixture of \(data.classCount) binomials, \(data.hasEqualFlips ? "\(flips)" : "varying numbers of") flips",
            weights: run.last.mixture.weights, parameters: ["headProbabilities": .vector(run.last.mixture.heads)],
            logLikelihood: run.last.logLikelihood, iterations: run.steps, trace: run.rows.map(\.logLikelihood))
    }

    private func closing(in report: inout Report) {
        let fitted = run.last.mixture
        let single = distinct.sharesOfHeads(parts: 1)[0]
        switch data.origin {
        case .simulated(let truth):
            let worst = zip(fitted.heads, truth.heads).map { abs($0 - $1) }.max() ?? 0
            report.prose(
                #"""
                The same coins that could not be found from single flips are found now: they show heads with
                \#(fitted.heads, .fixed(3)), where the truth is \#(truth.heads, .significant(3)), so that neither is off by more
                than \#(worst, .fixed(3)). (The weight of the first, \#(fitted.weights[0], .fixed(3)) instead of
                \#(truth.weights[0], .significant(3)), is less certain: \#(data.rows.count) choices between two coins are few.) The table's last row is worth a look, too. At the *true* parameters the
                log-likelihood is lower than at the fitted ones, as it must be: the fit is the best for these
                \#(data.rows.count) sets, and the truth is the best for all the sets that could have been.
                """#)
        case .file:
            report.prose(
                #"""
                The fit: weights \#(fitted.weights, .fixed(4)), head probabilities \#(fitted.heads, .fixed(4)). A single coin
                would show heads with \#(single, .fixed(4)). If your rows look as if such a coin had made them, the counts are
                no more spread than one coin explains, and the two or more coins above mean little.
                """#)
        }
    }

    // MARK: Table

    private var shownSteps: [Int] {
        Array(Set([0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, run.steps].filter { $0 <= run.steps })).sorted()
    }

    private func symbols() -> [Prose] {
        run.first.mixture.weights.indices.map { #"$\weight{\#($0 + 1)}$"# }
            + run.first.mixture.weights.indices.map { #"$\headprob{\#($0 + 1)}$"# }
    }

    private func tableRow(_ row: CoinRun.Row) -> [Prose] {
        ["\(row.t)"] + (row.mixture.weights + row.mixture.heads).map { "\($0, .fixed(4))" }
            + ["\(row.logLikelihood, .significant(6))", "\(row.expectedLogLikelihood, .significant(6))"]
    }

    private func truthRow() -> [[Prose]] {
        guard case .simulated(let truth) = data.origin else { return [] }
        return [
            ["*truth*"] + (truth.weights + truth.heads).map { "\($0, .fixed(4))" }
                + ["\(truth.logLikelihood(of: distinct.rows, counts: distinct.counts), .significant(6))", ""]
        ]
    }

    // MARK: Figures

    private func pathFigure(_ report: Report) throws -> Figure {
        func lines(_ value: (Mixture<Binomial>) -> [Double], _ name: (Int) -> Prose) throws -> [Layer] {
            try run.first.mixture.weights.indices.map { k in
                .line(
                    run.rows.map { Point(Double($0.t), value($0.mixture)[k]) },
                    style: .series(k), label: try report.label(name(k + 1)))
            }
        }
        let last = run.last
        func quantity(_ title: Prose, _ value: (CoinRun.Row) -> Double) throws -> Panel {
            Panel(
                title: try report.label(title), x: Axis("step", ticks: .integers), y: Axis(),
                layers: [.line(run.rows.map { Point(Double($0.t), value($0)) }, style: LineStyle(.ink))], legend: .none)
        }
        return Figure(
            id: "em-path", title: "Where EM goes, and what it climbs",
            subtitle: Label("\(run.steps) steps from the start to the fit"),
            alt: report.words(
                #"""
                Four panels over \#(run.steps) steps: head probabilities, ending at \#(last.mixture.heads, .fixed(3));
                weights, ending at \#(last.mixture.weights, .fixed(3)); the log-likelihood, rising from
                \#(run.first.logLikelihood, .significant(5)) to \#(last.logLikelihood, .significant(5)); Q, going from
                \#(run.first.expectedLogLikelihood, .significant(5)) to \#(last.expectedLogLikelihood, .significant(5)).
                """#),
            panels: [
                Panel(
                    title: "Head probabilities", x: Axis("step", ticks: .integers), y: Axis(),
                    layers: try lines({ $0.heads }, { #"$\headprob{\#($0)}$"# })),
                Panel(
                    title: "Weights", x: Axis("step", ticks: .integers), y: Axis(),
                    layers: try lines({ $0.weights }, { #"$\weight{\#($0)}$"# })),
                try quantity(#"Log-likelihood $\loglik{\params}$"#) { $0.logLikelihood },
                try quantity(#"Its companion $\Qname$"#) { $0.expectedLogLikelihood },
            ], columns: 2)
    }

    /// The head counts of the rows with the usual number of flips, in bins of equal width, beside what the fit expects.
    private func histogramFigure(_ report: Report) throws -> Figure {
        let fitted = run.last.mixture
        let usual = zip(distinct.rows, distinct.counts).filter { $0.0.flips == flips }
        let total = usual.reduce(0) { $0 + $1.1 }
        let width = flips / 60 + 1
        let bins = (0...(flips / width)).map { bin in (bin * width)...min(flips, bin * width + width - 1) }
        func middle(_ bin: ClosedRange<Int>) -> Double { Double(bin.lowerBound + bin.upperBound) / 2 }
        let observed = bins.map { bin in
            let count = usual.reduce(0) { bin.contains($1.0.heads) ? $0 + $1.1 : $0 }
            return Point(middle(bin), count / total)
        }
        let parts = fitted.components.indices.map { k in
            bins.map { bin in
                let share = bin.reduce(0) {
                    $0 + exp(fitted.components[k].logDensity(at: HeadCount(heads: $1, flips: flips)))
                }
                return Point(middle(bin), fitted.weights[k] * share)
            }
        }
        let whole = bins.indices.map { i in Point(middle(bins[i]), parts.reduce(0) { $0 + $1[i].y }) }
        let isFine = bins.count <= 31
        let coins = parts.enumerated().map { k, points in
            Layer.line(
                points, style: .series(k, width: 1.6),
                marker: isFine ? Marker.allCases[(k + 1) % Marker.allCases.count] : nil,
                label: Label("coin \(k + 1)"))
        }
        let mixture = Layer.line(whole, style: LineStyle(.ink), marker: isFine ? .circle : nil, label: "mixture")
        return Figure(
            id: "head-counts", title: "Head counts under the fitted mixture",
            subtitle: Label("\(Int(total)) sets of \(flips) flips; each coin's curve is scaled by its weight"),
            alt: report.words(
                #"""
                Histogram of the number of heads in \#(Int(total)) sets of \#(flips) flips, with the fitted mixture of
                \#(data.classCount) coins: head probabilities \#(fitted.heads, .fixed(3)), weights
                \#(fitted.weights, .fixed(3)).
                """#),
            panels: [
                Panel(
                    x: Axis(Label("heads in \(flips) flips"), ticks: .integers),
                    y: Axis("share of the sets", includesZero: true),
                    layers: [.bars(observed, width: 0.8 * Double(width), label: "data")] + coins + [mixture],
                    legend: .above)
            ])
    }
}

import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

// EM run to its end on the head counts: where it goes, how it gets there, and the fit.

extension TenFlips {
    func runToTheEnd(in report: inout Report) throws {
        report.prose(
            #"""
            **To the end.** Now the two steps in turn, \#(run.steps) times: until \#(untilWhat).\#(leaps)
            """#)
        try report.folded("The code of the E-step") { report in
            try report.code(
                "func responsibilities(ofLogJoint logJoint: [Double])",
                in: "Sources/MixtureModels/Mixture+LogLikelihood.swift",
                caption: """
                    This is the code of the E-step for one observation. It works with logarithms and takes the largest term out
                    first, so that it is right even where every density is too small for the computer:
                    """
            )
        }
        report.table(
            ["step"] + symbols() + [#"$\loglik{\paramsat{t}}$"#, #"$\Q{\paramsat{t}}{\paramsat{t}}$"#],
            rows: shownSteps.map { tableRow(run.rows[$0]) } + truthRow(),
            caption: #"""
                Every row belongs to one iterate: its parameters, its log-likelihood, and $\Qname$ with the responsibilities of
                the same parameters.
                """#)
        report.check(
            "em-monotone", value: .vector(run.rows.map(\.logLikelihood)),
            again: .property(
                "the log-likelihood never falls", by: "comparing each row with the next", the: "largest fall",
                is: max(0, run.largestFall), tolerance: .rounding(scale: run.last.logLikelihood)))
        if let peak = run.peakOfQ {
            report.prose(
                #"""
                The column of $\loglik{\params}$ rises all the way, as EM promises. The column of $\Qname$ does not: it is
                highest at step \#(peak) and falls after that. Section 5 is about what this means.
                """#)
        }
        let peak = run.peakOfQ.map { ", which is highest at step \($0)" } ?? ""
        let late = run.steps > 6 ? " (from step 2 on; the gains of the first two would flatten what follows)" : ""
        report.figure(
            try pathFigure(report),
            caption: #"""
                Above: the head probabilities and the weights in \#(count(run.steps, "step")) of EM. Below\#(late): the log-likelihood, which goes from
                \#(run.first.logLikelihood, .significant(5)) at the start to \#(run.last.logLikelihood, .significant(5)), and $\Qname$\#(peak).
                """#)
        report.prose(
            """
            [fig:head-counts] is what the fit says about the data. Each black point is the share of sets that the fitted mixture expects
            at that head count; the whiskers are two standard errors of such a share, so most bars should end between them.
            \(barsOutside())
            """)
        report.figure(
            try histogramFigure(report),
            caption: #"""
                The share of the sets with each number of heads (bars), and what the fitted mixture expects (black). Its coins show heads with
                \#(run.last.mixture.heads, .fixed(3)), and their weights are \#(run.last.mixture.weights, .fixed(3)).
                """#)
        try closing(in: &report)
        report.fit = FitSummary(
            model:
                "mixture of \(data.classCount) \(data.classCount == 1 ? "binomial" : "binomials"), \(data.hasEqualFlips ? "\(flips)" : "varying numbers of") flips",
            weights: run.last.mixture.weights, parameters: ["headProbabilities": .vector(run.last.mixture.heads)],
            logLikelihood: run.last.logLikelihood, iterations: run.steps, trace: run.rows.map(\.logLikelihood),
            converged: run.hasConverged, stoppedBy: run.stoppedBy
        ).following(
            run.plainRows, of: FitData(distinct.rows, counts: distinct.counts),
            name: data.isOwn ? "your data" : "\(flips) flips per set", held: FitHeld(weights: data.weightsAreFixed))
    }

    private var untilWhat: Prose {
        if let from = run.leapsFrom {
            return run.hasConverged
                ? "no parameter moves any more"
                : "we stop, for the parameters still move (**not converged**; \(from) steps of plain EM were not enough)"
        }
        return run.hasConverged
            ? "the log-likelihood no longer changes\nin its tenth digit"
            : "the log-likelihood no longer changes\n(it still does; we stop here all the same)"
    }

    private var leaps: Prose {
        guard let from = run.leapsFrom, run.steps > from else { return "" }
        return """
             (From step \(from) on, where EM is slow, it leaps ahead along its way wherever that leads higher than a step would; the \
            log-likelihood never falls by that.)
            """
    }

    /// What makes the reader's fit suspicious.
    private var warnings: [Prose] {
        guard data.isOwn else { return [] }
        let (start, end) = (data.start.heads, run.last.mixture.heads)
        let alike = Warnings.groups(start) { $0 == $1 }
        var warnings = run.hasConverged ? [] : Warnings.notConverged(steps: run.steps, isCutShort: run.isCutShort)
        warnings += Warnings.equalStarts(alike, noun: "coin")
        if alike.isEmpty { warnings += Warnings.equalEnds(Warnings.groups(end) { abs($0 - $1) < 1e-6 }, noun: "coin") }
        warnings += Warnings.tooManyCoins(data.classCount, flips: distinct.rows.map(\.flips).max() ?? flips)
        if data.classCount > 1, distinct.rows.count < data.classCount {
            warnings.append(
                "The file has only \(distinct.rows.count) distinct \(distinct.rows.count == 1 ? "row" : "rows") for \(data.classCount) coins."
            )
        }
        warnings += Warnings.fewRows(
            run.last.mixture.weights.map { $0 * Double(data.rowCount) }, dimension: 1, noun: "coin")
        for (k, p) in end.enumerated() where p < 1e-9 || p > 1 - 1e-9 {
            warnings.append("Coin \(k + 1) shows \(p < 0.5 ? "tails" : "heads") in every flip: a class of one value.")
        }
        return warnings
    }

    private func closing(in report: inout Report) throws {
        let fitted = run.last.mixture
        switch data.origin {
        case .simulated(let truth, let setsOfFirstCoin):
            let worst = zip(fitted.heads, truth.heads).map { abs($0 - $1) }.max() ?? 0
            let weightError = try standardErrorOfWeight(fitted)
            let isHigher = truth.logLikelihood(of: distinct.rows, counts: distinct.counts) > run.last.logLikelihood
            report.prose(
                #"""
                The same coins that could not be found from single flips are found now: they show heads with
                \#(fitted.heads, .fixed(3)), where the truth is \#(truth.heads, .significant(3)); the larger of the two
                errors is \#(worst, .fixed(4)). The weight of the first coin comes out as \#(fitted.weights[0], .fixed(3)),
                with a standard error of \#(weightError, .fixed(3)) (from the curvature of the log-likelihood), and its true value
                is \#(truth.weights[0], .significant(3)), \#(abs(fitted.weights[0] - truth.weights[0]) / weightError, .fixed(1))
                standard errors away. In these very sets the chooser picked it \#(setsOfFirstCoin) times out of
                \#(data.rowCount), a share of \#(Double(setsOfFirstCoin) / Double(data.rowCount), .fixed(3)). That share is all
                that somebody who sees the coins could count, and it has a standard error of
                \#((truth.weights[0] * truth.weights[1] / Double(data.rowCount)).squareRoot(), .fixed(3)) itself.

                The table's last row is worth a look, too. At the *true* parameters the log-likelihood is \#(isHigher
                    ? "higher than at the fitted ones: EM has ended on a lesser summit, and should start again elsewhere."
                    : "lower than at the fitted ones. The fit was made for these \(data.rowCount) sets; the truth is the best on average, over all the sets that could have been. (A fit below the truth would have missed the highest summit. That this one is above it does not show that it is the highest.)")
                """#)
        case .file:
            report.prose(
                #"""
                The fit\#(run.hasConverged ? "" : " (not converged)"): weights \#(fitted.weights, .fixed(5)), head probabilities
                \#(fitted.heads, .fixed(5)), log-likelihood \#(run.last.logLikelihood, .significant(9)).
                """#)
            report.warnings = warnings
            if let paragraph = Warnings.paragraph(warnings) { report.prose(paragraph) }
            try compareWithOneCoin(in: &report)
        }
    }

    /// Do the data need several coins? By the Bayesian information criterion, which charges ln(N)/2 per free parameter.
    private func compareWithOneCoin(in report: inout Report) throws {
        let heads = zip(distinct.rows, distinct.counts).reduce(0) { $0 + Double($1.0.heads) * $1.1 }
        let flips = zip(distinct.rows, distinct.counts).reduce(0) { $0 + Double($1.0.flips) * $1.1 }
        let coin = try binomialMixture(weights: [1], heads: [heads / flips], flips: self.flips)
        let single = coin.logLikelihood(of: distinct.rows, counts: distinct.counts)
        let free = data.classCount + (data.weightsAreFixed ? 0 : data.classCount - 1)
        guard free > 1 else { return }
        let charge = Double(free - 1) * log(Double(data.rowCount)) / 2
        let gain = run.last.logLikelihood - single
        report.prose(
            #"""
            Do the data need \#(data.classCount) coins? A single coin would show heads with \#(heads / flips, .fixed(4)) and reach
            a log-likelihood of \#(single, .significant(6)); the fit gains \#(gain, .significant(4)) over that. It also has
            \#(free - 1) more \#(free == 2 ? "number" : "numbers") to choose, for which the Bayesian information criterion
            charges \#(charge, .significant(4)). By that measure the further coins are
            \#(gain > charge ? "worth their price" : "not worth their price: the counts are hardly more spread than one coin explains").
            """#)
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
            + [row.logLikelihood, row.expectedLogLikelihood].map { "\(abs($0) < 1e-9 ? 0 : $0, .significant(6))" }
    }

    private func truthRow() -> [[Prose]] {
        guard case .simulated(let truth, _) = data.origin else { return [] }
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
        let from = run.steps > 6 ? ", from step 2" : ""
        // The first step or two gain so much that they would flatten everything after them.
        let late = run.steps > 6 ? run.rows.dropFirst(2) : run.rows[...]
        func quantity(_ title: Prose, peak: Int? = nil, _ value: (CoinRun.Row) -> Double) throws -> Panel {
            let highest = late.first { $0.t == peak }
            return Panel(
                title: try report.label(title), x: Axis("step", ticks: .integers), y: Axis(),
                layers: [.line(late.map { Point(Double($0.t), value($0)) }, style: LineStyle(.ink))]
                    + (highest.map { row in
                        [
                            .scatter(
                                [Point(Double(row.t), value(row))], style: MarkerStyle(.vermillion, .diamond, size: 8)),
                            .annotation(
                                Label("highest at step \(row.t)"),
                                at: Point(
                                    0.7 * Double(row.t) + 0.3 * Double(run.steps),
                                    ((late.map(value).min() ?? 0) + value(row)) / 2), anchor: .left,
                                pointingAt: Point(Double(row.t), value(row)), color: .vermillion),
                        ]
                    } ?? []), legend: .none)
        }
        return Figure(
            id: "em-path",
            title: try report.label(
                #"Where EM goes: $\loglik{\params}$ never falls\#(run.peakOfQ == nil ? "" : #", $\Qname$ does"#)"#),
            subtitle: Label("\(run.steps) steps from the start to the fit"),
            alt: report.words(
                #"""
                Four panels over \#(run.steps) steps: head probabilities, ending at \#(last.mixture.heads, .fixed(3));
                weights, ending at \#(last.mixture.weights, .fixed(3)); the log-likelihood, rising from
                \#(run.first.logLikelihood, .significant(5)) to \#(last.logLikelihood, .significant(5)); the expected complete-data log-likelihood, from
                \#(run.first.expectedLogLikelihood, .significant(5)) to \#(last.expectedLogLikelihood, .significant(5)).
                """#),
            panels: [
                Panel(
                    title: "Head probabilities", x: Axis("step", ticks: .integers), y: Axis(),
                    layers: try lines({ $0.heads }, { #"$\headprob{\#($0)}$"# })),
                Panel(
                    title: "Weights", x: Axis("step", ticks: .integers), y: Axis(),
                    layers: try lines({ $0.weights }, { #"$\weight{\#($0)}$"# })),
                try quantity(#"Log-likelihood $\loglik{\paramsat{t}}$\#(from)"#) { $0.logLikelihood },
                try quantity(#"$\Q{\paramsat{t}}{\paramsat{t}}$\#(from)"#, peak: run.peakOfQ) {
                    $0.expectedLogLikelihood
                },
            ], columns: 2)
    }

    /// The head counts of the rows with the usual number of flips, in bins of equal width, beside what the fit expects.
    private func histogramFigure(_ report: Report) throws -> Figure {
        let fitted = run.last.mixture
        let (bins, observed, parts, whole, errors, total, width) = headCountShares()
        let isFine = bins.count <= 31
        let coins = parts.enumerated().map { k, points in
            Layer.line(
                points, style: .series(k, width: 1.6),
                marker: isFine ? Marker.allCases[(k + 1) % Marker.allCases.count] : nil,
                label: Label("coin \(k + 1)"))
        }
        let mixture = Layer.line(whole, style: LineStyle(.ink), marker: isFine ? .circle : nil, label: "mixture")
        let whiskers = Layer.errorBars(whole, errors: errors, style: MarkerStyle(.ink, size: 3))
        let top = (observed.map(\.y) + zip(whole, errors).map { $0.y + $1 }).max() ?? 1
        return Figure(
            id: "head-counts", title: "Head counts under the fitted mixture",
            subtitle: Label("\(Int(total)) sets of \(flips) flips; each coin's curve is scaled by its weight"),
            alt: report.words(
                #"""
                Histogram of the number of heads in \#(Int(total)) sets of \#(flips) flips, with the fitted mixture of
                \#(count(data.classCount, "coin")): head probabilities \#(fitted.heads, .fixed(3)), weights
                \#(fitted.weights, .fixed(3)).
                """#),
            panels: [
                Panel(
                    x: Axis(Label("heads in \(flips) flips"), ticks: .integers),
                    y: Axis("share of the sets", range: 0...(1.05 * top)),
                    layers: [.bars(observed, width: 0.8 * Double(width), label: "data")] + coins + [whiskers, mixture],
                    legend: .above)
            ])
    }
}

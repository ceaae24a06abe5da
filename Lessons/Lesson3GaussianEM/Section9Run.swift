import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 9: E-step and M-step in turn, to the end.
struct EMInAction {
    let study: Study
    let run: GaussianRun

    init(_ study: Study, progress: RunProgress) throws {
        self.study = study
        run =
            try study.run ?? GaussianRun(study.rows, start: study.start, shape: study.shape, progress: progress)
    }

    func explain(in report: inout Report) throws {
        report.section("EM in action")
        report.prose(
            #"""
            With the new parameters the responsibilities have changed. So compute them again, and maximise again. That is all: two
            questions in turn, *who is responsible?* and *what are the best parameters?*, until nothing moves. (Dempster, Laird and Rubin gave it its name, in 1977.) In this package a
            run of EM is a sequence of rows, one for each iterate, and to run it is to walk through it.
            """#)
        try report.folded("In code: a run of EM") {
            try $0.code(
                "public func fit(", in: "Sources/MixtureModels/EM.swift",
                caption: "Every row says whether it is the last, and why:")
        }
        report.figure(
            try framesFigure(report),
            caption: #"""
                EM at work, in \#(drawn.count) steps that were chosen to differ. The colour of a point mixes the colours of the classes by its
                responsibilities, and undecided points are larger; an ellipse holds 90 % of a Gaussian, and a black line is the path of its mean. From
                the first panel to the last, the log-likelihood goes from \#(run.rows[0].logLikelihood, .significant(5)) to
                \#(run.end.logLikelihood, .significant(5)).
                """#)
        report.predict(
            #"The log-likelihood rises at every step. Will $\Qname$, with the responsibilities of the same step, rise as well?"#,
            answer:
                #"\#(qFalls ? "No: somewhere on the way it falls." : "In this run it does, but nothing promises it.") What is missing between the two is an entropy."#
        )
        table(in: &report)
        entropy(in: &report)
        equation(in: &report)
        report.figure(
            try pathFigure(report),
            caption: #"""
                Step by step, the log-likelihood and what it still has to gain, and the entropy of the responsibilities. The first step takes the
                log-likelihood from \#(run.rows[0].logLikelihood, .significant(5)) to \#(run.rows[1].logLikelihood, .significant(5)); it ends at
                \#(run.end.logLikelihood, .significant(5)), and the entropy at \#(run.end.entropy, .significant(3)).\#(entropyRises)
                """#)
        closing(in: &report)
        report.fit = FitSummary(study, run.rows, converged: run.hasConverged, stoppedBy: run.stoppedBy)
            .following(
                run.plainRows.map { FitStep($0) }, of: FitData(columns: study.columns, rows: study.rows),
                name: study.isOldFaithful ? "Old Faithful" : "your data",
                held: FitHeld(covariances: study.shape == .full ? nil : study.shape.rawValue))
        study.all?.explain(study, in: &report)
    }

    // MARK: Numbers

    private func table(in report: inout Report) {
        let steps = Array(Set(run.frames + [run.steps])).sorted()
        let classes = study.start.weights.indices
        let showsMeans = study.classCount * study.dimension <= 6
        let weights: [Prose] = classes.prefix(4).map { #"$\weight{\#($0 + 1)}$"# }
        let means: [Prose] = showsMeans ? classes.map { #"$\meanvec{\#($0 + 1)}$"# } : []
        report.table(
            ["step"] + weights + means + [#"$\loglik{\params}$"#, #"$\Qname$"#],
            rows: steps.map { t in
                let row = run.rows[t]
                let first: [Prose] = row.mixture.weights.prefix(4).map { "\($0, .fixed(4))" }
                let second: [Prose] =
                    showsMeans
                    ? row.mixture.components.map {
                        $0.mean.count == 1 ? "\($0.mean[0], .significant(5))" : "\($0.mean, .significant(5))"
                    } : []
                return ["\(t)"] + first + second
                    + [
                        "\(row.logLikelihood, .significant(6))",
                        "\(row.expectedCompleteLogLikelihood, .significant(6))",
                    ]
            },
            caption: #"""
                The start, the first six steps, the twentieth, and the end. $\Qname$ is taken with the responsibilities of the same
                row's parameters.
                """#)
    }

    private var qFalls: Bool {
        let values = run.rows.map(\.expectedCompleteLogLikelihood)
        return zip(values, values.dropFirst()).contains { $1 < $0 - 1e-6 }
    }

    /// What Q is beside the log-likelihood; whether it fell in this run is said by code.
    private func entropy(in report: inout Report) {
        let falls = qFalls
        report.define(
            #"\entropy{\resps}"#, "entropy of the responsibilities",
            "how uncertain the labels are, in nats; 0 if all are certain")
        report.prose(
            #"""
            In each row $\Qname$ is the log-likelihood less the entropy of the responsibilities,
            $\entropy{\resps} = -\sumobs \sumclasses \resp{n}{k} \nlog \resp{n}{k}$, which measures how uncertain the labels are.
            \#(falls ? #"So $\Qname$ may fall while the log-likelihood rises, and in this run it does ([lesson:4] shows why)."# : #"So $\Qname$ might fall while the log-likelihood rises ([lesson:4] shows why); in this run it does not."#)
            """#)
    }

    private func equation(in report: inout Report) {
        let values = run.rows.map(\.logLikelihood)
        let frames = run.frames.map { values[$0] }
        let shown = frames.map { NumberFormat.significant(6).tex($0) }.joined(separator: #" \to "#)
        report.equation(
            "orie4742.em-in-action",
            formula: #"\loglik{\paramsat{t+1}} \ge \loglik{\paramsat{t}}"#,
            numbers: TeX(shown),
            value: .vector(frames),
            again: .nonDecreasing(
                values, "the log-likelihood never falls",
                by: "comparing each of all \(values.count) rows with the next, not only those shown",
                tolerance: study.rounding(of: values[values.count - 1], over: run.mixtures)),
            telling: .last("log-likelihood at the end"),
            note: #"""
                The log-likelihood never falls; [lesson:4] proves it, in a section of its own. Have every program for EM look at it: a fall of more than
                rounding proves that there is a slip. A rise proves nothing. (A program that forgets to update the covariances never
                lowers the log-likelihood either; it only ends too low.)
                """#)
    }

    private func closing(in report: inout Report) {
        let end = run.end
        let gain = end.logLikelihood - run.rows[0].logLikelihood
        let firstGain = run.row(1).logLikelihood - run.rows[0].logLikelihood
        report.prose(
            #"""
            \#(run.hasConverged
                ? "After \(run.steps) steps no weight moves by more than $10^{\(run.leapsFrom == nil ? -11 : -8)}$, and no mean and no covariance by more than that share of its component's spread: the run ends."
                : "After \(run.steps) steps the parameters still move a little; the run is stopped there, and has **not converged**.")\#(
                run.leapsFrom.map { " (EM was slow. After step \($0) the run leaps ahead along its way, where that leads higher than a step.)" } ?? "")
            The first step alone brought \#(gain > 0 ? firstGain / gain : 0, .percent(0)) of the gain. The fit:
            """#)
        report.table(
            ["class", "weight", "mean", "standard deviations", "correlations"],
            rows: end.mixture.components.indices.map { parameterRow(end.mixture, $0) },
            caption:
                #"\#(study.columns.joined(separator: ", ")); log-likelihood \#(end.logLikelihood, .significant(6))\#(run.hasConverged ? "" : "; not converged")."#
        )
        report.warnings = study.warnings(
            end.mixture, responsibilities: run.last, rowCount: study.rows.count, steps: run.steps,
            converged: run.hasConverged, isCutShort: run.isCutShort)
        if let warnings = Warnings.paragraph(report.warnings) { report.prose(warnings) }
        guard study.isOldFaithful else { return }
        let parts = end.mixture.components
        report.prose(
            #"""
            Two kinds of eruptions: short ones of about \#(parts[0].mean[0], .significant(2)) minutes with a wait of
            \#(parts[0].mean[1], .fixed(0)) minutes after them, and long ones of \#(parts[1].mean[0], .significant(2)) minutes with a
            wait of \#(parts[1].mean[1], .fixed(0)). The long ones are \#(end.mixture.weights[1], .percent(0)) of all. Nobody
            told the program that there are short and long eruptions, only that there are two kinds of something.
            """#)
        let moved = Double(study.rows.count) * log(60)
        report.exercise(
            #"""
            Write the waits in hours instead of minutes, the start as well, and run EM again. What becomes of the responsibilities, of the
            parameters, and of the log-likelihood?
            """#,
            answer: #"""
                The responsibilities stay what they are: every density is multiplied by 60, and the factor cancels. So the steps are the same
                steps. The mean waits are divided by 60, their variances by 3600, their covariances with the eruptions by 60. The
                log-likelihood rises by $\#(study.rows.count) \ln 60 = \#(moved, .fixed(2))$ and would end at
                \#(end.logLikelihood + moved, .fixed(2)). By itself a log-likelihood means nothing, it depends on the units; differences
                between two of them do not.
                """#)
    }

    // MARK: Figures

    private func framesFigure(_ report: Report) throws -> Figure {
        let axes: [Label] =
            study.isOldFaithful
            ? ["eruption, min", "wait, min"] : study.columns.prefix(2).map { Label($0) }
        let frames = Frames(rows: study.rows, axes: axes, aspect: .free)
        let panels = try frames.panels(of: run.mixtures, at: drawn) { t in
            let height = NumberFormat.fixed(1).tex(run.rows[t].logLikelihood)
            return try report.label(#"\#(t == 0 ? "start" : "step \(t)"): $\loglik{\params} = \#(height)$"#)
        }
        let ends = [run.rows[0].mixture, run.end.mixture]
        let ways: [Prose] = ends[0].components.indices.prefix(4).map { k in
            let means = ends.map { Array($0.components[k].mean.prefix(2)) }
            return "class \(k + 1) from \(means[0], .significant(3)) to \(means[1], .significant(3))"
        }
        return Figure(
            id: "em-in-action",
            title: study.isOldFaithful
                ? "EM finds the short eruptions and the long ones" : "EM on your data, step by step",
            subtitle: Label(
                study.dimension > 2
                    ? "The first two columns. Colours mixed by responsibility, undecided points larger; ellipses: 90 % of each Gaussian"
                    : study.dimension == 2
                        ? "Colours mixed by responsibility, undecided points larger; ellipses: 90 % of each Gaussian; black: the path of its mean"
                        : "Grey: data; curves: each Gaussian times its weight"),
            alt: report.words(
                #"""
                \#(panels.count) panels, from the start to step \#(run.steps). The means move:
                \#(ways.map(\.source).joined(separator: ", ")).
                """#),
            panels: panels, columns: 3, sharedX: true, sharedY: true, size: Size(width: 900, height: 600))
    }

    /// The steps that are drawn: not those of the table, of which the last look all alike.
    private var drawn: [Int] { Frames.distinct(run.mixtures) }

    private func pathFigure(_ report: Report) throws -> Figure {
        let end = run.end.logLikelihood
        // Differences smaller than this would show the rounding of the log-likelihood.
        let visible = 1e-10 * max(1, abs(end))
        let left = run.rows.prefix(61).enumerated().map { Point(Double($0), end - $1.logLikelihood) }.prefix {
            $0.y > visible
        }
        let last = min(run.steps, max(6, left.count - 1))
        let steps = -0.04 * Double(last)...1.04 * Double(last)
        func panel(_ title: Prose, _ color: Color, _ y: Axis, _ points: [Point]) throws -> Panel {
            Panel(
                title: try report.label(title), x: Axis("step", range: steps, ticks: .integers), y: y,
                layers: [.line(points, style: LineStyle(color), marker: .circle)], legend: .none)
        }
        func points(_ value: (TraceRow<MultivariateNormal>) -> Double) -> [Point] {
            (0...last).map { Point(Double($0), value(run.rows[$0])) }
        }
        var panels = [
            try panel(#"Log-likelihood $\loglik{\params}$"#, .blue, Axis(), points { $0.logLikelihood }),
            try entropyPanel(points { $0.entropy }, steps, report),
        ]
        if left.count > 1 {
            panels.insert(
                try panel("What is still to gain", Palette.series(1), Axis(scale: .logarithmic), Array(left)), at: 1)
        }
        let gap: Prose =
            left.count > 1
            ? "What is still to gain is \(left[1].y, .significant(2)) after the first step and \(left[left.count - 1].y, .significant(2)) after step \(Int(left[left.count - 1].x))."
            : ""
        return Figure(
            id: "log-likelihood",
            title: study.isOldFaithful
                ? "The log-likelihood climbs fast, then ever more slowly" : "The log-likelihood climbs, and levels off",
            subtitle: Label(
                "Steps 0 to \(last) of \(run.steps)"
                    + (left.count > 1
                        ? "; \(isLogarithmic(points { $0.entropy }) ? "two axes are" : "the axis in the middle is") logarithmic"
                        : "")),
            alt: report.words(
                #"""
                \#(left.count > 1 ? "Three" : "Two") panels over \#(last) steps. The log-likelihood rises from
                \#(run.rows[0].logLikelihood, .significant(5)) to \#(run.rows[1].logLikelihood, .significant(5)) in the first step
                and to \#(end, .significant(5)) at the end. \#(gap) The entropy of the responsibilities goes from
                \#(run.rows[0].entropy, .significant(3)) to \#(run.end.entropy, .significant(3)).
                """#),
            panels: panels, columns: panels.count, size: Size(width: 880, height: 320))
    }

    /// The rise of the entropy after its fall, if there is one: it is what makes Q fall.
    private var entropyRises: Prose {
        let lowest = run.rows.min { $0.entropy < $1.entropy } ?? run.end
        guard run.end.entropy > 1.02 * lowest.entropy, lowest.t > 0 else { return "" }
        return #" At step \#(lowest.t) the entropy was lower still, \#(lowest.entropy, .significant(3))."#
    }

    private func isLogarithmic(_ entropies: [Point]) -> Bool { entropies.allSatisfy { $0.y > 1e-8 } }

    /// On a logarithmic axis, as far as the numbers allow: a rise at the end, after a fall by orders of magnitude, is seen only there.
    private func entropyPanel(_ points: [Point], _ steps: ClosedRange<Double>, _ report: Report) throws -> Panel {
        let lowest = points.min { $0.y < $1.y } ?? Point(0, 0)
        let last = points[points.count - 1]
        let isLogarithmic = isLogarithmic(points)
        var layers: [Layer] = [.line(points, style: LineStyle(.green), marker: .circle)]
        if isLogarithmic, last.y > 1.02 * lowest.y, lowest.x > 0 {
            func note(_ value: Double, at place: Point, _ anchor: Anchor) -> Layer {
                .annotation(
                    Label(NumberFormat.significant(3).string(value)), at: place, anchor: anchor, color: .green)
            }
            layers += [
                note(lowest.y, at: Point(lowest.x - 0.03 * last.x, lowest.y), .right),
                note(last.y, at: Point(last.x, 1.15 * last.y), .bottom),
            ]
        }
        return Panel(
            title: try report.label(#"Entropy of the labels, $\entropy{\resps}$"#),
            x: Axis("step", range: steps, ticks: .integers), y: Axis(scale: isLogarithmic ? .logarithmic : .linear),
            layers: layers, legend: .none)
    }
}

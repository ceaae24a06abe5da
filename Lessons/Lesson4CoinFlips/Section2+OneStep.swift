import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

// The surprise: with one flip per example, EM is done after a single step, wherever it starts.

extension SingleFlips {
    /// Starts inside the parameters' domain: π_1, μ_1, μ_2.
    private var starts: [[Double]] {
        [[0.45, 0.4, 0.7], [0.5, 0.1, 0.9], [0.5, 0.9, 0.1], [0.2, 0.35, 0.6], [0.85, 0.15, 0.25]]
    }

    private var shareOfHeads: Double { Double(headCount) / Double(flips.count) }

    func oneStep(in report: inout Report) throws {
        let runs = try starts.map { try run(from: $0) }
        report.prose(
            #"""
            **The surprise.** So far this was one step. The plan was to repeat it, so let us do that, from the guess above and
            from four other places.
            """#)
        report.predict(
            #"""
            Ten steps of EM from five different starts, on the \#(flips.count) flips above. Will the five runs end at the same parameters? Near
            the truth? After how many steps will nothing move any more?
            """#,
            answer: """
                At five places on one ridge of equally good parameters, after one step; nothing in the data points to the true one. The table shows \
                it, and the text below it says why.
                """)
        report.define(
            nil, "ridge", "set of parameters with equal, and largest, log-likelihood: the data cannot choose among them"
        )
        report.table(
            ["start", "after step 1", "after step 10", "p(heads): start", "step 1"],
            rows: runs.map { run in
                [0, 1, 10].map { "\(run[$0], .fixed(3))" } + [0, 1].map { "\(probabilityOfHeads(run[$0]), .fixed(4))" }
            },
            caption: #"""
                Each triple is $(\weight{1}, \headprob{1}, \headprob{2})$. The share of heads in the data is
                \#(shareOfHeads, .fixed(4)).
                """#)
        report.prose(
            #"""
            EM arrives in **one step, and never moves again**. And it does not arrive at the truth, nor even at the same place
            twice. It cannot be otherwise. One flip at a time, the curtain shows only *how often* heads come: one number. Three
            parameters cannot be read off one number. All triples with
            $\weight{1}\headprob{1} + \weight{2}\headprob{2} = \#(shareOfHeads, .fixed(4))$ explain the flips equally well: not a
            peak but a ridge, and EM jumps straight to some point of it that depends on the start. Two lines of algebra
            show it. The first says that every M-step lands on the ridge:
            """#)
        report.furtherFits.append(try followed())
        let (h, t) = (Double(headCount), Double(tailCount))
        let best = try GoldenSection.maximum(of: { p in h * log(p) + t * log(1 - p) }, in: 1e-9...(1 - 1e-9))
        let afterOne = try runs.map { try logLikelihood($0[1]) }
        report.equation(
            "cs181.one-step",
            formula: #"""
                \weight{1}\headprob{1} + \weight{2}\headprob{2}
                = \sumclasses \frac{\sumobs \resp{n}{k}}{\obscount} \cdot
                \frac{\sumobs \resp{n}{k} \thinspace \heads{n}}{\sumobs \resp{n}{k}}
                = \frac{1}{\obscount} \sumobs \heads{n} \quad \text{for all } t \ge 1
                """#,
            numbers: #"""
                \#(runs[0][1][0], .fixed(4)) \times \#(runs[0][1][1], .fixed(4)) +
                \#(1 - runs[0][1][0], .fixed(4)) \times \#(runs[0][1][2], .fixed(4))
                = \#(probabilityOfHeads(runs[0][1]), .fixed(4)) = \frac{\#(headCount)}{\#(flips.count)}, \qquad
                \loglik{\paramsat{1}} = \#(afterOne[0], .fixed(5))
                """#,
            value: .vector(afterOne),
            again: .exact(
                .vector(afterOne.map { _ in best.value }),
                """
                the maximum over p of the log-likelihood of a single coin, by golden section: the value is the \
                log-likelihood after one step from each of the five starts
                """, tolerance: .enumeration),
            telling: .entry(0, "log-likelihood after one step"),
            note: #"""
                The largest log-likelihood that *any* mixture of coins can reach on these flips is that of one single coin
                with p = \#(best.argument, .fixed(4)). From every start, one step reaches it. The truth itself is lower,
                at \#(try logLikelihood([0.4, 0.3, 0.8]), .fixed(5)).
                """#)
        report.prose(
            #"""
            The second line says that on the ridge nothing moves any more. There the mixture shows heads exactly as often as the
            data do, so averaging the posterior over the data is averaging it over the mixture, and that gives back the weights
            (and in the same way, the coins):
            """#)
        report.formula(
            #"""
            \frac{1}{\obscount} \sumobs \resp{n}{k}
            = \sum_{\text{heads, tails}} p(\anyobs) \thinspace p(\classindex \mid \anyobs) = \weight{k}
            """#)
        report.check(
            "one-step-and-no-more", value: .matrix(runs.map { $0[1] }),
            again: .exact(.matrix(runs.map { $0[10] }), "nine more steps of EM from each of the five landing places"))
        report.prose(
            #"""
            [fig:one-step-ridge] shows it from thirty starts. Since a ridge over three parameters cannot be drawn on paper, each start
            was given the weight from which the first step leads to $\weight{1} = 1/2$; so all arrows end on the one ridge
            that belongs to that weight.
            """#)
        report.figure(
            try ridgeFigure(report),
            caption: #"""
                Left: from thirty starts, the first step of EM ends on the ridge, where the mean of the two coins is the share of heads,
                \#(shareOfHeads, .fixed(3)). (The dot of a start that lies on the ridge already is on its diamond.) Right: so the probability of heads under the mixture is the share of heads after one step, and stays so.
                """#)
        try report.folded("At the edge of the domain: three examples") { try boundary(in: &$0) }
        report.erratum(
            "errata.cs181.no-closed-form",
            printed: "“there is no closed form for the MLE” because the log-likelihood is the log of a sum",
            corrected: """
                often there is none (“in general”, the next sentence says rightly); but a log of a sum does not exclude one. The
                mixture of section 2.4, the handout's own example, has one: the whole ridge
                """,
            shown: #"""
                every triple with $\weight{1}\headprob{1} + \weight{2}\headprob{2} = \#(headCount)/\#(flips.count)$ reaches
                the maximum \#(best.value, .fixed(5)), the five above among them
                """#)
        report.exercise(
            #"""
            Take the guess, but exchange the two coins: $\weight{1} = 0.55$, $\headprob{1} = 0.7$, $\headprob{2} = 0.4$. Where
            does EM land, and why did you know?
            """#,
            answer: #"""
                At \#(try run(from: [0.55, 0.7, 0.4])[1], .fixed(4)): the landing place of the guess with the coins exchanged.
                Nothing in the data says which coin is called the first, so EM cannot know either.
                """#)
    }

    // MARK: Runs

    /// EM for ten steps: the free parameters at t = 0 … 10. No rule stops it before.
    private func run(from start: [Double]) throws -> [[Double]] {
        let mixture = try coinMixture(weight: start[0], heads: [start[1], start[2]])
        return try EM(data: flips, start: mixture, stop: .maximumSteps(10)).map { step in
            [step.mixture.weights[0]] + step.mixture.components.map(\.probability)
        }
    }

    /// EM from the guess, to be followed step by step: two steps, of which the second moves nothing.
    func followed() throws -> FitSummary {
        let fit = try EM(data: flips, start: guess, stop: .any(.atRest(1e-10), .maximumSteps(10))).fit()
        return FitSummary(
            model: "mixture of 2 coins, one flip each", weights: fit.mixture.weights,
            parameters: ["headProbabilities": .vector(fit.mixture.components.map(\.probability))],
            logLikelihood: fit.last.logLikelihood, iterations: fit.iterations, trace: fit.trace.map(\.logLikelihood),
            converged: fit.converged, stoppedBy: fit.stoppedBy
        ).following(
            fit.trace.map { FitStep($0) },
            of: FitData(
                [HeadCount(heads: 0, flips: 1), HeadCount(heads: 1, flips: 1)],
                counts: [Double(tailCount), Double(headCount)]),
            name: "one flip each")
    }

    private func probabilityOfHeads(_ p: [Double]) -> Double { p[0] * p[1] + (1 - p[0]) * p[2] }

    private func logLikelihood(_ p: [Double]) throws -> Double {
        try coinMixture(weight: p[0], heads: [p[1], p[2]]).logLikelihood(of: flips)
    }

    // MARK: The boundary

    private func boundary(in report: inout Report) throws {
        let corner = try run(from: [0.5, 0, 1])
        report.prose(
            #"""
            All these starts lay inside the domain. On its boundary 0/0 can occur; the code of this course
            reports it. Three examples:

            - neither coin ever shows heads, $\headprob{1} = \headprob{2} = 0$: the first head among the flips is impossible, and
              EM refuses to begin: “\#(try refusal(weight: 0.5, heads: [0, 0]))”;
            - the second coin is never chosen, $\weight{1} = 1$: it is responsible for nothing, its estimate would be 0/0, and
              EM stops: “\#(try refusal(weight: 1, heads: [0.4, 0.7]))”;
            - one coin always shows tails and the other heads, $\headprob{1} = 0$ and $\headprob{2} = 1$: this is fine. Every flip
              has a certain coin, and one step leads to $\weight{1} = \#(corner[1][0], .fixed(4))$, the share of tails, where the
              run stays.
            """#)
    }

    /// What EM says when it cannot start, or cannot go on.
    private func refusal(weight: Double, heads: [Double]) throws -> String {
        do {
            _ = try EM(data: flips, start: coinMixture(weight: weight, heads: heads), stop: .maximumSteps(10)).fit()
        } catch let error as MixtureError {
            return error.description
        }
        throw LessonError.unexpected("EM accepted a start on the boundary")
    }

    // MARK: Figure

    /// Jumps from a lattice of starts. Each start has the weight from which the first step leads to weight 1/2, so that all of them
    /// land on one ridge, the one that can be drawn in the plane of the two head probabilities.
    private func ridgeFigure(_ report: Report) throws -> Figure {
        let lattice = [0.1, 0.26, 0.42, 0.58, 0.74, 0.9]
        let starts = lattice.flatMap { first in lattice.filter { $0 != first }.map { [first, $0] } }
        let runs = try starts.map { try run(from: [weightLeadingToHalf($0)] + $0) }
        let arrows = runs.map { Arrow(from: Point($0[0][1], $0[0][2]), to: Point($0[1][1], $0[1][2])) }
        let m = shareOfHeads
        let ridge = Layer.function(over: 0...1, style: LineStyle(.dataGrey, width: 6)) {
            first in
            let second = 2 * m - first
            return (0...1).contains(second) ? second : .nan
        }
        let ticks = Axis.Ticks.at([0, 0.25, 0.5, 0.75, 1])
        let square = Panel(
            title: "The first step of EM, from 30 starts",
            x: Axis(try report.label(#"$\headprob{1}$"#), range: 0...1, ticks: ticks),
            y: Axis(try report.label(#"$\headprob{2}$"#), range: 0...1, ticks: ticks),
            layers: [
                ridge, .arrows(arrows, style: LineStyle(.blue.opacity(0.6), width: 1)),
                .scatter(
                    runs.map { Point($0[1][1], $0[1][2]) }, style: MarkerStyle(.vermillion, .diamond, size: 8),
                    label: "after one step"),
                // On top: a start on the ridge would be hidden by its end.
                .scatter(
                    runs.map { Point($0[0][1], $0[0][2]) }, style: MarkerStyle(.blue, .circle, size: 5),
                    label: "start"),
            ],
            aspect: .equal)
        let lines = runs.map { run in
            Layer.line(
                (0...4).map { Point(Double($0), probabilityOfHeads(run[$0])) },
                style: LineStyle(.blue.opacity(0.45), width: 1))
        }
        let level = Panel(
            title: "p(heads) under the mixture",
            x: Axis("step", range: 0...4, ticks: .integers), y: Axis(nil, range: 0...1, ticks: ticks),
            layers: lines + [.rule(y: m, label: "share of heads in the data")], legend: .none)
        return Figure(
            id: "one-step-ridge", title: "One step, and EM is on the ridge for good",
            subtitle: try report.label(
                #"Grey, the ridge: the pairs of coins that, chosen equally often, explain the flips best"#
            ),
            alt: report.words(
                #"""
                Left: arrows from 30 starts in the square of the two head probabilities; after one step each ends on the straight
                line where the mean of the two is \#(m, .fixed(3)), the share of heads. Right: the probability of heads under
                the mixture goes from many different values to \#(m, .fixed(3)) in one step, and stays there.
                """#),
            panels: [square, level], columns: 2)
    }

    /// The weight of coin 1 at the start for which it is 1/2 after one step, by bisection: it rises with the weight at the start.
    private func weightLeadingToHalf(_ heads: [Double]) throws -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            let start = try coinMixture(weight: middle, heads: heads)
            let q = [try start.responsibilities(at: true)[0], try start.responsibilities(at: false)[0]]
            let after = shareOfHeads * q[0] + (1 - shareOfHeads) * q[1]
            if after < 0.5 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

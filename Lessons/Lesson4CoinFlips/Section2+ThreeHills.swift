import Figures
import Foundation
import MixtureModels
import Notebook

// Q along each of its three parameters: hills whose tops are the updates of Exercise 3.

extension SingleFlips {
    /// The updates of Exercise 3: the share of the weight, and the shares of heads.
    private func updates() throws -> [Double] {
        let new = try EM(data: flips, start: guess).mStep(responsibilities)
        return [new.weights[0]] + new.components.map(\.probability)
    }

    func threeHills(in report: inout Report) throws {
        let (guess, tops) = (parameters, try updates())
        let names: [Prose] = [#"$\weight{1}$"#, #"$\headprob{1}$"#, #"$\headprob{2}$"#]
        let panels = try (0..<3).map { axis -> Panel in
            // Q is a sum of three functions of one parameter each, so the others may stay where they are.
            func height(_ value: Double) -> Double {
                var at = guess
                at[axis] = value
                var top = guess
                top[axis] = tops[axis]
                return expectedLogLikelihood(at) - expectedLogLikelihood(top)
            }
            let ticks = Axis.Ticks.at([0, 0.5, 1])
            return Panel(
                x: Axis(try report.label(names[axis]), range: 0...1, ticks: ticks),
                y: Axis("below the top", range: -8...1),
                layers: [
                    .function(over: 0.004...0.996, style: LineStyle(.blue, width: 2)) { height($0) },
                    .scatter(
                        [Point(guess[axis], height(guess[axis]))], style: MarkerStyle(.ink, .circle, size: 8),
                        label: "guess"),
                    .scatter(
                        [Point(tops[axis], 0)], style: MarkerStyle(.vermillion, .diamond, size: 9), label: "update"),
                ], legend: axis == 0 ? .above : .none)
        }
        report.figure(
            Figure(
                id: "three-hills", title: "Three hills, and the M-step on top of each",
                subtitle: try report.label(#"How far $\Qname$ is below its top, along each parameter"#),
                alt: report.words(
                    #"""
                    Three hills with one top each. The guess \#(guess, .significant(2)) lies beside the tops, which are at
                    \#(tops, .fixed(3)): the updates.
                    """#),
                panels: panels, columns: 3, size: Size(width: 860, height: 330)),
            caption: #"""
                $\Q{\params}{\paramsat{0}}$ along each of the three parameters, the responsibilities of the guess held fixed. Each curve has one top, where the
                slope is zero: at \#(tops, .fixed(3)). One M-step goes from the guess (dots) to all three tops (diamonds) at once.
                """#)
    }
}

import Figures
import Verification

@testable import Notebook

/// A report that holds one cell of every kind, for comparison with an expected text.
enum SmallReport {
    static func report(in notation: String = "house") -> Report {
        var report = empty(in: notation)
        report.overview = #"Two coins, with $\weight{1} = \#(0.4, .fixed(1))$."#
        report.section("One flip")
        report.prose(#"Responsibilities $\respvec{1}$ and $\respvec{2}$ of \#(12_000) flips."#)
        report.equation(
            "cs181.13", formula: #"\resp{n}{1} = \frac{\weight{1} \headprob{1}^{\heads{n}}}{p(\obs{n})}"#,
            numbers: #"\resp{1}{1} = \#(0.2, .fixed(1))"#, value: .vector([0.1 + 0.2, 1.5e-17]),
            again: .exact([0.3, 0], "counting in $M$ words"), telling: .entry(0, #"$\resp{1}{1}$"#),
            note: "Nothing else.")
        report.table(
            ["coin", #"$\headprob{k}$"#], rows: [["first", "0.3"], ["second", "0.8"]], caption: "The coins.")
        report.section("Errata and figures")
        report.erratum(
            "errata.cs181.pi22", printed: #"$\pi_{22}$"#, corrected: #"$\pi_{21}$"#, shown: "Their sum is 1.")
        report.published([
            PublishedFigure(
                id: "do-batzoglou-2008", quantity: "first coin, one step", published: 0.71, decimals: 2, ours: 0.7130122
            )
        ])
        report.figure(figure, caption: #"The path, with $\weight{1}$."#)
        report.exercise("What does coin 2 show?\n\nAnd coin 1?", answer: #"Heads with $\headprob{2}$."#)
        report.next = [("swift run Small --seed 7", "The same with other data.")]
        report.references = [("do-batzoglou-2008", "Do and Batzoglou, 2008.")]
        report.fit = FitSummary(
            model: "mixture of 2 coins", weights: [0.4, 0.6], parameters: ["heads": [0.3, 0.8], "flips": 10],
            logLikelihood: -1.0 / 3, iterations: 2, trace: [-0.5, -0.4, -1.0 / 3])
        return report
    }

    static func empty(in notation: String = "house") -> Report {
        Report(
            lesson: "Small", title: "A small report", seed: 181,
            notation: Notation.named(notation, for: .coins) ?? .house, model: .coins)
    }

    static let figure = Figure(
        id: "path", title: "A path", alt: "A line from [0, 0] up to\n(1, 1).",
        panels: [Panel(x: Axis("x"), y: Axis("y"), layers: [.line([Point(0, 0), Point(1, 1)])])])

    /// One equation and nothing else.
    static func report(value: CheckedValue, again route: SecondRoute) -> Report {
        var report = empty()
        report.equation(
            "cs181.11", formula: "x", numbers: nil, value: value, again: route,
            telling: .entry(0, "the first"))
        return report
    }
}

extension RenderedReport {
    /// A file of the report as text.
    func text(_ path: String) -> String? {
        files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}

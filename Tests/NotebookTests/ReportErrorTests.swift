import Figures
import Testing
import Verification

@testable import Notebook

/// Mistakes in a lesson that are found when its report is rendered.
struct ReportErrorTests {
    private let check = SecondRoute.exact(1, "counting")

    private func rendering(_ build: (inout Report) -> Void) throws {
        var report = SmallReport.empty()
        build(&report)
        _ = try RenderedReport(report, formats: [.svg])
    }

    @Test("An id that the ledger does not have is refused", arguments: ["cs181.99", "", "errata."])
    func unknownID(id: String) {
        #expect(throws: ReportError.unknownID(id)) {
            try rendering { $0.equation(id, formula: "x", numbers: nil, value: 1, again: check) }
        }
    }

    @Test("An id that is explained twice is refused")
    func twice() {
        #expect(throws: ReportError.explainedTwice("cs181.13")) {
            try rendering { report in
                for _ in 1...2 { report.equation("cs181.13", formula: "x", numbers: nil, value: 1, again: check) }
            }
        }
    }

    @Test("Two figures of one name are refused")
    func sameFigure() {
        #expect(throws: ReportError.sameFigureTwice("path")) {
            try rendering { report in
                for _ in 1...2 { report.figure(SmallReport.figure, caption: "A path.") }
            }
        }
    }

    @Test("A number that is not a number is refused in prose, formulas, tables and alternative texts")
    func notANumberInText() {
        let nan = Double.nan
        let places: [(inout Report) -> Void] = [
            { $0.prose(#"It is \#(nan, .fixed(2))."#) },
            { $0.overview = #"It is $\#(nan, .fixed(2))$."# },
            { $0.equation("cs181.13", formula: #"\#(nan, .fixed(2))"#, numbers: nil, value: 1, again: check) },
            { $0.equation("cs181.13", formula: "x", numbers: #"\#(nan, .bound)"#, value: 1, again: check) },
            { $0.table(["a"], rows: [[#"\#(nan, .significant(3))"#]]) },
            {
                $0.figure(
                    Figure(
                        id: "a", title: "a", alt: "It is NaN.",
                        panels: [Panel(layers: [.line([Point(0, 0), Point(1, 1)])])]), caption: "a")
            },
        ]
        for build in places {
            #expect {
                try rendering(build)
            } throws: { error in
                if case ReportError.notANumber = error { true } else { false }
            }
        }
    }

    @Test("A number that is not a number is refused among the results")
    func notANumberInResults() {
        let nan = Double.nan
        let failed = SecondRoute.exact(.number(nan), "counting")
        #expect(throws: ReportError.notANumber(in: "cs181.13")) {
            try rendering { $0.equation("cs181.13", formula: "x", numbers: nil, value: [1, nan], again: check) }
        }
        #expect(throws: ReportError.notANumber(in: "cs181.13")) {
            try rendering { $0.equation("cs181.13", formula: "x", numbers: nil, value: 1, again: failed) }
        }
        #expect(throws: ReportError.notANumber(in: "a weight")) {
            try rendering {
                $0.published([PublishedFigure(id: "a", quantity: "a weight", published: 1, decimals: 2, ours: nan)])
            }
        }
        #expect(throws: ReportError.notANumber(in: "the fit")) {
            try rendering {
                $0.fit = FitSummary(
                    model: "coins", weights: [1], parameters: ["heads": [nan]], logLikelihood: 0, iterations: 0,
                    trace: [])
            }
        }
    }

    @Test("A row of another length than the header is refused, even if there is no header")
    func ragged() {
        #expect(throws: ReportError.raggedTable(header: "a")) {
            try rendering { $0.table(["a", "b"], rows: [["1", "2"], ["1"]]) }
        }
        #expect(throws: ReportError.raggedTable(header: "")) { try rendering { $0.table([], rows: [["1"]]) } }
    }

    @Test("What prose opens and never closes is refused", arguments: ["*a", "a **b*", "`a", "**a *b**", "[*a](#b)"])
    func openMarkup(text: String) {
        let places: [(inout Report) -> Void] = [
            { $0.prose(Prose(text)) }, { $0.table([Prose(text)], rows: []) }, { $0.exercise("a", answer: Prose(text)) },
        ]
        for build in places {
            #expect {
                try rendering(build)
            } throws: { error in
                if case ReportError.openMarkup = error { true } else { false }
            }
        }
    }

    @Test("A mistake in a formula or in prose stops the report")
    func mistakes() {
        #expect(throws: TeXError.unknownCommand("weigth", in: #"\weigth{k}"#)) {
            try rendering { $0.prose(#"The $\weigth{k}$."#) }
        }
        #expect(throws: TeXError.unbalanced("braces", in: "{x")) {
            try rendering { $0.equation("cs181.13", formula: "{x", numbers: nil, value: 1, again: check) }
        }
    }

    @Test("A mistake that only shows in the source's letters stops the report, too")
    func mistakeElsewhere() {
        #expect {
            try rendering {
                $0.equation("cs229.responsibilities", formula: #"\obs{n}^{2}"#, numbers: nil, value: 1, again: check)
            }
        } throws: { error in
            if case TeXError.doubleScript("^", _) = error { true } else { false }
        }
    }

    @Test("Failed checks and published figures that ours do not round to are the report's failures")
    func failures() {
        var report = SmallReport.report()
        #expect(report.failures.isEmpty)
        let failed = SecondRoute.exact(2, "counting")
        report.equation("cs181.11", formula: "x", numbers: nil, value: 1, again: check)
        report.equation("cs181.12", formula: "x", numbers: nil, value: 1, again: failed)
        report.published([PublishedFigure(id: "a-2008", quantity: "p", published: 0.58, decimals: 2, ours: 0.5874)])
        #expect(report.failures == ["cs181.12", "a-2008"])
        let summary = TerminalSummary.text(report, path: "out/README.md")
        #expect(summary.contains("2 of 3 checks passed; failed: cs181.12, a-2008"))
        #expect(summary.contains("cs181.12  1") && summary.contains("✗ counting"))
        #expect(summary.hasSuffix("report: out/README.md"))
    }

    @Test("Every error says what is wrong")
    func descriptions() {
        let errors: [ReportError] = [
            .notANumber(in: "here"), .raggedTable(header: "here"), .openMarkup("*", in: "here"), .unknownID("here"),
            .explainedTwice("here"), .sameFigureTwice("here"),
        ]
        for error in errors { #expect("\(error)".contains("here") && "\(error)".count > 10) }
        #expect(Set(errors.map(\.description)).count == errors.count)
    }
}

import Figures

/// A report as bytes: everything that will be written, before anything is.
public struct RenderedReport: Sendable {
    /// The files by their path relative to the report's folder: `README.md`, `results.json`, `figures/….svg`.
    public let files: [(path: String, bytes: [UInt8])]
    /// The report's name, seed and the like, for the closing lines on the terminal.
    public let report: Report

    /// Draws the figures and renders the Markdown and the JSON.
    ///
    /// - Parameter formats: The figure formats. The first of SVG and PNG stands in the Markdown; with PDF alone the
    ///   Markdown links to the files.
    /// - Throws: ``ReportError`` and ``TeXError`` for mistakes in the lesson; what drawing throws, for figures.
    public init(_ report: Report, formats: [FigureFormat]) throws {
        try Self.checkIDs(report)
        try Self.checkNumbers(report)
        let shown = [FigureFormat.svg, .png].first(where: formats.contains) ?? .pdf
        func path(_ figure: Figure, _ format: FigureFormat) -> String { "figures/\(figure.id).\(format.rawValue)" }

        var files = try Figure.render(report.figures, as: formats).map {
            (path: path($0.figure, $0.format), bytes: $0.bytes)
        }
        let renderer = MarkdownRenderer(report: report) { (path($0, shown), shown != .pdf) }
        files.append(("README.md", Array(try renderer.render().utf8)))
        let results = try Results(report, figureFiles: report.figures.map { (path($0, shown), $0.alt) })
        files.append(("results.json", try results.json()))
        self.files = files
        self.report = report
    }

    /// Text is searched for NaN when it is rendered; this looks at the numbers that `results.json` gets.
    private static func checkNumbers(_ report: Report) throws {
        func check(_ numbers: [Double], _ place: String) throws {
            if numbers.contains(where: \.isNaN) { throw ReportError.notANumber(in: place) }
        }
        for equation in report.equations {
            try check(equation.value.entries + equation.check.value.entries, equation.entry.id)
            try check([equation.check.difference, equation.check.tolerance], equation.entry.id)
        }
        for further in report.furtherChecks {
            try check(further.value.entries + further.check.value.entries, further.name)
            try check([further.check.difference, further.check.tolerance], further.name)
        }
        for figure in report.publishedFigures { try check([figure.published, figure.ours], figure.quantity.source) }
        guard let fit = report.fit else { return }
        try check(fit.weights + fit.trace + [fit.logLikelihood] + fit.parameters.values.flatMap(\.entries), "the fit")
    }

    private static func checkIDs(_ report: Report) throws {
        var seen: Set<String> = []
        for name in report.furtherChecks.map(\.name) {
            guard seen.insert(name).inserted else { throw ReportError.explainedTwice(name) }
        }
        for id in report.explainedIDs {
            guard Ledger.entry(id) != nil else { throw ReportError.unknownID(id) }
            guard seen.insert(id).inserted else { throw ReportError.explainedTwice(id) }
        }
        var drawn: Set<String> = []
        for figure in report.figures {
            guard drawn.insert(figure.id).inserted else { throw ReportError.sameFigureTwice(figure.id) }
        }
    }
}

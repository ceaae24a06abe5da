import Figures

/// A report as bytes: everything that will be written, before anything is.
public struct RenderedReport: Sendable {
    /// The files by their path relative to the report's folder: `README.md`, `results.json`, `figures/….svg`.
    public let files: [(path: String, bytes: [UInt8])]

    /// Draws the figures, writes the report and the JSON.
    ///
    /// - Parameters:
    ///   - formats: The figure formats. The first of SVG and PNG stands in the Markdown; with PDF alone the Markdown links
    ///     to the files.
    ///   - written: The formats of the report.
    /// - Throws: ``ReportError`` and ``TeXError`` for mistakes in the lesson; what drawing throws, for figures.
    public init(_ report: Report, formats: [FigureFormat], as written: [ReportFormat] = [.markdown]) throws {
        try Self.check(report)
        let document = try report.document(figures: formats)
        var files = try Figure.render(report.figures, as: formats).map {
            (path: Block.Picture.path(of: $0.figure.id, as: $0.format), bytes: $0.bytes)
        }
        let summary = try report.summaryDocument(figures: formats)
        for format in written {
            files.append((format.file, try format.write(document)))
            if let summary { files.append((format.summaryFile, try format.write(summary))) }
        }
        let shown = [FigureFormat.svg, .png].first(where: formats.contains) ?? .pdf
        let results = try Results(
            report, figureFiles: report.figures.map { (Block.Picture.path(of: $0.id, as: shown), $0.alt) },
            files: (files.map(\.path) + ["results.json"]).sorted())
        files.append(("results.json", try results.json()))
        self.files = files
    }

    /// Looks for mistakes in the lesson that no writer would see.
    ///
    /// - Throws: ``ReportError``.
    static func check(_ report: Report) throws {
        try checkIDs(report)
        try checkNumbers(report)
        for equation in report.equations { _ = try CheckWords.telling(equation) }
    }

    /// Text is searched for NaN when it is rendered; this looks at the numbers that `results.json` gets.
    private static func checkNumbers(_ report: Report) throws {
        func check(_ numbers: [Double], _ place: String) throws {
            if numbers.contains(where: \.isNaN) { throw ReportError.notANumber(in: place) }
        }
        for equation in report.equations {
            try check(equation.check.ours.entries + equation.check.value.entries, equation.id)
            try check([equation.check.difference, equation.check.tolerance], equation.id)
        }
        for further in report.furtherChecks {
            try check(further.check.ours.entries + further.check.value.entries, further.name)
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
            _ = try Ledger.known(id)
            guard seen.insert(id).inserted else { throw ReportError.explainedTwice(id) }
        }
        var drawn: Set<String> = []
        for figure in report.figures {
            guard drawn.insert(figure.id).inserted else { throw ReportError.sameFigureTwice(figure.id) }
        }
    }
}

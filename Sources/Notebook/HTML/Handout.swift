extension Report {
    /// The report, or its one-sheet summary, as one HTML file.
    ///
    /// - Throws: ``ReportError`` and ``TeXError`` for mistakes in the lesson, and where the summary is asked for and there is none; what
    ///   drawing throws, for figures.
    public func handout(_ options: HandoutOptions = HandoutOptions()) throws -> [UInt8] {
        try RenderedReport.check(self)
        switch options.extent {
        case .report:
            return try ReportFormat.html(figures, options).write(document(figures: [.svg]))
        case .summary:
            guard let document = try summaryDocument(figures: [.svg]), let summary else {
                throw ReportError.noSummary(of: lesson)
            }
            return try ReportFormat.html(figures.filter { $0.id == summary.figure }, options).write(document)
        }
    }
}

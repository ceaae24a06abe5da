import Figures

/// Makes blocks of prose, formulas, tables and figures that stand in no report: those of worksheets, say.
///
/// What a report refuses is refused here, too: TeX that some reader would not show, indices that are typed in, numbers that are none.
public struct BlockBuilder: Sendable {
    private let builder: DocumentBuilder

    /// For documents in the letters of a source.
    public init(notation: Notation, model: Notation.Model) {
        let report = Report(lesson: "", title: "", seed: 0, notation: notation, model: model)
        builder = DocumentBuilder(report: report, formats: [.svg], references: References())
    }

    /// Paragraphs and lists.
    ///
    /// - Throws: ``TeXError``, ``ReportError``.
    public func text(_ prose: Prose) throws -> [Block] { try builder.text(prose) }

    /// Prose that stays in one line.
    ///
    /// - Throws: ``TeXError``, ``ReportError``.
    public func line(_ prose: Prose) throws -> [Inline] { try builder.line(prose) }

    /// A formula on a line of its own.
    ///
    /// - Throws: ``TeXError``, ``ReportError``.
    public func formula(_ formula: TeX) throws -> Block {
        try builder.display(formula, in: builder.report.notation)
    }

    /// A table of cells that are words already: those that somebody else has chosen, such as names.
    ///
    /// - Throws: ``ReportError`` for a row that is shorter or longer than the header.
    public func table(_ header: [[Inline]], cells: [[[Inline]]], name: String) throws -> Block {
        .table(try Block.Table(header, rows: cells, name: name))
    }

    /// A table.
    ///
    /// - Throws: ``TeXError``, ``ReportError``.
    public func table(_ header: [Prose], rows: [[Prose]]) throws -> Block {
        .table(
            try Block.Table(
                header.map(builder.line), rows: rows.map { try $0.map(builder.line) }, name: header.first?.source ?? "")
        )
    }

    /// A figure, and perhaps a sentence below.
    ///
    /// - Parameter number: Its place among the document's figures, for its anchor; it is not printed.
    /// - Throws: ``TeXError``, ``ReportError``.
    public func figure(_ figure: Figure, number: Int, caption: Prose = "") throws -> Block {
        let alt = figure.alt.replacing("\n", with: " ")
        return .figure(
            Block.FigureBlock(
                number: number, pictures: [Block.Picture(id: figure.id, alt: alt, formats: [.svg])],
                caption: try line(caption)))
    }
}

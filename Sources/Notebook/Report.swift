import Figures
import Verification

/// A report under construction: a lesson calls these functions in the order in which it wants to be read.
///
///     report.section("One flip per example")
///     report.prose(#"Let the first coin show heads with probability $\headprob{1} = \#(p, .fixed(2))$."#)
///     report.equation("cs181.11", formula: …, numbers: …, value: …, again: …)
///
/// Nothing is drawn or written here. ``RenderedReport`` turns the finished report into bytes, which
/// ``Lesson/run()`` puts into a folder in one go.
public struct Report: Sendable {
    /// The lesson's name, `Lesson4CoinFlips`: the executable, the folder of the report and the tests share it.
    public let lesson: String
    /// The title, as a heading.
    public let title: String
    /// The seed of everything random in the lesson.
    public let seed: UInt64
    /// The symbols that the report is written in.
    public let notation: Notation
    /// The model: it decides what CS 181's letters mean.
    public let model: Notation.Model

    /// What the reader is about to see, before the first section.
    public var overview: Prose = ""
    /// What to run next: a command, and what it shows.
    public var next: [(command: String, shows: Prose)] = []
    /// The literature, by id.
    public var references: [(id: String, citation: Prose)] = []
    /// The fit for `results.json`.
    public var fit: FitSummary?
    /// Other runs of the lesson that can be followed step by step, for `results.json`.
    public var furtherFits: [FitSummary] = []
    /// What makes the fit suspicious, for `results.json`; a lesson says the same in its text.
    public var warnings: [Prose] = []
    /// Whether the numbers are a reader's own. A second route that cannot be taken with them is then no fault of the lesson's;
    /// with the lesson's own numbers it is.
    public var isAboutOwnData = false

    /// What is read from top to bottom.
    var cells: [Cell] = []
    /// The questions at the end.
    var recap: [(question: Prose, answer: Prose)] = []
    /// The one-sheet summary, if there is one.
    var summary: Summary?

    /// An empty report.
    public init(lesson: String, title: String, seed: UInt64, notation: Notation, model: Notation.Model) {
        self.lesson = lesson
        self.title = title
        self.seed = seed
        self.notation = notation
        self.model = model
    }

    /// A heading. Sections are listed at the top of the report.
    public mutating func section(_ title: String) { cells.append(.section(title: title)) }

    /// One or more paragraphs.
    public mutating func prose(_ text: Prose) { cells.append(.prose(text)) }

    /// A formula on a line of its own, as part of an argument; it has no id and no numbers.
    public mutating func formula(_ formula: TeX) { cells.append(.formula(formula)) }

    /// A numbered equation: the formula, the formula with numbers, the value, and an independent second route.
    ///
    /// The comparison is made here, of the value that is shown: no other can stand beside the check.
    ///
    /// - Parameters:
    ///   - id: The ledger's id. An id that the ledger does not know, or that was explained before, is an error when the
    ///     report is rendered.
    ///   - formula: TeX in semantic macros.
    ///   - printed: The formula as its source prints it, where that is more than other letters for the same: a product written
    ///     out for two coins, an index left away. It stands in the place of the formula in the source's own letters.
    ///   - numbers: The formula with this lesson's numbers put in; nil only where there is nothing to put in.
    ///   - value: The result, in full precision.
    ///   - route: The result by a route that shares no code with the first. If it throws, the report says “not checked”, and
    ///     why; that fails the lesson, unless the numbers are the reader's own.
    ///   - telling: Of several numbers, the one that stands in the closing table and in the index; a single number needs none.
    ///   - note: A sentence below, where the numbers call for one.
    ///   - details: What the check compares, and how, in more than the few words of its route. It is folded with the check.
    public mutating func equation(
        _ id: String, formula: TeX, printed: TeX? = nil, numbers: TeX?, value: CheckedValue,
        again route: @autoclosure () throws -> SecondRoute, telling: TellingNumber? = nil, note: Prose? = nil,
        details: Prose? = nil
    ) {
        cells.append(
            .equation(
                EquationCell(
                    id: id, formula: formula, printed: printed, numbers: numbers,
                    check: Check(of: value, again: SecondRoute(attempting: route)), telling: telling, note: note,
                    details: details)))
    }

    /// A check of something that the text says and that is no numbered equation, such as “the log-likelihood never falls”. If it
    /// fails, the lesson fails.
    ///
    /// - Parameters:
    ///   - name: unique in the report; `results.json` and a failed run print it.
    ///   - value: what the text says.
    ///   - route: the same by a second route.
    public mutating func check(
        _ name: String, value: CheckedValue, again route: @autoclosure () throws -> SecondRoute
    ) {
        cells.append(
            .check(CheckCell(name: name, check: Check(of: value, again: SecondRoute(attempting: route)))))
    }

    /// The lines of a declaration, cut from the source that was compiled.
    ///
    /// - Throws: ``SourceError`` if the file or the declaration is not there.
    public mutating func code(_ declaration: String, in file: String, caption: Prose) throws {
        let lines = try SourceCode.declaration(declaration, in: file)
        cells.append(.code(CodeCell(file: file, lines: lines, caption: caption)))
    }

    /// A table; every row has as many cells as the header.
    public mutating func table(_ header: [Prose], rows: [[Prose]], caption: Prose? = nil) {
        cells.append(.table(TableCell(header: header, rows: rows, caption: caption)))
    }

    /// A figure. It gets the next number, and prose refers to it by its id: `[fig:ridge]`.
    ///
    /// - Parameter caption: A sentence or two under the figure: what is seen, and what it shows. The alternative text is for
    ///   readers who do not see it, and describes the picture itself.
    public mutating func figure(_ figure: Figure, caption: Prose) {
        cells.append(.figure(FigureCell(figure: figure, caption: caption)))
    }

    /// An erratum of a source: what is printed, what it should be, and the number that shows it.
    public mutating func erratum(_ id: String, printed: Prose, corrected: Prose, shown: Prose) {
        cells.append(.erratum(ErratumCell(id: id, printed: printed, corrected: corrected, shown: shown)))
    }

    /// Published numbers beside ours.
    public mutating func published(_ figures: [PublishedFigure]) { cells.append(.published(figures)) }

    /// A question to the reader; the answer is folded away.
    public mutating func exercise(_ question: Prose, answer: Prose) {
        cells.append(.exercise(question: question, answer: answer))
    }
}

extension Report {
    /// A label of a figure, in the report's symbols: `try report.label(#"weight $\weight{1}$"#)`.
    public func label(_ prose: Prose) throws -> Label { Label(try notation.expand(prose)) }

    /// Plain text with numbers, for the alternative text of a figure.
    public func words(_ prose: Prose) -> String {
        prose.source.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension Report {
    var equations: [EquationCell] {
        allCells.compactMap { if case .equation(let equation) = $0 { equation } else { nil } }
    }

    var furtherChecks: [CheckCell] {
        allCells.compactMap { if case .check(let check) = $0 { check } else { nil } }
    }

    var errata: [ErratumCell] {
        allCells.compactMap { if case .erratum(let erratum) = $0 { erratum } else { nil } }
    }

    var figures: [Figure] {
        allCells.compactMap { if case .figure(let cell) = $0 { cell.figure } else { nil } }
    }

    var publishedFigures: [PublishedFigure] {
        allCells.flatMap { cell -> [PublishedFigure] in
            if case .published(let figures) = cell { figures } else { [] }
        }
    }

    /// Every id that this report explains, in order.
    public var explainedIDs: [String] {
        allCells.compactMap {
            switch $0 {
            case .equation(let equation): equation.id
            case .erratum(let erratum): erratum.id
            default: nil
            }
        }
    }

    /// The checks that failed, by the id of their equation; a published figure that ours does not round to counts. A check that
    /// could not be made counts, too, unless the numbers are the reader's own.
    public var failures: [String] {
        func fails(_ check: Check) -> Bool { check.failed || !check.wasMade && !isAboutOwnData }
        return equations.filter { fails($0.check) }.map(\.id)
            + furtherChecks.filter { fails($0.check) }.map(\.name) + publishedFigures.filter { !$0.agrees }.map(\.id)
    }

    /// How many of the equations' checks could not be made, and how many of the further checks.
    var unchecked: (equations: Int, further: Int) {
        (equations.count { !$0.check.wasMade }, furtherChecks.count { !$0.check.wasMade })
    }
}

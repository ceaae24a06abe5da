import Figures

/// A piece of a document, as it is read: all words are chosen, all numbers are printed, and no markup is left to parse.
///
/// A report becomes blocks in one place (``Report/document(figures:)``), and each ``ReportFormat`` writes blocks. Like
/// ``Inline`` this is a closed list, so that no writer can forget a kind.
public indirect enum Block: Sendable, Equatable {
    /// A heading; level 1 is the document's title. Links lead to the anchor, if it has one.
    case heading(level: Int, [Inline], anchor: String?)
    /// Running text.
    case paragraph([Inline])
    /// A formula on a line of its own: plain TeX that has passed the lint, in one line.
    case formula(String)
    /// Lines to be set as they are. The language is `swift` for code and `sh` for commands.
    case code(String, language: String)
    /// A table.
    case table(Table)
    /// A figure, or a series of figures under one caption.
    case figure(FigureBlock)
    /// Something set apart from the argument: an erratum, a question to the reader.
    case quote([Block], anchor: String?)
    /// Items, each of blocks; numbered from a number on, such as a list that goes on after a heading, or not at all.
    case list([[Block]], numberedFrom: Int?)
    /// What stays closed until the reader opens it. The summary is plain characters.
    case folded(summary: String, role: FoldRole, [Block])
    /// What belongs together under a title, in a frame.
    case box(title: [Inline], [Block])
    /// The table of contents: links to places in the document.
    case navigation(title: String, [Block])
    /// What begins on a new sheet of paper, and has pages of its own: their foot says whose they are, and counts them from 1.
    case sheet(of: String, [Block])
    /// Room to write by hand, so many lines high, with a place for the result at its end and a word in front of that.
    case room(lines: Int, label: String)
    /// What stays on one sheet of paper.
    case together([Block])

    /// Why something is folded.
    public enum FoldRole: Sendable, Equatable {
        /// It answers a question to the reader; a handout may leave it out.
        case answer
        /// It is there for completeness: details of a check, a table for looking up, an erratum.
        case details
    }

    /// A table: each row has as many cells as the header.
    public struct Table: Sendable, Equatable {
        /// The names of the columns; a name may be empty.
        public let header: [[Inline]]
        /// The rows, in one line each.
        public let rows: [[[Inline]]]
        /// A sentence under the table.
        public let caption: [Inline]?

        /// A table.
        ///
        /// - Throws: ``ReportError/raggedTable(header:)`` for a row of another length than the header.
        public init(_ header: [[Inline]], rows: [[[Inline]]], caption: [Inline]? = nil, name: String = "") throws {
            guard rows.allSatisfy({ $0.count == header.count }) else { throw ReportError.raggedTable(header: name) }
            self.header = header.map(\.inOneLine)
            self.rows = rows.map { $0.map(\.inOneLine) }
            self.caption = caption?.inOneLine
        }
    }

    /// One or more pictures with a number.
    public struct FigureBlock: Sendable, Equatable {
        /// The figure's number in its report, from 1.
        public let number: Int
        /// Where links lead.
        public var anchor: String { "figure-\(number)" }
        /// The pictures, in the order in which they are looked at.
        public let pictures: [Picture]
        /// What stands under the pictures; it begins with the number: “**Figure 3.**”
        public let caption: [Inline]

        /// A figure.
        public init(number: Int, pictures: [Picture], caption: [Inline]) {
            (self.number, self.pictures, self.caption) = (number, pictures, caption)
        }
    }

    /// A drawn figure as a file.
    public struct Picture: Sendable, Equatable {
        /// The figure's name: `one-step-ridge`.
        public let id: String
        /// What is seen, in plain words, for readers who do not see it; in one line.
        public let alt: String
        /// The formats in which it was drawn.
        public let formats: [FigureFormat]

        /// A figure as a file: `figures/<id>.<format>` beside the document.
        public init(id: String, alt: String, formats: [FigureFormat]) {
            (self.id, self.alt, self.formats) = (id, alt, formats)
        }

        /// The file's path from the document, or nil if it was not drawn in that format.
        public func path(as format: FigureFormat) -> String? {
            formats.contains(format) ? Self.path(of: id, as: format) : nil
        }

        /// Where a report keeps a figure.
        static func path(of id: String, as format: FigureFormat) -> String { "figures/\(id).\(format.rawValue)" }
    }
}

extension Block {
    /// Where links can lead in this block and in those inside it.
    var anchors: [String] {
        switch self {
        case .heading(_, _, let anchor): [anchor].compactMap(\.self)
        case .figure(let figure): [figure.anchor]
        case .quote(let inner, let anchor): [anchor].compactMap(\.self) + inner.flatMap(\.anchors)
        case .list(let items, _): items.flatMap { $0.flatMap(\.anchors) }
        case .folded(_, _, let inner), .box(_, let inner), .navigation(_, let inner), .together(let inner),
            .sheet(_, let inner):
            inner.flatMap(\.anchors)
        case .paragraph, .formula, .code, .table, .room: []
        }
    }
}

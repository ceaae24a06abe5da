/// A format that documents are written in. A format is a value: to add one, write a function from a document to bytes.
///
///     extension ReportFormat {
///         static let titles = ReportFormat(name: "titles", file: "title.txt") { Array($0.title.utf8) }
///     }
public struct ReportFormat: Sendable {
    /// The name, as one would type it: `markdown`.
    public let name: String
    /// The name of a document's file in this format: `README.md`.
    public let file: String
    /// The name of a lesson's summary in this format: `summary.md`.
    public var summaryFile: String { Self.summaryFile(beside: file) }

    /// The name of the summary beside a report's file of that name.
    static func summaryFile(beside file: String) -> String {
        "summary" + file[(file.lastIndex(of: ".") ?? file.endIndex)...]
    }

    /// The bytes of a document.
    public let write: @Sendable (Document) throws -> [UInt8]

    /// A format.
    public init(name: String, file: String, write: @escaping @Sendable (Document) throws -> [UInt8]) {
        self.name = name
        self.file = file
        self.write = write
    }
}

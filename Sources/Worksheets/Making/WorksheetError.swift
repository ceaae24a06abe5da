import Files

/// What can keep worksheets from being made or marked, apart from files that cannot be read or written.
public enum WorksheetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no worksheet of that name.
    case unknownWorksheet(String)
    /// The secret is too short.
    case weakSecret
    /// No draw of a great many was kind enough; the reason why the last one was not.
    case noKindNumbers(worksheet: String, student: String, last: String)
    /// A block that a learning platform's text cannot hold.
    case notForPlatforms(String)
    /// A key that this program has not written, or that was changed.
    case brokenKey(file: String, line: Int?, rule: String)
    /// A program that is needed is not there, or failed.
    case tool(String, advice: String)

    /// The error as one plain sentence.
    public var description: String {
        switch self {
        case .unknownWorksheet(let name):
            "there is no worksheet “\(shown(name))”; there are \(Worksheet.all.map(\.name).joined(separator: ", "))"
        case .weakSecret:
            "the secret has less than \(Seeds.shortest) characters: whoever has a sheet could find it by trying"
        case .noKindNumbers(let worksheet, let student, let last):
            "no kind numbers were found for \(shown(student))'s sheet of \(worksheet); the last ones: \(last)"
        case .notForPlatforms(let what): "a question for a learning platform cannot hold \(what)"
        case .brokenKey(let file, let line, let rule): "\(shown(file))\(line.map { ", line \($0)" } ?? ""): \(rule)"
        case .tool(let name, let advice): "`\(name)` \(advice)"
        }
    }
}

import Files
import Foundation

/// Why a piece of source could not be shown.
public enum SourceError: Error, Equatable, CustomStringConvertible {
    /// The file is not where it was when the lesson was compiled.
    case missingFile(String)
    /// No line of the file contains the declaration.
    case missingDeclaration(String, file: String)
    /// Several lines of the file contain the declaration.
    case ambiguousDeclaration(String, file: String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .missingFile(let file):
            "cannot read \(file): the lessons show their own source, so run them where they were built (swift run)"
        case .missingDeclaration(let declaration, let file): "\(file) has no declaration “\(declaration)” to show"
        case .ambiguousDeclaration(let declaration, let file): "\(file) has more than one “\(declaration)”"
        }
    }
}

/// Cuts code out of the package's own source, so that what a report shows is what ran.
enum SourceCode {
    /// The lines of one declaration, from the line that contains `signature` to its end, moved to the left margin.
    /// Documentation above the declaration is left out: the report has its own words.
    ///
    /// Where a declaration ends is seen from the indentation, which swift-format keeps right throughout this package;
    /// braces in strings and comments cannot mislead it. A comment, or a string in which the signature is quoted, does not
    /// count as the declaration, so a lesson can show its own code.
    static func declaration(_ signature: String, in file: String) throws -> String {
        guard let text = try? String(contentsOf: PackageFiles.root.appending(path: file), encoding: .utf8) else {
            throw SourceError.missingFile(file)
        }
        return try cut(signature, from: text, file: file)
    }

    static func cut(_ signature: String, from text: String, file: String) throws -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let starts = lines.indices.filter { declares(signature, lines[$0]) }
        guard let start = starts.first else { throw SourceError.missingDeclaration(signature, file: file) }
        guard starts.count == 1 else { throw SourceError.ambiguousDeclaration(signature, file: file) }
        let margin = indentation(lines[start])
        var end = start
        for index in lines.indices.dropFirst(start + 1) where !lines[index].allSatisfy(\.isWhitespace) {
            let body = lines[index].drop { $0 == " " }
            // `) -> Int {`, `} else {` and `{` go on; a `}` alone is the end.
            let continues = indentation(lines[index]) == margin && body.first.map(")]}{".contains) ?? false
            guard indentation(lines[index]) > margin || continues else { break }
            end = index
            if continues && body.first == "}" && body.last != "{" { break }
        }
        return lines[start...end].map { String($0.dropFirst(min(margin, indentation($0)))) }.joined(separator: "\n")
    }

    private static func declares(_ signature: String, _ line: Substring) -> Bool {
        guard let range = line.range(of: signature) else { return false }
        let before = line[..<range.lowerBound]
        return !before.contains("\"") && !before.contains("//") && !signature.isEmpty
    }

    private static func indentation(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
}

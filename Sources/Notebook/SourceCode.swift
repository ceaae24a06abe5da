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
    /// The lines of one declaration, from the line that contains `signature` to its closing brace, moved to the left
    /// margin. Documentation above the declaration is left out: the report has its own words.
    static func declaration(_ signature: String, in file: String) throws -> String {
        guard let text = try? String(contentsOf: packageRoot.appending(path: file), encoding: .utf8) else {
            throw SourceError.missingFile(file)
        }
        return try cut(signature, from: text, file: file)
    }

    static func cut(_ signature: String, from text: String, file: String) throws -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let starts = lines.indices.filter { lines[$0].contains(signature) && !lines[$0].contains("///") }
        guard let start = starts.first else { throw SourceError.missingDeclaration(signature, file: file) }
        guard starts.count == 1 else { throw SourceError.ambiguousDeclaration(signature, file: file) }
        var depth = 0
        var opened = false
        var end = start
        scan: for index in lines[start...].indices {
            for character in lines[index].prefix(
                upTo: lines[index].range(of: "//")?.lowerBound ?? lines[index].endIndex)
            {
                if character == "{" {
                    depth += 1
                    opened = true
                }
                if character == "}" { depth -= 1 }
            }
            end = index
            if opened && depth == 0 { break scan }
        }
        guard opened && depth == 0 else { throw SourceError.missingDeclaration(signature, file: file) }
        let margin = lines[start].prefix { $0 == " " }.count
        return lines[start...end].map { String($0.dropFirst(min(margin, $0.prefix { $0 == " " }.count))) }
            .joined(separator: "\n")
    }

    /// The folder of Package.swift: three levels above this file.
    private static var packageRoot: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }
}

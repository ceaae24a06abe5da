import Foundation

/// The markers of the master: what they enclose is cut out for students.
///
/// A marker is a line of its own, a comment: BEGIN or END, a space, and SOLUTION or HIDDEN TESTS. (This file is in the student's copy,
/// which must be free of markers: so none is spelled out here.)
public enum Markers {
    /// A marker is misspelled, not closed, not opened, or inside another region.
    public struct Unbalanced: Error, Equatable, CustomStringConvertible {
        /// Where and what: "Exercise3SingleFlips.swift:12: …".
        public let description: String
    }

    /// What a student gets in place of a solution.
    public static let blank = "fatalError(\"YOUR CODE HERE\")"

    /// The master's text without its solutions.
    ///
    /// A region that is the whole body of a function, so that a line which ends in `{` stands before it and one which begins with `}`
    /// after it, becomes `blank`; any other region (a solution's private helpers) goes without a trace.
    ///
    /// - Parameters:
    ///   - master: the text of a file.
    ///   - file: its name, for the error.
    /// - Throws: `Unbalanced`.
    public static func stub(of master: String, file: String) throws -> String {
        try cut("SOLUTION", from: master, file: file) { before, first, after in
            guard before?.hasSuffix("{") == true, after?.trimmed.hasPrefix("}") == true else { return nil }
            return String(first.prefix { $0 == " " }) + blank
        }
    }

    /// The master's text without its hidden tests.
    ///
    /// - Throws: `Unbalanced`.
    public static func withoutHiddenTests(_ master: String, file: String) throws -> String {
        try cut("HIDDEN TESTS", from: master, file: file) { _, _, _ in nil }
    }

    /// The numbers of the lines, from 1, which contain anything like a marker of either kind, however it is spelled.
    public static func lines(in text: String) -> [Int] {
        text.lines.enumerated().compactMap { index, line in
            kinds.contains { line.mentions("BEGIN \($0)") || line.mentions("END \($0)") } ? index + 1 : nil
        }
    }

    private static let kinds = ["SOLUTION", "HIDDEN TEST"]

    /// Cuts the regions of one kind, and puts in what `replacement` says, given the last line of text before the region, the region's
    /// opening marker and the first line of text after it.
    private static func cut(
        _ kind: String, from text: String, file: String,
        replacement: (_ before: String?, _ first: String, _ after: String?) -> String?
    ) throws -> String {
        var kept: [String] = []
        var opened: (line: Int, marker: String)?
        var pending: (marker: String, place: Int)?
        for (index, line) in text.lines.enumerated() {
            func unbalanced(_ what: String) -> Unbalanced { .init(description: "\(file):\(index + 1): \(what)") }
            if let cut = pending, !line.isBlank {
                pending = nil
                if let new = replacement(kept[..<cut.place].last { !$0.isBlank }, cut.marker, line) {
                    kept.insert(new, at: cut.place)
                }
            }
            switch line.trimmed {
            case "// BEGIN \(kind)":
                if let opened { throw unbalanced("BEGIN \(kind) within the region that begins in line \(opened.line)") }
                opened = (index + 1, line)
            case "// END \(kind)":
                guard let region = opened else { throw unbalanced("END \(kind) without a BEGIN") }
                opened = nil
                pending = (region.marker, kept.count)
            default:
                if line.mentions("BEGIN \(kind)") || line.mentions("END \(kind)") {
                    throw unbalanced("a marker is a line of its own, spelled // BEGIN \(kind) or // END \(kind)")
                }
                guard opened == nil else { continue }
                // A region cut out between two blank lines leaves one of them.
                if line.isBlank, kept.last?.isBlank ?? true, pending != nil { continue }
                kept.append(line)
            }
        }
        if let opened { throw Unbalanced(description: "\(file):\(opened.line): BEGIN \(kind) without an END") }
        return kept.joined(separator: "\n")
    }
}

extension String {
    /// The lines, without their ends.
    var lines: [String] { split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init) }
    /// Without white space around it.
    var trimmed: String { trimmingCharacters(in: .whitespaces) }
    fileprivate var isBlank: Bool { trimmed.isEmpty }
    fileprivate func mentions(_ marker: String) -> Bool { range(of: marker, options: .caseInsensitive) != nil }
}

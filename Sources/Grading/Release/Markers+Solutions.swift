// BEGIN HIDDEN TESTS
import Foundation

extension Markers {
    /// The master's text with its solutions, and without the markers around them.
    ///
    /// - Throws: `Unbalanced`.
    static func solved(_ master: String, file: String) throws -> String {
        _ = try stub(of: master, file: file)  // finds misspelled markers
        return try withoutHiddenTests(master, file: file).lines
            .filter { !isSolutionMarker($0, "BEGIN") && !isSolutionMarker($0, "END") }.joined(separator: "\n")
    }

    /// The solutions in a master's text, as they stand between their markers.
    ///
    /// - Throws: `Unbalanced`.
    static func solutions(in master: String, file: String) throws -> [String] {
        _ = try stub(of: master, file: file)
        var solutions: [String] = []
        var open: [String]?
        for line in master.lines {
            if isSolutionMarker(line, "BEGIN") {
                open = []
            } else if isSolutionMarker(line, "END") {
                solutions.append((open ?? []).joined(separator: "\n"))
                open = nil
            } else {
                open?.append(line)
            }
        }
        return solutions
    }

    private static func isSolutionMarker(_ line: String, _ word: String) -> Bool {
        line.trimmed == "// \(word) SOLUTION"
    }
}
// END HIDDEN TESTS

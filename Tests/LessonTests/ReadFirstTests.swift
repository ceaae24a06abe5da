import Foundation
import Testing

@testable import Notebook

/// “Read first” at the head of each exercise leads to the sections in which the equations that it names stand, as `Output` has them.
struct ReadFirstTests {
    private static let exercises = Executable.packageRoot.appending(path: "Lessons/Exercises")

    @Test("An equation that an exercise names stands in a section that it names", arguments: 1...19)
    func equations(exercise: Int) throws {
        let text = try Self.readFirst(exercise)
        let named = Self.sections(in: text)
        #expect(!named.isEmpty)
        for match in text.matches(of: /`([a-z0-9.-]+)`/) {
            guard let entry = Ledger.entry(String(match.1)) else { continue }
            let section = try Self.section(of: entry)
            #expect(named[entry.lesson]?.contains(section) == true, "\(entry.id) stands in section \(section)")
        }
    }

    @Test("The table of the exercises' guide names the same sections", arguments: 1...19)
    func table(exercise: Int) throws {
        let guide = try String(contentsOf: Self.exercises.appending(path: "README.md"), encoding: .utf8)
        let row = try #require(guide.split(separator: "\n").first { $0.hasPrefix("| \(exercise) | ") })
        #expect(try Self.sections(in: String(row)) == Self.sections(in: Self.readFirst(exercise)))
    }

    /// The paragraph of an exercise's comment that says what to read.
    private static func readFirst(_ exercise: Int) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: exercises.path(percentEncoded: false))
        let name = try #require(names.first { $0.prefixMatch(of: /Exercise(\d+)/).map { Int($0.1) } == exercise })
        let lines = try String(contentsOf: exercises.appending(path: name), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("/// Read first:") })
        return lines[start...].prefix { $0.hasPrefix("/// ") }.map { $0.dropFirst(4) }.joined(separator: " ")
    }

    /// “lesson 3, sections 5 and 8 to 9; lesson 6, section 3”: the sections by lesson.
    private static func sections(in text: String) -> [Int: Set<Int>] {
        var (lesson, found) = (0, [Int: Set<Int>]())
        for match in text.matches(of: /(?i)lesson (\d+)|sections? (\d+(?:(?:, | and | to )\d+)*)/) {
            if let number = match.1 { lesson = Int(number) ?? 0 }
            for part in (match.2 ?? "").split(separator: #/, | and /#) {
                let ends = part.split(separator: " to ").compactMap { Int($0) }
                if let first = ends.first, let last = ends.last { found[lesson, default: []].formUnion(first...last) }
            }
        }
        return found
    }

    /// The number of the section in which an entry stands.
    private static func section(of entry: LedgerEntry) throws -> Int {
        let lesson = try #require(Ledger.lessons.first { Ledger.lessonNumber(of: $0) == entry.lesson })
        let url = Executable.packageRoot.appending(path: "Output/\(lesson)/README.md")
        let report = try String(contentsOf: url, encoding: .utf8)
        let place = try #require(report.range(of: "<a id=\"\(entry.anchor)\">"))
        let last = report[..<place.lowerBound].matches(of: /<a id="section-(\d+)">/).last
        return try #require(last.flatMap { Int($0.1) })
    }
}

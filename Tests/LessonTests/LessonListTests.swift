import Foundation
import Testing

@testable import Notebook

/// Lessons are listed once, in Package.swift; folders, programs and tests have to agree with the list.
struct LessonListTests {
    private static let root = Executable.packageRoot

    /// The folders below `Lessons` that hold a lesson.
    private static func folders() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Lessons").path(percentEncoded: false))
            .filter { Ledger.lessonNumber(of: $0) != nil }.sorted()
    }

    @Test("Each folder of a lesson is in the list of Package.swift, and each line of the list has its folder")
    func list() throws {
        let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        let list = try #require(manifest.firstMatch(of: /(?s)\nlet lessons = \[\n(.*?)\n\]\n/)).1
        let names = list.matches(of: /"(\w+)",/).map { String($0.1) }
        #expect(try names.sorted() == Self.folders())
        #expect(names.count >= 6)
    }

    @Test(
        "Each lesson has a number of its own, a program, and a file of tests that holds it to what every lesson keeps")
    func tests() throws {
        let folders = try Self.folders()
        let numbers = folders.compactMap(Ledger.lessonNumber)
        #expect(Set(numbers).count == folders.count)
        for (name, number) in zip(folders, numbers) {
            #expect(try Executable.run(["--help"], program: name).output.contains("USAGE: \(name) "))
            let file = Self.root.appending(path: "Tests/LessonTests/Lesson\(number)Tests.swift")
            let tests = try String(contentsOf: file, encoding: .utf8)
            #expect(tests.contains("rule.check(\(name).self"), "\(file.lastPathComponent)")
        }
    }
}

import ExerciseChecks
import Foundation
import Grading
import Testing

/// Files that do not compile, are missing, or are not what they should be: only their exercise is concerned.
@Suite(.serialized) struct BuildingTests {
    private static let spoiled = allExercises[2]
    private static let others = allExercises.filter { $0.name != spoiled.name }
    /// One check an exercise is enough here.
    private static let grader = Task {
        try await Grader(
            root: root,
            exercises: allExercises.map {
                Exercise(
                    number: $0.number, name: $0.name, title: $0.title, hiddenPoints: 0,
                    checks: Array($0.checks.prefix(1)))
            })
    }

    /// Grades the master with some files exchanged, expects full points for all exercises but those named, and returns what these
    /// are told, in one text.
    private func told(
        _ changes: [String: String?], costs spoiled: [String] = [spoiled.name],
        prepare: (HandedIn) throws -> Void = { _ in }
    ) async throws -> (told: String, notes: [String]) {
        var files = try masters()
        for (path, text) in changes { files[path] = text }
        let folder = try HandedIn(files)
        try prepare(folder)
        let graded = try await Self.grader.value.grade(folder.url, name: "spoiled")
        for exercise in graded.exercises {
            let wanted = spoiled.contains(exercise.name) ? 0 : exercise.maximum
            #expect(exercise.score == wanted, "\(exercise.name): \(exercise.outcomes.map(\.message))")
        }
        let outcomes = graded.exercises.filter { spoiled.contains($0.name) }.flatMap(\.outcomes)
        let text = outcomes.map(\.message).joined(separator: "\n")
        #expect(!text.contains("/"), "no path of this machine: \(text)")
        return (text, graded.notes)
    }

    @Test(arguments: [
        ("a syntax error", "public static func", "public static fnuc", "Exercise3SingleFlips.swift:"),
        ("another type", "flips: [Bool], weights", "flips: [Int], weights", "a declaration is not the one of the task"),
        ("another name", "func update", "func upgrade", "has no member 'update'"),
        ("another type's name", "public enum Exercise3", "public enum Exercise33", "cannot find 'Exercise3' in scope"),
        (
            "an expression that takes the compiler for ever", "public enum Exercise3 {",
            "let slow: Double = -(1 + 2) * -(3 + -4) + [1, 2.5, -3].map { -$0 * 2 + 1 }.reduce(0) { $0 + -$1 * 2 } * -(1 + 2)"
                + " + [1, 2.5, -3].map { -$0 * 2 + 1 }.reduce(0) { $0 + -$1 * 2 } * -(1 + \"2\")\npublic enum Exercise3 {",
            "Exercise3SingleFlips.swift:"
        ),
        (
            "an error blamed on another file", "public enum Exercise3 {",
            "#sourceLocation(file: \"Exercise1PetStore.swift\", line: 1)\nlet wrong: Int = \"\"\n#sourceLocation()\npublic enum Exercise3 {",
            "cannot convert"
        ),
        (
            "the name of another exercise", "public enum Exercise3 {",
            "public enum Exercise1 {}\npublic enum Exercise3 {",
            "does not compile"
        ),
    ])
    func `A file that does not compile costs its exercise only`(
        what: String, old: String, new: String, told wanted: String
    ) async throws {
        let name = "\(Self.spoiled.name).swift"
        let text = try #require(masters()[name]).replacing(old, with: new)
        let told = try await told([name: text]).told
        #expect(told.contains("does not compile") && told.contains(wanted), "\(what): \(told)")
    }

    @Test func `Helpers of the same name in two files cost nobody anything`() async throws {
        let all = try masters()
        let changes = try ["Exercise3SingleFlips.swift", "Exercise4TenFlips.swift"].map {
            ($0, try #require(all[$0]) + "\nfunc helper() -> Int { 1 }\n")
        }
        _ = try await told(Dictionary(uniqueKeysWithValues: changes), costs: [])
    }

    @Test func `A missing file costs its exercise, which is told`() async throws {
        let told = try await told(["\(Self.spoiled.name).swift": nil]).told
        #expect(told.contains("was not handed in"))
    }

    @Test func `Files that are no exercises are not used, and told of`() async throws {
        let notes = try await told(
            [
                "Helpers.swift": "let x: Int = \"does not compile\"", "notes.txt": "",
                "Support/RandomSource.swift": "public struct RandomSource {}",
                "Sources/ExerciseRunner/main.swift": "print(\"100 points\")",
                "Tests/ExerciseTests/ExerciseTests.swift": "nothing",
                "Lessons/Exercises/Exercise3SingleFlips.swift": "does not compile",
            ], costs: []
        ).notes
        #expect(notes.contains { $0.contains("Helpers.swift") })
        #expect(notes.contains { $0.hasPrefix("Support/RandomSource.swift is not part") })
        #expect(
            notes.contains(
                "Lessons/Exercises/Exercise3SingleFlips.swift was ignored: Exercise3SingleFlips.swift was taken for this exercise"
            ))
        #expect(notes.count == 3, "\(notes)")
    }

    @Test func `A whole copy of the course may be handed in`() async throws {
        let folder = try HandedIn([:])
        for (name, text) in try masters() { try folder.write(Data(text.utf8), to: "course/Lessons/Exercises/\(name)") }
        let graded = try await Self.grader.value.grade(folder.url, name: "copy")
        #expect(graded.score == graded.maximum)
        #expect(graded.notes == [])
    }

    @Test(arguments: ["a link", "a folder", "too large", "not UTF-8"])
    func `What is no file of text is refused, and told of`(what: String) async throws {
        let name = "\(Self.spoiled.name).swift"
        let text = try #require(masters()[name])
        let (told, notes) = try await told([name: nil]) { folder in
            let url = folder.url.appending(path: name)
            switch what {
            case "a link":
                try folder.write(Data(text.utf8), to: ".kept")
                try FileManager.default.createSymbolicLink(
                    at: url, withDestinationURL: folder.url.appending(path: ".kept"))
            case "a folder": try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            case "too large":
                try folder.write(Data((text + String(repeating: "\n", count: 1 << 20)).utf8), to: name)
            default: try folder.write(Data(text.utf8) + [0x2F, 0x2F, 0xFF, 0xFE], to: name)
            }
        }
        #expect(told.contains("was not handed in"))
        #expect(notes.count == 1 && notes.contains { $0.hasPrefix("\(name) was refused") }, "\(notes)")
    }

    @Test func `A folder that is not there is the grader's error, not the student's`() async throws {
        let nowhere = FileManager.default.temporaryDirectory.appending(path: "nowhere-\(UUID().uuidString)")
        await #expect(throws: GradingError.self) { try await Self.grader.value.grade(nowhere, name: "nobody") }
    }
}

/// The master's files, by name.
func masters() throws -> [String: String] {
    try allExercises.reduce(into: [String: String]()) {
        let file = root.appending(path: "Lessons/Exercises/\($1.name).swift")
        $0["\($1.name).swift"] = try String(contentsOf: file, encoding: .utf8)
    }
}

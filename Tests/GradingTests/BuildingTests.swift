import ExerciseChecks
import Foundation
import Grading
import TestScheduling
import Testing

/// Files that do not compile, are missing, or are not what they should be: only their exercise is concerned.
@Suite(.serialized, .onThread("building")) struct BuildingTests {
    /// One check an exercise is enough here.
    private static let grader = Task {
        try await Grader(
            like: sharedGrader.value,
            exercises: allExercises.map {
                Exercise(
                    number: $0.number, name: $0.name, title: $0.title, hiddenPoints: 0,
                    checks: Array($0.checks.prefix(1)))
            })
    }

    /// Grades a folder, expects full points for all exercises but some, and returns what these are told, by number.
    private func told(
        _ folder: HandedIn, costs spoiled: Set<Int>
    ) async throws -> (told: [Int: String], notes: [String]) {
        let graded = try await Self.grader.value.grade(folder.url, name: "spoiled")
        var told: [Int: String] = [:]
        for exercise in graded.exercises {
            let messages = exercise.outcomes.map(\.message).joined(separator: "\n")
            if spoiled.contains(exercise.number) { told[exercise.number] = messages }
            #expect(
                exercise.score == (spoiled.contains(exercise.number) ? 0 : exercise.maximum),
                "\(exercise.name): \(messages)")
        }
        return (told, graded.notes)
    }

    /// The name of an exercise's file.
    private func file(_ number: Int) throws -> String {
        try #require(allExercises.first { $0.number == number }).name + ".swift"
    }

    /// What spoils an exercise's file (in the master's text this is replaced by that), and what must be told.
    private static let spoilt: [(number: Int, old: String, new: String, told: String)] = [
        (1, "public static func", "public static fnuc", "Exercise1PetStore.swift:"),
        (3, "flips: [Bool], responsibilities", "tosses flips: [Bool], responsibilities", "is not the one of the task"),
        (5, "public enum Exercise5", "public enum Exercise55", "cannot find 'Exercise5' in scope"),
        // Needs more of the compiler than it gives to one expression.
        (
            6, "public enum Exercise6 {",
            "let slow: Double = -(1 + 2) * -(3 + -4) + [1, 2.5, -3].map { -$0 * 2 + 1 }.reduce(0) { $0 + -$1 * 2 } * -(1 + 2)"
                + " + [1, 2.5, -3].map { -$0 * 2 + 1 }.reduce(0) { $0 + -$1 * 2 } * -(1 + \"2\")\npublic enum Exercise6 {",
            "Exercise6StableResponsibilities.swift:"
        ),
        // Blames another file.
        (
            7, "public enum Exercise7 {",
            "#sourceLocation(file: \"Exercise8ExpectedLogLikelihood.swift\", line: 1)\nlet wrong: Int = \"\"\n"
                + "#sourceLocation()\npublic enum Exercise7 {",
            "cannot convert"
        ),
        // Takes the name of another exercise.
        (9, "public enum Exercise9 {", "public enum Exercise10 {}\npublic enum Exercise9 {", "does not compile"),
        // Compiles, and does not link.
        (
            11, "public enum Exercise11 {", "@_cdecl(\"main\") public func start() {}\npublic enum Exercise11 {",
            "another file"
        ),
    ]

    @Test func `A file that does not compile costs its exercise only`() async throws {
        var files = try masters()
        for (number, old, new, _) in Self.spoilt {
            let text = try #require(files[file(number)])
            #expect(text.contains(old), "\(number)")
            files[try file(number)] = text.replacing(old, with: new)
        }
        let told = try await told(HandedIn(files), costs: Set(Self.spoilt.map(\.number))).told
        for (number, _, _, wanted) in Self.spoilt {
            let words = told[number] ?? ""
            #expect(words.hasPrefix("the file does not compile:\n") && words.contains(wanted), "\(number): \(words)")
            #expect(!words.contains("/"), "no path of this machine: \(words)")
        }
    }

    @Test func `A file that is missing, or no text, costs its exercise, and is told of`() async throws {
        var files = try masters()
        for number in [2, 4, 6, 8] { files[try file(number)] = nil }
        let long = try #require(files[file(10)]) + String(repeating: "\n", count: 1 << 20)
        files[try file(10)] = long
        // Whoever hands in a whole copy of the course is as welcome.
        let folder = try HandedIn(
            Dictionary(uniqueKeysWithValues: files.map { ("course/Lessons/Exercises/\($0)", $1) }))
        let place = folder.url.appending(path: "course/Lessons/Exercises")
        try FileManager.default.createSymbolicLink(
            at: place.appending(path: file(4)), withDestinationURL: root.appending(path: "Lessons/Exercises/\(file(4))")
        )
        try FileManager.default.createDirectory(at: place.appending(path: file(6)), withIntermediateDirectories: true)
        try folder.write(Data([0x2F, 0x2F, 0xFF, 0xFE]), to: "course/Lessons/Exercises/\(file(8))")
        let (told, notes) = try await told(folder, costs: [2, 4, 6, 8, 10])
        for words in told.values { #expect(words.contains("was not handed in")) }
        let wanted = try [
            "\(file(4)) was refused: it is a link, and links are not followed",
            "\(file(6)) was refused: it is a folder",
            "\(file(8)) was refused: it is not text in UTF-8", "\(file(10)) was refused: it is larger than a megabyte",
        ]
        #expect(Set(notes) == Set(wanted.map { "course/Lessons/Exercises/\($0)" }))
    }

    @Test func `Other files are not used, and helpers of one name in two files cost nothing`() async throws {
        var files = try masters()
        for number in [3, 4] { files[try file(number)]? += "\nfunc helper() -> Int { 1 }\n" }
        let foreign = [
            "Helpers.swift": "does not compile", "notes.txt": "",
            "Support/RandomSource.swift": "public struct RandomSource {}",
            "Sources/ExerciseRunner/main.swift": "print(\"100 points\")",
            "Tests/ExerciseTests/ExerciseTests.swift": "none",
            "Lessons/Exercises/Exercise3SingleFlips.swift": "does not compile",
            "exercise3singleflips (1).swift.txt": "does not compile",
        ]
        let notes = try await told(HandedIn(files.merging(foreign) { $1 }), costs: []).notes
        #expect(notes.contains { $0.hasPrefix("ignored, as no exercise is called so: Helpers.swift") })
        #expect(notes.contains { $0.hasPrefix("Support/RandomSource.swift is not part of what you hand in") })
        #expect(notes.contains { $0.hasSuffix("was ignored: Exercise3SingleFlips.swift was taken for this exercise") })
        #expect(
            notes.contains(
                "exercise3singleflips (1).swift.txt was ignored: if it is meant, call it Exercise3SingleFlips.swift"))
        #expect(notes.count == 4, "\(notes)")
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

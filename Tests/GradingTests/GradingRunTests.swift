import Foundation
import Testing

@testable import Grading

/// Which folders are submissions, and what is on the disk at each moment.
struct GradingRunTests {
    private let exercises = [SampleExercise.exercise]

    private func withFolder(_ files: [String], _ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for path in files {
            let url = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: url)
        }
        try await body(folder)
    }

    private func find(in folder: URL, asOne: Bool = false) throws -> [String] {
        try Submission.find(in: folder, exercises: exercises, asOne: asOne).map(\.name)
    }

    private func full(_ submission: Submission) -> GradedSubmission {
        var graded = GradedSubmission(declaring: exercises, name: submission.name)
        for place in graded.exercises[0].outcomes.indices {
            graded.exercises[0].outcomes[place].status = .passed
            graded.exercises[0].outcomes[place].earned = graded.exercises[0].outcomes[place].points
        }
        return graded
    }

    @Test("A folder with exercise files is one submission; a folder of folders is many")
    func finding() async throws {
        try await withFolder(["Exercise3SingleFlips.swift", "b/x"]) { folder in
            let found = try find(in: folder)
            #expect(found == [folder.lastPathComponent])
        }
        try await withFolder(["Lessons/Exercises/Exercise3SingleFlips.swift", "b/x"]) { folder in
            let found = try find(in: folder)
            #expect(found == [folder.lastPathComponent])
        }
        try await withFolder(["b/Exercise3SingleFlips.swift", "a/x", "carl.zip", ".git/y"]) { folder in
            let found = try find(in: folder)
            #expect(found == ["a", "b"])
            let whole = try find(in: folder, asOne: true)
            #expect(whole == [folder.lastPathComponent])
        }
    }

    @Test("What is no submission gets an error that says what to do")
    func notFound() async throws {
        try await withFolder(["carl.zip", "file.txt", "empty/.hidden"]) { folder in
            func error(_ path: String, asOne: Bool = false) -> String {
                do {
                    return try
                        "\(Submission.find(in: folder.appending(path: path), exercises: exercises, asOne: asOne))"
                } catch { return "\(error)".replacing(folder.path(percentEncoded: false), with: "…") }
            }
            #expect(error("nobody") == "there is no folder …/nobody")
            #expect(error("carl.zip") == "…/carl.zip is a file: a submission is a folder with exercise files in it")
            #expect(error("file.txt") == "…/file.txt is a file: a submission is a folder with exercise files in it")
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "loop"), withDestinationURL: folder.appending(path: "loop"))
            #expect(
                error("loop")
                    == "…/loop is a symbolic link that leads in a circle: a submission is a folder with exercise files in it"
            )
            #expect(
                error("empty")
                    == "…/empty contains no exercise file (such as Exercise1PetStore.swift), and no folders of submissions"
            )
        }
        // Nothing handed in is a submission, too, where one was asked for.
        try await withFolder([]) { folder in
            let found = try find(in: folder, asOne: true)
            #expect(found == [folder.lastPathComponent])
        }
        // A stray file shall not make one submission of a whole class.
        try await withFolder(["Exercise3SingleFlips.swift", "ada/Exercise3SingleFlips.swift"]) { folder in
            #expect(
                throws: SubmissionError.ambiguous(
                    folder.path(percentEncoded: false), file: "Exercise3SingleFlips.swift", folder: "ada")
            ) { try find(in: folder) }
            let found = try find(in: folder, asOne: true)
            #expect(found == [folder.lastPathComponent])
        }
    }

    @Test(
        "A result with 0 points is on the disk before a submission runs, and is then replaced",
        arguments: [true, false])
    func zeroFirst(isMany: Bool) async throws {
        try await withFolder([]) { folder in
            let output = folder.appending(path: isMany ? "results" : "results.json")
            let file = isMany ? output.appending(path: "ada.json") : output
            let run = GradingRun(exercises: exercises, format: .gradescope, output: output, isMany: isMany) {
                submission, _ in
                let before = try JSONValue(String(contentsOf: file, encoding: .utf8))
                #expect(before["tests"]?.list.map { $0["score"]?.number } == [0, 0])
                return GradingRecord(submission: full(submission))
            }
            _ = try await run([Submission(name: "ada", folder: folder)]) { _ in }
            let after = try JSONValue(String(contentsOf: file, encoding: .utf8))
            #expect(after["tests"]?.list.map { $0["score"]?.number } == [2, 3])
        }
    }

    @Test("A submission that cannot be graded keeps 0 points, and the others are graded")
    func broken() async throws {
        try await withFolder([]) { folder in
            let output = folder.appending(path: "all.csv")
            let run = GradingRun(exercises: exercises, format: .csv, output: output, isMany: true) { submission, _ in
                if submission.name == "b" { throw SubmissionError.missing("b") }
                return GradingRecord(submission: full(submission))
            }
            var said: [String] = []
            let text = try await run(["a", "b", "c"].map { Submission(name: $0, folder: folder) }) { said.append($0) }
            #expect(
                text == """
                    name,Exercise3SingleFlips (5),total (5),notes
                    a,5,5,
                    b,0,0,this submission could not be graded: there is no folder b
                    c,5,5,

                    """)
            #expect(try String(contentsOf: output, encoding: .utf8) == text)
            // On a machine that is busy, the time that is left follows.
            let scores = said.map { $0.split(separator: ",")[0] }
            #expect(scores == ["[1/3] a: 5/5", "[2/3] b: 0/5", "[3/3] c: 5/5"])
        }
    }

    @Test("Where a part of the package is not found, the message names the place that was searched")
    func missingPart() async throws {
        try await withFolder(["Lessons/README.md"]) { folder in
            let place = folder.appending(path: "Lessons/Exercises").plainPath
            let error = await #expect(throws: GradingError.noFile(place)) {
                try await Grader(root: folder, exercises: exercises)
            }
            #expect(error?.description.contains(place) == true)
        }
    }

    @Test("A folder for temporary files that is not there is named, in the system's words")
    func noTemporaryFolder() async {
        await #expect(processExitsWith: .success) {
            setenv("TMPDIR", "/no/such/folder", 1)
            let error = #expect(throws: (any Error).self) { try TemporaryFolder() }
            let text = error.map { "\($0)" } ?? ""
            #expect(text.hasPrefix("cannot make the folder /no/such/folder/MixtureCourse-"))
            #expect(text.hasSuffix(": No such file or directory"))
        }
    }
}

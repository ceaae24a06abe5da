import Files
import Foundation
import Testing

@testable import Grading

/// A small package, with everything in it that a release looks at.
struct SamplePackage: ~Copyable {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "release-\(UUID().uuidString)")
        let (begin, end) = (
            SampleExercise.marker("BEGIN", "HIDDEN TESTS"), SampleExercise.marker("END", "HIDDEN TESTS")
        )
        let hidden = "let shown = 1\n\(begin)\nlet gradient = 2\n\(end)\n"
        for (path, text) in [
            "Package.swift": "let targets = [\n    1,\n    \(begin)\n    2,\n    \(end)\n]\n",
            ".gitignore": ".build/\n", ".swift-format": "{}\n", "LICENSE": "terms\n", "README.md": "for instructors",
            "Lessons/Exercises/Exercise3SingleFlips.swift": SampleExercise.master,
            "Lessons/Exercises/Exercise3SingleFlips.swift.orig": SampleExercise.master,
            "Lessons/Exercises/README.md": "for students", "Lessons/Exercises/INSTRUCTORS.md": "for instructors",
            "Lessons/Exercises/.notes.swift": "let answers = 1", "Lessons/Lesson/Lesson.swift": "print(1)\n",
            "Sources/ExerciseChecks/Exercise3Checks.swift": hidden,
            "Sources/ExerciseChecks/Hidden.swift": "\(begin)\nlet a = 1\n\(end)\n",
            "Sources/Grading/Release/Release.swift": "let r = 1\n",
            "Output/README.md": "reports", "Tests/ExerciseTests/Tests.swift": "let t = 1\n",
            "Tests/GradingTests/Wrong.swift": "let w = 1\n", ".git/config": "", "out/mine.md": "",
        ] { try write(text, to: path) }
        for path in ReleaseFiles.autograder.included where !exists(path) {
            try write("let x = 1\n", to: path.hasSuffix(".swift") ? path : "\(path)/File.swift")
        }
        for name in ["Package.swift.txt", "Course.swift.txt", "setup.sh", "run_autograder"] {
            try write("# \(name)\n", to: "Sources/Course/Autograder/\(name)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    var release: Release { Release(root: root, exercises: [SampleExercise.exercise]) }
    var dist: URL { root.appending(path: "dist") }

    func write(_ text: String, to path: String) throws {
        let url = root.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path(percentEncoded: false))
    }

    /// All files below a folder, with their bytes.
    func contents(of folder: URL) throws -> [String: Data] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        return paths.reduce(into: [:]) { $0[$1] = try? Data(contentsOf: folder.appending(path: $1)) }
    }
}

struct ReleaseTests {
    @Test("A student gets stubs, shown checks and lessons, and nothing else")
    func student() throws {
        let package = try SamplePackage()
        try package.release.write(to: package.dist)
        let files = try package.contents(of: package.dist.appending(path: "student"))
        let others = [
            "CFastEM", "CFiles", "CLauncher", "Datasets", "ExerciseProtocol", "ExerciseRunner", "Files",
            "MixtureModels",
            "Verification",
        ]
        #expect(
            files.keys.sorted()
                == ([
                    ".gitignore", ".stubs/Exercise3SingleFlips.swift", ".swift-format", "LICENSE",
                    "Lessons/Exercises/Exercise3SingleFlips.swift", "Lessons/Exercises/README.md",
                    "Lessons/Lesson/Lesson.swift", "Output/README.md", "Package.swift", "README.md",
                    "Sources/Course/GradeCommand.swift", "Sources/Course/LatenessFile.swift",
                    "Sources/Course/OutputFile.swift",
                    "Sources/ExerciseChecks/Exercise3Checks.swift", "Sources/Grading/Release/Release.swift",
                    "Tests/ExerciseTests/Tests.swift",
                ] + others.map { "Sources/\($0)/File.swift" }).sorted())
        let text = files.mapValues { String(decoding: $0, as: UTF8.self) }
        #expect(text["Package.swift"] == "let targets = [\n    1,\n]\n")
        #expect(text["README.md"] == "for students")
        #expect(text["Sources/ExerciseChecks/Exercise3Checks.swift"] == "let shown = 1\n")
        let stub = """
            /// The task.
            public enum Exercise3 {
                /// The E-step.
                public static func responsibilities(flips: [Bool]) -> [Double] {
                    fatalError("YOUR CODE HERE")
                }
            }

            """
        #expect(text["Lessons/Exercises/Exercise3SingleFlips.swift"] == stub)
        #expect(text[".stubs/Exercise3SingleFlips.swift"] == stub)
    }

    @Test("The solution copy has the solutions, without markers and without hidden checks")
    func solution() throws {
        let package = try SamplePackage()
        try package.release.write(to: package.dist)
        let files = try package.contents(of: package.dist.appending(path: "solution"))
        let lines = SampleExercise.master.split(separator: "\n", omittingEmptySubsequences: false)
        let solved = lines.filter { !$0.contains("SOLUTION") }.joined(separator: "\n")
        #expect(files["Lessons/Exercises/Exercise3SingleFlips.swift"] == Data(solved.utf8))
        #expect(files["Sources/ExerciseChecks/Exercise3Checks.swift"] == Data("let shown = 1\n".utf8))
        #expect(!files.values.contains { String(decoding: $0, as: UTF8.self).contains("BEGIN") })
    }

    @Test("The autograder has the hidden checks, and no solution that a submission could read")
    func autograder() throws {
        let package = try SamplePackage()
        try package.release.write(to: package.dist)
        let files = try package.contents(of: package.dist.appending(path: "autograder"))
            .mapValues { String(decoding: $0, as: UTF8.self) }
        #expect(files["Sources/ExerciseChecks/Exercise3Checks.swift"]?.contains("gradient") == true)
        #expect(files["setup.sh"] == "# setup.sh\n" && files["run_autograder"] == "# run_autograder\n")
        #expect(files["Package.swift"] == "# Package.swift.txt\n")
        #expect(files["Sources/Course/Course.swift"] == "# Course.swift.txt\n")
        #expect(!files.values.contains { $0.contains("smallNumberOfTheSolution") })
        #expect(!files.keys.contains { $0.hasPrefix("Sources/Grading/Release") || $0.hasPrefix("Lessons/Lesson/") })
    }

    @Test(
        "A release that would leak fails, says where, and leaves the earlier one as it was",
        arguments: [
            // A marker that is not one, and so has not been cut.
            ("Lessons/Lesson/Lesson.swift", "print(1) // begin  solution\n"),
            ("Output/README.md", "\(SampleExercise.marker("END", "HIDDEN TESTS"))\n"),
            // A marker without its partner.
            ("Lessons/Lesson/Lesson.swift", "\(SampleExercise.marker("BEGIN", "HIDDEN TESTS"))\n"),
            // A solution that stands somewhere else, indented otherwise.
            (
                "Lessons/Lesson/Lesson.swift",
                """
                let total = flips.reduce(0.0) { $0 + ($1 ? 1 : 0) }
                        return flips.map { ($0 ? 1 : 0) / total + smallNumberOfTheSolution }
                """
            ),
            // What a hidden check is about, or its name.
            ("Lessons/Exercises/README.md", "The gradient is checked: the gradient is  zero."),
            ("Tests/ExerciseTests/Tests.swift", "let name = \"gradient\"\n"),
            ("Sources/ExerciseChecks/Exercise3Checks.swift", "TestCase(\"gradient\")\n"),
            // A solution without markers.
            (
                "Lessons/Exercises/Exercise3SingleFlips.swift",
                "public enum Exercise3 {\n    public static func a() -> Int {\n        42\n    }\n}\n"
            ),
            // A line of a solution left in a comment.
            (
                "Lessons/Exercises/Exercise3SingleFlips.swift",
                SampleExercise.master + "// let total = flips.reduce(0.0) { $0 + ($1 ? 1 : 0) }\n"
            ),
            // Not text.
            ("Lessons/Exercises/Exercise3SingleFlips.swift", "\u{0}"),
        ])
    func leaks(path: String, text: String) throws {
        let package = try SamplePackage()
        try package.release.write(to: package.dist)
        let before = try package.contents(of: package.dist)
        try package.write(text, to: path)
        let error = #expect(throws: (any Error).self) { try package.release.write(to: package.dist) }
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        #expect(error.map { "\($0)".contains(name) } == true)
        #expect(try package.contents(of: package.dist) == before)
        let beside = try FileManager.default.contentsOfDirectory(atPath: package.root.path(percentEncoded: false))
        #expect(!beside.contains { $0.hasPrefix(".dist") })
    }

    @Test("An earlier release is replaced as a whole; any other folder only when told so")
    func replacing() throws {
        let package = try SamplePackage()
        try package.release.write(to: package.dist)
        try package.write("built", to: "dist/student/.build/old.o")
        try package.release.write(to: package.dist)
        #expect(!package.exists("dist/student/.build/old.o") && package.exists("dist/student/Package.swift"))

        // What somebody has put there, or changed there, is not lost.
        try package.write("grades", to: "dist/submissions/grades.csv")
        let dist = package.dist.path(percentEncoded: false)
        #expect(throws: ReleaseError.holdsOthers(dist, ["submissions/grades.csv"])) {
            try package.release.write(to: package.dist)
        }
        try FileManager.default.removeItem(at: package.dist.appending(path: "submissions"))
        let later = Date(timeIntervalSinceNow: 60)
        let readme = package.dist.appending(path: "student/README.md").path(percentEncoded: false)
        try FileManager.default.setAttributes([.modificationDate: later], ofItemAtPath: readme)
        #expect(throws: ReleaseError.holdsOthers(dist, ["student/README.md"])) {
            try package.release.write(to: package.dist)
        }
        let kept = package.exists("dist/solution/README.md")
        #expect(kept)
        try package.release.write(to: package.dist, force: true)

        try package.write("precious", to: "thesis/chapter.tex")
        let thesis = package.root.appending(path: "thesis")
        #expect(throws: ReleaseError.notARelease(thesis.path(percentEncoded: false))) {
            try package.release.write(to: thesis)
        }
        #expect(package.exists("thesis/chapter.tex") && !package.exists("thesis/student"))
        // The author's own folders go, too, be they closed to writing, and nothing stays beside the copies.
        try package.write("precious", to: "thesis/closed/deep/figure.pdf")
        for path in ["thesis/closed/deep", "thesis/closed"] {
            chmod(package.root.appending(path: path).filePath, 0o500)
        }
        let names = try Files.names(inFolder: package.root.filePath)
        try package.release.write(to: thesis, force: true)
        #expect(!package.exists("thesis/chapter.tex") && package.exists("thesis/student"))
        #expect(try Files.names(inFolder: package.root.filePath) == names)
        #expect(
            try Files.names(inFolder: thesis.filePath) == [Release.mark, "autograder", "solution", "student"])
    }

    @Test(
        "Neither the package itself, nor a part of it, nor a file is ever replaced",
        arguments: [".", "..", "Lessons", "Sources/Grading", ".git", "README.md"])
    func unsafe(path: String) throws {
        let package = try SamplePackage()
        let before = try package.contents(of: package.root)
        #expect(throws: ReleaseError.self) {
            try package.release.write(to: package.root.appending(path: path), force: true)
        }
        #expect(try package.contents(of: package.root) == before)
    }

    @Test("A place where nothing can be written is told before a file of the course is read")
    func unwritable() throws {
        let package = try SamplePackage()
        let file = package.root.appending(path: "README.md")
        let release = Release(root: package.root.appending(path: "not-there"), exercises: [])
        #expect(throws: FileError(.makeFolder, file.plainPath, code: EEXIST, reason: "it is a file")) {
            try release.write(to: file.appending(path: "copies"))
        }
    }
}

import Figures
import Foundation
import Synchronization
import Testing

@testable import Files
@testable import Lesson1MixtureGeneration
@testable import Notebook

/// The real programs, writing to places that are no ordinary files, several at once, and ended in the middle.
struct WritingTests {
    private static let small = ["--formats", "svg"]

    /// Starts a program, without waiting.
    private func start(
        _ arguments: [String], program: String = "Lesson1MixtureGeneration", output: FileHandle = .nullDevice
    ) throws -> (process: Process, errors: Pipe) {
        let (process, errors) = (Process(), Pipe())
        process.executableURL = Executable.url(of: program)
        process.arguments = arguments
        process.currentDirectoryURL = Executable.packageRoot
        process.standardOutput = output
        process.standardError = errors
        try process.runHearingSignals()
        return (process, errors)
    }

    private func errors(of run: (process: Process, errors: Pipe)) -> String {
        let data = run.errors.fileHandleForReading.readDataToEndOfFile()
        run.process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test(
        "Words that could not be printed give a code, whatever the program and its words",
        arguments: [
            ("Lesson1MixtureGeneration", small), ("Lesson6LagrangeUpdate", ["--help"]), ("Course", ["--help"]),
            ("Course", ["help", "grade"]), ("Benchmark", ["--help"]),
        ])
    func fullOutput(program: String, arguments: [String]) throws {
        try TemporaryFolder.with { folder in
            let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
            let place = program.hasPrefix("Lesson1") ? ["--output", folder.path("out")] : []
            let run = try start(arguments + place, program: program, output: full)
            let words = errors(of: run)
            #expect(run.process.terminationReason == .exit && run.process.terminationStatus == 74)
            #expect(words.contains("could not be written to standard output: No space left on device"))
            // The report itself is complete.
            if !place.isEmpty { #expect(try report(in: folder.url.appending(path: "out")) == 181) }
        }
    }

    @Test("A program that is started without standard output writes into no other file, and ends with a code")
    func closedOutput() throws {
        try TemporaryFolder.with { folder in
            let script = "exec \"$0\" --formats svg --output \"$1\" >&- <&-"
            let run = Process()
            run.executableURL = URL(filePath: "/bin/sh")
            run.arguments = ["-c", script, Executable.url(of: "Lesson1MixtureGeneration").path, folder.path("out")]
            run.standardError = FileHandle.nullDevice
            try run.run()
            run.waitUntilExit()
            #expect(run.terminationReason == .exit && run.terminationStatus == 74)
            #expect(try report(in: folder.url.appending(path: "out")) == 181)
            for (name, data) in try folder.contents() {
                #expect(!String(decoding: data, as: UTF8.self).contains("Lesson1MixtureGeneration: "), "\(name)")
            }
        }
    }

    @Test(
        "A seed that is none is told what is wrong, in every program",
        arguments: ["Lesson6LagrangeUpdate", "Lesson1MixtureGeneration", "Course"])
    func seeds(program: String) throws {
        for command in program == "Course" ? [["lessons"], ["grade", "nothing"]] : [[]] {
            for (seed, word) in [
                ("-1", "negative"), ("18446744073709551616", "too large"), ("1e3", "digits only"), ("", "empty"),
            ] {
                let run = try Executable.run(command + ["--seed", seed], program: program)
                #expect(run.exitCode == 64 && run.output == "")
                #expect(run.errors.contains(word), "\(run.errors)")
            }
        }
    }

    @Test("Results and packed files go through pipes, and never replace what is no file")
    func course() throws {
        try TemporaryFolder.with { folder in
            let pipe = folder.path("pipe")
            #expect(mkfifo(pipe, 0o600) == 0)
            let reader = open(pipe, O_RDWR | O_NONBLOCK)
            defer { close(reader) }
            let none = ["grade", folder.path("none"), "--one", "--format", "gradescope", "--output"]
            let graded = try Executable.run(none + [pipe], program: "Course")
            #expect(graded.exitCode == 1 && graded.errors.contains("none"))
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = read(reader, &bytes, bytes.count)
            #expect(count > 0 && String(decoding: bytes[..<max(0, count)], as: UTF8.self).hasPrefix("{"))
            symlink("circle", folder.path("circle"))
            symlink(folder.path("target"), folder.path("link"))
            for command in [none, ["pack", "gradescope", "--output"]] {
                let circle = try Executable.run(command + [folder.path("circle")], program: "Course")
                #expect(circle.exitCode == 1)
                #expect(
                    circle.errors
                        == "Error: cannot write \(folder.path("circle")): its symbolic links lead in a circle\n")
            }
            _ = try Executable.run(none + [folder.path("link")], program: "Course")
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == folder.path("target"))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == [
                    "circle", "link", "pipe", "target",
                ])
        }
    }

    @Test("Runs with different formats and seeds at once leave the whole report of one of them")
    func together() throws {
        try TemporaryFolder.with { folder in
            let runs = try [("svg", 1), ("pdf", 2), ("svg,pdf", 3)].map { formats, seed in
                try start(["--formats", formats, "--seed", "\(seed)", "--output", folder.path("out")])
            }
            for run in runs {
                _ = errors(of: run)
                #expect(run.process.terminationStatus == 0)
            }
            #expect(try report(in: folder.url.appending(path: "out")) != nil)
        }
    }

    @Test(
        "Ended by a signal while it writes, a lesson leaves the old report or the new one, and no temporaries",
        arguments: [SIGINT, SIGTERM, SIGKILL])
    func ended(signal: Int32) throws {
        try TemporaryFolder.with { folder in
            let out = folder.url.appending(path: "out")
            var run = try start(Self.small + ["--seed", "1", "--output", out.path])
            #expect(errors(of: run) == "" && run.process.terminationStatus == 0)
            for seed in 2...3 {
                run = try start(Self.small + ["--seed", "\(seed)", "--output", out.path])
                // As soon as a temporary is seen; a run that was too fast to be seen has simply come to its end.
                while run.process.isRunning, try temporaries(in: out).isEmpty { usleep(1000) }
                kill(run.process.processIdentifier, signal)
                run.process.waitUntilExit()
                if signal != SIGKILL { #expect(try temporaries(in: out) == []) }
                if signal == SIGKILL { ReportFolder(out.path).finishInterrupted() }
                let found = try report(in: out)
                #expect(found.map { (1...UInt64(seed)).contains($0) } == true)
                let ending = run.process
                #expect(
                    ending.terminationReason == .exit
                        ? ending.terminationStatus == 0 : ending.terminationStatus == signal)
            }
            run = try start(Self.small + ["--seed", "9", "--output", out.path])
            #expect(errors(of: run) == "" && run.process.terminationStatus == 0)
            #expect(try temporaries(in: out) == [])
            #expect(try report(in: out) == 9)
        }
    }

    private func temporaries(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.contains(".MixtureCourse") }
    }

    /// The seed of the report in a folder, if all its files are those of one run: nil otherwise.
    private func report(in folder: URL) throws -> UInt64? {
        let results = try Results(json: Data(contentsOf: folder.appending(path: "results.json")))
        let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let there = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0 != "figures" }.sorted()
        // The report that this seed gives elsewhere is the same, byte by byte.
        let formats = Set(
            results.files.filter { $0.hasPrefix("figures/") }.compactMap { $0.split(separator: ".").last })
        let expected = try Self.files(seed: results.seed, formats: formats.sorted().joined(separator: ","))
        guard there == results.files, there == expected.keys.sorted() else { return nil }
        let same = try there.allSatisfy { try Data(contentsOf: folder.appending(path: $0)) == expected[$0] }
        return same && text.contains("\(results.seed)") ? results.seed : nil
    }

    private static let known = Mutex<[String: [String: Data]]>([:])

    /// The files of lesson 1's report, made once for each seed.
    private static func files(seed: UInt64, formats: String) throws -> [String: Data] {
        let key = "\(seed) \(formats)"
        if let files = known.withLock({ $0[key] }) { return files }
        let report = try Lesson1MixtureGeneration.report("--seed", "\(seed)")
        let rendered = try RenderedReport(
            report, formats: formats.split(separator: ",").compactMap { .init(rawValue: "\($0)") })
        let files = Dictionary(uniqueKeysWithValues: rendered.files.map { ($0.path, Data($0.bytes)) })
        known.withLock { $0[key] = files }
        return files
    }
}

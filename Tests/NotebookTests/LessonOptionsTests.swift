import ArgumentParser
import Figures
import Foundation
import Testing
import Verification

@testable import Notebook

struct LessonOptionsTests {
    private func message(_ arguments: [String]) -> String {
        do {
            _ = try LessonOptions.parse(arguments)
            return "parsed"
        } catch {
            return LessonOptions.message(for: error)
        }
    }

    @Test("Without options a lesson has seed 181, its own folder, SVG and PNG, and this course's letters")
    func defaults() throws {
        let options = try LessonOptions.parse([])
        #expect(options.seed == 181)
        #expect(options.output == nil)
        #expect(options.formats.formats == [.svg, .png])
        #expect(options.notation.rawValue == "house")
    }

    @Test("Every option is read")
    func all() throws {
        let options = try LessonOptions.parse([
            "--seed", "18446744073709551615", "--output", "out/l4", "--formats", "svg,png,pdf", "--notation",
            "stat215a",
        ])
        #expect(options.seed == .max)
        #expect(options.output == "out/l4")
        #expect(options.formats.formats.count == 3)
        #expect(options.notation.rawValue == "stat215a")
    }

    @Test(
        "Formats may come in any order, repeated, in capitals and with spaces",
        arguments: [
            ("pdf", [FigureFormat.pdf]), ("png,svg", [.svg, .png]), ("SVG, svg", [.svg]), ("pdf,png", [.png, .pdf]),
        ])
    func formats(text: String, formats: [FigureFormat]) throws {
        let parsed = try LessonOptions.parse(["--formats", text]).formats.formats
        #expect(Set(parsed) == Set(formats) && parsed.count == formats.count)
    }

    @Test("The output folder needs a name", arguments: ["", " ", "  "])
    func namelessFolder(name: String) {
        #expect(message(["--output", name]) == "--output needs the name of a folder")
    }

    @Test("A file in the place of the output folder is named, and stays as it was")
    func fileInTheWay() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "in-the-way-\(UUID().uuidString)")
        try Data("precious".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        for place in [file.path, file.path + "/deeper"] {
            let options = try LessonOptions.parse(["--output", place])
            #expect {
                try options.write(
                    options.emptyReport(lesson: "LessonTest", title: "A test", model: .coins), progress: RunProgress())
            } throws: { "\($0)" == "cannot make the folder \(file.path): it is a file" }
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == "precious")
    }

    @Test("Wrong formats are named", arguments: ["jpeg", "svg,jpeg", "", ",", "svg png", "svg,,png", "svg,"])
    func wrongFormats(text: String) {
        #expect(message(["--formats", text]).hasPrefix("The value '\(text)' is invalid for '--formats <formats>'"))
    }

    @Test("Every notation is understood, in capitals too", arguments: Notation.ids)
    func notations(id: String) throws {
        #expect(try LessonOptions.parse(["--notation", id.uppercased()]).notation.rawValue == id)
    }

    @Test("A wrong notation is named, with the right ones")
    func wrongNotation() {
        let text = message(["--notation", "bishop"])
        #expect(text.hasPrefix("The value 'bishop' is invalid for '--notation <notation>'"))
        for id in Notation.ids { #expect(text.contains(id)) }
    }

    @Test(
        "A seed is a whole number that is not negative",
        arguments: [
            ["--seed", "-1"], ["--seed=-1"], ["--seed", "1.5"], ["--seed", "many"], ["--seed", "18446744073709551616"],
            ["--seed"],
        ])
    func wrongSeed(arguments: [String]) {
        #expect(message(arguments).contains("'--seed <seed>'"))
    }

    @Test("An unknown option is named")
    func unknownOption() {
        #expect(message(["--sed", "7"]).contains("Unknown option '--sed'"))
    }
}

/// Runs of a whole lesson into a folder of its own.
struct LessonRunTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "notebook-tests-\(UUID().uuidString)")

    private func run(_ arguments: [String] = [], build: (inout Report) throws -> Void) throws {
        let options = try LessonOptions.parse(["--output", folder.path() + "/a/b"] + arguments)
        var report = options.emptyReport(lesson: "Small", title: "Small", model: .coins)
        try build(&report)
        try options.write(report, progress: RunProgress())
    }

    private func file(_ name: String) -> String? {
        try? String(contentsOf: folder.appending(path: "a/b/\(name)"), encoding: .utf8)
    }

    private let passing = SecondRoute.exact(1, "counting")
    private let failing = SecondRoute.exact(2, "counting")

    @Test("A run writes report, results and figures into a folder that it makes, in the notation asked for")
    func complete() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run(["--notation", "cs229", "--formats", "svg", "--seed", "7"]) { report in
            report.equation("cs229.m-step", formula: #"\resp{n}{k}"#, numbers: nil, value: 1, again: passing)
            report.figure(SmallReport.figure, caption: "A path.")
        }
        #expect(try #require(file("README.md")).contains("r_{ik}"))
        #expect(try #require(file("results.json")).contains("\"seed\" : 7"))
        #expect(try #require(file("figures/path.svg")).contains("<svg"))
        #expect(file("figures/path.png") == nil)
    }

    @Test("A figure in a format that is no longer asked for does not stay behind from an earlier run")
    func staleFigures() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run(["--formats", "svg,pdf"]) { $0.figure(SmallReport.figure, caption: "A path.") }
        #expect(FileManager.default.fileExists(atPath: folder.path + "/a/b/figures/path.pdf"))
        try Data("mine".utf8).write(to: folder.appending(path: "a/b/figures/other.pdf"))
        try run(["--formats", "svg"]) { $0.figure(SmallReport.figure, caption: "A path.") }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/a/b/figures/path.pdf"))
        #expect(file("figures/other.pdf") == "mine")
    }

    @Test("A failed check makes the run fail, after the report is written")
    func failedCheck() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: ExitCode.failure) {
            try run { $0.equation("cs181.13", formula: "x", numbers: nil, value: 1, again: failing) }
        }
        #expect(try #require(file("README.md")).contains("❌ **This check failed**"))
        #expect(try #require(file("results.json")).contains("\"passed\" : false"))
    }

    @Test("A mistake in the lesson leaves the earlier report whole")
    func mistake() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run { $0.prose("The first.") }
        let before = try #require(file("README.md"))
        #expect(throws: TeXError.self) { try run { $0.prose("The second, with $x.") } }
        #expect(file("README.md") == before)
    }
}

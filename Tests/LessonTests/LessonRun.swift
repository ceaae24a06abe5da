import ArgumentParser
import Foundation
import Testing

@testable import Lesson4CoinFlips
@testable import Notebook

/// The lesson run inside the test's process: a command line goes in, a report comes out.
enum LessonRun {
    /// Nothing that a reader sees may hold a number that is none.
    static var notANumber: Regex<Substring> { /\b(?:nan|inf)\b|NaN|∞|\\infty/ }

    /// The report of a command line; nothing is drawn yet.
    static func report(_ arguments: [String]) throws -> Report {
        let command = try Lesson4CoinFlips.parse(arguments)
        var report = try emptyReport(of: command)
        try command.explain(in: &report, progress: RunProgress())
        return report
    }

    /// Only the sections that depend on the reader's file: several flips, and prediction.
    static func dataReport(_ arguments: [String]) throws -> Report {
        let command = try Lesson4CoinFlips.parse(arguments)
        var report = try emptyReport(of: command)
        let data = try #require(try command.dataOptions.read(progress: RunProgress()))
        let tenFlips = try TenFlips(data, progress: RunProgress())
        try tenFlips.explain(in: &report)
        try Prediction(tenFlips.run.last.mixture).explain(in: &report)
        return report
    }

    /// What a reader with a file of this content is told, with the file's path replaced by `heads.csv`; nil if all is well.
    static func message(_ csv: String, _ arguments: String) throws -> String? {
        try TemporaryFolder.with { folder in
            let path = try folder.write(csv, to: "heads.csv")
            return try message(["--data", path] + words(arguments))?.replacing(path, with: "heads.csv")
        }
    }

    /// What a command line is told; nil if all is well.
    static func message(_ arguments: [String]) throws -> String? {
        do {
            let report = try dataReport(arguments)
            return report.failures.isEmpty ? nil : "failed: \(report.failures)"
        } catch let issue as ExpectationFailedError {
            throw issue
        } catch {
            #expect(Lesson4CoinFlips.exitCode(for: error) != .success)
            return Lesson4CoinFlips.message(for: error)
        }
    }

    /// A command line without quotation marks, cut at the blanks.
    static func words(_ arguments: String) -> [String] { arguments.split(separator: " ").map(String.init) }

    private static func emptyReport(of command: Lesson4CoinFlips) throws -> Report {
        let notation = try #require(Notation.named(command.options.notation.id, for: .coins))
        return Report(
            lesson: "Lesson4CoinFlips", title: "Coin flips", seed: command.options.seed, notation: notation,
            model: .coins)
    }
}

extension RenderedReport {
    /// The text of one of the files.
    func text(of path: String) throws -> String {
        let file = try #require(files.first { $0.path == path }, "the report has no \(path)")
        return String(decoding: file.bytes, as: UTF8.self)
    }

    /// `results.json`, parsed.
    func results() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text(of: "results.json").utf8)) as? [String: Any])
    }
}

/// A folder that is removed when the test has run.
struct TemporaryFolder {
    let url: URL

    static func with<Result>(_ body: (TemporaryFolder) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "lesson-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(TemporaryFolder(url: url))
    }

    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    /// Writes a text, and gives the path of its file.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return path(name)
    }

    /// Every file in the folder, by its path in the folder.
    func contents() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: url.path(percentEncoded: false)) {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            files[name] = try Data(contentsOf: url.appending(path: name))
        }
        return files
    }
}

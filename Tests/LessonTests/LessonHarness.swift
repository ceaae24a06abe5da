import ArgumentParser
import Synchronization
import Testing

@testable import Notebook

// Lessons run inside the test's process: a command line goes in, a report or a message comes out.

extension Lesson {
    /// The report of a command line; nothing is drawn yet. A report that several tests ask for is made once.
    static func report(_ arguments: [String]) throws -> Report {
        try KnownReports.report(of: "\(name) \(arguments.joined(separator: "\u{0}"))") { try parse(arguments).report() }
    }

    /// The report of a command line; nothing is drawn yet.
    static func report(_ arguments: String...) throws -> Report { try report(arguments) }

    /// What a user who typed these arguments is told before anything is read; nil if they are fine.
    static func complaint(_ arguments: [String]) -> String? {
        do {
            _ = try parse(arguments)
            return nil
        } catch {
            return message(for: error)
        }
    }

    /// What a user who typed these arguments is told before anything is read; nil if they are fine.
    static func complaint(_ arguments: String...) -> String? { complaint(arguments) }
}

/// The reports that were asked for by the lesson's name and its options: same seed, same report. Options that name files are not
/// kept, since files change.
private enum KnownReports {
    private final class Once: Sendable {
        let report = Mutex<Report?>(nil)
    }
    private static let known = Mutex<[String: Once]>([:])

    static func report(of key: String, _ make: () throws -> Report) throws -> Report {
        guard !key.contains("/"), !key.contains("--data") else { return try make() }
        let once = known.withLock { known in
            let once = known[key] ?? Once()
            known[key] = once
            return once
        }
        return try once.report.withLock { report in
            if let report { return report }
            let made = try make()
            report = made
            return made
        }
    }
}

/// A lesson that takes a reader's own file; its tests say which sections depend on it.
protocol OwnDataLesson: Lesson {
    /// The report with only those sections that the reader's file changes.
    func dataReport() throws -> Report
}

extension OwnDataLesson {
    /// The sections that depend on the reader's file.
    static func dataReport(_ arguments: [String]) throws -> Report {
        let lesson = try parse(arguments)
        return try lesson.dataReport()
    }

    /// What a reader with these files, by name, is told, with the folder's path left out; nil if all is well. The arguments may
    /// speak of files by their names.
    static func message(_ files: [String: String], _ arguments: String) throws -> String? {
        try TemporaryFolder.with { folder in
            for (name, text) in files { _ = try folder.write(text, to: name) }
            let arguments = words(arguments).map { $0.contains(/^[a-z]+\.(csv|json)/) ? folder.path($0) : $0 }
            return try message(arguments)?.replacing(folder.path(""), with: "")
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
            // The whole lesson comes to the same, and knows which file it is about.
            let whole = #expect(throws: (any Error).self) { try parse(arguments).report() }
            #expect(exitCode(for: whole ?? error) != .success)
            return message(for: whole ?? error)
        }
    }
}

/// A command line without quotation marks, cut at the blanks.
func words(_ arguments: String) -> [String] { arguments.split(separator: " ").map(String.init) }

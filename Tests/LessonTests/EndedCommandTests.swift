import BrowserSupport
import Foundation
import Testing

/// Commands that start other programs, ended by a signal that only they get.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat"), "The list of processes is Linux's"))
struct EndedCommandTests {
    /// Lesson 11 computes for seconds: long enough to be met at work, and to be missed if it went on.
    @Test(
        "A command that is ended takes the lesson along that it has started, and what was there stays",
        arguments: [
            ["--output"], ["site", "--lesson", "11", "--no-pdf", "--output"],
            ["handout", "--lesson", "11", "--output"],
        ])
    func lessons(command: [String]) throws {
        // `Course` itself begins with lesson 1.
        let work = command.count == 1 ? "Lesson" : "Lesson11"
        try ended("Course", command, waitingFor: work, written: command.count == 1 ? nil : "made")
    }

    @Test(
        "A lesson that is ended takes the browser along that prints its pages",
        .enabled(if: Browser.isThere, Comment(rawValue: Browser.whereToGetIt)))
    func browser() throws {
        try ended("Lesson6LagrangeUpdate", ["--handout"], waitingFor: "chrom", written: "made/page.pdf")
        try ended(
            "Course", ["handout", "--lesson", "6", "--format", "pdf", "--output"], waitingFor: "chrom", written: "made")
    }

    /// Starts a program that writes to a path, ends it with SIGTERM as soon as a program of that name works for it, and expects that
    /// nothing of it is left but a file that was there before.
    private func ended(
        _ program: String, _ arguments: [String], waitingFor name: String, written path: String?
    ) throws {
        try TemporaryFolder.with { folder in
            _ = try folder.write("mine", to: "notes.txt")
            try FileManager.default.createDirectory(atPath: folder.path("scratch"), withIntermediateDirectories: false)
            let process = Process()
            process.executableURL = Executable.url(of: program)
            process.arguments = arguments + [folder.path(path ?? "made")]
            process.currentDirectoryURL = Executable.packageRoot
            process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path("scratch")]) { $1 }
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.runHearingSignals()
            var met: [pid_t: String] = [:]
            while process.isRunning, met.isEmpty {
                usleep(2000)
                met = Self.descendants(of: process.processIdentifier).filter { $0.value.hasPrefix(name) }
            }
            try #require(!met.isEmpty, "\(program) came to its end before it was seen with \(name)")
            let all = Self.descendants(of: process.processIdentifier)
            kill(process.processIdentifier, SIGTERM)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGTERM)
            var left = Self.living(all)
            for _ in 0..<400 where !left.isEmpty {
                usleep(5000)
                left = Self.living(all)
            }
            #expect(left.isEmpty, "\(left.values.sorted()) outlived \(program)")
            // `Course` writes each report as soon as it is whole, and what a report begins with is hidden until then.
            let names = try folder.contents().keys.filter { path != nil || !$0.hasPrefix("made/Lesson") }
            #expect(names.sorted() == ["notes.txt"])
        }
    }

    /// Number of the parent and name of a process, if it runs.
    private static func status(_ number: pid_t) -> (parent: pid_t, name: String)? {
        guard let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
            let first = text.firstIndex(of: "("), let last = text.lastIndex(of: ")")
        else { return nil }
        let rest = text[text.index(after: last)...].split(separator: " ")
        // The dead that nobody has buried yet do no harm.
        guard rest.count > 1, rest[0] != "Z", let parent = pid_t(rest[1]) else { return nil }
        return (parent, String(text[text.index(after: first)..<last]))
    }

    private static func descendants(of root: pid_t) -> [pid_t: String] {
        let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }
        let all = numbers.compactMap { number in status(number).map { (number, $0) } }
        var found: [pid_t: String] = [:]
        var generation: Set<pid_t> = [root]
        while !generation.isEmpty {
            let next = all.filter { generation.contains($0.1.parent) && found[$0.0] == nil }
            for (number, process) in next { found[number] = process.name }
            generation = Set(next.map(\.0))
        }
        return found
    }

    private static func living(_ processes: [pid_t: String]) -> [pid_t: String] {
        processes.filter { status($0.key)?.name == $0.value }
    }
}

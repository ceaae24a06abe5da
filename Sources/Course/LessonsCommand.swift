import ArgumentParser
import Files
import Foundation
import Notebook

/// Runs every lesson of the course, and writes the index of what they explain.
struct LessonsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lessons",
        abstract: "Runs every lesson, and writes the index of equations, errata and published figures.")

    @OptionGroup var options: LessonOptions

    func validate() throws {
        if options.handout.isUsed {
            throw ValidationError("for handouts of the lessons: swift run Course handout --output handouts")
        }
    }

    func run() throws {
        let lessons = try Ledger.lessons(in: PackageFiles.root)
        let folder = options.output ?? "Output"
        try checkFolder(folder)
        let progress = RunProgress()
        defer { progress.finish() }
        var failed: [String] = []
        for (position, lesson) in lessons.enumerated() {
            progress.update(lesson, fraction: Double(position) / Double(lessons.count))
            let end = try LessonProcess(lesson).run(arguments: options.arguments(output: "\(folder)/\(lesson)"))
            if let end { failed.append("\(lesson) \(end)") }
        }
        progress.finish()
        let index = try CourseIndex(folder: folder, lessons: lessons)
        let file = "\(folder)/\(ReportFormat.markdown.file)"
        try writeAtomically(try index.written(as: .markdown), to: file)
        print("index: \(shown(file))")
        for id in index.unexplained { failed.append("no lesson explains \(id)") }
        guard failed.isEmpty else {
            say(failed.joined(separator: "\n"))
            throw ExitCode.failure
        }
    }
}

/// A lesson's program, which the package manager has built beside this one.
struct LessonProcess {
    let name: String

    init(_ name: String) { self.name = name }

    /// Runs the lesson; what it prints goes where ours goes, and so do its complaints.
    ///
    /// - Parameter isQuiet: Whether what it prints is dropped.
    /// - Returns: how it ended, if not well: "ended with code 1".
    /// - Throws: `FileError` if it cannot be started.
    func run(arguments: [String], isQuiet: Bool = false) throws -> String? {
        let folder = Bundle.main.executableURL?.deletingLastPathComponent()
        let process = Process()
        process.executableURL = folder?.appending(path: name) ?? URL(filePath: name)
        process.arguments = arguments
        if isQuiet { process.standardOutput = FileHandle.nullDevice }
        do {
            _ = try process.runToItsEnd(clearsUp: true)
        } catch {
            let path = process.executableURL?.path(percentEncoded: false) ?? name
            throw FileError(
                .run, path, code: ENOENT,
                reason: FileKind(of: path) == nil
                    ? "it is not there; `swift build` makes it, if the list of lessons in Package.swift names it"
                    : "it is no program")
        }
        switch (process.terminationReason, process.terminationStatus) {
        case (.exit, 0): return nil
        case (.exit, let code): return "ended with code \(code)"
        case (_, let signal): return "was ended by signal \(signal)"
        }
    }
}

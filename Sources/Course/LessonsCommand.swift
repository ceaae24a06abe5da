import ArgumentParser
import Figures
import Foundation
import Notebook

/// Runs every lesson of the course, and writes the index of what they explain.
struct LessonsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lessons",
        abstract: "Runs every lesson, and writes the index of equations, errata and published figures.")

    @OptionGroup var options: LessonOptions

    func run() throws {
        let lessons = try LessonProcess.all(in: packageFolder())
        let folder = options.output ?? "Output"
        let progress = RunProgress()
        defer { progress.finish() }
        var failed: [String] = []
        for (position, lesson) in lessons.enumerated() {
            progress.update(lesson, fraction: Double(position) / Double(lessons.count))
            let status = try LessonProcess(lesson).run(arguments: options.arguments(output: "\(folder)/\(lesson)"))
            if status != 0 { failed.append("\(lesson) ended with code \(status)") }
        }
        progress.finish()
        let index = try CourseIndex(folder: folder, lessons: lessons)
        let file = "\(folder)/\(ReportFormat.markdown.file)"
        try writeAtomically(try index.written(as: .markdown), to: file)
        print("index: \(file)")
        for id in index.unexplained { failed.append("no lesson explains \(id)") }
        guard failed.isEmpty else {
            FileHandle.standardError.write(Data((failed.joined(separator: "\n") + "\n").utf8))
            throw ExitCode.failure
        }
    }
}

/// A lesson's program, which the package manager has built beside this one.
struct LessonProcess {
    let name: String

    init(_ name: String) { self.name = name }

    /// The names of the lessons in the order of the course: those of their folders below `Lessons`.
    static func all(in package: URL) throws -> [String] {
        let folders = try FileManager.default.contentsOfDirectory(
            at: package.appending(path: "Lessons"), includingPropertiesForKeys: nil)
        return folders.map(\.lastPathComponent)
            .compactMap { name in Ledger.lessonNumber(of: name).map { (number: $0, name: name) } }
            .sorted { $0.number < $1.number }.map(\.name)
    }

    /// Runs the lesson; what it prints goes where ours goes.
    ///
    /// - Returns: its exit code.
    /// - Throws: `ValidationError`, if the package manager has built no such program.
    func run(arguments: [String]) throws -> Int32 {
        let folder = Bundle.main.executableURL?.deletingLastPathComponent()
        let program = folder?.appending(path: name) ?? URL(filePath: name)
        guard FileManager.default.isExecutableFile(atPath: program.path(percentEncoded: false)) else {
            throw ValidationError(
                "\(program.path(percentEncoded: false)) is missing: is \(name) in the list of lessons of Package.swift?"
            )
        }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

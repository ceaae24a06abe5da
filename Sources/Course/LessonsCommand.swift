import ArgumentParser
import Figures
import Foundation
import Notebook

/// Runs every lesson of the course, and writes the index of what they explain.
struct LessonsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lessons",
        abstract: "Runs every lesson, and writes the index of equations, errata and published figures.")

    /// The lessons, in the order of the course. Each is an executable beside this one.
    static let lessons = [
        "Lesson1MixtureGeneration", "Lesson2BayesPosterior", "Lesson3GaussianEM", "Lesson4CoinFlips",
        "Lesson5Identifiability", "Lesson6LagrangeUpdate",
    ]

    @OptionGroup var options: LessonOptions

    func run() throws {
        let folder = options.output ?? "Output"
        let progress = RunProgress()
        defer { progress.finish() }
        var failed: [String] = []
        for (position, lesson) in Self.lessons.enumerated() {
            progress.update(lesson, fraction: Double(position) / Double(Self.lessons.count))
            let status = try LessonProcess(lesson).run(arguments: options.arguments(output: "\(folder)/\(lesson)"))
            if status != 0 { failed.append("\(lesson) ended with code \(status)") }
        }
        progress.finish()
        let index = try CourseIndex(folder: folder, lessons: Self.lessons)
        try writeAtomically(Array(try index.markdown().utf8), to: "\(folder)/README.md")
        print("index: \(folder)/README.md")
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

    /// Runs the lesson; what it prints goes where ours goes.
    ///
    /// - Returns: its exit code.
    func run(arguments: [String]) throws -> Int32 {
        let folder = Bundle.main.executableURL?.deletingLastPathComponent()
        let process = Process()
        process.executableURL = folder?.appending(path: name) ?? URL(filePath: name)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

import ArgumentParser
import Files
import Foundation
import Notebook

/// Writes lessons as pages to be given out.
struct HandoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handout", abstract: "Writes lessons as pages to give out: one file each, which needs no other.")

    @Option(help: "The folder for the pages, made if it is not there.")
    var output = "handouts"

    @Option(help: "The number of a lesson; more than one is allowed. (default: all)")
    var lesson: [Int] = []

    @Option(help: "Whose symbols to write in.")
    var notation = Notation.Source.house

    @Option(
        parsing: .unconditional, help: "The seed of everything random in the lessons. (default: 181)",
        transform: seed(_:))
    var seed: UInt64 = 181

    @Option(
        help: """
            The answers to the questions: folded (closed until the reader opens them, printed on paper), none (left out) or shown.
            """)
    var answers = HandoutOptions.Answers.folded

    @Flag(help: "The one-sheet summaries in place of the whole reports.")
    var short = false

    @Option(help: "What to write: html, or pdf, which needs Chromium or Chrome.")
    var format = HandoutOptions.FileType.html

    @Option(help: "The paper of a PDF: a4 or letter.")
    var paper = HandoutOptions.Paper.a4

    func validate() throws {
        if output.allSatisfy(\.isWhitespace) { throw ValidationError("--output needs the name of a folder") }
        if format == .pdf, Chromium.installed() == nil { throw ValidationError("\(ChromiumError.missing)") }
    }

    func run() throws {
        try checkFolder(output)
        let all = try Ledger.lessons(in: PackageFiles.root)
        let lessons = try chosenLessons(lesson, of: all)
        // One lesson alone may go anywhere: it links to no page beside it.
        let options = HandoutOptions(
            answers: answers, extent: short ? .summary : .report, beside: lesson.isEmpty ? lessons : [],
            paper: format == .pdf ? paper : nil)
        let progress = RunProgress()
        defer { progress.finish() }
        var failed: [String] = []
        for (position, lesson) in lessons.enumerated() {
            progress.update(lesson, fraction: Double(position) / Double(lessons.count))
            let file = "\(output)/\(options.name(of: lesson)).\(format)"
            let end = try LessonProcess(lesson).run(
                arguments: ["--seed", String(seed), "--notation", notation.rawValue] + options.arguments(file: file))
            if let end { failed.append("\(lesson) \(end)") }
        }
        progress.finish()
        guard failed.isEmpty else {
            say(failed.joined(separator: "\n"))
            throw ExitCode.failure
        }
    }
}

/// The lessons of these numbers, in the order of the course; all, if there are no numbers.
///
/// - Throws: `ValidationError` for a number that no lesson has.
func chosenLessons(_ wanted: [Int], of all: [String]) throws -> [String] {
    let numbers = all.compactMap(Ledger.lessonNumber(of:))
    for number in wanted where !numbers.contains(number) {
        let list = numbers.map(String.init).joined(separator: ", ")
        throw ValidationError("there is no lesson \(number); there are \(list)")
    }
    return wanted.isEmpty ? all : all.filter { Ledger.lessonNumber(of: $0).map(wanted.contains) ?? false }
}

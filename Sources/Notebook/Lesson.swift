import ArgumentParser

/// A lesson: a program that explains its equations in a report.
///
/// A lesson says its title, its model, what it is about, and how its report is filled. Its name is that of its type, which is
/// also that of its folder, of its program and of its report's folder; everything that programs of the course have in
/// common, from the options to the writing of files, comes with the conformance.
///
/// ```swift
/// @main
/// struct Lesson12TwoDice: Lesson {
///     static let title = "Two dice"
///     static let model = Notation.Model.coins
///     static let abstract = "Two dice behind a curtain."
///     @OptionGroup var options: LessonOptions
///
///     func explain(in report: inout Report, progress: RunProgress) throws {
///         report.prose("Somebody throws one of two dice.")
///     }
/// }
/// ```
public protocol Lesson: ParsableCommand {
    /// The title of the report.
    static var title: String { get }

    /// The lesson's model: it decides what CS 181's letters mean.
    static var model: Notation.Model { get }

    /// What the lesson is about, in a line for `--help`.
    static var abstract: String { get }

    /// What the lesson's own options do, in a few sentences for `--help`; empty if it has none.
    static var aboutOptions: String { get }

    /// The options that every lesson has: `@OptionGroup var options: LessonOptions`.
    var options: LessonOptions { get }

    /// Fills the report, from the first section to the last.
    ///
    /// - Parameters:
    ///   - report: The report, with its title, seed and symbols.
    ///   - progress: What to tell a reader who is waiting.
    func explain(in report: inout Report, progress: RunProgress) throws
}

extension Lesson {
    /// The lesson's name, `Lesson4CoinFlips`.
    public static var name: String { "\(Self.self)" }

    /// Where the lesson stands in the course: 4 for `Lesson4CoinFlips`.
    public static var number: Int? { Ledger.lessonNumber(of: name) }

    /// Nothing: a lesson without options of its own.
    public static var aboutOptions: String { "" }

    /// How `--help` describes the program.
    public static var configuration: CommandConfiguration {
        let writes = "Writes a report with figures, and results.json beside it."
        return CommandConfiguration(
            commandName: name, abstract: abstract,
            discussion: aboutOptions.isEmpty ? writes : "\(writes) \(aboutOptions)")
    }

    /// The finished report. Nothing is drawn or written yet.
    ///
    /// - Throws: What ``explain(in:progress:)`` throws.
    public func report(progress: RunProgress = RunProgress()) throws -> Report {
        var report = emptyReport()
        try explain(in: &report, progress: progress)
        return report
    }

    /// The report with nothing in it yet.
    func emptyReport() -> Report {
        options.emptyReport(lesson: Self.name, title: Self.title, model: Self.model)
    }

    /// Makes the report, writes it, and says on the terminal what came out.
    ///
    /// - Throws: What ``report(progress:)`` throws; errors of drawing and writing; `ExitCode.failure` after writing, if a check
    ///   failed.
    public func run() throws {
        // Whoever waits for a report need not wait to hear that it has no place.
        try options.checkPlace(lesson: Self.name)
        let progress = RunProgress()
        defer { progress.finish() }
        try options.write(report(progress: progress), progress: progress)
    }
}

import ArgumentParser
import Foundation
import MixtureModels

/// Tries many random inputs on what reads a stranger's: whatever comes, there is a result or a message, and no trap.
///
/// A trap ends the program; the last line on the screen then names the input, which `--first` finds again.
@main
struct Fuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Fuzz",
        abstract: "Tries many random inputs on readers, figures and EM; says what was tried and what fell out.",
        discussion: "Targets: \(Self.targets.map(\.name).joined(separator: ", ")).")

    /// Everything that can be tried. A new target is a type with a name and one function, and a line here.
    static let targets: [any FuzzTarget] = [
        CSVTarget(), StartFileTarget(), TeXTarget(), LabelTarget(), FigureTarget(), EMTarget(),
    ]

    @Option(help: "How long to try, shared evenly by the targets.")
    var seconds = 60.0

    @Option(help: ArgumentHelp("Only this target.", valueName: "name"))
    var target: String?

    @Option(help: "What the inputs depend on.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The number of the first input.", valueName: "number"))
    var first: UInt64 = 0

    @Option(help: ArgumentHelp("How many inputs to try of each target, whatever time it takes.", valueName: "number"))
    var inputs: UInt64?

    @Option(
        help: ArgumentHelp("Only the lessons' programs in this folder, such as .build/release.", valueName: "folder"))
    var programs: String?

    @Option(help: ArgumentHelp("The CSV files that are damaged for them.", valueName: "folder"))
    var data = "Lessons/Data"

    /// Rules that can be checked before anything is tried.
    func validate() throws {
        guard seconds.isFinite, (0...1e6).contains(seconds) else {
            throw ValidationError("--seconds must be between 0 and a million")
        }
        if let target, !Self.targets.contains(where: { $0.name == target }) {
            throw ValidationError(
                "--target: there is no \(target), only \(Self.targets.map(\.name).joined(separator: ", "))")
        }
    }

    func run() throws {
        var chosen = Self.targets.filter { target == nil || $0.name == target }
        let scratch = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID())")
        defer { try? FileManager.default.removeItem(at: scratch) }
        if let programs {
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
            chosen = [
                try ProgramTarget(programs: URL(filePath: programs), data: URL(filePath: data), scratch: scratch)
            ]
        }
        var isClean = true
        for target in chosen {
            let clock = ContinuousClock()
            let end = clock.now + .seconds(seconds / Double(chosen.count))
            let run = FuzzRun(of: target, seed: seed, first: first) { tried in
                inputs.map { tried < $0 } ?? (tried % 256 != 0 && programs == nil || clock.now < end)
            }
            print(run.summary)
            isClean = isClean && run.findings.isEmpty
        }
        if !isClean { throw ExitCode.failure }
    }
}

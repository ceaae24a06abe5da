import ArgumentParser
import Files
import Foundation
import Notebook
import Steppers

/// Writes the pages on which iterations can be followed half-step by half-step.
struct SteppersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steppers",
        abstract:
            "Writes a page for each lesson with iterations, on which they can be followed half-step by half-step.",
        discussion: """
            The pages show what the lessons' results.json files hold, and need nothing else: no network, no program but a browser. \
            For a run of your own, run the lesson first, and name its folder: --from out/geyser.
            """)

    @Option(help: "The folder for the pages.", completion: .directory)
    var output = "steppers"

    @Option(help: "The number of the only lesson to write a page for. (default: all that have iterations)")
    var lesson: Int?

    @Option(
        help: "The folder of the course's reports, or that of a single report. (default: Output in the package)",
        completion: .directory)
    var from: String?

    func validate() throws {
        try requireName(output, "--output")
        try requireName(from, "--from")
        guard let lesson, Stepper.of(lesson: lesson) == nil else { return }
        let numbers = Stepper.all.map { "\($0.lesson)" }.joined(separator: ", ")
        throw ValidationError("lesson \(lesson) has no iterations to step through; these have: \(numbers)")
    }

    func run() throws {
        try checkFolder(output)
        let pages = try sources().map { try StepperPage(results: $0) }
        try makeFolder(output)
        for page in pages {
            let path = "\(output)/\(page.file)"
            try writeAtomically(page.html, to: path)
            print("\(shown(path))  \((page.html.utf8.count + 999) / 1000) kB")
        }
    }

    /// The files of numbers that pages are made of.
    private func sources() throws -> [String] {
        let folder = from ?? PackageFiles.path("Output")
        if from != nil, FileKind(of: "\(folder)/results.json") != nil { return ["\(folder)/results.json"] }
        let wanted = Ledger.lessons.filter { name in
            let number = Ledger.lessonNumber(of: name)
            return Stepper.all.contains { $0.lesson == number } && (lesson == nil || number == lesson)
        }
        let files = wanted.map { "\(folder)/\($0)/results.json" }
        if let missing = files.first(where: { FileKind(of: $0) == nil }) {
            throw FileError(
                .read, missing, code: ENOENT, reason: "it is not there; the lesson writes it: swift run Course")
        }
        guard !files.isEmpty else {
            throw FileError(.list, folder, code: ENOENT, reason: "it holds no report to step through")
        }
        return files
    }
}

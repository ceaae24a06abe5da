import Files
import Foundation
import Notebook

/// The page of one report: a file that needs nothing else.
public struct StepperPage {
    /// The name of the lesson, `Lesson4CoinFlips`.
    public let lesson: String
    /// The file's text.
    public let html: String

    /// The name of the file.
    public var file: String { "\(lesson)-steps.html" }

    /// What is read of a `results.json`.
    private struct Source: Decodable {
        let lesson: String
        let seed: UInt64
        let fit: FitSummary?
        let furtherFits: [FitSummary]?
    }

    /// The page for a report.
    ///
    /// - Parameter path: the report's `results.json`.
    /// - Throws: ``StepperError`` if the report has no run that can be followed; `FileError` if a file cannot be read.
    public init(results path: String) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        let source: Source
        let bytes = try readFile(path)
        do {
            source = try decoder.decode(Source.self, from: Data(bytes))
        } catch {
            throw StepperError(file: path, reason: "it is no results.json of a lesson")
        }
        guard let number = Ledger.lessonNumber(of: source.lesson), let stepper = Stepper.of(lesson: number) else {
            throw StepperError(file: path, reason: "\(source.lesson) has no iterations to step through")
        }
        let fits = [source.fit].compactMap { $0 } + (source.furtherFits ?? [])
        // A lesson's main fit may be one that cannot be followed, beside others that can.
        guard let place = fits.firstIndex(where: { $0.path != nil }) ?? fits.indices.first else {
            throw StepperError(file: path, reason: "it has no fit")
        }
        let first = fits[place]
        // The first run is what the reader asked for; of the others, those that can be shown.
        let main = try SteppedRun(first, stepper, file: path)
        let runs = [main] + fits.dropFirst(place + 1).compactMap { try? SteppedRun($0, stepper, file: path) }
        lesson = source.lesson
        html = try Self.page(
            stepper, runs, still: StillPicture(first, stepper.picture(first)), lesson: source.lesson, seed: source.seed)
    }

    private static func page(
        _ stepper: Stepper, _ runs: [SteppedRun], still: StillPicture, lesson: String, seed: UInt64
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // No text of a reader's file may end the script: in JSON, < can be written as a number.
        let json = String(decoding: try encoder.encode(runs), as: UTF8.self).replacing("<", with: #"\u003c"#)
        let pictures = Set(runs.compactMap { Stepper.Picture(rawValue: $0.picture) })
        let scripts =
            ["em", "drawing"] + Set(pictures.flatMap(\.scripts)).sorted() + ["climb", "page", "controls"]
        return try filled([
            "title": escaped("Lesson \(stepper.lesson): \(stepper.title)"),
            "see": escaped(runs[0].see),
            "still": escaped(still.words),
            "picture": still.svg,
            "chooser": chooser(runs),
            "climb": stepper.lesson == 7
                ? "How far the distortion is above its end, after each half-step"
                : "How far the log-likelihood and its bound are below the end, after each half-step, and the gap between them",
            "source": escaped("Made by swift run Course steppers from \(lesson), seed \(seed)."),
            "style": part("page.css"),
            "script": scripts.map { try part("\($0).js") }.joined(separator: "\n"),
            "runs": json,
        ])
    }

    /// The template with its gaps filled; what is filled in is not looked at again.
    private static func filled(_ parts: [String: String]) throws -> String {
        let pieces = try part("page.html").components(separatedBy: "{{")
        return try pieces[0]
            + pieces.dropFirst().map { piece in
                guard let end = piece.range(of: "}}"), let value = parts[String(piece[..<end.lowerBound])] else {
                    throw StepperError(file: "page.html", reason: "there is nothing for the gap {{\(piece.prefix(20))")
                }
                return value + piece[end.upperBound...]
            }.joined()
    }

    /// Which run to follow, where there are several.
    private static func chooser(_ runs: [SteppedRun]) -> String {
        guard runs.count > 1 else { return "" }
        let choices = runs.enumerated().map { index, run in
            """
            <label><input type="radio" name="run" value="\(index)"\(index == 0 ? " checked" : "")> \(escaped(run.name))</label>
            """
        }
        return """
            <fieldset class="runs only-live on-screen"><legend>Follow</legend>\(choices.joined())</fieldset>
            """
    }

    /// A file of the page, as it stands in the package.
    private static func part(_ name: String) throws -> String {
        try readText(PackageFiles.path("Sources/Steppers/Page/\(name)"))
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

import ArgumentParser
import Files

extension HandoutOptions.Answers: ExpressibleByArgument {}
extension HandoutOptions.Paper: ExpressibleByArgument {}
extension HandoutOptions.FileType: ExpressibleByArgument {}

/// What a lesson is told about a handout.
public struct HandoutArguments: Sendable {
    /// The file of the handout; nil for the report's folder.
    let handout: String?
    /// What becomes of the answers.
    let answers: HandoutOptions.Answers
    /// The sheet of a PDF.
    let paper: HandoutOptions.Paper
    /// Whether the handout is the summary.
    let short: Bool
    /// Whether the other lessons' handouts lie beside it.
    let linked: Bool
    /// The lessons whose reports and summaries lie beside it, as on a site; with commas.
    let site: String?

    /// Whether any of this was asked for.
    public var isUsed: Bool { handout != nil || answers != .folded || paper != .a4 || short || linked || site != nil }

    /// Refuses what means nothing without a handout.
    func validate() throws {
        if handout == nil, isUsed {
            throw ValidationError("--answers, --paper and --short go with --handout file.html")
        }
        if handout != nil, fileType == nil {
            throw ValidationError("--handout needs the name of a file that ends in .html or .pdf")
        }
        if fileType == .pdf, Chromium.installed() == nil { throw ValidationError("\(ChromiumError.missing)") }
    }

    /// What the file's ending says.
    private var fileType: HandoutOptions.FileType? {
        HandoutOptions.FileType.allCases.first { handout?.lowercased().hasSuffix(".\($0.rawValue)") ?? false }
    }

    private var lessonsOfSite: [String] { site?.split(separator: ",").map(String.init) ?? [] }

    /// The options of the page.
    public var options: HandoutOptions {
        var options = HandoutOptions(
            answers: answers, extent: short ? .summary : .report, beside: linked ? Ledger.lessons : lessonsOfSite,
            paper: fileType == .pdf ? paper : nil)
        options.besideBoth = site != nil
        return options
    }

    /// Writes the handout, and says so.
    ///
    /// - Throws: Errors of drawing and writing; `ExitCode.failure` after writing, if a check failed.
    func write(_ report: Report, to file: String, progress: RunProgress) throws {
        progress.update("drawing the figures")
        var bytes = try report.handout(options)
        if fileType == .pdf {
            guard let chromium = Chromium.installed() else { throw ChromiumError.missing }
            progress.update("printing")
            bytes = try chromium.pdf(ofHTML: bytes)
        }
        try makeFolder(of: file)
        try writeAtomically(bytes, to: file)
        progress.finish()
        print("\(shown(file)): \((bytes.count + 999) / 1000) kB")
        if !report.failures.isEmpty {
            say("checks failed: \(report.failures.joined(separator: ", "))")
            throw ExitCode.failure
        }
    }
}

extension HandoutOptions {
    /// The same for a lesson's own program.
    public func arguments(file: String) -> [String] {
        ["--handout", file, "--answers", answers.rawValue] + (extent == .summary ? ["--short"] : [])
            + (besideBoth ? ["--site", beside.joined(separator: ",")] : beside.isEmpty ? [] : ["--linked"])
            + (paper.map { ["--paper", $0.rawValue] } ?? [])
    }
}

import ArgumentParser
import Files

extension HandoutOptions.Answers: ExpressibleByArgument {}
extension HandoutOptions.Paper: ExpressibleByArgument {}
extension HandoutOptions.FileType: ExpressibleByArgument {}

/// What every lesson can be told about a handout.
public struct HandoutArguments: ParsableArguments, Sendable {
    /// The file of the handout.
    @Option(
        help: ArgumentHelp(
            "Write the report as one HTML page, which needs no other file, or as a PDF, and nothing else.",
            valueName: "file.html|file.pdf"))
    public var handout: String?

    /// What becomes of the answers.
    @Option(help: "The answers to the questions of a handout: folded, none or shown.")
    public var answers = HandoutOptions.Answers.folded

    /// The sheet of a PDF.
    @Option(help: "The paper of a PDF: a4 or letter.")
    public var paper = HandoutOptions.Paper.a4

    /// Whether the handout is the summary.
    @Flag(help: "The one-sheet summary in place of the whole report.")
    public var short = false

    /// Whether the other lessons' handouts lie beside it.
    @Flag(help: .hidden)
    public var linked = false

    /// The lessons whose reports and summaries lie beside it, as on a site; with commas.
    @Option(help: .hidden)
    public var site: String?

    /// No handout.
    public init() {}

    /// Whether any of this was asked for.
    public var isUsed: Bool { handout != nil || answers != .folded || paper != .a4 || short || linked || site != nil }

    /// Refuses what means nothing without a handout.
    public func validate() throws {
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

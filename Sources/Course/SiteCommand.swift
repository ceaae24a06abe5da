import ArgumentParser
import Files
import Foundation
import Notebook
import Steppers

/// Writes the course as a static site: an index, handouts, summaries, pages to step through, and downloads.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract:
            "Writes the course as a static site, which any host serves: index, handouts, steppers, summaries, downloads.",
        discussion: """
            The numbers are those of the reports in Output, and the pages are made with their seeds. PDF files are among the downloads where \
            Chromium, Chrome or Edge is installed. The folder is written whole or not at all; files of others in it stay.
            """)

    @Option(help: "The folder for the site.", completion: .directory)
    var output = "site"

    @Option(help: "The number of a lesson; more than one is allowed. (default: all)")
    var lesson: [Int] = []

    @Option(help: "Whose symbols to write in.")
    var notation = Notation.Source.house

    @Option(help: "The answers to the questions: folded, none or shown.")
    var answers = HandoutOptions.Answers.folded

    @Option(help: "The paper of the PDF files: a4 or letter.")
    var paper = HandoutOptions.Paper.a4

    @Flag(
        inversion: .prefixedNo,
        help: "Whether PDF files are among the downloads. (default: if there is a browser to print them)")
    var pdf: Bool?

    func validate() throws {
        if output.allSatisfy(\.isWhitespace) { throw ValidationError("--output needs the name of a folder") }
        if pdf == true, Chromium.installed() == nil { throw ValidationError("\(ChromiumError.missing)") }
    }

    func run() throws {
        try checkFolder(output)
        let lessons = try chosenLessons(lesson, of: Ledger.lessons(in: PackageFiles.root))
        let reports = PackageFiles.path("Output")
        let index = try SiteIndex(folder: reports, lessons: lessons)
        var site = Site(try pages(lessons, index))
        for name in lessons {
            let results = "\(reports)/\(name)/results.json"
            site.files["\(name).json"] = try readFile(results)
            guard let number = Ledger.lessonNumber(of: name), Stepper.of(lesson: number) != nil else { continue }
            let page = try StepperPage(results: results)
            site.files[page.file] = Array(page.html.utf8)
        }
        var options = HandoutOptions(beside: lessons)
        options.besideBoth = true
        site.files[Site.equations] = try CourseIndex(folder: reports, lessons: lessons).written(as: .html([], options))
        site.files[Site.start] = try index.page(linkingTo: Set(site.files.keys), equations: Site.equations)
        try site.write(to: output)
        print("\(shown(output))/\(Site.start): \(site.files.count) files, \((site.size + 99_999) / 100_000 * 100) kB")
    }

    /// The handouts and summaries of the lessons, each made by the lesson's own program.
    private func pages(_ lessons: [String], _ index: SiteIndex) throws -> [String: [UInt8]] {
        let scratch = try ScratchFolder()
        let isPrinted = pdf ?? (Chromium.installed() != nil)
        let types: [HandoutOptions.FileType] = isPrinted ? [.html, .pdf] : [.html]
        let progress = RunProgress()
        defer { progress.finish() }
        var files: [String: [UInt8]] = [:]
        for (position, lesson) in lessons.enumerated() {
            progress.update(lesson, fraction: Double(position) / Double(lessons.count))
            for extent in index.hasSummary(lesson) ? [HandoutOptions.Extent.report, .summary] : [.report] {
                for type in types {
                    var options = HandoutOptions(
                        answers: answers, extent: extent, beside: lessons, paper: type == .pdf ? paper : nil)
                    options.besideBoth = true
                    let name = "\(options.name(of: lesson)).\(type)"
                    let arguments =
                        ["--seed", String(index.seed(of: lesson) ?? 181), "--notation", notation.rawValue]
                        + options.arguments(file: "\(scratch.path)/\(name)")
                    if let end = try LessonProcess(lesson).run(arguments: arguments, isQuiet: true) {
                        say("\(lesson) \(end); nothing is written")
                        throw ExitCode.failure
                    }
                    files[name] = try readFile("\(scratch.path)/\(name)")
                }
            }
        }
        return files
    }
}

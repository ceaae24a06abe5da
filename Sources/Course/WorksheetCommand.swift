// BEGIN HIDDEN TESTS
import ArgumentParser
import Files
import Foundation
import Notebook
import Worksheets

/// Makes a class's worksheets, or a question bank.
struct WorksheetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worksheet",
        abstract: "Makes worksheets with other numbers for every student, with their key; or a question bank.",
        discussion: """
            Without a name, it lists the worksheets. A student's numbers follow from the course's secret and the student's id: the same
            sheet can be made again, and nobody can guess another's.
            """)

    /// How the sheets are written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case html, moodle, canvas, csv
    }

    @Argument(help: "The worksheet: joint-table, coin-flips, …")
    var name: String?

    @Option(
        help: "The class: a CSV file with a line of column names. A column `name` is printed, too.", completion: .file()
    )
    var students: String?

    @Option(help: "The class list's column of ids.")
    var ids = "id"

    @Option(
        help:
            "The class list's columns of names, with commas between them: Vorname,Nachname. (default: name, if there is one)"
    )
    var names: String?

    @Option(
        help: """
            The file with the course's secret, 16 characters or more; made if it is not there. Keep it away from the sheets, and keep it: \
            without it no sheet can be made again.
            """)
    var secretFile = "worksheet-secret.txt"

    @Option(
        parsing: .unconditional, help: "A seed in place of class and secret: for a question bank, or to try out.",
        transform: seed(_:))
    var seed: UInt64?

    @Option(help: "With --seed, how many variants.")
    var variants = 20

    @Option(
        help: """
            html (sheets to print, and the key), moodle (Moodle XML), canvas (a zip file in QTI 1.2), or csv (the key alone, which the others \
            write, too).
            """)
    var format = Format.html

    @Option(help: "The folder, made if it is not there. (default: worksheets/<name>)")
    var output: String?

    @Option(help: "Whose symbols to write in.")
    var notation = Notation.Source.house

    func validate() throws {
        guard name != nil else { return }
        if (students == nil) == (seed == nil) {
            throw ValidationError(
                "give either a class, --students roster.csv, or --seed 7 for variants that are nobody's")
        }
        guard (1...10_000).contains(variants) else { throw ValidationError("--variants is a number from 1 to 10000") }
        if let output, output.allSatisfy(\.isWhitespace) {
            throw ValidationError("--output needs the name of a folder")
        }
    }

    func run() async throws {
        guard let name else {
            for sheet in Worksheet.all {
                print(
                    "\(sheet.name.padding(toLength: 22, withPad: " ", startingAt: 0))lesson \(sheet.lesson): \(sheet.title)"
                )
            }
            return
        }
        let worksheet = try Worksheet.named(name)
        let folder = output ?? "worksheets/\(worksheet.name)"
        try checkFolder(folder)
        let roster = try students.map(classList) ?? Roster(variants: variants)
        let seeds = try seed.map { Seeds(seed: $0) } ?? secret(outside: folder)
        let progress = RunProgress()
        defer { progress.finish() }
        let count = roster.students.count
        let sheets = try ClassSheets(worksheet, roster: roster, seeds: seeds, notation: notation) {
            progress.update("numbers", fraction: Double($0) / Double(count))
        }
        progress.update("writing")
        let files = try await files(of: sheets)
        // What else lies in the folder is the instructor's: answers, say, or the sheets in another format.
        try ReportFolder(folder).replace(with: files, earlier: { [] })
        progress.finish()
        for file in files { print("\(shown(folder))/\(file.path): \((file.bytes.count + 999) / 1000) kB") }
        let who = students == nil ? (count == 1 ? "variant" : "variants") : (count == 1 ? "student" : "students")
        print("\(count) \(who); each of \(sheets.checks) answers agrees with its second route")
        let collisions = sheets.sheets.collisions
        for group in collisions { print("the same sheet: \(group.map(shown).joined(separator: ", "))") }
        if collisions.isEmpty, count > 1 { print("no two have the same sheet") }
    }

    private func classList(_ path: String) throws -> Roster {
        let columns = names?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        do {
            return try Roster(path: path, column: ids, nameColumns: columns)
        } catch {
            guard case .noSuchColumn = error.problem, error.column == ids else { throw error }
            throw ValidationError("\(error) Say with --ids which column holds the students' ids.")
        }
    }

    private func files(of sheets: ClassSheets) async throws -> [ReportFolder.File] {
        let key = (path: "key.csv", bytes: Array(try KeyTable(sheets).csv.utf8))
        let name = sheets.worksheet.name
        switch format {
        case .csv: return [key]
        case .html:
            let (paper, answers) = (try sheets.paper(), try sheets.key())
            return [
                ("sheets.html", try ReportFormat.html(paper.figures).write(paper.document)),
                ("key.html", try ReportFormat.html(answers.figures).write(answers.document)), key,
            ]
        case .moodle: return [("\(name).moodle.xml", Array(try sheets.moodleXML().utf8)), key]
        case .canvas: return [("\(name).canvas.zip", try await ZipFile.bytes(of: sheets.canvasFiles())), key]
        }
    }

    /// The course's secret, which never lies beside the sheets.
    private func secret(outside folder: String) throws -> Seeds {
        let (file, place) = (URL(filePath: secretFile), URL(filePath: folder, directoryHint: .isDirectory))
        let (path, inside) = (
            file.standardizedFileURL.resolvingSymlinksInPath().path,
            place.standardizedFileURL.resolvingSymlinksInPath().path
        )
        guard !path.hasPrefix(inside + "/") else {
            throw ValidationError(
                "the secret \(shown(secretFile)) would lie among the sheets: name a file elsewhere with --secret-file")
        }
        let found: (seeds: Seeds, isNew: Bool)
        do {
            found = try Seeds.read(secretFile)
        } catch let error as WorksheetError {
            throw ValidationError("\(shown(secretFile)): \(error)")
        }
        if found.isNew {
            say(
                """
                \(shown(secretFile)) is new: it holds the course's secret, from which every student's numbers follow. Keep it, and show it to nobody; \
                with it the same sheets can be made again.
                """)
        }
        return found.seeds
    }
}
// END HIDDEN TESTS

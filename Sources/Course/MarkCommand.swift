// BEGIN HIDDEN TESTS
import ArgumentParser
import Files
import Foundation
import Worksheets

/// Marks a class's answers to a worksheet.
struct MarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mark", abstract: "Marks answers to a worksheet, and says which mistakes were recognised.",
        discussion: """
            The answers are a CSV file with a row for each student and a column for each part (student,a,b,c), or with a row for each answer
            (student,part,answer). Numbers may have a decimal comma, a unit, or be fractions. Every answer gets a row in marks.csv. If some
            belong to no student or to no part, they are named, the others are marked, and the exit code is 1.
            """)

    @Argument(help: "The folder of the sheets, with key.csv in it.", completion: .directory)
    var folder: String

    @Argument(help: "The file of answers.", completion: .file())
    var answers: String

    @Option(help: "The answers' column of students' ids. (default: student or, if there is none, id)")
    var ids: String?

    @Option(
        help: "The folder for marks.csv and totals.csv, made if it is not there. (default: the folder of the sheets)")
    var output: String?

    func run() throws {
        try output.map { try checkFolder($0) }
        let key = try KeyTable(path: "\(folder)/key.csv")
        let file = try AnswerFile(path: answers, parts: key.parts, ids: ids)
        let marking = Marking(file, key: key)
        let target = output ?? folder
        for name in ["marks.csv", "totals.csv"] where Self.isSame("\(target)/\(name)", answers) {
            throw ValidationError("\(name) would replace the file of answers: name another folder with --output")
        }
        try ReportFolder(target).replace(
            with: [("marks.csv", Array(marking.csv.utf8)), ("totals.csv", Array(marking.totals.utf8))], earlier: { [] })
        print(marking.summary)
        print("\(shown(target))/marks.csv: a row for each answer; \(shown(target))/totals.csv: a row for each student")
        for column in file.ignored {
            say("\(shown(answers)): the column “\(shown(column))” is no part of the sheet, and was not marked")
        }
        for complaint in marking.complaints { say(complaint) }
        if !marking.complaints.isEmpty { throw ExitCode.failure }
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        func real(_ path: String) -> String { URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path }
        return real(one) == real(other)
    }
}
// END HIDDEN TESTS

import Foundation
import Notebook

extension ClassSheets {
    /// The questions as a Moodle question bank: a category for each part of the sheet, with one question for each student or variant.
    ///
    /// A part that asks for a number is a numerical question: the right answer with its tolerance comes first, then each known mistake
    /// with no points and its feedback (Moodle takes the first that matches). A drawing is an essay question for a file, without
    /// points until somebody has looked at it.
    ///
    /// - Throws: `TeXError`, `ReportError`, ``WorksheetError``.
    public func moodleXML() throws -> String {
        let writer = MoodleWriter(sheets: self, text: PlatformText(mathematics: .delimiters, builder: builder))
        return try writer.xml()
    }
}

private struct MoodleWriter {
    let sheets: ClassSheets
    let text: PlatformText

    func xml() throws -> String {
        let questions = try (sheets.sheets.first?.questions ?? []).indices.flatMap { place in
            try [category(place)] + sheets.sheets.map { try question($0, $0.questions[place]) }
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n\(questions.joined(separator: "\n"))\n</quiz>\n"
    }

    private func category(_ place: Int) -> String {
        let question = sheets.sheets[0].questions[place]
        let path = ["top", "Mixture models", sheets.worksheet.name, "\(question.id) \(question.title)"]
        // A slash separates categories; in a name it is written twice.
        let name = (["$course$"] + path.map { $0.replacing("/", with: "//") }).joined(separator: "/")
        return "<question type=\"category\"><category><text>\(XMLText.escaped(name))</text></category></question>"
    }

    private func question(_ sheet: Sheet, _ question: Question) throws -> String {
        let story = try text.html(sheets.blocks(sheet.story))
        let name = "\(sheet.worksheet.name) \(question.id) \(sheet.student)"
        func head(_ type: String, general: String) throws -> String {
            """
            <question type="\(type)">
            <name><text>\(XMLText.escaped(name))</text></name>
            \(rich("questiontext", story + "\n" + (try text.html(question.task))))
            \(rich("generalfeedback", general))
            <defaultgrade>\(question.points)</defaultgrade>
            <penalty>0</penalty>
            <hidden>0</hidden>
            """
        }
        switch question.kind {
        case .numeric(let numeric):
            let right = answer(numeric.answer, numeric.tolerance, fraction: 100, feedback: "<p>Right.</p>")
            let slips = try numeric.slips.map {
                answer($0.value, numeric.tolerance, fraction: 0, feedback: try text.html($0.feedback))
            }
            let general = try text.html([sheets.builder.formula(numeric.working)])
            return ([try head("numerical", general: general), right] + slips + ["</question>"]).joined(separator: "\n")
        case .choice(let choice):
            let options = try choice.options.enumerated().map { place, option in
                let isRight = place == choice.right
                let feedback = try isRight ? "<p>Right.</p>" : text.html(option.feedback)
                return "<answer fraction=\"\(isRight ? 100 : 0)\" format=\"html\">"
                    + "<text>\(XMLText.cdata(try text.html(option.words)))</text>"
                    + "\(rich("feedback", feedback))</answer>"
            }
            return
                ([
                    try head("multichoice", general: text.html(choice.reason)), "<single>true</single>",
                    "<shuffleanswers>\(!choice.isOrdered)</shuffleanswers>", "<answernumbering>ABCD</answernumbering>",
                ] + options + ["</question>"]).joined(separator: "\n")
        case .drawing(let drawing):
            return [
                try head("essay", general: ""), "<responseformat>noinline</responseformat>",
                "<responserequired>0</responserequired>", "<attachments>1</attachments>",
                "<attachmentsrequired>1</attachmentsrequired>",
                rich("graderinfo", try text.html(drawing.lookFor)), "</question>",
            ].joined(separator: "\n")
        }
    }

    private func answer(_ value: Double, _ tolerance: Double, fraction: Int, feedback: String) -> String {
        "<answer fraction=\"\(fraction)\" format=\"moodle_auto_format\"><text>\(decimal(value))</text>"
            + "<tolerance>\(decimal(tolerance))</tolerance>\(rich("feedback", feedback))</answer>"
    }

    private func rich(_ tag: String, _ html: String) -> String {
        "<\(tag) format=\"html\"><text>\(html.isEmpty ? "" : XMLText.cdata(html))</text></\(tag)>"
    }
}

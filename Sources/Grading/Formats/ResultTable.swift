/// A table with a row for each submission: name, points for each exercise, total, notes. In commas and quotes (RFC 4180), UTF-8.
enum ResultTable {
    static func text(_ submissions: [GradedSubmission]) -> String {
        let exercises = submissions.first?.exercises ?? []
        var rows = [["name"] + exercises.map { "\($0.name) (\($0.maximum))" } + ["total", "notes"]]
        rows[0][rows[0].count - 2] = "total (\(submissions.first?.maximum ?? 0))"
        for submission in submissions.sortedByName() {
            rows.append(
                [submission.name] + submission.exercises.map { String($0.score) }
                    + [String(submission.score), submission.notes.joined(separator: "; ")])
        }
        return rows.map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
    }

    /// A cell that says what it says: quoted where needed, and never a formula, which a spreadsheet would compute.
    ///
    /// The names of folders and files are the student's choice: `=HYPERLINK(…)` is a possible one. An apostrophe in front makes
    /// spreadsheets take it as text.
    static func cell(_ text: String) -> String {
        var text = text.withoutControlCharacters().replacing("\n", with: " ").replacing("\t", with: " ")
        if let first = text.drop(while: \.isWhitespace).first, "=+-@＝＋－＠".contains(first) { text = "'" + text }
        let isPlain = text.allSatisfy { $0 != "," && $0 != "\"" && $0 != "\n" && $0 != "\r\n" && $0 != ";" }
        if isPlain, text.first != " ", text.last != " " { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

/// A table with a row for each submission: name, points for each exercise, total, notes. In commas and quotes (RFC 4180), UTF-8.
///
/// It is for instructors: it names submissions that are the same.
public enum ResultTable {
    /// The table of some results, in the order of the names.
    ///
    /// - Parameters:
    ///   - records: the results.
    ///   - lateness: who handed in late; if anybody may, there is a column more, of the points that remain.
    public static func text(_ records: [GradingRecord], lateness: Lateness = Lateness()) -> String {
        let equal = EqualSubmissions.notes(among: records)
        let submissions = records.map(\.submission).sortedByName()
        let exercises = submissions.first?.exercises ?? []
        var header = ["name"] + exercises.map { "\($0.name) (\($0.maximum))" }
        header.append("total (\(submissions.first?.maximum ?? 0))")
        if lateness.isUsed { header += ["days late", "total after lateness"] }
        var rows = [header + ["notes"]]
        for submission in submissions {
            var row = [submission.name] + submission.exercises.map { String($0.score) } + [String(submission.score)]
            if lateness.isUsed {
                row += [String(lateness.days(of: submission.name)), String(lateness.points(of: submission))]
            }
            rows.append(row + [(submission.notes + (equal[submission.name] ?? [])).joined(separator: "; ")])
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

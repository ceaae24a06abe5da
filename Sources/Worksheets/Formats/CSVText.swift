/// Rows of texts as CSV (RFC 4180, with plain line ends).
enum CSVText {
    /// All rows.
    static func text(_ rows: [[String]]) -> String {
        rows.map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
    }

    /// A stranger's text, which no spreadsheet shall compute: `=HYPERLINK(…)` is a possible answer. An apostrophe in front makes
    /// spreadsheets take it as text. Numbers with a sign stay.
    static func harmless(_ text: String) -> String {
        guard let first = text.drop(while: \.isWhitespace).first, "=+-@＝＋－＠".contains(first),
            AnswerNumber.read(text) == nil || "=＝@＠".contains(first)
        else { return text }
        return "'" + text
    }

    /// A cell in quotation marks, wherever it could be taken for something else: a row that began with # for a comment, say.
    private static func cell(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { !",;\t|\"\n\r#".unicodeScalars.contains($0) }
        let hasMargin = text.first?.isWhitespace == true || text.last?.isWhitespace == true
        return isPlain && !hasMargin ? text : "\"\(text.replacing("\"", with: "\"\""))\""
    }
}

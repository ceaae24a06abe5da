/// What spreadsheets put in a cell whose formula fails. It begins with `#`, as comments do.
enum SpreadsheetError {
    private static let all = ["#N/A", "#NA", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#NAME?"].map {
        Array($0.utf8)
    }

    /// How many bytes the longest has.
    static let longest = 8

    /// Whether a cell holds one, and nothing else.
    static func isOne(_ cell: some Collection<UInt8>) -> Bool { all.contains { $0.elementsEqual(cell) } }
}

extension NumericTable.Rule {
    /// Checks a number against the rule.
    ///
    /// - Parameter text: the cell's text, for the message.
    /// - Throws: the rule that the number breaks.
    func check(_ value: Double, text: () -> String) throws(DatasetError.Problem) {
        guard value.isFinite else { throw .beyondDoubles(text()) }
        guard case .wholeNumber(let allowed) = self else { return }
        guard value == value.rounded() else { throw .notWhole(text()) }
        let exact = (1 - (1 << 53))...((1 << 53) - 1)
        let range = allowed.clamped(to: exact)
        guard value >= Double(range.lowerBound) else { throw .tooSmall(text(), smallest: range.lowerBound) }
        guard value <= Double(range.upperBound) else { throw .tooBig(text(), largest: range.upperBound) }
    }
}

/// A cell without the blanks (spaces and tabs) around it.
func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (first, end) = (cell.startIndex, cell.endIndex)
    while first < end, isBlank(cell[first]) { first += 1 }
    while first < end, isBlank(cell[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: cell[first..<end])
}

/// Whether a byte is a space or a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// A cell as text for a message; the message shows even less of it (see `quoted`).
func excerpt(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes.prefix(1000), as: UTF8.self)
}

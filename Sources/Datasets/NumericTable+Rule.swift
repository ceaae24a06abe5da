extension NumericTable.Rule {
    /// The number in a cell.
    ///
    /// - Parameter cell: the cell's bytes; blanks around the number do not matter.
    /// - Throws: the rule that the cell breaks.
    func value(of cell: UnsafeBufferPointer<UInt8>) throws(DatasetError.Problem) -> Double {
        let bytes = trimmed(cell)
        guard !bytes.isEmpty else { throw .emptyCell }
        guard let value = decimalNumber(bytes) else { throw .notANumber(excerpt(bytes)) }
        guard value.isFinite else { throw .beyondDoubles(excerpt(bytes)) }
        if case .wholeNumber(let allowed) = self {
            guard value == value.rounded() else { throw .notWhole(excerpt(bytes)) }
            let exact = (1 - (1 << 53))...((1 << 53) - 1)
            let range = allowed.clamped(to: exact)
            guard value >= Double(range.lowerBound) else { throw .tooSmall(excerpt(bytes), smallest: range.lowerBound) }
            guard value <= Double(range.upperBound) else { throw .tooBig(excerpt(bytes), largest: range.upperBound) }
        }
        return value
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
private func excerpt(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes.prefix(200), as: UTF8.self)
}

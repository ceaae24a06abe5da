extension NumericTable.Rule {
    /// The number in a cell.
    ///
    /// - Parameter cell: the cell's bytes; blanks around the number do not matter.
    /// - Throws: the rule that the cell breaks.
    func value(of cell: ArraySlice<UInt8>) throws(DatasetError.Problem) -> Double {
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
func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = cell
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes
}

/// Whether a byte is a space or a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// A cell as text for a message; the message shows even less of it (see `quoted`).
private func excerpt(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes.prefix(200), as: UTF8.self) }

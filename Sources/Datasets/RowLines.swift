/// On which line of the file each row begins.
///
/// Rows follow each other line by line unless a quoted cell holds line breaks, so only the exceptions are stored: a file of
/// ten million plain rows needs one entry.
struct RowLines: Sendable {
    /// How many rows there are.
    private(set) var rowCount = 0

    /// From `row` on, row r begins on line `line + (r - row)`, up to the next entry.
    private var runs: [(row: Int, line: Int)] = []
    private var expectedLine = -1

    /// Adds the next row.
    mutating func append(_ line: Int) {
        if line != expectedLine { runs.append((rowCount, line)) }
        expectedLine = line + 1
        rowCount += 1
    }

    /// The line of a row that was added; rows count from 0.
    func line(ofRow row: Int) -> Int {
        precondition(0..<rowCount ~= row, "row \(row) does not exist")
        // The last run that begins at or before the row, by bisection.
        var (low, high) = (0, runs.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].row <= row { low = middle } else { high = middle }
        }
        return runs[low].line + (row - runs[low].row)
    }
}

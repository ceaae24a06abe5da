import Datasets
import Files

/// 541 handwritten digits of 8 × 8 pixels: 2, 3 and 4.
struct Digits {
    /// What was written, by the data's own label. The fits do not use it.
    let labels: [Int]
    /// The ink in each pixel, from 0 to 16, row by row from the top.
    let ink: [[Double]]
    /// Whether each pixel is on: at least half of the ink.
    let images: [[Bool]]

    static let width = 8
    static let mostInk = 16.0
    static let threshold = 8.0
    static let kinds = [2, 3, 4]
    static let path = "Lessons/Data/digits234.csv"

    /// The names of the pixels in the file.
    static let pixels = (0..<(width * width)).map { $0 < 10 ? "p0\($0)" : "p\($0)" }

    static func read() throws -> Digits {
        let names = pixels
        let table = try NumericTable.read(
            path: PackageFiles.path(path),
            columns: [.init("digit", .wholeNumber(in: 2...4))]
                + names.map { .init($0, .wholeNumber(in: 0...Int(mostInk))) })
        let columns = names.indices.map { table.numbers(at: $0 + 1) }
        let rows = (0..<table.rowCount).map { row in columns.map { $0[row] } }
        return Digits(
            labels: table.wholeNumbers(at: 0), ink: rows, images: rows.map { $0.map { $0 >= threshold } })
    }
}

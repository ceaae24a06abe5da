import Datasets
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Testing

/// A reader's NumPy array in the place of a text file.
struct NumPyDataTests {
    private static func array(_ rows: [[Double]]) -> Data {
        var head = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows.count), \(rows[0].count)), }"
        head += String(repeating: " ", count: 117 - head.utf8.count) + "\n"
        return Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(head.utf8))
            + rows.joined().reduce(into: Data()) { data, number in
                withUnsafeBytes(of: number) { data.append(contentsOf: $0) }
            }
    }

    private func read(
        _ content: Data, named name: String = "rows.npy", columns: String = "#1,#2", _ options: [String] = [],
        rule: NumericTable.Rule = .number
    ) throws -> OwnData {
        let folder = FileManager.default.temporaryDirectory.appending(path: "numpy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try content.write(to: file)
        let parsed = try OwnDataOptions.parse(["--data", file.path, "--columns", columns] + options)
        return try #require(try parsed.read(seed: 4, rule: rule, progress: RunProgress()))
    }

    @Test(arguments: [40, 7000]) func `an array is read as the text with the same numbers`(count: Int) throws {
        let rows: [[Double]] = (0..<count).map { [Double($0 % 11), Double($0 % 7) / 4] }
        let lines = ["a,b"] + rows.map { "\($0[0]),\($0[1])" }
        let text = lines.joined(separator: "\n")
        let (array, table) = (try read(Self.array(rows)), try read(Data(text.utf8), named: "rows.csv"))
        #expect(array.rows == table.rows && array.isSample == table.isSample && array.isSample == (count > 5000))
        #expect(array.lines.numbers.map { $0 + 1 } == table.lines.numbers)
        #expect((array.lines.word, table.lines.word) == ("row", "line"))
        #expect(array.all.rowCount == count && array.columns == ["column 1", "column 2"])
        let whole = Rows<[Double]>(table.all)
        #expect(Array(whole[0..<count]) == rows)
    }

    @Test func `what cannot be fitted is refused with its place`() throws {
        var rows = (0..<20).map { [Double($0), Double($0 % 3)] }
        func message(_ columns: String = "#1,#2", _ options: [String] = [], rule: NumericTable.Rule = .number) -> String
        {
            do {
                _ = try read(Self.array(rows), columns: columns, options, rule: rule)
                return "read"
            } catch { return "\(error)" }
        }
        #expect(message() == "read")
        #expect(message("#3").contains("#1 to #2") && message("height").contains("no such column"))
        #expect(message("#1,#1").contains("twice"))
        #expect(message("#1", ["--missing", "drop"]).contains("--missing"))
        #expect(message("#1,#2", ["--counts", "#2"]).contains("--counts"))
        #expect(message(rule: .wholeNumber(in: 0...9)).contains("row 11"))
        rows[12][1] = .nan
        #expect(message().contains("row 13") && message().contains("#2") && message("#1") == "read")
        rows = rows.map { [$0[0], 5] }
        #expect(message().contains("one value only"))
    }
}

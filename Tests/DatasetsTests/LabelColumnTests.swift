import Datasets
import Testing

@Suite("A column of names")
struct LabelColumnTests {
    private func read(_ text: String, _ column: String = "kind") throws -> LabelColumn {
        try TemporaryFile.with(text.utf8) { try LabelColumn.read(path: $0, column: column) }
    }

    @Test(
        "Names are numbered in the order of their first appearance, however the file is written",
        arguments: [
            "kind,x\nb,1\na,2\nb,3\n", "x,kind\r\n1, b \r\n2,a\r\n3,\tb\r\n", "\u{FEFF}\"kind\"\n\"b\"\n\"a\"\nb",
        ])
    func order(text: String) throws {
        let column = try read(text)
        #expect(column.classes == ["b", "a"])
        #expect(column.indices == [0, 1, 0])
    }

    @Test("Upper and lower case, accents and numbers are names of their own")
    func distinct() throws {
        #expect(try read("kind\nA\na\n1\n1.0\nä\nA\n").indices == [0, 1, 2, 3, 4, 0])
    }

    @Test(
        "What cannot be read is refused with its place",
        arguments: [
            ("", "file.csv: the file is empty."),
            ("kind\n", "file.csv: there are no rows below the line of column names."),
            ("kind,x\na,1\n,2\n", "file.csv, line 3, column \"kind\": the cell is empty, where a name is due."),
            (
                "kind,x\nb,1\na,1,2\n",
                "file.csv, line 3: there are 3 cells, but 2 column names in the first line."
                    + " Write decimals with a point (3.14), and put text that holds a comma in quotation marks."
                    + " If the first cell is the row's own name, give that column a name, too."
            ),
            (
                "king\na\n",
                "file.csv, column \"kind\": there is no such column. The file has only the column \"king\"."
                    + " Did you mean \"king\"?"
            ),
        ])
    func refused(text: String, message: String) throws {
        try TemporaryFile.with(text.utf8) { path in
            do throws(DatasetError) {
                _ = try LabelColumn.read(path: path, column: "kind")
                Issue.record("this was to be refused")
            } catch {
                #expect(error.description.replacing(path, with: "file.csv") == message)
            }
        }
    }
}

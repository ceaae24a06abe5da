import Datasets
import Foundation

/// A file in the temporary folder that is removed when the test has run.
struct TemporaryFile {
    /// Runs `body` with the path of a file of these bytes.
    static func with<Result>(_ bytes: some Sequence<UInt8>, _ body: (_ path: String) throws -> Result) throws -> Result
    {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("datasets-\(UUID().uuidString).csv")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }

    /// Reads columns of a text, and gives the error's message with the path replaced by `file.csv`, or nil.
    static func message(
        _ bytes: some Sequence<UInt8>, columns: [NumericTable.Column]
    ) throws -> String? {
        try with(bytes) { path in
            do throws(DatasetError) {
                _ = try NumericTable.read(path: path, columns: columns)
                return nil
            } catch {
                return error.description.replacingOccurrences(of: path, with: "file.csv")
            }
        }
    }

    /// Reads columns of a text.
    static func table(_ bytes: some Sequence<UInt8>, columns: [NumericTable.Column]) throws -> NumericTable {
        try with(bytes) { try NumericTable.read(path: $0, columns: columns) }
    }
}

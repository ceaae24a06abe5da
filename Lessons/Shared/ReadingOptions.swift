import ArgumentParser
import Datasets
import Files
import Notebook

/// How a reader's file is to be read, the same in every lesson: what its options `--missing` and `--counts` say.
public struct ReadingOptions {
    /// What to do with rows that have a missing value.
    public enum Missing: String, ExpressibleByArgument, CaseIterable, Sendable {
        /// The file is refused, with the place of the first missing value.
        case refuse
        /// The row is left out, and the report says how many were.
        case drop
    }

    /// What `--missing` says; nil if it was not given.
    let missing: Missing?
    /// What `--counts` says.
    let counts: String?

    /// The help of `--missing`.
    public static let missingHelp = ArgumentHelp(
        "Rows with a missing value: refuse the file, or drop them. (default: refuse)", valueName: "what")
    /// The help of `--counts`.
    public static let countsHelp = ArgumentHelp("A column that says how often each row occurs.", valueName: "name")

    /// What the two options say.
    public init(missing: Missing?, counts: String?) {
        self.missing = missing
        self.counts = counts
    }

    /// The options that were given, for the message that there is no file.
    public var given: [(name: String, isGiven: Bool)] { [("--missing", missing != nil), ("--counts", counts != nil)] }

    /// The name of the column of counts; nil if each row occurs once.
    ///
    /// - Throws: `ValidationError`, if it is not one name.
    public func countsName() throws -> String? { try counts.map { try Self.oneName($0, option: "--counts") } }

    /// A name as it is typed: plain, in quotation marks, or `#2`.
    ///
    /// - Throws: `ValidationError`, if it is not one name.
    public static func oneName(_ text: String, option: String) throws -> String {
        guard let names = ColumnNames.split(text), names.count == 1, !names[0].isEmpty else {
            throw ValidationError(
                "\(option): one column is due here, not \"\(shown(text))\" (a name with a comma: '\"a, b\"')")
        }
        return names[0]
    }

    /// Reads columns of a file, and tells a reader who is waiting how far it is.
    ///
    /// - Throws: `DatasetError`, which names the file, the line, the column and the rule that is broken.
    public func read(
        path: String, columns: [NumericTable.Column], progress: RunProgress
    ) throws -> NumericTable {
        let columns = columns + (try countsName().map { [.init($0, .count)] } ?? [])
        return try NumericTable.read(path: path, columns: columns, missing: missing == .drop ? .drop : .refuse) {
            read, total in
            progress.update("reading \(shown(path))", fraction: total.map { Double(read) / Double(max(1, $0)) })
        }
    }
}

extension NumericTable {
    /// What a report says about how the file was read; nil if there is nothing to say.
    ///
    /// - Parameters:
    ///   - counts: whether the last column says how often each row occurs.
    ///   - rows: how many rows they stand for.
    public func readingRemarks(counts: Bool, rows: Double) -> Prose? {
        var sentences = assumptions.sentences
        if counts {
            let name = OwnData.shown(name(at: columns.count - 1), place: columns.count)
            sentences.append(
                "The column \(name) says how often each row occurs: \(rowCount) of the file stand for \(Int(rows)).")
        } else if let unused = unusedCounts.first {
            let name = OwnData.shown(unused, place: 0)
            sentences.append(
                "The file has a column \(name) that was not used; if it says how often each row occurs, add --counts \(name)."
            )
        }
        guard !sentences.isEmpty else { return nil }
        return Prose("**How the file was read.** " + sentences.joined(separator: " "))
    }
}

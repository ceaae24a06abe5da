import Files
import Foundation

/// What is known of a graded submission: its result, and of which texts and checks it is the result.
public struct GradingRecord: Codable, Sendable, Equatable {
    /// The result.
    public var submission: GradedSubmission
    /// For each graded exercise, by name: the digest of its file and of what graded it.
    public var digests: [String: String]
    /// For each exercise that was handed in, by name: what remains of its file without names, comments and layout.
    public var fingerprints: [String: Fingerprint]

    /// Puts a record together.
    public init(
        submission: GradedSubmission, digests: [String: String] = [:], fingerprints: [String: Fingerprint] = [:]
    ) {
        (self.submission, self.digests, self.fingerprints) = (submission, digests, fingerprints)
    }
}

/// The records beside a table of results: a line of JSON for each submission. A run that was interrupted goes on from them, and
/// statistics are made of them.
public enum GradingRecords {
    /// Where the records of a table are: `results.csv` has them in `results.records.jsonl`.
    public static func file(of table: URL) -> URL {
        let name = table.lastPathComponent
        let stem = name.lowercased().hasSuffix(".csv") ? String(name.dropLast(4)) : name
        return table.deletingLastPathComponent().appending(path: "\(stem).records.jsonl")
    }

    /// Whether a table has its records beside it: not where it goes through a pipe or a device, whatever that leads to.
    public static func belong(beside table: URL) -> Bool {
        belong(beside: table.standardizedFileURL.plainPath, FileKind(of: table.filePath))
    }

    /// The rule, for a path from the root and what lies there.
    static func belong(beside path: String, _ kind: FileKind?) -> Bool {
        [nil, .file, .link].contains(kind) && !path.hasPrefix("/dev/")
    }

    /// Records as they are written.
    ///
    /// - Throws: `EncodingError`.
    public static func line(_ record: GradingRecord) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
    }

    /// Reads the records of a table.
    ///
    /// - Throws: `RecordsError`, if a line is none; `FileError`.
    public static func read(of table: URL) throws -> [GradingRecord] {
        let file = file(of: table)
        guard FileKind(of: file.filePath) != nil else { throw RecordsError.missing(table.plainPath, file.plainPath) }
        return try readText(file.filePath).split(separator: "\n").enumerated().map { place, line in
            do {
                return try JSONDecoder().decode(GradingRecord.self, from: Data(line.utf8))
            } catch {
                throw RecordsError.malformed(file.plainPath, line: place + 1)
            }
        }
    }
}

/// Why earlier results cannot be used.
public enum RecordsError: Error, Equatable, CustomStringConvertible {
    /// There is a table, perhaps, and no records beside it.
    case missing(String, String)
    /// A line is no record.
    case malformed(String, line: Int)
    /// Two files have results of the same submission, and they differ.
    case contradiction(String, String, String)
    /// The files' results are of different exercises.
    case otherExercises(String, String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .missing(let table, let file):
            "there is no \(shown(file)), which stands beside \(shown(table)): `Course grade --format csv --output` writes both"
        case .malformed(let file, let line):
            "\(shown(file)), line \(line): this is not a result as `Course grade` writes it: grade again without --resume"
        case .contradiction(let name, let first, let second):
            "\(shown(name)) is in both \(shown(first)) and \(shown(second)), with different results: leave one of the files out"
        case .otherExercises(let first, let second):
            "\(shown(second)) has other exercises or points than \(shown(first)): grade both with the same version of the course"
        }
    }
}

extension GradingRecords {
    /// The records of several tables, as those of one: of parts that several machines have graded.
    ///
    /// - Throws: `RecordsError`, `FileError`.
    public static func merged(_ tables: [URL]) throws -> [GradingRecord] {
        var all: [String: (record: GradingRecord, table: String)] = [:]
        var first: (outline: [String], table: String)?
        for table in tables {
            for record in try read(of: table) {
                let outline = record.submission.exercises.map { "\($0.name) \($0.maximum)" }
                if let first, first.outline != outline {
                    throw RecordsError.otherExercises(first.table, table.plainPath)
                }
                first = first ?? (outline, table.plainPath)
                let name = record.submission.name
                if let other = all[name], other.record != record {
                    throw RecordsError.contradiction(name, other.table, table.plainPath)
                }
                all[name] = (record, table.plainPath)
            }
        }
        return all.values.map(\.record).sorted {
            ($0.submission.name.lowercased(), $0.submission.name) < (
                $1.submission.name.lowercased(), $1.submission.name
            )
        }
    }
}

import ArgumentParser
import Datasets
import Foundation
import MixtureModels
import Notebook

/// The options by which a reader puts a file with columns of numbers in the place of a lesson's data.
///
/// A lesson takes them in with `@OptionGroup(title: "Your own data") var ownData: OwnDataOptions`, beside what it needs of its
/// own.
public struct OwnDataOptions: ParsableArguments {
    /// The path of the file; nil for the lesson's own data.
    @Option(
        help: ArgumentHelp(
            "A CSV file with a row for each observation, or a NumPy array (.npy), which may be larger than memory.",
            valueName: "file"))
    public var data: String?

    @Option(
        help: ArgumentHelp("The columns to fit: names separated by commas, or #2 for the second.", valueName: "names"))
    var columns: String?

    @Option(help: ReadingOptions.missingHelp)
    var missing: ReadingOptions.Missing?

    @Option(help: ReadingOptions.countsHelp)
    var counts: String?

    /// The number of components to fit; nil unless the reader says so.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The number of components to fit to the file. (default: 2)", valueName: "K"))
    public var components: Int?

    /// How many random starts to try; nil unless the reader says so.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many random starts to try. (default: 10)", valueName: "R"))
    public var restarts: Int?

    /// More starts than anybody waits for; each is kept until all have run, so that without a bound memory would end first.
    static let mostRestarts = 10_000

    /// Options that were not given.
    public init() {}

    /// How the file is to be read.
    public var reading: ReadingOptions { ReadingOptions(missing: missing, counts: counts) }

    /// Rules that can be checked before anything is read.
    public func validate() throws {
        try Self.require(
            data,
            for: [("--columns", columns != nil), ("--components", components != nil), ("--restarts", restarts != nil)]
                + reading.given)
        guard data != nil else { return }
        guard ColumnNames.split(columns ?? "") != nil else {
            throw ValidationError(
                "--columns: a quotation mark is not closed, or text follows it; a name with a comma is written '\"a, b\"'"
            )
        }
        _ = try reading.countsName()
        guard !columnNames.isEmpty else {
            throw ValidationError("--data needs --columns: which columns shall be fitted? (names separated by commas)")
        }
        if columnNames.contains("") { throw ValidationError("--columns: a name between two commas is missing") }
        if let components, components < 1 {
            throw ValidationError("--components must be at least 1, not \(components)")
        }
        if let restarts, !(1...Self.mostRestarts).contains(restarts) {
            throw ValidationError("--restarts must be from 1 to \(Self.mostRestarts), not \(restarts)")
        }
    }

    /// Refuses options that describe a file if there is none.
    ///
    /// - Throws: `ValidationError`, which names the first of the options that was given.
    public static func require(_ data: String?, for options: [(name: String, isGiven: Bool)]) throws {
        if data == nil, let option = options.first(where: \.isGiven)?.name {
            throw ValidationError("\(option) describes a file of yours, so it needs --data FILE.csv")
        }
    }

    /// The names of the columns: separated by commas, in quotation marks where a name has a comma, or `#2` for the second.
    public var columnNames: [String] {
        guard let columns, !columns.isEmpty else { return [] }
        return ColumnNames.split(columns) ?? []
    }

    /// The reader's file; nil without `--data`.
    ///
    /// - Parameters:
    ///   - seed: The lesson's seed: it decides which rows of a large file are followed.
    ///   - rule: What every cell must be.
    ///   - mostComponents: The most components that may be asked for; nil if the lesson has a rule of its own.
    /// - Throws: `DatasetError`, which names the file, the line, the column and the rule that is broken; ``LessonError``, if a
    ///   column that may hold any number has one value only.
    public func read(
        seed: UInt64, rule: NumericTable.Rule = .number, mostComponents: Int? = OwnData.mostComponents,
        progress: RunProgress
    ) throws -> OwnData? {
        guard let data else { return nil }
        if let components, let mostComponents, components > mostComponents {
            throw ValidationError("--components must be from 1 to \(mostComponents), not \(components)")
        }
        var generator = SeededGenerator(seed: seed).stream(10)
        if let array = try NumPyArray(path: data) {
            return try read(array, rule: rule, using: &generator, progress: progress)
        }
        var table = try reading.read(path: data, columns: columnNames.map { .init($0, rule) }, progress: progress)
        let remarks: Prose?
        if try reading.countsName() != nil {
            let counted = table
            table = try table.repeatingRows(byColumn: columnNames.count, most: OwnData.mostRows)
            remarks = counted.withAssumptions(of: table).readingRemarks(counts: true, rows: Double(table.rowCount))
        } else {
            remarks = table.readingRemarks(counts: false, rows: Double(table.rowCount))
        }
        let names = columnNames.indices.map { OwnData.shown(table.name(at: $0), place: $0 + 1) }
        for (index, name) in names.enumerated() where rule == .number {
            let numbers = table.numbers(at: index)
            if numbers.allSatisfy({ $0 == numbers[0] }) { throw Self.oneValue(data, name, numbers[0]) }
        }
        let chosen = OwnData.sample(of: table.rowCount, using: &generator)
        return OwnData(
            path: data, columns: names, rows: table.vectors(chosen),
            lines: RowPlaces(lines: chosen.map(table.line(ofRow:))),
            all: NumberColumns(columnNames.indices.map(table.numbers(at:))), check: {}, remarks: remarks)
    }

    static func oneValue(_ path: String, _ name: String, _ value: Double) -> LessonError {
        .file(path, "column \(name) has one value only, \(value): no Gaussian has spread 0")
    }
}

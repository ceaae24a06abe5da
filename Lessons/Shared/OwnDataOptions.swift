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
    @Option(help: ArgumentHelp("A CSV file with a row for each observation.", valueName: "file"))
    public var data: String?

    @Option(help: ArgumentHelp("The columns to fit, separated by commas.", valueName: "names"))
    var columns: String?

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

    /// Options that were not given.
    public init() {}

    /// Rules that can be checked before anything is read.
    public func validate() throws {
        try Self.require(
            data,
            for: [("--columns", columns != nil), ("--components", components != nil), ("--restarts", restarts != nil)])
        guard data != nil else { return }
        guard !columnNames.isEmpty else {
            throw ValidationError("--data needs --columns: which columns shall be fitted? (names separated by commas)")
        }
        if columnNames.contains("") { throw ValidationError("--columns: a name between two commas is missing") }
        if let components, components < 1 {
            throw ValidationError("--components must be at least 1, not \(components)")
        }
        if let restarts, restarts < 1 { throw ValidationError("--restarts must be at least 1, not \(restarts)") }
    }

    /// Refuses options that describe a file if there is none.
    ///
    /// - Throws: `ValidationError`, which names the first of the options that was given.
    public static func require(_ data: String?, for options: [(name: String, isGiven: Bool)]) throws {
        if data == nil, let option = options.first(where: \.isGiven)?.name {
            throw ValidationError("\(option) describes a file of yours, so it needs --data FILE.csv")
        }
    }

    /// The names of the columns, as they are typed.
    public var columnNames: [String] {
        guard let columns, !columns.isEmpty else { return [] }
        return columns.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The reader's file; nil without `--data`.
    ///
    /// - Parameter seed: The lesson's seed: it decides which rows of a large file are followed.
    /// - Throws: `DatasetError`, which names the file, the line, the column and the rule that is broken; ``LessonError``, if a
    ///   column has one value only.
    public func read(seed: UInt64, progress: RunProgress) throws -> OwnData? {
        guard let data else { return nil }
        let table = try NumericTable.read(path: data, columns: columnNames.map { .init($0) }, progress: progress)
        for (index, name) in columnNames.enumerated() {
            let numbers = table.numbers(at: index)
            if numbers.allSatisfy({ $0 == numbers[0] }) {
                throw LessonError.option("column \(name) has one value only, \(numbers[0]): no Gaussian has spread 0")
            }
        }
        var generator = SeededGenerator(seed: seed).stream(10)
        let rows = table.vectors(OwnData.sample(of: table.rowCount, using: &generator))
        return OwnData(
            path: data, columns: columnNames.enumerated().map { OwnData.shown($1, place: $0 + 1) }, rows: rows,
            table: table)
    }
}

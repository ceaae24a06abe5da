import ArgumentParser
import Datasets
import LessonKit
import MixtureModels
import Notebook

/// The options by which a reader replaces the simulated data of section 3 with a file.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A CSV file with a row for each set of flips.", valueName: "file"))
    var data: String?

    @Option(help: ArgumentHelp("The column that holds the number of heads.", valueName: "name"))
    var columns: String?

    // A minus sign belongs to the number that follows it, so that -3 flips are refused for being negative.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Flips per row: a number, or the column that holds it.", valueName: "number or name"))
    var flips: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The number of coins to fit to the file. (default: 2)", valueName: "K"))
    var components: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Start: head probability of each coin, such as 0.6,0.5.", valueName: "list"))
    var startHeads: NumberList?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Start: weight of each coin, such as 0.5,0.5.", valueName: "list"))
    var startWeights: NumberList?

    @Flag(help: "Keep the weights as they are at the start.")
    var fixedWeights = false

    /// Rules that can be checked before anything is read.
    func validate() throws {
        try OwnDataOptions.require(
            data,
            for: [
                ("--columns", columns != nil), ("--flips", flips != nil), ("--components", components != nil),
                ("--start-heads", startHeads != nil), ("--start-weights", startWeights != nil),
                ("--fixed-weights", fixedWeights),
            ])
        guard data != nil else { return }
        guard let columns else { throw ValidationError("--data needs --columns: which column holds the heads?") }
        guard !columns.contains(",") else {
            throw ValidationError("--columns: one column holds the heads here, not \(columns)")
        }
        guard let flips else {
            throw ValidationError("--data needs --flips: how many flips per row? (a number, or the name of a column)")
        }
        if let number = Double(flips), number.isFinite {
            guard let count = Int(flips), (1...Self.mostFlips).contains(count) else {
                throw ValidationError(
                    "--flips must be a whole number from 1 to \(Self.mostFlips), or the name of a column, not \(flips)")
            }
        }
        try validateStart()
    }

    private func validateStart() throws {
        let count = componentCount
        guard (1...Self.mostCoins).contains(count) else {
            throw ValidationError("--components must be from 1 to \(Self.mostCoins), not \(count)")
        }
        for (option, list) in [("--start-heads", startHeads), ("--start-weights", startWeights)] {
            guard let numbers = list?.numbers else { continue }
            guard numbers.count == count else {
                throw ValidationError("\(option) has \(numbers.count) numbers, but there are \(count) coins")
            }
            if let wrong = numbers.first(where: { !(0...1).contains($0) }) {
                throw ValidationError("\(option): every number must lie between 0 and 1, not \(wrong)")
            }
        }
        if let list = startWeights?.numbers, list.contains(0) {
            throw ValidationError(
                "--start-weights: a coin of weight 0 is never chosen, so nothing can be learnt about it")
        }
        if let sum = startWeights?.numbers.reduce(0, +), abs(sum - 1) > 1e-9 {
            throw ValidationError("--start-weights must sum to 1, not \(sum)")
        }
        if fixedWeights, startWeights == nil {
            throw ValidationError("--fixed-weights needs --start-weights: which weights are to be kept?")
        }
    }

    /// More flips than this in a row is taken for a mistake: a column of another kind, or a wrong unit.
    static let mostFlips = 10_000

    /// Each coin is a column of the report's tables and a curve of its figures: more than this nobody can read.
    static let mostCoins = 20

    var componentCount: Int { components ?? startHeads?.numbers.count ?? 2 }
}

/// Numbers separated by commas.
struct NumberList: ExpressibleByArgument {
    let numbers: [Double]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Double($0.trimmingPrefix(while: \.isWhitespace)) }
        guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else { return nil }
        self.numbers = numbers
    }
}

// MARK: Reading

extension DataOptions {
    /// The reader's own data; nil without `--data`.
    ///
    /// - Throws: `DatasetError`, which names the file, the line, the column and the rule that is broken.
    func read(progress: RunProgress) throws -> TenFlipData? {
        guard let data, let columns, let flips else { return nil }
        let table = try table(path: data, heads: columns, flips: flips, progress: progress)
        let rows = try headCounts(table, flips: Int(flips))
        let distinct = HeadCountTable(rows)
        let start = try startingPoint(for: distinct, rowCount: rows.count)
        let impossible = Set(distinct.rows.filter { start.logDensity(at: $0) == -.infinity })
        if !impossible.isEmpty, let row = rows.firstIndex(where: impossible.contains) {
            throw table.error(
                inRow: row, column: 0,
                "\(rows[row].heads) heads in \(rows[row].flips) flips are impossible at the start, with the coins and weights"
                    + " of --start-heads and --start-weights")
        }
        return TenFlipData(
            rows: rows, distinct: distinct, origin: .file(data), start: start, weightsAreFixed: fixedWeights)
    }

    private func table(path: String, heads: String, flips: String, progress: RunProgress) throws -> NumericTable {
        var columns = [NumericTable.Column(heads, .count)]
        if Int(flips) == nil { columns.append(NumericTable.Column(flips, .wholeNumber(in: 1...Self.mostFlips))) }
        return try NumericTable.read(path: path, columns: columns, progress: progress)
    }

    /// The rows, with `flips` flips each, or as many as the table's second column says.
    private func headCounts(_ table: NumericTable, flips: Int?) throws -> [HeadCount] {
        let heads = table.wholeNumbers(at: 0)
        let rows =
            flips.map { flips in heads.map { HeadCount(heads: $0, flips: flips) } }
            ?? zip(heads, table.wholeNumbers(at: 1)).map { HeadCount(heads: $0, flips: $1) }
        if let row = rows.firstIndex(where: { $0.heads > $0.flips }) {
            throw table.error(
                inRow: row, column: 0,
                "\(rows[row].heads) heads in \(rows[row].flips) flips: there cannot be more heads than flips")
        }
        return rows
    }

    /// The start given by the options; what is missing is filled in.
    ///
    /// Without `--start-heads` the rows are sorted by their share of heads and cut into K equal parts. Coin k starts at the
    /// share of heads of part k, moved a fifth of the way towards K evenly spaced values: so no coin starts at exactly 0 or
    /// 1, and no two start alike, which EM could never separate. No randomness is needed.
    private func startingPoint(for distinct: HeadCountTable, rowCount: Int) throws -> Mixture<Binomial> {
        let count = componentCount
        guard count <= rowCount else {
            throw LessonError.option(
                "--components \(count): the file has \(rowCount) \(rowCount == 1 ? "row" : "rows"), and each coin needs"
                    + " at least one")
        }
        let weights = startWeights?.numbers ?? Array(repeating: 1 / Double(count), count: count)
        let flips = distinct.rows.map(\.flips).max() ?? 1
        let heads =
            startHeads?.numbers
            ?? distinct.sharesOfHeads(parts: count).enumerated().map { k, share in
                0.8 * share + 0.2 * (Double(k) + 0.5) / Double(count)
            }
        return try binomialMixture(weights: weights, heads: heads, flips: flips)
    }
}

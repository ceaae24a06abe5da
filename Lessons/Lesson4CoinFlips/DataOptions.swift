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

    @Option(help: ReadingOptions.missingHelp)
    var missing: ReadingOptions.Missing?

    @Option(help: ReadingOptions.countsHelp)
    var counts: String?

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

    /// How the file is to be read.
    var reading: ReadingOptions { ReadingOptions(missing: missing, counts: counts) }

    /// Rules that can be checked before anything is read.
    func validate() throws {
        try OwnDataOptions.require(
            data,
            for: [
                ("--columns", columns != nil), ("--flips", flips != nil), ("--components", components != nil),
                ("--start-heads", startHeads != nil), ("--start-weights", startWeights != nil),
                ("--fixed-weights", fixedWeights),
            ] + reading.given)
        guard data != nil else { return }
        guard let columns else { throw ValidationError("--data needs --columns: which column holds the heads?") }
        _ = try ReadingOptions.oneName(columns, option: "--columns")
        _ = try reading.countsName()
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

    /// A limit of time, not of what a coin can do: the report's second routes go through the flips of a row one by one.
    static let mostFlips = 1_000_000

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
        let counts = try reading.countsName().map { _ in
            table.wholeNumbers(at: table.columns.count - 1).map(Double.init)
        }
        var rows = try headCounts(table, flips: Int(flips))
        // Rows without flips, or that occur 0 times, say nothing.
        let empty = rows.indices.filter { rows[$0].flips == 0 || counts?[$0] == 0 }
        var read = table
        read.noteEmptyRows(empty)
        let kept = empty.isEmpty ? Array(rows.indices) : Array(Set(rows.indices).subtracting(empty)).sorted()
        guard !kept.isEmpty else {
            throw table.error(inRow: 0, column: nil, "this row has no flips, or occurs 0 times, and so do all others")
        }
        let weights = counts.map { counts in kept.map { counts[$0] } }
        rows = kept.map { rows[$0] }
        let distinct = HeadCountTable(rows, counts: weights)
        let total = weights?.reduce(0, +) ?? Double(rows.count)
        guard total <= Self.mostRows else {
            throw table.error(
                inRow: 0, column: table.columns.count - 1, "the counts stand for more than \(Int(Self.mostRows)) rows")
        }
        let start = try startingPoint(for: distinct, rowCount: Int(total))
        let impossible = Set(distinct.rows.filter { start.logDensity(at: $0) == -.infinity })
        if !impossible.isEmpty, let place = rows.firstIndex(where: impossible.contains) {
            throw table.error(
                inRow: kept[place], column: 0,
                "\(rows[place].heads) heads in \(rows[place].flips) flips are impossible at the start, with the coins and weights"
                    + " of --start-heads and --start-weights")
        }
        return TenFlipData(
            firstRows: TenFlipData.firstRows(rows, counts: weights), rowCount: Int(total), distinct: distinct,
            origin: .file(data, remarks: read.readingRemarks(counts: counts != nil, rows: total)), start: start,
            weightsAreFixed: fixedWeights)
    }

    /// More rows than this no number of EM's could count exactly.
    static let mostRows = 1e15

    private func table(path: String, heads: String, flips: String, progress: RunProgress) throws -> NumericTable {
        var columns = [NumericTable.Column(try ReadingOptions.oneName(heads, option: "--columns"), .count)]
        if Int(flips) == nil {
            let name = try ReadingOptions.oneName(flips, option: "--flips")
            columns.append(NumericTable.Column(name, .wholeNumber(in: 0...Self.mostFlips)))
        }
        return try reading.read(path: path, columns: columns, progress: progress)
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
                "--components \(count): \(data ?? "the file") has \(rowCount) \(rowCount == 1 ? "row" : "rows"), and each"
                    + " coin needs at least one")
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

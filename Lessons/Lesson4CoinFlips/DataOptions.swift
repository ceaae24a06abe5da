import ArgumentParser
import Datasets
import MixtureModels
import Notebook

/// The options by which a reader replaces the simulated data of section 3 with a file.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A CSV file with a row for each set of flips.", valueName: "file"))
    var data: String?

    @Option(help: ArgumentHelp("The column that holds the number of heads.", valueName: "name"))
    var columns: String?

    @Option(help: ArgumentHelp("Flips per row: a number, or the column that holds it.", valueName: "number or name"))
    var flips: String?

    @Option(help: ArgumentHelp("The number of coins to fit to the file. (default: 2)", valueName: "K"))
    var components: Int?

    @Option(help: ArgumentHelp("Start: head probability of each coin, such as 0.6,0.5.", valueName: "list"))
    var startHeads: NumberList?

    @Option(help: ArgumentHelp("Start: weight of each coin, such as 0.5,0.5.", valueName: "list"))
    var startWeights: NumberList?

    @Flag(help: "Keep the weights as they are at the start.")
    var fixedWeights = false

    /// Rules that can be checked before anything is read.
    func validate() throws {
        if data == nil {
            let needless = [
                ("--columns", columns != nil), ("--flips", flips != nil), ("--components", components != nil),
                ("--start-heads", startHeads != nil), ("--start-weights", startWeights != nil),
                ("--fixed-weights", fixedWeights),
            ]
            if let option = needless.first(where: \.1)?.0 {
                throw ValidationError("\(option) describes a file of yours, so it needs --data FILE.csv")
            }
            return
        }
        guard columns != nil else { throw ValidationError("--data needs --columns: which column holds the heads?") }
        guard flips != nil else {
            throw ValidationError("--data needs --flips: how many flips per row? (a number, or the name of a column)")
        }
        try validateStart()
    }

    private func validateStart() throws {
        let count = componentCount
        guard count >= 1 else { throw ValidationError("--components must be at least 1, not \(count)") }
        for (option, list) in [("--start-heads", startHeads), ("--start-weights", startWeights)] {
            guard let numbers = list?.numbers else { continue }
            guard numbers.count == count else {
                throw ValidationError("\(option) has \(numbers.count) numbers, but there are \(count) coins")
            }
            if let wrong = numbers.first(where: { !(0...1).contains($0) }) {
                throw ValidationError("\(option): every number must lie between 0 and 1, not \(wrong)")
            }
        }
        if let sum = startWeights?.numbers.reduce(0, +), abs(sum - 1) > 1e-9 {
            throw ValidationError("--start-weights must sum to 1, not \(sum)")
        }
    }

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
        let rows = try headCounts(path: data, heads: columns, flips: flips, progress: progress)
        let start = try startingPoint(for: rows)
        return TenFlipData(rows: rows, origin: .file(data), start: start, weightsAreFixed: fixedWeights)
    }

    private func headCounts(path: String, heads: String, flips: String, progress: RunProgress) throws -> [HeadCount] {
        let fixed = Int(flips)
        if let fixed, fixed < 1 { throw ValidationError("--flips must be at least 1, not \(fixed)") }
        var columns = [NumericTable.Column(heads, .count)]
        if fixed == nil { columns.append(NumericTable.Column(flips, .wholeNumber(in: 1...Self.mostFlips))) }
        if let fixed, fixed > Self.mostFlips { throw ValidationError("--flips must be at most \(Self.mostFlips)") }
        let table = try NumericTable.read(path: path, columns: columns) { read, total in
            progress.update("reading \(path)", fraction: total.map { Double(read) / Double(max(1, $0)) })
        }
        let headCounts = table.wholeNumbers(at: 0)
        let flipCounts = fixed == nil ? table.wholeNumbers(at: 1) : nil
        return try headCounts.enumerated().map { row, heads in
            let flips = flipCounts?[row] ?? fixed ?? 0
            guard heads <= flips else {
                throw table.error(
                    inRow: row, column: 0, "\(heads) heads in \(flips) flips: there cannot be more heads than flips")
            }
            return HeadCount(heads: heads, flips: flips)
        }
    }

    /// More flips than this in a row is taken for a mistake: a column of another kind, or a wrong unit.
    static let mostFlips = 10_000

    /// The start given by the options; what is missing is filled in.
    ///
    /// Without `--start-heads` the rows are sorted by their share of heads and cut into K equal parts. Coin k starts at the
    /// share of heads of part k, moved a fifth of the way towards K evenly spaced values: so no coin starts at exactly 0 or
    /// 1, and no two start alike, which EM could never separate. No randomness is needed.
    private func startingPoint(for rows: [HeadCount]) throws -> Mixture<Binomial> {
        let count = componentCount
        guard count <= rows.count else {
            throw ValidationError(
                "--components \(count): there are only \(rows.count) rows, and each coin needs at least one")
        }
        let weights = startWeights?.numbers ?? Array(repeating: 1 / Double(count), count: count)
        let flips = rows.map(\.flips).max() ?? 1
        if let heads = startHeads?.numbers { return try binomialMixture(weights: weights, heads: heads, flips: flips) }
        let sorted = rows.sorted { share($0) < share($1) }
        let heads = (0..<count).map { k in
            let part = sorted[(k * rows.count / count)..<((k + 1) * rows.count / count)]
            let heads = part.reduce(0.0) { $0 + Double($1.heads) } / part.reduce(0.0) { $0 + Double($1.flips) }
            return 0.8 * heads + 0.2 * (Double(k) + 0.5) / Double(count)
        }
        return try binomialMixture(weights: weights, heads: heads, flips: flips)
    }

    private func share(_ row: HeadCount) -> Double { Double(row.heads) / Double(row.flips) }
}

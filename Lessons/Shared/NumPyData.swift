import Datasets
import Files
import MixtureModels
import Notebook

/// Chosen columns of a NumPy array, read from the file whenever they are wanted.
struct NumPyColumns: RowSource {
    let array: NumPyArray
    let columns: [Int]

    var rowCount: Int { array.rowCount }
    var columnCount: Int { columns.count }

    func copy(_ rows: Range<Int>, block: Int, to numbers: UnsafeMutablePointer<Double>) {
        array.copy(rows, columns: columns, block: block, to: numbers)
    }
}

extension OwnDataOptions {
    /// A reader's NumPy array: any size, whether or not it fits into memory.
    ///
    /// - Throws: `DatasetError` for a column that is not there, or a number that breaks the rule, with its row.
    func read(
        _ array: NumPyArray, rule: NumericTable.Rule, using generator: inout SeededGenerator, progress: RunProgress
    ) throws -> OwnData {
        for option in reading.given where option.isGiven {
            throw LessonError.file(
                array.path, "\(option.name) is for text files; choose and repeat the rows of an array in NumPy")
        }
        let source = NumPyColumns(array: array, columns: try columnNames.map { try column($0, of: array) })
        guard Set(source.columns).count == source.columns.count else {
            throw DatasetError(file: array.path, problem: .columnAskedTwice)
        }
        let rows = Rows<[Double]>(source)
        let names = source.columns.map { "column \($0 + 1)" }
        try check(source, rule, names, progress)
        let chosen = OwnData.sample(of: array.rowCount, using: &generator)
        return OwnData(
            path: array.path, columns: names, rows: chosen.map { rows[$0] },
            lines: RowPlaces(rows: chosen.map { $0 + 1 }), all: source, check: { try array.check() }, remarks: nil)
    }

    /// The place of a column, which has a number and no name.
    private func column(_ name: String, of array: NumPyArray) throws -> Int {
        if name.hasPrefix("#"), let number = Int(name.dropFirst()), (1...array.columnCount).contains(number) {
            return number - 1
        }
        let all = array.columnCount == 1 ? "only #1" : "#1 to #\(array.columnCount)"
        throw DatasetError(
            file: array.path, column: name,
            problem: .rule("there is no such column. A NumPy array has numbers in place of names: here \(all)"))
    }

    /// Goes through all numbers once.
    private func check(
        _ source: NumPyColumns, _ rule: NumericTable.Rule, _ names: [String], _ progress: RunProgress
    ) throws {
        let size = 8192
        let first = Rows<[Double]>(source)[0]
        var isOneValue = names.map { _ in true }
        var numbers = [Double](repeating: 0, count: size * names.count)
        for start in stride(from: 0, to: source.rowCount, by: size) {
            progress.update("reading \(shown(source.array.path))", fraction: Double(start) / Double(source.rowCount))
            let rows = start..<min(start + size, source.rowCount)
            numbers.withUnsafeMutableBufferPointer { numbers in
                guard let room = numbers.baseAddress else { return }
                source.copy(rows, block: rows.count, to: room)
            }
            for d in names.indices {
                for place in 0..<rows.count {
                    let number = numbers[d * rows.count + place]
                    if number != first[d] { isOneValue[d] = false }
                    guard let broken = rule.broken(by: number) else { continue }
                    throw DatasetError(
                        file: source.array.path, column: "#\(source.columns[d] + 1)",
                        problem: .rule("row \(start + place + 1) of the array is \(number), which is \(broken)"))
                }
            }
        }
        if rule == .number, let column = isOneValue.firstIndex(of: true) {
            throw Self.oneValue(source.array.path, names[column], first[column])
        }
    }
}

extension NumericTable.Rule {
    /// What is wrong with a number; nil if nothing is.
    fileprivate func broken(by number: Double) -> String? {
        switch self {
        case .number: number.isFinite ? nil : "not a finite number"
        case .wholeNumber(let range):
            if number.isFinite, number == number.rounded(), number.magnitude < 0x1p53, range.contains(Int(number)) {
                nil
            } else {
                "no whole number from \(range.lowerBound) to \(range.upperBound)"
            }
        }
    }
}

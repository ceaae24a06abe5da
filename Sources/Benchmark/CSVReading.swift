import Datasets
import Files
import Foundation
import MixtureModels

/// Reading a file of ten million rows and two columns, by us and by others.
enum CSVReading {
    static let rows = 10_000_000

    static func compare(rounds: Int, _ gate: inout LoadGate, _ report: inout Report) throws {
        let file = Places.cache.appendingPathComponent("rows.csv").path
        let problem = Case(name: "CSV", rows: rows, columns: 2, components: 3, steps: 20)
        let prepared = try Prepared(problem)
        let fit = try gate.measure { try prepared.fit(threads: 2).seconds }
        try write(problem.data(), file)
        func script(_ name: String) -> String { Places.sources.appendingPathComponent(name).path }
        let readers = [
            ("this package", [Places.program.path, "--read-csv", file]),
            ("pandas", [Peers.python, script("peers.py"), "read", file]),
            ("R `data.table::fread`", ["Rscript", script("peers.R"), "fread", file]),
            ("R `read.csv`", ["Rscript", script("peers.R"), "read.csv", file]),
        ]
        var found = readers.map { _ in [(seconds: Double, mebibytes: Double)]() }
        for _ in 0..<rounds {
            for (i, reader) in readers.enumerated() {
                let answer = try gate.measure { output(of: reader.1) }
                let numbers = (answer ?? "").split(separator: " ").compactMap {
                    Double($0.trimmingCharacters(in: .newlines))
                }
                if numbers.count == 2 { found[i].append((numbers[0], numbers[1])) }
            }
        }
        report.add(
            """
            Reading a CSV file of \(rows) rows and two columns (the numbers alone are \((rows * 16) >> 20) MiB), and the most memory \
            that the process had. Fitting the same rows with K = 3 for \(problem.steps) steps takes \(duration(fit)).
            """)
        report.addTable(
            ["reader", "time", "memory"],
            zip(readers, found).map { reader, found in
                found.isEmpty
                    ? [reader.0, "not there", ""]
                    : [
                        reader.0, duration(median(found.map(\.seconds))),
                        String(format: "%.0f MiB", median(found.map(\.mebibytes))),
                    ]
            })
    }

    /// Reads the file as a lesson does: "seconds mebibytes".
    static func ofThisPackage(_ file: String) throws -> String {
        var rowCount = 0
        let elapsed = try seconds {
            rowCount = try NumericTable.read(path: file, columns: [.init("x"), .init("y")]).rowCount
        }
        guard rowCount == rows else { throw WorkerProcess.Ended(description: "\(file) has not \(rows) rows") }
        return "\(elapsed) \(Machine.peakMemory ?? .nan)"
    }

    private static func write(_ rows: [[Double]], _ path: String) throws {
        var text = "x,y\n"
        for row in rows {
            text += "\((row[0] * 1e6).rounded() / 1e6),\((row[1] * 1e6).rounded() / 1e6)\n"
        }
        try writeAtomically(text, to: path)
    }
}

import Foundation

/// How the time of a step grows with N, D and K.
enum Scaling {
    static func run(rounds: Int, _ gate: inout LoadGate, _ report: inout Report) throws {
        var rows: [[String]] = []
        func grow(_ letter: String, _ rest: String, _ sizes: [Int], _ problem: (Int) -> Case) throws {
            var points: [(x: Double, y: Double)] = []
            for size in sizes {
                let problem = problem(size)
                let prepared = try Prepared(problem)
                let time = try gate.measure {
                    median(try (0..<rounds).map { _ in try prepared.fit(threads: 2).seconds })
                }
                points.append((log(Double(size)), log(time / Double(problem.steps))))
            }
            // The slope of the least-squares line through the logarithms.
            let (x, y) = (
                points.map(\.x).reduce(0, +) / Double(sizes.count), points.map(\.y).reduce(0, +) / Double(sizes.count)
            )
            let slope =
                points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
            rows.append([
                "\(letter), \(rest)",
                zip(sizes, points).map { "\($0): \(duration(exp($1.y)))" }.joined(separator: ", "),
                String(format: "%.2f", slope),
            ])
        }
        try grow("N", "D = 2, K = 3", [10_000, 100_000, 1_000_000, 10_000_000]) {
            Case(name: "N", rows: $0, columns: 2, components: 3, steps: 20)
        }
        try grow("D", "N = 50000, K = 3", [2, 4, 8, 16, 32, 64]) {
            Case(name: "D", rows: 50_000, columns: $0, components: 3, steps: 10)
        }
        try grow("K", "N = 100000, D = 2", [2, 4, 8, 16, 32, 64]) {
            Case(name: "K", rows: 100_000, columns: 2, components: $0, steps: 10)
        }
        report.add("How the time of a step grows (two threads; a whole fit divided by its steps):")
        report.addTable(["with", "seconds per step", "exponent"], rows)
    }
}

import Foundation
import MixtureModels

/// How fast EM is on this machine.
///
///     swift run -c release Benchmark            the cases A to D, scaling, and the time to a lesson's report
///     swift run -c release Benchmark --peers    the cases A to C beside other programs, interleaved
///
/// Every fit takes exactly its number of steps from a fixed start. A time is that of a whole fit, from data in memory to the
/// last row, and the median of several, with the least in brackets. Nothing here is a test: a busy machine is merely slow.
@main
enum Benchmark {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case nil: try alone()
        case "--peers": try peers()
        case "--sets": print(InstructionSet.available)
        case "--worker": try work(Array(arguments.dropFirst()))
        default:
            print("usage: Benchmark [--peers]")
            exit(64)
        }
    }

    /// Median and least of several times.
    static func repeated(_ count: Int = 7, _ body: () throws -> Timing) rethrows -> (median: Double, least: Double) {
        let seconds = try (0..<count).map { _ in try body().seconds }.sorted()
        return (seconds[count / 2], seconds[0])
    }

    static func line(_ label: String, _ times: (median: Double, least: Double)) {
        print(
            String(
                format: "  %@  %.4f s (%.4f)", label.padding(toLength: 34, withPad: " ", startingAt: 0), times.median,
                times.least))
    }

    private static func alone() throws {
        print("Instruction sets: \(InstructionSet.available) of 3 (baseline, AVX2, AVX-512)")
        for problem in Case.table {
            print(
                "\(problem.name): N = \(problem.rows), D = \(problem.columns), K = \(problem.components), \(problem.steps) steps"
            )
            let prepared = try Prepared(problem)
            for threads in [1, 2] {
                for set in 1...InstructionSet.available {
                    line(
                        "\(threads) threads, instruction set \(set)",
                        try repeated { try prepared.fit(threads: threads, instructionSet: set) })
                }
            }
            line("readable, 2 threads", try repeated(1) { try prepared.fit(threads: 2, pass: .readable) })
        }
        print("D: N = 1000000 sets of ten flips, K = 2, \(Coins.steps) steps")
        let coins = try Coins()
        line("from the rows", try repeated { try coins.fit().rows })
        line("from their histogram", try repeated { try coins.fit().histogram })
        try scaling()
        try lesson()
    }

    /// Time per step against N, D and K, and the exponents of growth.
    private static func scaling() throws {
        func grow(_ letter: String, _ sizes: [Int], _ problem: (Int) -> Case) throws {
            var points: [(x: Double, y: Double)] = []
            for size in sizes {
                let problem = problem(size)
                let prepared = try Prepared(problem)
                let least = try repeated(3) { try prepared.fit(threads: 2) }.least / Double(problem.steps)
                points.append((log(Double(size)), log(least)))
                print(String(format: "  %@ = %-9d %.6f s per step", letter, size, least))
            }
            let count = Double(points.count)
            let (x, y) = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
            let slope =
                points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
            print(String(format: "  grows with %@ to the power %.2f", letter, slope))
        }
        print("Scaling, 2 threads, a whole fit divided by its steps")
        try grow("N", [10_000, 100_000, 1_000_000, 10_000_000]) {
            Case(name: "N", rows: $0, columns: 2, components: 3, steps: 20)
        }
        try grow("D", [2, 4, 8, 16, 32, 64]) { Case(name: "D", rows: 50_000, columns: $0, components: 3, steps: 10) }
        try grow("K", [2, 4, 8, 16, 32, 64]) { Case(name: "K", rows: 100_000, columns: 2, components: $0, steps: 10) }
    }

    /// The time of a whole lesson, if it has been built: a process that reads nothing and writes its report.
    private static func lesson() throws {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let lesson = folder.appendingPathComponent("Lesson4CoinFlips")
        guard FileManager.default.isExecutableFile(atPath: lesson.path) else {
            print("Time to a lesson's report: build first with `swift build -c release`")
            return
        }
        let output = FileManager.default.temporaryDirectory.appendingPathComponent(
            "benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: output) }
        print("Time to a lesson's report")
        line(
            "Lesson4CoinFlips",
            try repeated {
                let clock = ContinuousClock()
                let begin = clock.now
                let process = Process()
                process.executableURL = lesson
                process.arguments = ["--output", output.path]
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                return Timing(seconds: clock.now - begin, logLikelihood: 0)
            })
    }
}

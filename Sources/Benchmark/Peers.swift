import Foundation
import MixtureModels

// The comparison is led by peers.py, which runs everybody in turn, each in a process of its own that keeps its data.

extension Benchmark {
    /// Writes data and starts as files of doubles, then hands over to the script.
    static func peers() throws {
        let folder = URL(fileURLWithPath: ".build/peers")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for problem in Case.table {
            let start = try problem.start()
            let numbers =
                start.weights + start.components.flatMap(\.mean) + start.components.flatMap(\.covariance.values)
            try write(numbers, folder.appendingPathComponent("\(problem.name).start"))
            try write(problem.data().flatMap { $0 }, folder.appendingPathComponent("\(problem.name).data"))
        }
        let cases = Case.table.map { "\($0.name),\($0.rows),\($0.columns),\($0.components),\($0.steps)" }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("peers.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, folder.path, CommandLine.arguments[0]] + cases
        try process.run()
        process.waitUntilExit()
        exit(process.terminationStatus)
    }

    /// Answers each line "case" from standard input with "seconds log-likelihood".
    static func work(_ arguments: [String]) throws {
        guard arguments.count == 2, let threads = Int(arguments[0]), let set = Int(arguments[1]) else { exit(64) }
        var prepared: [String: Prepared] = [:]
        for problem in Case.table { prepared[problem.name] = try Prepared(problem) }
        while let name = readLine() {
            guard let timing = try prepared[name]?.fit(threads: threads, instructionSet: set) else { exit(64) }
            print(timing.seconds, timing.logLikelihood)
            fflush(nil)
        }
    }

    private static func write(_ numbers: [Double], _ file: URL) throws {
        try numbers.withUnsafeBytes { try Data($0).write(to: file) }
    }
}

import Foundation

/// The Swift compiler, run under limits, since what it compiles may be made to keep it busy.
struct Compiler: Sendable {
    /// Where it is.
    let path: String

    /// One error, as the compiler words it.
    struct Message: Sendable, Equatable {
        /// The file's name, without the folders.
        let file: String
        let line: Int
        let text: String
    }

    /// What came of a run.
    enum Outcome: Sendable {
        case compiled
        case failed([Message])
        /// It was ended, since it needed too long.
        case overtime(String)
        /// It said nothing that names a line: it crashed, the linker complained, or …
        case broken(String)
    }

    /// Finds the compiler: SWIFT_EXEC if it is set, else swiftc on the PATH.
    ///
    /// - Throws: `GradingError.noCompiler`.
    init() throws {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/swiftc" }
        let candidates = [environment["SWIFT_EXEC"]].compactMap { $0 } + folders
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw GradingError.noCompiler
        }
        path = found
    }

    /// A compiler that was found already.
    init(path: String) { self.path = path }

    /// The options that all runs have in common. An expression that is too much for the compiler is known by the steps that it takes
    /// (about five seconds' worth), and not by time: then a machine that is busy would refuse what a quiet one takes.
    private static let options = [
        "-swift-version", "6", "-suppress-warnings", "-diagnostic-style", "llvm", "-wmo",
        "-Xfrontend", "-solver-scope-threshold=300000",
    ]

    /// Runs it in a folder, which takes its temporary files, too: one that is stopped leaves them where they are.
    func run(_ arguments: [String], in folder: URL, limits: Limits = .compiler) async throws -> Outcome {
        try await run(command: [path] + Self.options + arguments, in: folder, limits: limits)
    }

    /// What it would do with these arguments.
    ///
    /// - Returns: the commands, each a program and its arguments; nil if it says none, or in words that need a shell to be understood.
    func commands(_ arguments: [String], in folder: URL) async throws -> [[String]]? {
        let result = try await process([path, "-driver-print-jobs"] + Self.options + arguments, in: folder)
        let text = String(decoding: result.output, as: UTF8.self)
        guard result.status == .exited(0), !text.contains(where: { "\"'\\".contains($0) }) else { return nil }
        return text.lines.filter { !$0.isEmpty }.map { $0.split(separator: " ").map(String.init) }
    }

    private func process(
        _ command: [String], in folder: URL, limits: Limits = .compiler
    ) async throws -> LimitedProcess.Result {
        try await LimitedProcess(
            program: command[0], arguments: Array(command.dropFirst()),
            environment: ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.filePath]) { $1 },
            folder: folder.filePath, limits: limits
        ).run()
    }

    /// Runs one of its own commands, without it.
    func run(command: [String], in folder: URL, limits: Limits = .compiler) async throws -> Outcome {
        let result = try await process(command, in: folder, limits: limits)
        if result.status == .exited(0) { return .compiled }
        let words = String(decoding: result.errors + result.output, as: UTF8.self)
        let messages = words.lines.compactMap(Self.message)
        if !messages.isEmpty { return .failed(messages) }
        if result.overtime || words.contains("CPU time limit") || result.status == .signaled(SIGXCPU) {
            return .overtime("the compiler needed more than \(limits.processorSeconds) seconds and was stopped")
        }
        if words.contains("multiple definition") || words.contains("duplicate symbol") {
            return .broken("it declares a symbol that belongs to another file")
        }
        return .broken("the compiler stopped without saying in which line")
    }

    /// An error in the compiler's output: "…/Exercise3SingleFlips.swift:12:5: error: cannot find 'x' in scope".
    static func message(in line: String) -> Message? {
        guard let match = line.firstMatch(of: /^(?:.*\/)?([^\/:]+):(\d+):\d+: error: (.*)$/) else { return nil }
        return Message(file: String(match.1), line: Int(match.2) ?? 0, text: String(match.3))
    }
}

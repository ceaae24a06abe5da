import CLauncher
import Files
import Foundation

/// How much a process may use before it is ended.
public struct Limits: Sendable {
    /// Seconds of processor time.
    public var processorSeconds: Int
    /// Seconds by the clock, for a process that waits instead of working.
    public var clockSeconds: Double
    /// Megabytes of address space.
    public var memory: Int
    /// Megabytes in any one file that it writes, the text that it prints included.
    public var fileSize: Int

    /// Sets limits.
    public init(processorSeconds: Int, clockSeconds: Double, memory: Int, fileSize: Int) {
        self.processorSeconds = processorSeconds
        self.clockSeconds = clockSeconds
        self.memory = memory
        self.fileSize = fileSize
    }

    /// For the functions of one exercise, called for one check.
    public static let studentCode = Limits(processorSeconds: 2, clockSeconds: 10, memory: 1024, fileSize: 8)
    /// For one run of the compiler.
    static let compiler = Limits(processorSeconds: 60, clockSeconds: 120, memory: 6 * 1024, fileSize: 64)

    /// As they are set: a second of grace lies between the signal that names the reason and the one that nothing survives.
    fileprivate var forLauncher: launcher_limits {
        launcher_limits(
            processor_seconds: processorSeconds, last_processor_second: processorSeconds + 1, memory: memory << 20,
            file_size: fileSize << 20, open_files: 256)
    }
}

/// A program that runs in a session of its own, under limits; whatever it has started ends with it.
///
/// The limits are set before the program begins, so that nothing in it can run without them. What it writes goes to files that
/// have no name any more: they cannot be exchanged, need no draining, and nobody waits for a child that keeps them open.
struct LimitedProcess {
    /// How a process ends.
    enum Ending: Sendable, Equatable {
        /// By itself, with an exit code.
        case exited(Int32)
        /// By a signal.
        case signaled(Int32)
    }

    /// How a process ended, and what it wrote.
    struct Result: Sendable {
        /// Exit code or signal.
        let status: Ending
        /// Whether it was ended because its time by the clock was over.
        let overtime: Bool
        /// What it wrote to standard output.
        let output: [UInt8]
        /// What it wrote to standard error.
        let errors: [UInt8]
    }

    let program: String
    var arguments: [String] = []
    let environment: [String: String]
    /// The working directory.
    let folder: String
    let limits: Limits
    /// As whom it runs; nil for ourselves.
    var user: uid_t?

    /// Runs it to its end.
    ///
    /// - Parameter input: what it reads from standard input.
    /// - Throws: `GradingError`, `FileError`.
    func run(input: [UInt8] = []) async throws -> Result {
        await Slots.current?.take()
        // A thread of its own, which waits: those of the pool, of which there are few, have other things to do.
        let result = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Swift.Result { try runNow(input: input) }) }
        }
        await Slots.current?.giveBack()
        return try result.get()
    }

    private func runNow(input: [UInt8]) throws -> Result {
        let files = try (0..<3).map { _ in try UnnamedFile() }
        try files[0].fill(with: input)
        let process = start(files.map(\.descriptor))
        guard process > 0 else { throw FileError(.run, program, code: errno) }
        let clock = Deadline(seconds: limits.clockSeconds)
        clock.start(for: process)
        let code = launcher_wait(process)
        // Not before its group is ended does its number become free for another's.
        let overtime = clock.stop(for: process)
        forgetProcess(process)
        launcher_reap(process)
        return Result(
            status: code < 0 ? .signaled(-code) : .exited(code), overtime: overtime,
            output: files[1].contents(limit: limits.fileSize << 20),
            errors: files[2].contents(limit: limits.fileSize << 20))
    }

    /// Starts it, with these descriptors in the places of standard input, output and error.
    private func start(_ descriptors: [Int32]) -> pid_t {
        var arguments = ([program] + self.arguments).map { strdup($0) } + [nil]
        var environment = self.environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var limits = limits.forLauncher
        return rememberProcess {
            launcher_start(
                program, &arguments, &environment, folder, descriptors, &limits, user.map { Int($0) } ?? -1)
        }
    }
}

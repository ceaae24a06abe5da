import Files
import Foundation
import Subprocess

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
}

/// A program that runs in a session of its own, under limits; whatever it has started ends with it.
///
/// The limits are set before the program begins, so that nothing in it can run without them. What it writes goes to files that
/// have no name any more: they cannot be exchanged, need no draining, and nobody waits for a child that keeps them open.
struct LimitedProcess {
    /// How a process ended, and what it wrote.
    struct Result: Sendable {
        /// Exit code or signal.
        let status: TerminationStatus
        /// Whether it was ended because its time by the clock was over.
        let overtime: Bool
        /// What it wrote to standard output.
        let output: Data
        /// What it wrote to standard error.
        let errors: Data
    }

    let program: String
    var arguments: [String] = []
    let environment: [String: String]
    /// The working directory.
    let folder: URL
    let limits: Limits
    /// As whom it runs; nil for ourselves.
    var user: uid_t?

    /// The command that takes the other user's place. A program of its own, because in a process that was just split off from one
    /// with many threads, the C library's `setgroups` may wait for ever for a thread which the new process does not have.
    private var privileges: String { user.map { "setpriv --reuid=\($0) --regid=\($0) --clear-groups " } ?? "" }

    /// Runs it to its end.
    ///
    /// - Parameter input: what it reads from standard input.
    func run(input: Data = Data()) async throws -> Result {
        await Slots.current?.take()
        do {
            let result = try await runNow(input: input)
            await Slots.current?.giveBack()
            return result
        } catch {
            await Slots.current?.giveBack()
            throw error
        }
    }

    private func runNow(input: Data) async throws -> Result {
        let files = try (0..<3).map { _ in try UnnamedFile() }
        try files[0].fill(with: input)
        // A second of grace lies between the signal that names the reason and the one that nothing survives.
        let shell = """
            { ulimit -S -t \(limits.processorSeconds); ulimit -H -t \(limits.processorSeconds + 1); ulimit -c 0
            ulimit -f \(limits.fileSize * 2048); ulimit -n 256; ulimit -v \(limits.memory * 1024); } 2>/dev/null
            exec \(privileges)"$0" "$@"
            """
        var options = PlatformOptions()
        options.createSession = true
        let clock = Deadline(seconds: limits.clockSeconds)
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: .init(["-c", shell, program] + arguments),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: environment.map { (Environment.Key(rawValue: $0.key) ?? "", $0.value) })),
            workingDirectory: .init(folder.filePath), platformOptions: options,
            input: .fileDescriptor(.init(rawValue: files[0].descriptor), closeAfterSpawningProcess: false),
            output: .fileDescriptor(.init(rawValue: files[1].descriptor), closeAfterSpawningProcess: false),
            error: .fileDescriptor(.init(rawValue: files[2].descriptor), closeAfterSpawningProcess: false)
        ) { execution in
            rememberProcess(execution.processIdentifier.value)
            clock.start(for: execution.processIdentifier.value)
        }
        forgetProcess(result.processIdentifier.value)
        let overtime = clock.stop(for: result.processIdentifier.value)
        return Result(
            status: result.terminationStatus, overtime: overtime,
            output: files[1].contents(limit: limits.fileSize << 20),
            errors: files[2].contents(limit: limits.fileSize << 20))
    }
}

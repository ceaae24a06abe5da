import ExerciseProtocol
import Files
import Foundation
import Synchronization

/// The compiled program that holds a student's functions: a copy of our own, put back if their code removes or changes it.
public final class RunnerProgram: Sendable {
    private let folder: TemporaryFolder
    /// Where its runs have their folders.
    let folders: FolderMaker
    private let bytes: [UInt8]
    /// The state that a change would have changed; nil before there is a file.
    private let state: Mutex<(seal: FileState?, repairs: Int)>
    /// The user as whom it runs: nobody, if we are the superuser and that works; nil for ourselves.
    let user: uid_t?

    /// Takes a copy of a program into care.
    ///
    /// Where the superuser grades, as in the containers of most platforms, student code runs as the user `nobody`: it can then neither
    /// reach the grader's files and processes nor lift its limits. If the program cannot run so, because the Swift libraries
    /// lie in a folder that is closed to others, it runs with the grader's own rights.
    ///
    /// - Throws: if it cannot be read or copied.
    public init(at url: URL) async throws {
        folder = try TemporaryFolder()
        bytes = try readFile(url.filePath)
        state = Mutex((nil, 0))
        let nobody: uid_t = 65_534
        let drops = geteuid() == 0 ? try await Self.runs(bytes, as: nobody) : false
        user = drops ? nobody : nil
        folders = try FolderMaker(for: user)
    }

    /// The program that the package manager has built beside the tests that run now: nothing is compiled again.
    ///
    /// - Throws: `GradingError.noFile` if it is not there.
    public static func besideTests() async throws -> RunnerProgram {
        // The folder of the build lies above the test runner on Linux; on macOS the test bundle's path is an argument of its.
        for argument in CommandLine.arguments {
            var folder = URL(filePath: argument).absoluteURL
            for _ in 0..<5 {
                folder = folder.deletingLastPathComponent()
                let candidate = folder.appending(path: "ExerciseRunner")
                if FileManager.default.isExecutableFile(atPath: candidate.filePath) {
                    return try await RunnerProgram(at: candidate)
                }
            }
        }
        throw GradingError.noFile("ExerciseRunner")
    }

    /// The path of the program, as it was built.
    func intact() throws -> String {
        let path = self.path
        return try state.withLock { state in
            if state.seal == nil || state.seal != FileState(of: path) {
                try? FileManager.default.removeItem(atPath: path)
                try Self.write(bytes, to: URL(filePath: path))
                state = (FileState(of: path), state.repairs + 1)
            }
            return path
        }
    }

    /// How often the program has been removed or changed so far.
    var disturbances: Int {
        state.withLock { $0.repairs + ($0.seal == FileState(of: path) ? 0 : 1) }
    }

    /// Where our copy lies.
    private var path: String { folder.url.appending(path: "ExerciseRunner").filePath }

    /// Whether a program that is asked for nothing ends well as another user.
    private static func runs(_ bytes: [UInt8], as user: uid_t) async throws -> Bool {
        let folder = try TemporaryFolder()
        let copy = folder.url.appending(path: "ExerciseRunner")
        try write(bytes, to: copy)
        let request = Array(Request(function: "", calls: []).text.utf8)
        let result = try? await LimitedProcess(
            program: copy.filePath, environment: RunnerProcess.environment(home: folder.path), folder: folder.path,
            limits: .studentCode, user: user
        ).run(input: request)
        return result?.status == .exited(0)
    }

    /// Writes a new file. Whether it has reached the disk when the machine fails is no matter.
    private static func write(_ bytes: [UInt8], to url: URL) throws {
        let descriptor = open(url.filePath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o755)
        guard descriptor >= 0 else { throw FileError(.write, url.filePath, code: errno) }
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, name: url.filePath)
        guard fchmod(descriptor, 0o755) == 0 else { throw FileError(.write, url.filePath, code: errno) }
    }
}

import Foundation
import Testing

/// A lesson, or the whole course, as a user starts it: the program that the build put beside the tests.
struct Executable {
    let exitCode: Int32
    /// Whether a signal ended the program: a trap, for instance.
    let wasKilled: Bool
    let output: String
    let errors: String

    /// The package's root: what the user's current folder is.
    static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Runs one of the package's programs to its end.
    static func run(_ arguments: [String], program name: String = "Lesson4CoinFlips") throws -> Executable {
        try run(at: url(of: name), arguments)
    }

    /// Runs any program to its end, in the package's folder.
    static func run(at program: URL, _ arguments: [String]) throws -> Executable {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = packageRoot
        return try TemporaryFolder.with { folder in
            // Files and not pipes: a pipe that nobody empties while the program runs would hold it up.
            let (outputPath, errorPath) = (try folder.write("", to: "stdout"), try folder.write("", to: "stderr"))
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: outputPath))
            process.standardError = try FileHandle(forWritingTo: URL(filePath: errorPath))
            try process.run()
            process.waitUntilExit()
            return Executable(
                exitCode: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
                output: try String(contentsOfFile: outputPath, encoding: .utf8),
                errors: try String(contentsOfFile: errorPath, encoding: .utf8))
        }
    }

    /// The program lies in the folder in which the tests' own program lies; on macOS that is a bundle, a few folders deeper.
    static func url(of name: String) -> URL {
        var folder = URL(filePath: CommandLine.arguments[0]).absoluteURL
        for _ in 0..<5 {
            folder = folder.deletingLastPathComponent()
            let candidate = folder.appending(path: name)
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(
                atPath: candidate.path(percentEncoded: false), isDirectory: &isFolder)
            if isThere, !isFolder.boolValue { return candidate }
        }
        return packageRoot.appending(path: ".build/debug/\(name)")
    }
}

extension Process {
    /// Starts a program that hears of signals, as one does that a shell has started. The threads of tests put signals off, and a
    /// program inherits that: ended by SIGTERM, it would calmly come to its end.
    func runHearingSignals() throws {
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_UNBLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try run()
    }
}

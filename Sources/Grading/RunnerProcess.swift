import ExerciseProtocol
import Foundation
import Synchronization

/// Calls a student's functions in a process of their own, under limits, in an empty folder.
///
/// Only values come back, and only this process judges them: a submission can earn nothing by ending early, by printing, or by what
/// it does to files. What it writes to the channel of the results counts as returned, and must be right all the same.
public final class RunnerProcess: Caller {
    private let program: RunnerProgram
    private let limits: Limits
    private let log = Mutex("")

    /// Runs a program.
    public init(_ program: RunnerProgram, limits: Limits = .studentCode) {
        self.program = program
        self.limits = limits
    }

    /// What student code has printed in all calls so far, cut to a screenful.
    public var printed: String { log.withLock { $0 } }

    /// Makes the calls in one process, and returns what they return.
    ///
    /// - Throws: `RunFailure` if an answer is missing; `GradingError`.
    public func call(_ request: Request) async throws -> [Value] {
        var (result, wasDisturbed) = try await run(request)
        // Where it may write to the program, the code of another call can take it away just when this call begins.
        for _ in 0..<4 where wasDisturbed && result.output.isEmpty { (result, wasDisturbed) = try await run(request) }
        let words = Printed(result.errors)
        log.withLock { if $0.isEmpty { $0 = words.text } }
        let lines = result.output.split(separator: UInt8(ascii: "\n"))
        // A last line that is cut off is no answer; lines too many are somebody else's.
        let replies = lines.compactMap { try? Reply(bytes: $0) }
        for case .threw(let why) in replies.prefix(request.calls.count) { throw RunFailure.threw(why) }
        if replies.count == request.calls.count, replies.count == lines.count {
            return replies.compactMap { if case .returned(let value) = $0 { value } else { nil } }
        }
        if let ending = RunFailure(of: result, words: words, limits: limits, answered: replies.count) {
            throw ending.naming(request.function)
        }
        throw RunFailure.malformed("something else was written where the results go")
    }

    /// Makes the calls once, in an empty folder.
    ///
    /// - Returns: how the process ended, and whether somebody removed or changed the program meanwhile.
    private func run(_ request: Request) async throws -> (LimitedProcess.Result, wasDisturbed: Bool) {
        let scratch = try program.folders.make()
        let path = try program.intact()
        let disturbances = program.disturbances
        let result = try await LimitedProcess(
            program: path, environment: Self.environment(home: scratch.path), folder: scratch.path,
            limits: limits, user: program.user
        ).run(input: Array(request.text.utf8))
        Leftovers.end(in: scratch.path, of: program.user ?? geteuid())
        return (result, program.disturbances != disturbances)
    }

    /// What the process can see of ours: where the Swift libraries are, and nothing more. (Foundation takes the home folder of the
    /// user's account, whatever HOME says, unless CFFIXED_USER_HOME is set.)
    static func environment(home: String) -> [String: String] {
        let own = [
            "HOME": home, "CFFIXED_USER_HOME": home, "TMPDIR": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
            "SWIFT_BACKTRACE": "enable=no",
        ]
        return inherited.merging(own) { $1 }
    }
}

/// What a student's process inherits.
private let inherited = ProcessInfo.processInfo.environment.filter {
    ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"].contains($0.key)
}

/// Calls nothing: there is no program, and this is why.
struct NoProgram: Caller {
    let ending: RunFailure
    func call(_ request: Request) async throws -> [Value] { throw ending }
}

/// What a process wrote to standard error: what student code printed, and Swift's last words.
struct Printed {
    /// What was printed, cut to a screenful.
    private(set) var text = ""
    /// Swift's message: "Fatal error: Index out of range".
    private(set) var fatal: String?

    /// Whether Swift says in this line why it stops.
    private static func isLastWord(_ line: String) -> Bool {
        ["Fatal error: ", "Precondition failed: ", "Assertion failed: "].contains(where: line.contains)
    }

    init(_ data: [UInt8]) {
        // The beginning is what helps, and the end has Swift's message.
        let (head, tail) = (data.prefix(1 << 14), data.suffix(1 << 12))
        fatal = String(decoding: tail, as: UTF8.self).lines.last(where: Self.isLastWord)
        // Addresses, which follow the last words, help nobody.
        var lines = Array(String(decoding: head, as: UTF8.self).lines.prefix { $0 != "Current stack trace:" })
            .filter { !Self.isLastWord($0) }
        // Swift's last words go on with a list of addresses, which differ from run to run and help nobody.
        if fatal != nil, let trace = lines.lastIndex(of: "Current stack trace:") { lines.removeSubrange(trace...) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        let shown = lines.prefix(30).map { line in
            String(
                String.UnicodeScalarView(line.prefix(200).unicodeScalars.map { $0.properties.isPrintable ? $0 : "?" }))
        }
        let more = lines.count > shown.count || data.count > head.count
        text = (shown + (more ? ["… (cut)"] : [])).joined(separator: "\n")
    }
}

extension Unicode.Scalar.Properties {
    /// Whether a terminal shows it, rather than obeying it.
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

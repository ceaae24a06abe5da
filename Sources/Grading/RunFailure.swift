import Foundation

/// Why the process that ran a student's function gave no answer.
public enum RunFailure: Error, Sendable, Equatable {
    /// The body is still the one of the stub.
    case notAttempted
    /// It stopped at a runtime error, with Swift's message.
    case trapped(String)
    /// The function threw.
    case threw(String)
    /// It ended itself, with this code.
    case exited(Int)
    /// It used more processor time than so many seconds.
    case timeLimit(Int)
    /// It was killed; so are those who go on after so many seconds of processor time.
    case killed(Int)
    /// It did not end within so many seconds by the clock.
    case waited(Int)
    /// It crashed without a message.
    case crashed(signal: Int)
    /// It needed more memory than so many megabytes.
    case memoryLimit(Int)
    /// It recursed without end.
    case stackOverflow
    /// It wrote more than so many megabytes.
    case outputLimit(Int)
    /// What came back is not what the task asks for.
    case malformed(String)
    /// The file does not compile; the compiler's messages.
    case doesNotCompile(String)
    /// There is no such file among what was handed in.
    case missing
}

extension RunFailure {
    /// What the evidence says; nil if the process ended as it should.
    init?(of result: LimitedProcess.Result, words: Printed, limits: Limits, answered: Int) {
        if result.overtime {
            self = .waited(Int(limits.clockSeconds))
            return
        }
        switch result.status {
        case .exited(0) where answered > 0: return nil
        case .exited(let code): self = .exited(Int(code))
        case .signaled(SIGXFSZ): self = .outputLimit(limits.fileSize)
        case .signaled(SIGXCPU): self = .timeLimit(limits.processorSeconds)
        // This one comes to somebody who ignores the one before, from a system that is short of memory, or from the code itself.
        case .signaled(SIGKILL): self = .killed(limits.processorSeconds)
        case .signaled(let signal):
            let message = words.fatal.map(Self.withoutForeignPlaces) ?? ""
            if message.hasSuffix(Self.blankMessage) {
                self = .notAttempted
            } else if Self.memoryMessages.contains(where: message.contains) {
                self = .memoryLimit(limits.memory)
            } else if !message.isEmpty || [SIGILL, SIGTRAP].contains(signal) {
                self = .trapped(message)
            } else if [SIGSEGV, SIGBUS].contains(signal) {
                self = .stackOverflow
            } else {
                self = .crashed(signal: Int(signal))
            }
        }
    }

    /// With the function that was called, where Swift's message has no place in the student's file: in a library function.
    func naming(_ function: String) -> RunFailure {
        guard case .trapped(let message) = self, !message.isEmpty, !message.contains(".swift:") else { return self }
        return .trapped("\(message), in a call of \(function)")
    }

    private static let blankMessage = "Fatal error: YOUR CODE HERE"
    private static let memoryMessages = ["failed to allocate", "Could not allocate memory"]

    /// "Exercises/Exercise3SingleFlips.swift:40: Fatal error: …" keeps its place; a place in Swift's library helps nobody.
    private static func withoutForeignPlaces(_ line: String) -> String {
        guard line.hasPrefix("Swift/"), let message = line.range(of: "Fatal error: ") else { return line }
        return String(line[message.lowerBound...])
    }
}

extension RunFailure: CustomStringConvertible {
    /// What the student is told.
    public var description: String {
        switch self {
        case .notAttempted: "not attempted yet"
        case .trapped(""):
            "your code stopped at a runtime error without a message: a number too large for Int, most likely"
        case .trapped(let message): "your code stopped at a runtime error: \(message)"
        case .threw(let why): "your function threw an error: \(why)"
        case .exited(let code):
            "your code ended the whole program (exit code \(code)) instead of returning: a function must return its result"
        case .timeLimit(let seconds):
            "your code needed more than \(seconds) seconds of processor time: an endless loop, most likely"
        case .waited(let seconds):
            "your code did not return within \(seconds) seconds by the clock: does it sleep, or wait for something?"
        case .killed(let seconds):
            "your code was killed: it went on after its \(seconds) seconds of processor time, or the machine ran out of memory"
        case .crashed(let signal): "your code crashed (signal \(signal)) without a message"
        case .memoryLimit(let megabytes):
            "your code needed more than \(megabytes) megabytes of memory: an array that grows without end, most likely"
        case .stackOverflow:
            "your code crashed at an address in memory: a function that calls itself without end, most likely"
        case .outputLimit(let megabytes): "your code wrote more than \(megabytes) megabytes: print less, or nothing"
        case .malformed(let what): "what came back is not what the task asks for: \(what)"
        case .doesNotCompile(let messages): "the file does not compile:\n\(messages)"
        case .missing: "the file was not handed in"
        }
    }
}

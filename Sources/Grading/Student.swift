import ExerciseProtocol

/// A student's functions, as a check sees them: each call runs in a process of its own, and only values come back.
public struct Student: Sendable {
    /// The type that holds the functions: "Exercise3".
    let type: String
    /// Where the calls go.
    let process: any Caller
    /// Makes the data of the checks; the same for every student.
    public let seed: UInt64

    /// The functions of an exercise, called by `process`.
    public init(of exercise: Exercise, calledBy process: any Caller, seed: UInt64) {
        type = exercise.type
        self.process = process
        self.seed = seed
    }

    /// Calls a function with one list of arguments after another, all in one process, which is fast.
    ///
    /// - Returns: what each call returned.
    /// - Throws: `Ending` if the process ended before it had answered, or the function threw.
    public func calls(_ function: String, _ arguments: [[any Exchangeable]]) async throws -> [Value] {
        let request = Request(function: "\(type).\(function)", calls: arguments.map { $0.map(\.value) })
        return try await process.call(request)
    }

    /// Calls a function once.
    public func call(_ function: String, _ arguments: any Exchangeable...) async throws -> Value {
        guard let value = try await calls(function, [arguments]).first else {
            throw Ending.malformed("nothing came back")
        }
        return value
    }
}

/// Something that can call a student's functions: a process apart.
public protocol Caller: Sendable {
    /// Makes the calls, and returns what they return, in order.
    ///
    /// - Throws: `Ending` if an answer is missing.
    func call(_ request: Request) async throws -> [Value]
}

/// Why the process that ran a student's function gave no answer.
public enum Ending: Error, Sendable, Equatable {
    /// The body is still the one of the stub.
    case notAttempted
    /// It stopped at a runtime error, with Swift's message.
    case trapped(String)
    /// The function threw.
    case threw(String)
    /// It ended itself, with this code.
    case exited(Int)
    /// It ran out of time.
    case timeLimit
    /// It crashed without a message; endless recursion does that.
    case crashed(signal: Int)
    /// It ran out of memory.
    case memoryLimit
    /// It printed too much.
    case outputLimit
    /// What came back is not what the task asks for.
    case malformed(String)
    /// The file does not compile; the compiler's messages.
    case doesNotCompile(String)
    /// There is no such file among what was handed in.
    case missing
}

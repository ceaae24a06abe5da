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
    /// - Throws: `RunFailure` if the process ended before it had answered, or the function threw.
    public func calls(_ function: String, _ arguments: [[any Exchangeable]]) async throws -> [Value] {
        let request = Request(function: "\(type).\(function)", calls: arguments.map { $0.map(\.value) })
        return try await process.call(request)
    }

    /// Calls a function once.
    public func call(_ function: String, _ arguments: any Exchangeable...) async throws -> Value {
        guard let value = try await calls(function, [arguments]).first else {
            throw RunFailure.malformed("nothing came back")
        }
        return value
    }
}

/// Something that can call a student's functions: a process apart.
public protocol Caller: Sendable {
    /// Makes the calls, and returns what they return, in order.
    ///
    /// - Throws: `RunFailure` if an answer is missing.
    func call(_ request: Request) async throws -> [Value]
}

import ExerciseProtocol
import Foundation
import Subprocess

/// Calls a student's functions in a process of their own.
public struct RunnerProcess: Caller {
    /// The program that holds the student's functions.
    let executable: String

    /// Runs the program at a path.
    public init(executable: String) { self.executable = executable }

    public func call(_ request: Request) async throws -> [Value] {
        let input = try JSONEncoder().encode(request)
        let result = try await run(
            .path(.init(executable)), input: .data(input), output: .data(limit: 1 << 24), error: .string(limit: 1 << 20)
        )
        let lines = result.standardOutput.split(separator: UInt8(ascii: "\n"))
        let values = try lines.map { line in
            switch try JSONDecoder().decode(Reply.self, from: Data(line)) {
            case .returned(let value): return value
            case .threw(let why): throw Ending.threw(why)
            }
        }
        guard values.count == request.calls.count else {
            let words = result.standardError
            if words.contains("YOUR CODE HERE") { throw Ending.notAttempted }
            throw Ending.trapped(words)
        }
        return values
    }
}

/// What the grader asks of the process that runs a student's code: one function, called with one list of arguments after another.
public struct Request: Codable, Sendable, Equatable {
    /// The function: "Exercise3.responsibilities".
    public let function: String
    /// The arguments of each call, in the order of the function's parameters.
    public let calls: [[Value]]

    /// Asks for calls of one function.
    public init(function: String, calls: [[Value]]) {
        self.function = function
        self.calls = calls
    }
}

/// What comes back for one call, as one line of JSON.
public enum Reply: Codable, Sendable, Equatable {
    /// What the function returned.
    case returned(Value)
    /// What the function threw, or why it could not be called.
    case threw(String)
}

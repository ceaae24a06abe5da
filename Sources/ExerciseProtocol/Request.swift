/// What the grader asks of the process that runs a student's code: one function, called with one list of arguments after another.
public struct Request: Sendable, Equatable {
    /// The function: "Exercise3.responsibilities".
    public let function: String
    /// The arguments of each call, in the order of the function's parameters.
    public let calls: [[Value]]

    /// Asks for calls of one function.
    public init(function: String, calls: [[Value]]) {
        self.function = function
        self.calls = calls
    }

    /// The function's name, and below it a line for each call: the list of its arguments.
    public var text: String {
        ([function.asOneWord] + calls.map { Value.list($0).text }).map { $0 + "\n" }.joined()
    }

    /// Reads what `text` has written.
    ///
    /// - Throws: `Malformed`.
    public init(text: String) throws { try self.init(bytes: Array(text.utf8)) }

    /// Reads what `text` has written, as bytes in UTF-8.
    ///
    /// - Throws: `Malformed`.
    public init(bytes: [UInt8]) throws {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") {
            lines.append(bytes[start..<place])
            start = place + 1
        }
        guard let first = lines.first else { throw Malformed("a request was expected, and nothing came") }
        function = try String(word: first)
        calls = try lines.dropFirst().map { line in
            guard case .list(let arguments) = try Value(bytes: line) else {
                throw Malformed("a list of arguments was expected, and another value came")
            }
            return arguments
        }
    }
}

/// What comes back for one call, as one line.
public enum Reply: Sendable, Equatable {
    /// What the function returned.
    case returned(Value)
    /// What the function threw, or why it could not be called.
    case threw(String)

    /// What happened, and a value; without the end of the line.
    public var text: String {
        switch self {
        case .returned(let value): "returned " + value.text
        case .threw(let why): "threw " + Value.text(why).text
        }
    }

    /// Reads what `text` has written, and refuses anything else.
    ///
    /// - Throws: `Malformed`.
    public init(text: String) throws { try self.init(bytes: Array(text.utf8)[...]) }

    /// Reads what `text` has written, as bytes in UTF-8, and refuses anything else.
    ///
    /// - Throws: `Malformed`.
    public init(bytes: ArraySlice<UInt8>) throws {
        let end = bytes.firstIndex(of: UInt8(ascii: " ")) ?? bytes.endIndex
        guard end < bytes.endIndex else { throw Malformed("a reply was expected, and nonsense came") }
        switch (String(decoding: bytes[..<end], as: UTF8.self), try Value(bytes: bytes[(end + 1)...])) {
        case ("returned", let value): self = .returned(value)
        case ("threw", .text(let why)): self = .threw(why)
        default: throw Malformed("a reply was expected, and nonsense came")
        }
    }
}

/// What an exercise's function takes or returns, on its way between the grader and the process that runs a student's code.
public enum Value: Sendable, Equatable {
    /// A number; NaN and the infinities included.
    case number(Double)
    /// A truth value.
    case boolean(Bool)
    /// A text.
    case text(String)
    /// An array.
    case list([Value])
    /// Named values, such as the parts of a tuple.
    case record([String: Value])
}

/// A type that can be made into a `Value` and back.
public protocol Exchangeable: Sendable {
    /// This, as a value.
    var value: Value { get }

    /// The value as this type.
    ///
    /// - Throws: `Malformed` if it is of another kind.
    init(value: Value) throws
}

/// A value is not of the kind that is wanted.
public struct Malformed: Error, Equatable, CustomStringConvertible {
    /// What is wrong: "a list of 3 numbers was expected, and a number came".
    public let description: String

    /// Says what is wrong.
    public init(_ description: String) { self.description = description }
}

extension Value: Exchangeable {
    /// This, as a value.
    public var value: Value { self }
    /// The value itself.
    public init(value: Value) { self = value }

    /// What kind of thing this is, in words: "a list of 3 items".
    public var kind: String {
        switch self {
        case .number: "a number"
        case .boolean: "a truth value"
        case .text: "a text"
        case .list(let items): "a list of \(items.count) item\(items.count == 1 ? "" : "s")"
        case .record(let parts): "named values (\(parts.keys.sorted().joined(separator: ", ")))"
        }
    }

    /// A part of a record: `result["weights"]`.
    ///
    /// - Throws: `Malformed` if there is no such part.
    public subscript(name: String) -> Value {
        get throws {
            guard case .record(let parts) = self, let part = parts[name] else {
                throw Malformed("a part named \(name) was expected, and \(kind) came")
            }
            return part
        }
    }

    /// This, as a Swift type: `try result["weights"].as([Double].self)`.
    public func `as`<T: Exchangeable>(_ type: T.Type = T.self) throws -> T { try T(value: self) }
}

extension Double: Exchangeable {
    /// This, as a value.
    public var value: Value { .number(self) }
    /// The value as this type.
    ///
    /// - Throws: `Malformed` if it is of another kind.
    public init(value: Value) throws {
        guard case .number(let x) = value else { throw Malformed("a number was expected, and \(value.kind) came") }
        self = x
    }
}

extension Int: Exchangeable {
    /// This, as a value.
    public var value: Value { .number(Double(self)) }
    /// The value as this type.
    ///
    /// - Throws: `Malformed` if it is of another kind.
    public init(value: Value) throws {
        guard let x = Int(exactly: try Double(value: value)) else {
            throw Malformed("a whole number was expected, and another number came")
        }
        self = x
    }
}

extension Bool: Exchangeable {
    /// This, as a value.
    public var value: Value { .boolean(self) }
    /// The value as this type.
    ///
    /// - Throws: `Malformed` if it is of another kind.
    public init(value: Value) throws {
        guard case .boolean(let x) = value else {
            throw Malformed("true or false was expected, and \(value.kind) came")
        }
        self = x
    }
}

extension String: Exchangeable {
    /// This, as a value.
    public var value: Value { .text(self) }
    /// The value as this type.
    ///
    /// - Throws: `Malformed` if it is of another kind.
    public init(value: Value) throws {
        guard case .text(let x) = value else { throw Malformed("a text was expected, and \(value.kind) came") }
        self = x
    }
}

extension Array: Exchangeable where Element: Exchangeable {
    /// This, as a value.
    public var value: Value { .list(map { $0.value }) }
    /// The value as this type.
    ///
    /// - Throws: `Malformed` if it is of another kind.
    public init(value: Value) throws {
        guard case .list(let items) = value else { throw Malformed("a list was expected, and \(value.kind) came") }
        self = try items.map { try Element(value: $0) }
    }
}

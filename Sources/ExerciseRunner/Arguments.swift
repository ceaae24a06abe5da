import ExerciseProtocol

/// The arguments of one call, taken one after another, each as the type that the parameter has.
final class Arguments {
    private var rest: ArraySlice<Value>

    init(_ values: [Value]) { rest = values[...] }

    /// The next argument.
    func next<T: Exchangeable>() throws -> T {
        guard let value = rest.popFirst() else { throw Malformed("an argument is missing") }
        return try T(value: value)
    }
}

/// A function of an exercise, as something that can be called with values.
typealias Callable = @Sendable (Arguments) throws -> any Exchangeable

/// Every function that the grader can call, by its name: "Exercise3.responsibilities".
let functions: [String: Callable] = [
    exercise1,
    exercise2,
    exercise3,
    exercise4,
    exercise5,
    exercise6,
    exercise7,
    exercise8,
    exercise9,
    exercise10,
    exercise11,
    exercise12,
    exercise13,
    exercise14,
    exercise15,
    exercise16,
    exercise17,
    exercise18,
    exercise19,
].reduce(into: [:]) { all, exercise in
    all.merge(exercise) { first, _ in first }
}

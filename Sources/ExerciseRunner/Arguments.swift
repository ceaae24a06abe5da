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

/// The functions of each exercise, by its type's name. One exercise's are put together when one of them is called: this process calls no
/// others.
private let exercises: [String: @Sendable () -> [String: Callable]] = [
    "Exercise1": { exercise1 },
    "Exercise2": { exercise2 },
    "Exercise3": { exercise3 },
    "Exercise4": { exercise4 },
    "Exercise5": { exercise5 },
    "Exercise6": { exercise6 },
    "Exercise7": { exercise7 },
    "Exercise8": { exercise8 },
    "Exercise9": { exercise9 },
    "Exercise10": { exercise10 },
    "Exercise11": { exercise11 },
    "Exercise12": { exercise12 },
    "Exercise13": { exercise13 },
    "Exercise14": { exercise14 },
    "Exercise15": { exercise15 },
    "Exercise16": { exercise16 },
    "Exercise17": { exercise17 },
    "Exercise18": { exercise18 },
    "Exercise19": { exercise19 },
]

/// A function that the grader can call, by its name: "Exercise3.responsibilities".
func function(named name: String) -> Callable? {
    exercises[name.prefix { $0 != "." }.description]?()[name]
}

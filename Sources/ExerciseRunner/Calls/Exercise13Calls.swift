import ExerciseProtocol
import Exercises

let exercise13: [String: Callable] = [
    "Exercise13.other": {
        let other = try Exercise13.other(weights: $0.next(), probabilities: $0.next(), flips: $0.next())
        guard let other else { return Value.text("nil") }
        return Value.record(["weights": other.weights.value, "probabilities": other.probabilities.value])
    }
]

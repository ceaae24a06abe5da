import ExerciseProtocol
import Exercises

let exercise3: [String: Callable] = [
    "Exercise3.responsibilities": {
        try Exercise3.responsibilities(flips: $0.next(), weights: $0.next(), probabilities: $0.next())
    },
    "Exercise3.update": {
        let new = try Exercise3.update(flips: $0.next(), responsibilities: $0.next())
        return Value.record(["weights": new.weights.value, "probabilities": new.probabilities.value])
    },
]

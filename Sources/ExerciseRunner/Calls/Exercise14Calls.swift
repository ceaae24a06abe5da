import ExerciseProtocol
import Exercises

let exercise14: [String: Callable] = [
    "Exercise14.multiplier": { try Exercise14.multiplier(counts: $0.next()) },
    "Exercise14.weights": { try Exercise14.weights(counts: $0.next()) },
    "Exercise14.residuals": {
        try Exercise14.residuals(counts: $0.next(), weights: $0.next(), multiplier: $0.next())
    },
    "Exercise14.derivative": { try Exercise14.derivative(counts: $0.next(), weight: $0.next()) },
    "Exercise14.update": {
        let new = try Exercise14.update(counts: $0.next(), last: $0.next())
        return Value.record(["weights": new.weights.value, "multiplier": new.multiplier.value])
    },
]

import ExerciseProtocol
import Exercises

let exercise12: [String: Callable] = [
    "Exercise12.run": {
        let rows = try Exercise12.run(
            heads: $0.next(), flips: $0.next(), weights: $0.next(), probabilities: $0.next(), tolerance: $0.next(),
            maximumSteps: $0.next())
        return Value.list(
            rows.map {
                .record([
                    "weights": $0.weights.value, "probabilities": $0.probabilities.value,
                    "logLikelihood": $0.logLikelihood.value,
                ])
            })
    }
]

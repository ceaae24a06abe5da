import ExerciseProtocol
import Exercises

let exercise15: [String: Callable] = [
    "Exercise15.probabilities": {
        try Exercise15.probabilities(
            heads: $0.next(), flips: $0.next(), responsibilities: $0.next(), components: $0.next(), a: $0.next(),
            b: $0.next())
    },
    "Exercise15.weights": { try Exercise15.weights(responsibilities: $0.next(), alpha: $0.next()) },
]

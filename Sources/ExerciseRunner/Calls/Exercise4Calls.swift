import ExerciseProtocol
import Exercises

let exercise4: [String: Callable] = [
    "Exercise4.posterior": {
        try Exercise4.posterior(heads: $0.next(), flips: $0.next(), weights: $0.next(), probabilities: $0.next())
    },
    "Exercise4.expectedCompleteDataLogLikelihood": {
        try Exercise4.expectedCompleteDataLogLikelihood(
            heads: $0.next(), flips: $0.next(), responsibilities: $0.next(), weights: $0.next(),
            probabilities: $0.next())
    },
    "Exercise4.update": {
        let new = try Exercise4.update(heads: $0.next(), flips: $0.next(), responsibilities: $0.next())
        return Value.record(["weights": new.weights.value, "probabilities": new.probabilities.value])
    },
]

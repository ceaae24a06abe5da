import ExerciseProtocol
import Exercises

let exercise8: [String: Callable] = [
    "Exercise8.expectedLogLikelihood": {
        try Exercise8.expectedLogLikelihood(
            data: $0.next(), responsibilities: $0.next(), weights: $0.next(), means: $0.next(), variances: $0.next())
    },
    "Exercise8.entropy": { try Exercise8.entropy(responsibilities: $0.next()) },
]

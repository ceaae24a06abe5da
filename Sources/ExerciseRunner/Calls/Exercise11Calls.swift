import ExerciseProtocol
import Exercises

let exercise11: [String: Callable] = [
    "Exercise11.mean": { try Exercise11.mean(weights: $0.next(), means: $0.next()) },
    "Exercise11.covariance": {
        try Exercise11.covariance(weights: $0.next(), means: $0.next(), covariances: $0.next())
    },
]

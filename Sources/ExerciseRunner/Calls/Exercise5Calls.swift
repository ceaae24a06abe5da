import ExerciseProtocol
import Exercises

let exercise5: [String: Callable] = [
    "Exercise5.conditionalDensity": {
        try Exercise5.conditionalDensity(of: $0.next(), mean: $0.next(), covariance: $0.next())
    },
    "Exercise5.marginalDensity": {
        try Exercise5.marginalDensity(of: $0.next(), weights: $0.next(), means: $0.next(), covariances: $0.next())
    },
    "Exercise5.responsibilities": {
        try Exercise5.responsibilities(
            points: $0.next(), weights: $0.next(), means: $0.next(), covariances: $0.next())
    },
    "Exercise5.decisions": {
        let guess = try Exercise5.decisions(responsibilities: $0.next())
        return Value.record(["classes": guess.classes.value, "expectedErrors": guess.expectedErrors.value])
    },
]

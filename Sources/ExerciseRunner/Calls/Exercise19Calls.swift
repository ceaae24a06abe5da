import ExerciseProtocol
import Exercises

let exercise19: [String: Callable] = [
    "Exercise19.parameterCount": {
        try Exercise19.parameterCount(components: $0.next(), dimension: $0.next(), shape: $0.next())
    },
    "Exercise19.bic": {
        try Exercise19.bic(logLikelihood: $0.next(), parameters: $0.next(), observations: $0.next())
    },
    "Exercise19.best": {
        try Exercise19.best(logLikelihoods: $0.next(), parameters: $0.next(), observations: $0.next())
    },
]

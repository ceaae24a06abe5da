import ExerciseProtocol
import Exercises

let exercise2: [String: Callable] = [
    "Exercise2.jointTable": { try Exercise2.jointTable(weights: $0.next(), probabilities: $0.next()) },
    "Exercise2.marginals": {
        let sums = try Exercise2.marginals(of: $0.next())
        return Value.record(["coins": sums.coins.value, "faces": sums.faces.value])
    },
    "Exercise2.completeDataLogLikelihood": {
        try Exercise2.completeDataLogLikelihood(
            coins: $0.next(), flips: $0.next(), weights: $0.next(), probabilities: $0.next())
    },
]

import ExerciseProtocol
import Exercises

let exercise7: [String: Callable] = [
    "Exercise7.update": {
        let new = try Exercise7.update(points: $0.next(), responsibilities: $0.next(), means: $0.next())
        return Value.record([
            "weights": new.weights.value, "means": new.means.value, "covariances": new.covariances.value,
        ])
    },
    "Exercise7.updateInOneDimension": {
        let new = try Exercise7.updateInOneDimension(values: $0.next(), responsibilities: $0.next())
        return Value.record(["means": new.means.value, "variances": new.variances.value])
    },
]

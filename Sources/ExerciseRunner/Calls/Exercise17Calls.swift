import ExerciseProtocol
import Exercises

let exercise17: [String: Callable] = [
    "Exercise17.eHalf": {
        let half = try Exercise17.eHalf(responsibilities: $0.next(), logJoint: $0.next())
        return Value.record(["responsibilities": half.responsibilities.value, "gain": half.gain.value])
    },
    "Exercise17.mHalf": {
        let half = try Exercise17.mHalf(
            heads: $0.next(), flips: $0.next(), responsibilities: $0.next(), weights: $0.next(),
            probabilities: $0.next())
        return Value.record([
            "weights": half.weights.value, "probabilities": half.probabilities.value, "gain": half.gain.value,
        ])
    },
]

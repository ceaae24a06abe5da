import ExerciseProtocol
import Exercises

let exercise16: [String: Callable] = [
    "Exercise16.lowerBound": {
        try Exercise16.lowerBound(responsibilities: $0.next(), logJoint: $0.next())
    }
]

import ExerciseProtocol
import Exercises

let exercise18: [String: Callable] = [
    "Exercise18.logJoint": {
        try Exercise18.logJoint(images: $0.next(), weights: $0.next(), probabilities: $0.next())
    },
    "Exercise18.responsibilities": {
        try Exercise18.responsibilities(images: $0.next(), weights: $0.next(), probabilities: $0.next())
    },
]

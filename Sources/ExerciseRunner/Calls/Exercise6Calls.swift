import ExerciseProtocol
import Exercises

let exercise6: [String: Callable] = [
    "Exercise6.logSumExp": { try Exercise6.logSumExp($0.next()) },
    "Exercise6.logJoint": {
        try Exercise6.logJoint(of: $0.next(), weights: $0.next(), means: $0.next(), standardDeviations: $0.next())
    },
    "Exercise6.responsibilities": { try Exercise6.responsibilities(logJoint: $0.next()) },
]

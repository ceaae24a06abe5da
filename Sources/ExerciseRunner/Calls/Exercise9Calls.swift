import ExerciseProtocol
import Exercises

let exercise9: [String: Callable] = [
    "Exercise9.assignments": { try Exercise9.assignments(data: $0.next(), centres: $0.next()) },
    "Exercise9.centres": {
        try Exercise9.centres(data: $0.next(), assignments: $0.next(), previous: $0.next())
    },
    "Exercise9.distortion": {
        try Exercise9.distortion(data: $0.next(), assignments: $0.next(), centres: $0.next())
    },
]

import ExerciseProtocol
import Exercises

let exercise10: [String: Callable] = [
    "Exercise10.pass": {
        let end = try Exercise10.pass(data: $0.next(), start: $0.next())
        return Value.record(["centres": end.centres.value, "counts": end.counts.value])
    },
    "Exercise10.constantRatePass": {
        try Exercise10.constantRatePass(data: $0.next(), start: $0.next(), rate: $0.next())
    },
]

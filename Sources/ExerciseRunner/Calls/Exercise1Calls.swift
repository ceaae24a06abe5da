import ExerciseProtocol
import Exercises

let exercise1: [String: Callable] = [
    "Exercise1.sample": {
        let (count, shares, means, deviations): (Int, [Double], [Double], [Double]) =
            (try $0.next(), try $0.next(), try $0.next(), try $0.next())
        let seed: Int = try $0.next()
        var random = RandomSource(seed: UInt64(seed.magnitude))
        let animals = Exercise1.sample(
            count: count, shares: shares, means: means, standardDeviations: deviations, using: &random)
        // Two lists are read faster than thousands of pairs.
        return Value.record(["species": animals.map(\.species).value, "weights": animals.map(\.weight).value])
    },
    "Exercise1.probability": {
        try Exercise1.probability(
            heavierThan: $0.next(), shares: $0.next(), means: $0.next(), standardDeviations: $0.next())
    },
]

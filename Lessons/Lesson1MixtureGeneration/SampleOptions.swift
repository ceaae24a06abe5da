import ArgumentParser

/// How many animals come through the door.
struct SampleOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many animals to draw, from 100 to 10000000.", valueName: "N"))
    var samples = 100_000

    func validate() throws {
        guard (100...10_000_000).contains(samples) else {
            throw ValidationError("--samples must lie between 100 and 10000000, not \(samples)")
        }
    }
}

import Foundation

/// Keeps measurements apart from the machine's other work, where the system says what that is (Linux).
///
/// A measurement begins when the others are idle, and is thrown away if they used more than one part in twenty of the
/// machine's processor time during it. When patience ends, it is taken as it is, and counted.
struct LoadGate {
    let patience: Double
    /// Processes that belong to the benchmark, besides this one.
    var workers: [Int32] = []
    private var taken = 0
    private var thrownAway = 0
    private var accompanied = 0

    init(patience: Double) { self.patience = patience }

    /// The result of a measurement without company, as far as that can be had.
    mutating func measure<T>(_ work: () throws -> T) throws -> T {
        let begin = ContinuousClock.now
        var isPatient: Bool { ContinuousClock.now - begin < .seconds(patience) }
        taken += 1
        while true {
            while isPatient {
                let before = othersUsed()
                Thread.sleep(forTimeInterval: 0.2)
                if othersUsed() - before < 0.03 { break }
            }
            var result: T?
            let before = othersUsed()
            let elapsed = try seconds { result = try work() }
            // The system counts in hundredths of a second.
            let share = (othersUsed() - before - 0.02) / (elapsed * Double(Machine.processors))
            guard let result else { continue }
            if share < 0.05 { return result }
            guard isPatient else {
                accompanied += 1
                return result
            }
            thrownAway += 1
        }
    }

    /// How the measurements went.
    var summary: String {
        guard Machine.usedProcessorTime() != nil else {
            return "This system does not say what else was running during the \(taken) measurements."
        }
        return
            "Of \(taken) measurements, \(thrownAway) were thrown away and repeated because other programs used more than 5 % of the "
            + "machine meanwhile; "
            + (accompanied == 0
                ? "none of those that count had such company."
                : "**\(accompanied) had such company and count nevertheless.**")
    }

    /// Seconds of processor time that went to others than the benchmark.
    private func othersUsed() -> Double {
        guard let all = Machine.usedProcessorTime() else { return 0 }
        let own = [ProcessInfo.processInfo.processIdentifier] + workers
        return all - own.reduce(0) { $0 + Machine.usedProcessorTime(of: $1) }
    }
}

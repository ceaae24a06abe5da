import MixtureModels
import Testing

@testable import Fuzz

@Suite("Random inputs")
struct FuzzTests {
    @Test("Whatever comes is taken or refused with a sentence", arguments: Fuzz.targets.indices)
    func shortRun(_ target: Int) {
        // A problem for EM, or a figure, is as much work as many files.
        let target = Fuzz.targets[target]
        let inputs: UInt64 = ["em": 300, "figures": 300, "tex": 300][target.name] ?? 2000
        let run = FuzzRun(of: target, seed: 1) { $0 < inputs }
        #expect(run.tried == inputs)
        #expect(run.findings.isEmpty, "\(run.summary)")
        // Inputs that are all refused, or all fine, would try little.
        #expect(run.accepted > inputs / 20 && run.accepted < inputs - inputs / 20)
    }

    @Test("An input depends on the seed and its number only, and a broken rule is reported with it")
    func findings() {
        struct Odd: FuzzTarget {
            let name = "odd"
            func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
                let number = random.below(1000)
                return number % 10 == 3 ? .broken("\(number)") : .accepted
            }
        }
        let run = FuzzRun(of: Odd(), seed: 5) { $0 < 100 }
        let late = FuzzRun(of: Odd(), seed: 5, first: 50) { $0 < 50 }
        #expect(!run.findings.isEmpty && run.accepted + UInt64(run.findings.count) == 100)
        #expect(run.findings.filter { $0.input >= 50 }.map(\.what) == late.findings.map(\.what))
        #expect(run.summary.contains("input \(run.findings[0].input): \(run.findings[0].what)"))
    }
}

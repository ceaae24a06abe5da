import MixtureModels

/// Something that takes a stranger's input.
protocol FuzzTarget: Sendable {
    /// The name for the command line.
    var name: String { get }

    /// Makes one input from random numbers, and tries it.
    ///
    /// - Returns: what the input came to; ``FuzzOutcome/broken(_:)`` if a rule of the target's does not hold.
    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome
}

/// What an input came to.
enum FuzzOutcome: Equatable {
    /// It was taken.
    case accepted
    /// It was refused with a message.
    case refused
    /// A rule does not hold: which, and for what input.
    case broken(String)
}

/// Many inputs, tried one after another. Input n depends on the seed and on n only, so that each can be found again.
struct FuzzRun {
    let name: String
    let seed: UInt64
    private(set) var tried: UInt64 = 0
    private(set) var accepted: UInt64 = 0
    /// The numbers of the inputs for which a rule does not hold, and what was wrong.
    private(set) var findings: [(input: UInt64, what: String)] = []

    /// Tries inputs while `goesOn` of the number tried so far is true; 100 findings are enough.
    init(of target: any FuzzTarget, seed: UInt64, first: UInt64 = 0, while goesOn: (UInt64) -> Bool) {
        name = target.name
        self.seed = seed
        while goesOn(tried), findings.count < 100 {
            let number = first &+ tried
            var random = SeededGenerator(seed: seed &+ number &* 0x9E37_79B9_7F4A_7C15)
            switch target.tryInput(&random) {
            case .accepted: accepted += 1
            case .refused: break
            case .broken(let what): findings.append((number, what))
            }
            tried += 1
        }
    }

    /// What was tried and what fell out, in words.
    var summary: String {
        let counts = "\(name): \(tried) inputs (seed \(seed)), \(accepted) accepted, \(findings.count) findings"
        return ([counts] + findings.map { "  input \($0.input): \($0.what)" }).joined(separator: "\n")
    }
}

extension SeededGenerator {
    /// A whole number below a bound.
    mutating func below(_ bound: Int) -> Int { integer(below: bound) }

    /// One of several.
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    /// Whether something happens that does so once in so many times.
    mutating func once(in times: Int) -> Bool { below(times) == 0 }

    /// Whether a thing happens that has this probability.
    mutating func chance(_ probability: Double) -> Bool { bernoulli(probability) }
}

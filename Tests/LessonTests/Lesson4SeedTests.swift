import Foundation
import MixtureModels
import Testing

@testable import Lesson4CoinFlips
@testable import Notebook

/// The report on other random data: the checks hold, and so does what the prose says about the numbers.
struct Lesson4SeedTests {
    @Test("With other seeds, sentences chosen by code are true", arguments: [0, 4] as [UInt64])
    func otherSeeds(seed: UInt64) throws {
        let report = try Lesson4CoinFlips.report(["--seed", "\(seed)"])
        let text = try LessonRule.text(of: report).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        try checkDerivatives(text)
        try checkTruth(text, fit: #require(report.fit))
        try checkStopping(text, seed: seed)
    }

    /// "… is positive, so … has to grow: from 0.45 to 0.4948."
    private func checkDerivatives(_ text: String) throws {
        let sentences = text.matches(
            of: /derivative is (positive|negative), so \S+ has to (grow|shrink): from ([0-9.]+) to ([0-9.]+)\./)
        #expect(sentences.count == 3)
        for sentence in sentences {
            let (old, new) = (try #require(Double(sentence.3)), try #require(Double(sentence.4)))
            #expect((sentence.1 == "positive") == (new > old) && (sentence.2 == "grow") == (new > old))
        }
    }

    /// The table's row of the truth, and the fit, which must not be lower.
    private func checkTruth(_ text: String, fit: FitSummary) throws {
        let row = try #require(text.firstMatch(of: /\| \*truth\* \|(?: [0-9.]+ \|){4} (-[0-9.]+) \|/))
        // Six digits are printed of the truth's ℓ.
        #expect(try #require(Double(row.1)) <= fit.logLikelihood + 1e-3)
    }

    /// What the report says of Q is counted again, on the same data.
    private func checkStopping(_ text: String, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(2)
        let truth = try binomialMixture(weights: [0.5, 0.5], heads: [0.45, 0.6], flips: 10)
        let data = truth.sample(count: 200, using: &generator).map(\.observation)
        let mean = Double(data.reduce(0) { $0 + $1.heads }) / 2000
        let near = try Self.expectations(data, heads: [mean - 0.14, mean + 0.14])
        let far = try Self.expectations(data, heads: [0.05, 0.95])

        func falls(_ values: [Double]) -> Int { zip(values, values.dropFirst()).count { $1 < $0 } }
        let steps = near.count - 1
        let all = falls(near) == steps
        #expect(text.contains("In \(steps) steps the log-likelihood rises"))
        #expect(text.contains(all ? "falls in every one of them**" : "falls in \(falls(near)) of them**"))
        try checkErratum(text, data, heads: [mean - 0.14, mean + 0.14])

        #expect(far[1] > far[0], "Q was to rise in the first step from 0.05 and 0.95")
        let later = falls(Array(far.dropFirst()))
        #expect(
            text.contains(
                later == far.count - 2
                    ? "falls in all \(later) steps that follow" : "falls in \(later) of the \(far.count - 2) steps"))
    }

    /// The erratum's three stops: after which step ℓ, the maximum of the M-step, and Q change by less than 0.001.
    private func checkErratum(_ text: String, _ data: [HeadCount], heads: [Double]) throws {
        let stops = text.matches(of: /(?:after step ([0-9]+), with [-0-9.e]+ of|not within [0-9]+ steps)/).map(\.1)
        #expect(stops.count == 3)
        let start = try binomialMixture(weights: [0.5, 0.5], heads: heads, flips: 10)
        let stop = StoppingRule<Binomial>.any(.relativeChange(1e-13), .maximumSteps(1000))
        let rows = Array(try EM(data: data, start: start, weights: .fixed, stop: stop))
        let maxima = zip(rows, rows.dropFirst()).map { old, new in
            new.mixture.expectedCompleteLogLikelihood(of: data, responsibilities: old.responsibilities)
        }
        func firstSmall(_ values: [Double]) -> Int? {
            zip(values, values.dropFirst()).enumerated().first { abs($1.1 - $1.0) < 0.001 }?.offset
        }
        let expected = [
            firstSmall(rows.map(\.logLikelihood)).map { $0 + 1 }, firstSmall(maxima).map { $0 + 2 },
            firstSmall(rows.map(\.expectedCompleteLogLikelihood)).map { $0 + 1 },
        ]
        for (printed, step) in zip(stops, expected) { #expect(printed.map(String.init) == step.map { "\($0)" }) }
    }

    /// Q at every step, with weights fixed at 1/2.
    private static func expectations(_ data: [HeadCount], heads: [Double]) throws -> [Double] {
        let start = try binomialMixture(weights: [0.5, 0.5], heads: heads, flips: 10)
        let stop = StoppingRule<Binomial>.any(.relativeChange(1e-8), .maximumSteps(1000))
        return try EM(data: data, start: start, weights: .fixed, stop: stop).map(\.expectedCompleteLogLikelihood)
    }
}

import ArgumentParser
import Foundation
import Testing
import Verification

@testable import Lesson6LagrangeUpdate
@testable import Notebook

private let lesson = LessonUnderTest(name: "Lesson6LagrangeUpdate", number: 6, model: .coins) { report, progress in
    try Lesson6LagrangeUpdate.parse([]).explain(in: &report, progress: progress)
}

@Suite("Lesson 6: the Lagrange multiplier")
struct Lesson6Tests {
    @Test("Every row of the ledger that names the lesson is explained once")
    func ledger() throws { try lesson.expectLedgerIsCovered() }

    @Test("The report holds true for other seeds", arguments: UInt64(1)...20)
    func seeds(_ seed: UInt64) throws { try lesson.expectReportHoldsTrue(seed: seed) }

    @Test("The report renders in every notation", arguments: Notation.ids)
    func notations(_ id: String) throws { try lesson.expectReportRenders(notation: id) }

    @Test("The same seed gives the same bytes, another seed another report")
    func reproducible() throws {
        try lesson.expectSameBytesTwice()
        try lesson.expectSeedMatters()
    }

    @Test("In CS 181's letters the weights are those of its section on coins")
    func letters() throws {
        let text = try lesson.markdown(of: lesson.report(notation: "cs181"))
        #expect(text.contains(#"\theta_{k} = \frac{\sum_{n=1}^{N} q_{n,k}}{-\lambda}"#))
    }

    @Test(
        "What the options cannot mean is refused with a message that says so",
        arguments: [
            (["--seed", "x"], "seed"), (["--notation", "bishop"], "notation"), (["--formats", "gif"], "formats"),
            (["--data", "mine.csv"], "--data"),
        ])
    func mistakes(_ arguments: [String], _ named: String) {
        let error = #expect(throws: (any Error).self) { try Lesson6LagrangeUpdate.parse(arguments) }
        #expect(error.map { Lesson6LagrangeUpdate.fullMessage(for: $0).contains(named) } == true)
    }

    @Test("The multiplier of N counts is -N, measured without any multiplier")
    func multiplier() throws {
        let counts = [7.0, 2, 11]
        let found = try constrainedMaximum(
            of: { weights in zip(counts, weights).reduce(0) { $0 + $1.0 * log($1.1) } }, from: [0.3, 0.3, 0.4])
        #expect(abs(found.multiplier + 20) < Tolerance.centralDifference.value)
        for (weight, count) in zip(found.weights, counts) {
            #expect(abs(weight - count / 20) < Tolerance.numericalMaximization.value)
        }
    }
}

import Foundation
import Testing
import Verification

@testable import Lesson6LagrangeUpdate
@testable import Notebook

@Suite("Lesson 6: the Lagrange multiplier")
struct Lesson6Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 6))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson6LagrangeUpdate.self) }

    @Test("In CS 181's letters the weights are those of its section on coins")
    func letters() throws {
        let text = try LessonRule.text(of: Lesson6LagrangeUpdate.report("--notation", "cs181"))
        #expect(text.contains(#"\theta_{k} = \frac{\sum_{n=1}^{N} q_{n,k}}{-\lambda}"#))
    }

    @Test("A file of the reader's own is refused: this lesson has no place for it")
    func ownData() throws {
        let complaint = try #require(Lesson6LagrangeUpdate.complaint("--data", "mine.csv"))
        #expect(complaint.contains("--data"))
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

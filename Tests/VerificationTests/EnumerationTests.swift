import Foundation
import Testing
import Verification

@Suite("Enumeration of all assignments")
struct EnumerationTests {
    @Test("All assignments come once, in counting order")
    func order() throws {
        let all = Array(try Assignments(items: 2, classes: 3))
        #expect(all == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [2, 0], [2, 1], [2, 2]])
    }

    @Test(
        "There are K to the power N of them",
        arguments: [
            (0, 1, 1), (0, 5, 1), (1, 5, 5), (5, 1, 1), (10, 2, 1024), (5, 3, 243), (20, 2, 1 << 20),
            (1, 1 << 20, 1 << 20),
        ])
    func count(_ items: Int, _ classes: Int, _ expected: Int) throws {
        let assignments = try Assignments(items: items, classes: classes)
        #expect(assignments.count == expected)
        if expected <= 1024 { #expect(Set(assignments).count == expected) }
    }

    @Test(
        "Too many assignments, and senseless sizes, are refused without counting",
        arguments: [
            (21, 2), (13, 3), (2, 1 << 20), (Int.max, 2), (Int.max, 1), (3, Int.max), (-1, 2), (3, 0), (3, -1),
        ])
    func refused(_ items: Int, _ classes: Int) {
        #expect(throws: VerificationError.self) { try Assignments(items: items, classes: classes) }
    }

    /// Two coins: weights 0.3 and 0.7, P(heads) 0.8 and 0.4, and these flips.
    let flips = [1, 0, 1, 1]
    func logJoint(_ z: [Int]) -> Double {
        zip(flips, z).reduce(0) { sum, pair in
            let heads = [0.8, 0.4][pair.1]
            return sum + log([0.3, 0.7][pair.1]) + log(pair.0 == 1 ? heads : 1 - heads)
        }
    }

    @Test("The sum over assignments of independent flips is the product of their marginals")
    func logSum() throws {
        let value = try Assignments(items: 4, classes: 2).logSum(logJoint)
        #expect(abs(value - (3 * log(0.52) + log(0.48))) < Tolerance.enumeration.value)
    }

    @Test("The posterior expectation of an indicator is the flip's own posterior")
    func expectation() throws {
        let assignments = try Assignments(items: 4, classes: 2)
        let first = try assignments.expectation(of: { z in z.map { $0 == 0 ? 1 : 0 } }, logJoint: logJoint)
        let exact = [0.24 / 0.52, 0.06 / 0.48, 0.24 / 0.52, 0.24 / 0.52]
        for (value, posterior) in zip(first, exact) { #expect(abs(value - posterior) < Tolerance.enumeration.value) }
        let one: Double = try assignments.expectation(of: { _ in 2.5 }, logJoint: logJoint)
        #expect(abs(one - 2.5) < Tolerance.enumeration.value)
    }

    @Test("Joint probabilities far below the smallest double do no harm")
    func underflow() throws {
        let assignments = try Assignments(items: 3, classes: 2)
        let value = try assignments.logSum { z in -5000 - 100 * Double(z.reduce(0, +)) }
        #expect(abs(value + 5000) < 1e-9)
        let large: Double = try assignments.expectation(of: { Double($0[0]) }, logJoint: { z in 3000 + Double(z[0]) })
        #expect(abs(large - 1 / (1 + exp(-1))) < Tolerance.enumeration.value)
    }

    @Test("Impossible assignments contribute nothing, whatever the function is there")
    func impossible() throws {
        let assignments = try Assignments(items: 2, classes: 2)
        func joint(_ z: [Int]) -> Double { z[0] == z[1] ? log(0.5) : -.infinity }
        #expect(abs(try assignments.logSum(joint)) < 1e-15)
        let same: Double = try assignments.expectation(of: { $0[0] == $0[1] ? Double($0[0]) : .nan }, logJoint: joint)
        #expect(abs(same - 0.5) < 1e-15)
        #expect(try assignments.logSum { _ in -.infinity } == -.infinity)
        #expect(throws: VerificationError.impossibleData) {
            let _: Double = try assignments.expectation(of: { _ in 1 }, logJoint: { _ in -.infinity })
        }
    }

    @Test("NaN, +∞ and values of unequal length are refused")
    func notFinite() throws {
        let assignments = try Assignments(items: 2, classes: 2)
        #expect(throws: VerificationError.notFinite(routine: "Enumeration", at: [0, 1])) {
            try assignments.logSum { $0 == [0, 1] ? .nan : 0 }
        }
        #expect(throws: VerificationError.self) { try assignments.logSum { _ in .infinity } }
        #expect(throws: VerificationError.self) {
            let _: Double = try assignments.expectation(of: { _ in .nan }, logJoint: { _ in 0 })
        }
        #expect(throws: VerificationError.self) {
            let _: [Double] = try assignments.expectation(of: { $0[0] == 0 ? [1] : [1, 2] }, logJoint: { _ in 0 })
        }
    }
}

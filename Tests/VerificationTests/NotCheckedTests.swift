import Foundation
import Testing
import Verification

/// Second routes that cannot be taken.
struct NotCheckedTests {
    @Test("What a route throws is why there is no check, which neither passed nor failed")
    func attempting() {
        let route = SecondRoute { throw VerificationError.notConverged(routine: "A search", detail: "it went astray") }
        let check = Check(of: 1, again: route)
        #expect(!check.passed && !check.failed && !check.wasMade)
        #expect(check.how == "A search: no trustworthy result: it went astray")
        let made = Check(of: 1, again: SecondRoute { .exact(2, "") })
        #expect(made.failed && made.wasMade)
    }

    @Test("No double traps an extended number, and what is no number never becomes one again")
    func extended() {
        for value in [Double.infinity, -1, .nan, -.infinity] {
            var number = ExtendedNumber(value)
            number *= ExtendedNumber(2)
            #expect(!(number + ExtendedNumber(1)).isFinite && !number.isFinite && !number.logarithm.isFinite)
        }
        for x in [1e300, -1e300, 1e18, -1e18, .nan, .infinity, -.infinity] {
            var power = ExtendedNumber.exp(x)
            power *= power
            #expect(power == ExtendedNumber(0) || !power.isFinite)
        }
    }

    @Test("Work is limited in its own units, also for a search that hides errors", arguments: [50, 100, 101, 1000])
    func workLimit(limit: Int) throws {
        func work() throws -> Int {
            try WorkLimit.run(limit) { spend in
                var taken = 0
                for _ in 0..<101 where (try? spend(1)) != nil { taken += 1 }
                return taken
            }
        }
        if limit < 101 {
            #expect(throws: VerificationError.tooMuchWork(limit: limit)) { try work() }
        } else {
            #expect(try work() == 101)
        }
    }

    @Test("A derivative is refused if less accurate than it has to be")
    func accuracy() throws {
        // A slope of 1 with a fast ripple, which no larger step sees and every smaller one does.
        func rippled(_ x: [Double]) -> Double { x[0] + 1e-8 * sin(1e7 * x[0]) }
        #expect(abs(try CentralDifference.gradient(of: rippled, at: [1])[0] - 1) < 1e-4)
        #expect(throws: VerificationError.self) {
            try CentralDifference.gradient(of: rippled, at: [1], accuracy: 1e-12)
        }
    }
}

import Testing
import Verification

@Suite("Checks and tolerances")
struct CheckTests {
    let tight = Tolerance(1e-3, reason: "for these tests")

    @Test(
        "Values within the tolerance pass, and the largest difference is kept",
        arguments: [
            (CheckedValue(2), CheckedValue(2.0005), 0.0005, true),
            (CheckedValue(2), CheckedValue(2.002), 0.002, false),
            (CheckedValue([1, 2, 3]), CheckedValue([1, 2.0001, 2.9995]), 0.0005, true),
            (CheckedValue([1, 2, 3]), CheckedValue([1, 2.1, 3]), 0.1, false),
            (CheckedValue([[1, 2], [3, 4]]), CheckedValue([[1, 2], [3, 4.5]]), 0.5, false),
            (CheckedValue([[1, 2], [3, 4]]), CheckedValue([[1, 2], [3, 4]]), 0, true),
        ])
    func compare(_ ours: CheckedValue, _ second: CheckedValue, _ difference: Double, _ passed: Bool) {
        let check = Check(of: ours, again: .search(second, "by hand", tolerance: tight))
        #expect(abs(check.difference - difference) < 1e-12)
        #expect(check.passed == passed)
        #expect(check.value == second)
        #expect(check.how == "by hand")
        #expect(check.tolerance == 1e-3)
        #expect(check.problem == nil)
    }

    @Test("A difference equal to the tolerance passes")
    func edge() {
        #expect(Check(of: 1, again: .exact(1.5, "", tolerance: Tolerance(0.5, reason: ""))).passed)
    }

    @Test(
        "What cannot be compared does not pass, and says why",
        arguments: [
            (CheckedValue(1), CheckedValue([1]), "one number here, but a vector of 1 by the second route"),
            ([1, 2], [1, 2, 3], "a vector of 2 here, but a vector of 3 by the second route"),
            (
                CheckedValue([[1, 2], [3]]), CheckedValue([[1], [2, 3]]),
                "a matrix with rows of 2, 1 here, but a matrix with rows of 1, 2 by the second route"
            ),
            (
                CheckedValue([[]]), CheckedValue([[Double]]()),
                "a matrix with rows of 0 here, but an empty matrix by the second route"
            ),
            ([], [], "there is nothing to compare"),
            (CheckedValue(.nan), CheckedValue(1), "a value here is not a number"),
            (CheckedValue([1, 2]), CheckedValue([1, .nan]), "the second route gave something that is not a number"),
        ] as [(CheckedValue, CheckedValue, String)])
    func incomparable(_ ours: CheckedValue, _ second: CheckedValue, _ problem: String) {
        for relative in [false, true] {
            let check = Check(of: ours, again: .exact(second, "", tolerance: tight, relative: relative))
            #expect(!check.passed)
            #expect(check.problem == problem)
            #expect(check.difference == .infinity)
        }
    }

    @Test("Equal infinities agree; an infinity and a number do not")
    func infinities() {
        let minus = CheckedValue(-Double.infinity)
        #expect(Check(of: minus, again: .exact(minus, "", tolerance: tight)).passed)
        #expect(Check(of: minus, again: .exact(minus, "", tolerance: tight, relative: true)).passed)
        for other in [CheckedValue(.infinity), -1e300] {
            for relative in [false, true] {
                #expect(!Check(of: minus, again: .exact(other, "", tolerance: tight, relative: relative)).passed)
                #expect(!Check(of: other, again: .exact(minus, "", tolerance: tight, relative: relative)).passed)
            }
        }
    }

    @Test("A relative difference is measured in the largest entry, or in 1 if all entries are small")
    func relative() {
        let check = Check(
            of: [1000, -2000], again: .search([1001, -2000], "search", tolerance: tight, relative: true))
        #expect(abs(check.difference - 0.0005) < 1e-12)
        #expect(check.passed)
        #expect(check.how == "search (relative difference)")
        #expect(!Check(of: 0.001, again: .exact(0.003, "", tolerance: tight, relative: true)).passed)
        #expect(Check(of: 0.001, again: .exact(0.0015, "", tolerance: tight, relative: true)).passed)
    }

    @Test("A simulation passes within five of its standard errors and not beyond")
    func simulation() {
        let estimate = SimulationEstimate(mean: 0.5, standardError: 0.01, count: 2500)
        #expect(Check(of: 0.549, again: .simulation(estimate, "")).passed)
        let far = Check(of: 0.551, again: .simulation(estimate, "2500 draws"))
        #expect(!far.passed)
        #expect(far.value == 0.5)
        #expect(abs(far.tolerance - 0.05) < 1e-15)
        #expect(!Check(of: .number(.nan), again: .simulation(estimate, "")).passed)

        let constant = SimulationEstimate(mean: 3, standardError: 0, count: 100)
        #expect(Check(of: .number(3 + 1e-14), again: .simulation(constant, "")).passed)
        #expect(!Check(of: 3.001, again: .simulation(constant, "")).passed)
    }

    @Test("Of simulated vectors the entry that is worst in standard errors decides")
    func simulatedVector() {
        let estimates = [
            SimulationEstimate(mean: 10, standardError: 1, count: 100),
            SimulationEstimate(mean: 0.5, standardError: 0.01, count: 100),
        ]
        let good = Check(of: [13, 0.51], again: .simulation(estimates, ""))
        #expect(good.passed)
        #expect(good.difference == 3 && good.tolerance == 5)
        #expect(good.standardErrors == 3)
        let bad = Check(of: [13, 0.6], again: .simulation(estimates, ""))
        #expect(!bad.passed)
        #expect(abs(bad.difference - 0.1) < 1e-12 && abs(bad.tolerance - 0.05) < 1e-12)
        #expect(bad.value == [10, 0.5])
        #expect(!Check(of: [13], again: .simulation(estimates, "")).passed)
        #expect(!Check(of: [], again: .simulation([] as [SimulationEstimate], "")).passed)
        #expect(!Check(of: [13, .nan], again: .simulation(estimates, "")).passed)
    }

    @Test("A property passes if its worst violation is rounding")
    func property() {
        let holds = Check(of: 1, again: .property("", by: "every step rises", the: "fall", is: -0.3))
        #expect(holds.passed)
        #expect(holds.value == -0.3 && holds.difference == 0)
        #expect(Check(of: 1, again: .property("", by: "", the: "fall", is: 1e-14)).passed)
        let broken = Check(of: 1, again: .property("", by: "", the: "fall", is: 1e-3))
        #expect(!broken.passed)
        #expect(broken.difference == 1e-3)
        #expect(!Check(of: 1, again: .property("", by: "", the: "fall", is: .nan)).passed)
    }

    @Test(
        "A sequence that never falls passes; one fall is enough to fail",
        arguments: [
            ([1, 2, 3.5], true, CheckedValue(-1)),
            ([1, 1], true, 0),
            ([1, 2, 1.75, 4], false, 0.25),
            ([-Double.infinity, -5, -4], true, -1),
            ([-Double.infinity, -Double.infinity, -4], true, 0),
        ])
    func nonDecreasing(_ values: [Double], _ passed: Bool, _ worst: CheckedValue) {
        let check = Check(of: .vector(values), again: .nonDecreasing(values, "it never falls", by: ""))
        #expect(check.passed == passed)
        #expect(check.value == worst)
    }

    @Test(
        "A sequence without steps, or with NaN, does not pass as never falling",
        arguments: [
            [], [1], [1, .nan], [.nan, 1], [1, 2, .nan, 3],
        ] as [[Double]])
    func noSteps(_ values: [Double]) {
        #expect(!Check(of: .vector(values), again: .nonDecreasing(values, "it never falls", by: "")).passed)
    }

    @Test(
        "A published figure agrees with what rounds to it",
        arguments: [
            (0.71, 2, 0.7130122, true), (0.71, 2, 0.7049, false), (0.71, 2, 0.7151, false), (0.80, 2, 0.795, true),
            (21.3, 1, 21.34, true), (21.3, 1, 21.36, false), (-1130.26, 2, -1130.2645, true), (12, 0, 12.4, true),
        ])
    func published(_ figure: Double, _ decimals: Int, _ ours: Double, _ passed: Bool) {
        let check = Check(of: .number(ours), again: .published(figure, decimals: decimals, ""))
        #expect(check.passed == passed)
    }

    @Test("Rounding is allowed for in proportion to large scales only")
    func rounding() {
        #expect(Tolerance.rounding().value == 1e-12)
        #expect(Tolerance.rounding(scale: -1000).value == 1e-9)
        #expect(Tolerance.rounding(scale: 1e-6).value == 1e-12)
    }
}

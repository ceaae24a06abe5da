import Foundation
import Testing
import Verification

@testable import Notebook

/// What a report says about its checks: below the equations, and in the closing table.
struct CheckLineTests {
    @Test("A failed check shows as failed, at its equation and in the closing table")
    func failedCheck() throws {
        let check = SecondRoute.exact(0.3000021, "counting")
        let report = SmallReport.report(value: 0.3, again: check)
        let text = try markdown(report)
        #expect(
            text.contains(
                "❌ **This check failed** by counting: computed 0.3, second route 0.300002; difference < 1e-3, allowed 1e-12."
            ))
        #expect(text.contains("| 0.3 | ❌ counting | < 1e-3 |"))
        #expect(text.contains("0 of 1 checks passed."))
    }

    @Test(
        "Of a property the report says what has to be true, and how far it is from that: no second value, and no rounding noise"
    )
    func property() throws {
        func text(_ violation: Double, _ tolerance: Tolerance) throws -> String {
            let route = SecondRoute.property(
                "it never falls", by: "comparing rows", the: "largest fall", is: violation, tolerance: tolerance)
            return try markdown(SmallReport.report(value: [0.3, 0.7], again: route))
        }
        for violation in [0, -3, 2e-16] {
            let text = try text(violation, .rounding())
            #expect(
                text.contains(
                    "Checked that it never falls, by comparing rows: the largest fall is less than 1e-13, allowed 1e-12."
                ))
            #expect(text.contains("| ✅ that it never falls, by comparing rows | < 1e-13 |"))
        }
        #expect(try text(7e-11, .enumeration).contains("the largest fall is at most 1e-10, allowed 1e-10."))
        #expect(
            try text(0.25, .rounding()).contains(
                "❌ **This check failed**, that it never falls, by comparing rows: the largest fall is 0.25, allowed 1e-12."
            ))
        #expect(
            try markdown(
                SmallReport.report(value: 1, again: .nonDecreasing([1], "it never falls", by: "comparing rows"))
            ).contains("by comparing rows: there are fewer than two values, so no step to judge."))
    }

    @Test(
        "A number that must not be too small is printed with its limit",
        arguments: [(0.62, "<summary>✅ checked<"), (1e-7, "❌")])
    func least(_ measured: Double, _ lead: String) throws {
        let route = SecondRoute.property("all is well", by: "counting", the: "p-value", is: measured, atLeast: 1e-6)
        let text = try markdown(SmallReport.report(value: [0.3, 0.7], again: route))
        let number = NumberFormat.significant(2).string(measured)
        #expect(text.contains(lead))
        #expect(text.contains("that all is well, by counting: the p-value is \(number), and must not be below 1e-6."))
        #expect(text.contains("| p-value \(number) |"))
    }

    @Test("Simulated numbers are compared in standard errors: all of them are within what is printed")
    func simulatedNumbers() throws {
        let estimates = [
            SimulationEstimate(mean: 10, standardError: 0.8, count: 100),
            SimulationEstimate(mean: 0.5, standardError: 0.0625, count: 100),
        ]
        func text(_ value: CheckedValue, _ route: SecondRoute) throws -> String {
            try markdown(SmallReport.report(value: value, again: route))
        }
        let several = SecondRoute.simulation(estimates, "counting")
        let passed = try text([11, 0.75], several)
        #expect(
            passed.contains("Computed (11, 0.75), simulated (10, 0.5); each within 4 standard errors, allowed 5."))
        #expect(passed.contains("| within 4 standard errors |"))
        #expect(try text([11, 1], several).contains("; up to 8 standard errors apart, allowed 5."))
        let single = SecondRoute.simulation(estimates[0], "counting")
        #expect(
            try text(11, single).contains("Computed 11, simulated 10; within 1.3 standard errors, allowed 5."))
        #expect(try text(10, single).contains("Both ways 10; within 0.1 standard errors, allowed 5."))
        // Every draw gave the same: there is no standard error, and only rounding may separate the two.
        let constant = SecondRoute.simulation(SimulationEstimate(mean: 3, standardError: 0, count: 9), "counting")
        #expect(try text(3, constant).contains("Both ways 3; difference < 1e-12, allowed 3e-12."))
    }

    @Test("Beyond 5 standard errors is printed exactly if the check failed", arguments: 0..<200)
    func standardErrors(_ step: Int) throws {
        let estimate = SimulationEstimate(mean: 0, standardError: 1, count: 100)
        let check = Check(of: .number(4.9 + 0.001 * Double(step)), again: .simulation(estimate, "counting"))
        let printed = try #require(
            Double(CheckWords.difference(check).split(separator: " ").first { Double($0) != nil } ?? ""))
        #expect((printed > 5) == !check.passed)
        #expect(CheckWords.difference(check).hasPrefix("within ") == check.passed)
    }

    @Test("A published figure and ours are printed with its decimals")
    func published() throws {
        func text(_ value: Double) throws -> String {
            try markdown(
                SmallReport.report(value: .number(value), again: .published(21.3, decimals: 1, "another program")))
        }
        #expect(
            try text(21.34).contains(
                "<summary>✅ checked by another program</summary>\n\nHere 21.3, there 21.3; they agree to 1 decimal."))
        #expect(try text(21.36).contains("here 21.4, there 21.3; they do not agree to 1 decimal."))
    }

    @Test("The tables show one number by its name, and refuse to choose it themselves")
    func tellingNumber() throws {
        var report = SmallReport.empty()
        report.equation(
            "cs181.11", formula: "x", numbers: nil, value: .matrix([[1, 2], [3, 4]]),
            again: .exact(.matrix([[1, 2], [3, 4]]), "counting"), telling: .entry(1, 0, #"$\weight{2}$"#))
        let text = try markdown(report)
        #expect(text.contains(#"| $\pi_{2}$: 3 | ✅ counting |"#))
        #expect(text.contains(CheckWords.oneOfSeveral.source))
        for telling in [nil, TellingNumber.entry(2, "x"), .entry(0, 0, "x"), .entry(-1, "x")] {
            var report = SmallReport.empty()
            report.equation(
                "cs181.11", formula: "x", numbers: nil, value: [1, 2], again: .exact([1, 2], "counting"),
                telling: telling)
            #expect(throws: ReportError.noTellingNumber("cs181.11")) { try RenderedReport(report, formats: [.svg]) }
        }
    }

    @Test("A further check is a line of its own, is counted, and fails the report if it fails")
    func furtherCheck() throws {
        var report = SmallReport.report()
        let passing = SecondRoute.exact(1, "counting twice")
        report.check("twice", value: 1, again: passing)
        let text = try markdown(report)
        #expect(text.contains("<summary>✅ checked by counting twice</summary>\n\nBoth ways 1;"))
        #expect(text.contains("1 of 1 checks passed, and 1 of 1 further checks in the text."))
        #expect(report.failures.isEmpty)
        report.check("wrong", value: 1, again: .exact(2, "counting"))
        #expect(report.failures == ["wrong"])
        report.check("twice", value: 1, again: passing)
        #expect(throws: ReportError.explainedTwice("twice")) { try RenderedReport(report, formats: [.svg]) }
    }

    @Test("Values that cannot be compared fail with the reason")
    func incomparable() throws {
        let check = SecondRoute.exact([0.3, 0.7], "counting")
        let text = try markdown(SmallReport.report(value: [0.3], again: check))
        #expect(
            text.contains(
                "by counting: computed (0.3), second route (0.3, 0.7); a vector of 1 here, but a vector of 2 by the second route."
            ))
    }

    @Test("Rounding noise prints as 0, but a small number beside a simulation does not")
    func noise() throws {
        let derivative = SecondRoute.difference(-2e-9, "central differences")
        #expect(
            try markdown(SmallReport.report(value: 3e-17, again: derivative)).contains(
                "Both ways 0; difference"))
        let simulation = SecondRoute.simulation(
            SimulationEstimate(mean: 0.0148, standardError: 0.004, count: 100), "simulation")
        #expect(
            try markdown(SmallReport.report(value: 0.015, again: simulation)).contains(
                "Computed 0.015, simulated 0.0148;"))
    }

    @Test("Large values are summarised")
    func largeValues() {
        let vector = (1...20).map(Double.init)
        #expect(ValueText.short(.vector(vector)) == "20 numbers, 1 to 20")
        #expect(ValueText.short(.matrix([vector, vector])) == "2×20 numbers, 1 to 20")
        #expect(ValueText.short(.matrix([[1, 0.5], [0.5, 2]])) == "[(1, 0.5), (0.5, 2)]")
        #expect(ValueText.short(.vector([])) == "()")
    }

    private func markdown(_ report: Report) throws -> String {
        try #require(RenderedReport(report, formats: [.svg]).text("README.md"))
    }
}

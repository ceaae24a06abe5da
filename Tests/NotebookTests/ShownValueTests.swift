import Foundation
import Testing
import Verification

@testable import Notebook

/// A check stands beside the value that it checked, and beside no other.
struct ShownValueTests {
    @Test(
        "The value that a report shows is the one that was compared, for random values",
        arguments: 0..<50 as Range<UInt64>)
    func shownIsCompared(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let shown = 2 + random.uniform()
        let other = random.uniform() < 0.5 ? shown : random.uniform()
        var report = SmallReport.report(value: .number(shown), again: .exact(.number(other), "counting"))
        report.check("further", value: .number(shown), again: .exact(.number(other), "counting"))
        let rendered = try RenderedReport(report, formats: [.svg])
        let results = try Results(json: Data(try #require(rendered.text("results.json")).utf8))
        for (value, check) in results.equations.map({ ($0.value, $0.check) })
            + results.checks.map({ ($0.value, $0.check) })
        {
            #expect(value == .number(shown))
            #expect(check.kind == .exact)
            #expect(check.passed == (other == shown))
        }
        let printed = NumberFormat.significant(6).string(shown)
        let text = try #require(rendered.text("README.md"))
        #expect(text.contains(other == shown ? "Both ways \(printed);" : "computed \(printed), second route "))
    }

    /// These are the only ways to get a check into a report. Each takes one value and a route that has not been compared; none
    /// takes a ``Check``, which would be about a value of its own. (A change of either signature does not compile here.)
    @Test("A report takes a value once, together with a second route that has not been compared")
    func signatures() {
        let equation: (inout Report) -> (String, TeX, TeX?, CheckedValue, SecondRoute, TellingNumber?, Prose?) -> Void =
            { report in
                var copy = report
                return { copy.equation($0, formula: $1, numbers: $2, value: $3, again: $4, telling: $5, note: $6) }
            }
        var report = SmallReport.empty()
        equation(&report)("cs181.11", "x", nil, 1, .exact(1, "counting"), nil, nil)
        // A cell has no value beside its check: the stored properties say so.
        let cell = EquationCell(
            id: "x", formula: "x", printed: nil, numbers: nil, check: Check(of: 1, again: .exact(1, "")),
            telling: nil, note: nil, details: nil)
        #expect(Mirror(reflecting: cell).children.count { $0.value is CheckedValue } == 0)
        #expect(
            Mirror(reflecting: CheckCell(name: "x", check: cell.check)).children.count { $0.value is CheckedValue }
                == 0)
    }
}

import Foundation
import LessonKit
import MixtureModels
import Testing

@testable import Lesson3GaussianEM
@testable import Notebook

/// Data that EM cannot fit, or should not have: the reader is told why in terms of rows and columns, and what does work.
struct Lesson3DiagnosisTests {
    /// Two clouds; the columns as `text` makes them of two numbers.
    private static func clouds(_ names: String, rows: Int = 60, _ text: (Int, Double, Double) -> String) -> String {
        var generator = SeededGenerator(seed: 11)
        let lines = (0..<rows).map { row -> String in
            let shift = row % 3 == 0 ? 4.0 : 0
            let (a, b) = (generator.standardNormal() + shift, generator.standardNormal() - shift)
            return text(row, (a * 10).rounded() / 10, (b * 10).rounded() / 10)
        }
        return ([names] + lines).joined(separator: "\n") + "\n"
    }

    @Test(
        "Rows with a code for a missing value are named by line and value, whether EM fails or not",
        arguments: [("-999", "-999"), ("-99.0", "-99"), ("9999", "9999"), ("-1", "-1")])
    func missingCode(code: String, shown: String) throws {
        let text = "the four rows (lines 8, 20, 34, 49) with score \(shown): a code for missing values? "
        let csv = Self.clouds("score,age") { row, a, b in
            [6, 18, 32, 47].contains(row) ? "\(code),\(b)" : "\(abs(a) + 1),\(b)"
        }
        #expect(try report(csv, "--columns score,age").warnings.contains { $0.source.contains(text) })
        // In one dimension a class closes in on a code that lies far from the data; -1 lies beside them, and EM finds its way.
        guard code != "-1" else { return }
        let told = try #require(try Lesson3GaussianEM.message(["data.csv": csv], "--data data.csv --columns score"))
        #expect(told.contains("holds only \(text)Without these rows EM finds a fit"), "\(told)")
    }

    @Test("A value that is no code is not taken for one")
    func noCode() {
        let rows = [[1.0, 2], [3, 4], [3, 5], [7, 8]]
        let lines = RowPlaces(lines: [2, 3, 5, 6])
        let group = RowGroup([1, 2], of: rows, names: ["a", "b"], lines: lines)
        #expect(group.missingCode == nil && group.words == "the two rows (lines 3, 5) with a 3")
        #expect(
            RowGroup([3], of: rows, names: ["a", "b"], lines: lines).words == "the row (line 6) with a 7, b 8")
    }

    @Test(
        "Dependent columns are named with their equation, and leaving one out is tried",
        arguments: [
            ("--components 2", "fahrenheit = 1.8 celsius + 32"), ("--components 1", "fahrenheit = 1.8 celsius + 32"),
            ("--components 2 --covariance tied", "fahrenheit = 1.8 celsius + 32"),
        ])
    func dependent(options: String, equation: String) throws {
        let csv = Self.clouds("x,celsius,fahrenheit") { _, a, b in "\(a),\(b),\(1.8 * b + 32)" }
        let arguments = "--data data.csv --columns x,celsius,fahrenheit "
        let told = try #require(try Lesson3GaussianEM.message(["data.csv": csv], arguments + options))
        #expect(told.contains("(\(equation))") && told.contains("without fahrenheit EM finds a fit"), "\(told)")
        #expect(
            try Lesson3GaussianEM.message(["data.csv": csv], arguments + "--components 1 --covariance diagonal") == nil)
    }

    @Test("The equation is found for random coefficients, whatever the columns' scales", arguments: 0..<20)
    func equations(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let scale = pow(10, 40 * generator.uniform() - 20)
        let (first, second, constant) = (
            generator.standardNormal(), generator.standardNormal(), generator.standardNormal()
        )
        let rows = (0..<30).map { _ -> [Double] in
            let (a, b) = (scale * generator.standardNormal(), generator.standardNormal() / scale)
            return [a, b, generator.standardNormal(), first * a / scale + second * b * scale + constant]
        }
        let found = DependentColumn.all(in: rows, names: ["a", "b", "c", "d"])
        #expect(found.map(\.column) == [3])
        let text = try #require(found.first?.equation)
        #expect(text.contains(" a") && text.contains(" b") && !text.contains(" c"), "\(text)")
        var loose = rows
        for n in loose.indices { loose[n][3] += 1e-4 * generator.standardNormal() }
        #expect(DependentColumn.all(in: loose, names: ["a", "b", "c", "d"]).isEmpty)
    }

    @Test(
        "Too few rows, and too few distinct ones, are said with both numbers",
        arguments: [
            (
                "a,b,c\n1,2,0\n3,1,5\n2,5,1\n4,4,4\n0,1,2\n", "a,b,c", "",
                "the file has 5 rows, too few for 3 columns: a full covariance of 3 columns needs at least 4 rows in its class,"
                    + " which makes 8 for 2 classes"
            ),
            (
                "a\n0\n0\n1\n1\n1\n", "a", "",
                "the file has only two distinct rows for two classes: each class can close in on rows of its own"
            ),
            (
                "a\n0\n0\n1\n1\n1\n", "a", "--components 3",
                "--components 3: the file has 5 rows, but only 2 different ones, and each class needs one of its own"
            ),
            (
                "a,b\n1e13,1e13\n" + clouds("", rows: 30) { "\($1),\($2)" }.dropFirst(), "a,b", "",
                "the row (line 2) with a 1e+13, b 1e+13 lies more than a million times as far out as half of the rows. Without this"
                    + " row EM finds a fit."
            ),
        ])
    func tooFew(csv: String, columns: String, options: String, message: String) throws {
        let told = try Lesson3GaussianEM.message(["data.csv": csv], "--data data.csv --columns \(columns) \(options)")
        #expect(told?.contains(message) == true, "\(told ?? "nothing")")
    }

    @Test(
        "Offsets and units of any size keep their digits: no check fails, and the log-likelihood moves by N Σ ln of the units",
        arguments: [(1e9, 1e-3), (0, 1e-21), (5e12, 1e12), (1e7, 1), (-3e5, 1e100)])
    func units(offset: Double, unit: Double) throws {
        let unscaled = try fit(offset: 0, unit: 1)
        let scaled = try fit(offset: offset, unit: unit)
        #expect(scaled.failures == [])
        let shift = 2 * 60 * log(unit)
        let expected = try #require(unscaled.fit).logLikelihood - shift
        // The values themselves are rounded where they are far from 0.
        let rounding = 60 * 1e-15 * (abs(offset) / unit) + 1e-9 * abs(shift) + 1e-6
        #expect(abs(try #require(scaled.fit).logLikelihood - expected) < rounding)
    }

    private func fit(offset: Double, unit: Double) throws -> Report {
        let csv = Self.clouds("a,b") { "\(offset + unit * $1),\(offset + unit * $2)" }
        return try TemporaryFolder.with { folder in
            try Lesson3GaussianEM.dataReport([
                "--data", try folder.write(csv, to: "data.csv"), "--columns", "a,b", "--restarts", "2",
            ])
        }
    }

    @Test("Where a covariance is nearly singular, checks are left out with a reason and none fails")
    func nearlySingular() throws {
        let csv = Self.clouds("a,b", rows: 200) { row, a, _ in "\(a),\(2 * a + 1e-4 * sin(Double(row * row)))" }
        let report = try report(csv, "--columns a,b")
        #expect(report.failures == [] && report.unchecked.equations > 0)
        let rendered = try RenderedReport(report, formats: [.svg])
        #expect(try rendered.text(of: "README.md").contains("⚪ **Not checked**: "))
        #expect(report.warnings.contains { $0.source.contains("a correlation above .9999") })
    }

    private func report(_ csv: String, _ options: String, start: String = "{}") throws -> Report {
        try TemporaryFolder.with { folder in
            _ = try folder.write(start, to: "start.json")
            return try Lesson3GaussianEM.dataReport(
                ["--data", try folder.write(csv, to: "data.csv")]
                    + words(options).map { $0 == "start.json" ? folder.path($0) : $0 })
        }
    }

    @Test("A class of few rows, and equal starts, are warned of; sound fits are not")
    func warnings() throws {
        let csv = Self.clouds("a,b") { "\($1),\($2)" }
        #expect(try report(csv, "--columns a,b").warnings == [])
        let same = try report(csv, "--columns a,b --start start.json", start: #"{"means": [[1, 0], [1, 0]]}"#)
        #expect(same.warnings.count == 1 && same.warnings[0].source.hasPrefix("Classes 1 and 2 start alike."))
        let many = try report(csv, "--columns a,b --components 8 --covariance spherical")
        #expect(many.warnings.contains { $0.source.contains("which is less than 2(D + 1) = 6") })
        for report in [same, many] {
            let results = try RenderedReport(report, formats: [.svg]).results()
            #expect((results["warnings"] as? [String])?.count == report.warnings.count)
            #expect((results["fit"] as? [String: Any])?["converged"] as? Bool == true)
        }
    }
}

import Grading
import Notebook
import Testing

@testable import Course

/// What an instructor reads of a class, for classes of which somebody else knows what is right.
@Suite struct StatisticsReportTests {
    /// A class: a row for each student, with the points in each exercise, which gives all its points or none in each of its checks. A
    /// student who has no points in an exercise has not begun it, unless the row says so by -1: then everything failed.
    private func report(_ rows: [[Int]], checks: [Int] = [4]) throws -> [String] {
        let records = rows.enumerated().map { number, row in
            GradingRecord(
                submission: GradedSubmission(
                    name: "s\(number)", exercises: row.enumerated().map { exercise($0 + 1, $1, checks) }))
        }
        let document = try StatisticsReport(GradingStatistics(records)).document()
        return String(decoding: try ReportFormat.markdown.write(document), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    private func exercise(_ number: Int, _ points: Int, _ checks: [Int]) -> GradedExercise {
        var left = max(0, points)
        let outcomes = checks.enumerated().map { place, worth -> CheckOutcome in
            let passes = left >= worth
            if passes { left -= worth }
            var outcome = CheckOutcome(
                declared: TestCase("c\(place)", "check \(place)", points: worth, hint: "") { _ in .passed })
            (outcome.earned, outcome.message) = (passes ? worth : 0, passes ? "" : "mistake \(place)\nmore")
            outcome.status = passes ? .passed : points == 0 ? .notAttempted : .failed
            return outcome
        }
        return GradedExercise(
            number: number, name: "Exercise\(number)", title: "title", hiddenPoints: 0, outcomes: outcomes)
    }

    /// The lines that begin so.
    private func lines(_ report: [String], _ start: String) -> [String] { report.filter { $0.hasPrefix(start) } }

    @Test func `Numbers and words of a small class`() throws {
        let report = try report([[4, 4], [4, 0], [-1, 0], [0, 0]])
        #expect(
            lines(report, "4 sub") == [
                "4 submissions; of 8 points they have 3.0 on average. Half of them have 0 or less, a quarter 0 or less, and a "
                    + "quarter 4 or more. 1 of 4 have begun no exercise, and count with 0 points."
            ])
        // The second exercise gives all or nothing. The point-biserial correlation by its own formula: who has it has 4 points in the
        // other exercise, the others 4/3 on average; the standard deviation there is 2, and the shares are 1/4 and 3/4.
        let byHand = (4 - 4.0 / 3) / 2 * (0.25 * 0.75).squareRoot()
        #expect(byHand > 0.577 && byHand < 0.578)
        #expect(
            lines(report, "| 1, title") + lines(report, "| 2, title") == [
                "| 1, title | 4 | 3 | 0.50 | 0.58 |  |", "| 2, title | 4 | 1 | 0.25 | 0.58 |  |",
            ])
        #expect(lines(report, "| 1 | 1 |") == ["| 1 | 1 | mistake 0 | check 0 |"])
        #expect(lines(report, "| 1 | check 0") == ["| 1 | check 0 | 2 | 1 | mistake 0 |"])
        #expect(lines(report, "| 2 | check 0") == ["| 2 | check 0 | 1 | 0 |  |"])
        #expect(report.contains { $0.hasSuffix("With 4 submissions it is too uncertain to be remarked on.") })
    }

    @Test func `Nobody has begun anything`() throws {
        let report = try report([[0], [0]])
        #expect(report.contains { $0.hasSuffix("2 of 2 have begun no exercise, and count with 0 points.") })
        #expect(report.contains("Nobody has begun an exercise.") && !report.contains { $0.contains("passed.") })
        #expect(lines(report, "| 1, title") == ["| 1, title | 4 | 0 | 0.00 |  | all have the same |"])
    }

    @Test func `One exercise, one submission, and a class without a mistake`() throws {
        let one = try report([[4], [-1]])
        #expect(lines(one, "| 1, title") == ["| 1, title | 4 | 2 | 0.50 |  | all have the same in the rest |"])
        let alone = try report([[4, -1]])
        #expect(alone.contains("1 submission; it has 4 of 8 points."))
        #expect(lines(alone, "| 2, title") == ["| 2, title | 4 | 1 | 0.00 |  |  |"])
        let perfect = try report([[4], [4], [4]])
        #expect(perfect.contains("Nobody was told anything: in what was begun, all checks passed."))
        #expect(perfect.contains { $0.contains("4.0 on average. Half of them have 4 or less, a quarter 4 or less") })
    }

    @Test func `With thirty submissions, exercises that do not go with the rest are remarked on`() throws {
        // Who has the first exercise has not the second; the third is had by every other of either kind; the others go with the first.
        let rows = (0..<32).map { n in
            [n < 16 ? 4 : -1, n < 16 ? -1 : 4, n.isMultiple(of: 2) ? 4 : -1, n < 16 ? 4 : -1, n < 16 ? 4 : -1]
        }
        let remarks = lines(try report(rows), "| ").filter { $0.contains(", title") }
        #expect(remarks.count == 5 && remarks[0].hasSuffix("| 0.71 |  |"))
        #expect(remarks[1].hasSuffix("| those who are good at the rest are worse here: look at it |"))
        #expect(remarks[2].hasSuffix("| 0.00 | hardly goes with the rest |"))
    }

    @Test func `The mistakes that most were told come first`() throws {
        let report = try report([[2, -1], [2, 2], [-1, 2]], checks: [2, 1, 1])
        let start = try #require(report.firstIndex { $0.hasPrefix("| submissions | exercise") })
        #expect(
            report[(start + 2)...(start + 3)] == [
                "| 3 | 1 | mistake 1 | check 1 |", "| 3 | 1 | mistake 2 | check 2 |",
            ])
    }
}

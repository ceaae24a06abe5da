import Testing

@testable import Grading

@Suite struct StatisticsTests {
    /// A class of which somebody else knows what is right: columns are exercises of 10 points.
    private static let scores = [[10, 8], [8, 6], [6, 10], [0, 0]]

    private static func record(_ name: Int, _ scores: [Int]) -> GradingRecord {
        GradingRecord(
            submission: GradedSubmission(
                name: "\(name)",
                exercises: scores.enumerated().map { number, score in
                    GradedExercise(
                        number: number + 1, name: "Exercise\(number + 1)", title: "title \(number + 1)",
                        hiddenPoints: 0,
                        outcomes: [
                            SampleResult.outcome("first", score > 0 ? .passed : .notAttempted, points: score),
                            SampleResult.outcome(
                                "second", score == 10 ? .passed : score > 0 ? .failed : .notAttempted,
                                points: 10 - score,
                                message: score == 10 ? "" : score == 6 ? "mistake A\nmore" : "mistake B"),
                        ])
                }))
    }

    private let statistics = GradingStatistics(scores.enumerated().map { record($0, $1) })

    @Test func `Difficulty and discrimination are those of test theory`() throws {
        #expect(statistics.totals == [18, 14, 16, 0] && statistics.maximum == 20)
        #expect(statistics.items.map(\.difficulty) == [0.6, 0.6])
        // Two exercises: each is the other's rest. The deviations 4, 2, 0, -6 and 2, 0, 4, -6 give 44 / (√56 √56).
        for item in statistics.items {
            let correlation = try #require(item.discrimination)
            #expect(abs(correlation - 11.0 / 14) < 1e-12)
        }
        #expect(correlation([1, 1], [1, 2]) == nil && correlation([1], [2]) == nil)
    }

    @Test func `A mistake that several checks tell is one mistake`() {
        let outcomes = ["a", "b"].map {
            SampleResult.outcome($0, .stopped, message: "the file does not compile:\nin line \($0)")
        }
        let record = GradingRecord(
            submission: GradedSubmission(
                name: "ada",
                exercises: [
                    GradedExercise(number: 4, name: "Exercise4", title: "", hiddenPoints: 0, outcomes: outcomes)
                ]))
        let mistakes = GradingStatistics([record, record]).mistakes
        #expect(mistakes.map(\.message) == ["the file does not compile"] && mistakes.map(\.count) == [2])
        #expect(mistakes.map(\.check) == ["what a is about"])
    }

    @Test func `Only who has begun counts, and mistakes come by their number`() throws {
        let check = try #require(statistics.items.first).checks[1]
        #expect(statistics.items[0].attempts == 3)
        #expect((check.passed, check.failed) == (1, 2))
        #expect(check.told.map(\.message) == ["mistake A", "mistake B"] && check.told.map(\.count) == [1, 1])
        #expect(statistics.mistakes.map(\.exercise) == [1, 1, 2, 2])
        #expect([0.25, 0.5, 0.75, 1].map(statistics.quantile) == [0, 14, 16, 18])
    }
}

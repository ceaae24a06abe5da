import Testing

@testable import Lesson4CoinFlips
@testable import Notebook

/// What lesson 4 has in common with all lessons; what is its own stands in the files beside this one.
struct Lesson4Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 4))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson4CoinFlips.self) }
}

extension Lesson4CoinFlips: OwnDataLesson {
    func dataReport() throws -> Report {
        var report = emptyReport()
        report.isAboutOwnData = true
        let data = try #require(try dataOptions.read(progress: RunProgress()))
        let tenFlips = try TenFlips(data, progress: RunProgress())
        try tenFlips.explain(in: &report)
        try Prediction(tenFlips.run.last.mixture).explain(in: &report)
        return report
    }
}

import ArgumentParser
import Figures
import Foundation
import Testing
import Verification

@testable import Notebook

/// The lesson of the article "Your own lesson".
struct LessonAboutSlopes: Lesson {
    static let title = "The slope of the log-likelihood"
    static let model = Notation.Model.coins
    static let abstract = "A derivative, twice."

    @OptionGroup var options: LessonOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        report.section("One coin")
        let slope: Double = 7 / 0.5 - 3 / 0.5
        report.prose(
            """
            With 7 heads in 10 flips, and for a probability of heads of 1/2, the log-likelihood has the slope \(slope, .fixed(0)).
            """)
        let differences = try CentralDifference.derivative(of: { 7 * log($0) + 3 * log(1 - $0) }, at: 0.5)
        report.check("slope", value: .number(slope), again: .difference(.number(differences), "central differences"))
        report.figure(
            Figure(
                id: "slope", title: "The log-likelihood rises at 1/2",
                alt: "The log-likelihood of 7 heads in 10 flips has its maximum at 0.7.",
                panels: [
                    Panel(
                        x: Axis("probability of heads"), y: Axis("log-likelihood"),
                        layers: [.function(over: 0.1...0.95) { 7 * log($0) + 3 * log(1 - $0) }])
                ]),
            caption: "At a probability of heads of 1/2, the log-likelihood still rises.")
    }
}

struct SlopeLessonTests {
    @Test("A lesson is its title, its model and what it explains; the rest comes with the conformance")
    func whole() throws {
        let report = try LessonAboutSlopes.parse(["--seed", "7", "--notation", "cs181"]).report()
        #expect(report.title == LessonAboutSlopes.title && report.lesson == "LessonAboutSlopes")
        #expect(report.seed == 7 && report.notation.id == "cs181")
        #expect(report.failures == [])
        let text = try #require(try RenderedReport(report, formats: [.svg]).text("README.md"))
        #expect(text.contains("the log-likelihood has the slope 8."))
    }

    @Test("The help names the program, and says what it writes")
    func help() {
        let help = LessonAboutSlopes.helpMessage()
        #expect(help.contains("OVERVIEW: A derivative, twice.") && help.contains("USAGE: LessonAboutSlopes "))
        #expect(help.contains("Writes a report with figures, and results.json beside it."))
    }

    @Test(
        "The number of a lesson stands in its name",
        arguments: [("Lesson4CoinFlips", 4), ("Lesson12TwoDice", 12), ("LessonAboutSlopes", nil), ("Exercise3", nil)])
    func number(name: String, number: Int?) { #expect(Ledger.lessonNumber(of: name) == number) }
}

import Foundation
import Testing
import Verification

@testable import Notebook

/// The index is made from what the lessons wrote, and from nothing else.
struct CourseIndexTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "course-\(UUID().uuidString)").path

    /// Writes the results of a small report as those of a lesson.
    private func write(_ report: Report, as lesson: String) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(lesson)", withIntermediateDirectories: true)
        let rendered = try RenderedReport(report, formats: [.svg])
        let results = try #require(rendered.files.first { $0.path == "results.json" })
        try Data(results.bytes).write(to: URL(filePath: "\(folder)/\(lesson)/results.json"))
    }

    @Test("The index lists equations with lesson, value and check, and names what no lesson explains")
    func index() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var report = Report(
            lesson: "Lesson4CoinFlips", title: "Coins", seed: 1, notation: .house, model: .coins)
        let check = SecondRoute.exact(0.25, "counting")
        report.equation("cs181.13", formula: "x", numbers: nil, value: 0.25, again: check)
        report.erratum("errata.cs181.pi22", printed: "this", corrected: "that", shown: "1")
        report.published([
            PublishedFigure(id: "somebody", quantity: "a share", published: 0.25, decimals: 2, ours: 0.251)
        ])
        try write(report, as: "Lesson4CoinFlips")

        let index = try CourseIndex(folder: folder, lessons: ["Lesson4CoinFlips"])
        let text = String(decoding: try index.written(as: .markdown), as: UTF8.self)
        #expect(
            text.contains(
                "| [`cs181.13`](Lesson4CoinFlips/README.md#cs181-13) | The posterior by powers of the parameters | "
                    + "[4](Lesson4CoinFlips/README.md) | 0.25 | ✅ counting |"))
        #expect(text.contains("`cs181.pi22`](Lesson4CoinFlips/README.md#errata-cs181-pi22) | this | that | 1 |"))
        #expect(text.contains("| a share | 0.25 | 0.251 | yes | [4](Lesson4CoinFlips/README.md) |"))
        #expect(text.contains("1 of 1 checks passed"))
        #expect(text.contains(#"| head probability of a coin | $\mu_{k}$ | - | $\pi_{k 1}$ |"#))
        #expect(text.contains(#"| mixing weight | $\pi_{k}$ | $\pi_{k}$ | $\theta_{k}$ |"#))
        #expect(
            Set(index.unexplained).union(["cs181.13", "errata.cs181.pi22"])
                == Set(Ledger.entries(ofLesson: 4).map(\.id)))
    }

    @Test("Rows of the sources are counted apart from what no source has")
    func beyond() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var report = Report(
            lesson: "Lesson11HowManyClasses", title: "Classes", seed: 1, notation: .house, model: .gaussians)
        report.equation("beyond.bic", formula: "x", numbers: nil, value: 0.25, again: .exact(0.25, "counting"))
        report.equation("orie4742.pi", formula: "x", numbers: nil, value: 0.5, again: .exact(0.5, "counting"))
        try write(report, as: "Lesson11HowManyClasses")
        let index = try CourseIndex(folder: folder, lessons: ["Lesson11HowManyClasses"])
        let text = String(decoding: try index.written(as: .markdown), as: UTF8.self)
        #expect(text.contains("1 of 103 rows of the sources") && text.contains("and 1 more that no source has"))
        #expect(text.contains("### Beyond the sources") && text.contains("2 of 2 checks passed"))
    }

    @Test("A lesson that has not been run, or whose results are damaged, is an error that names the file")
    func missing() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/Lesson4CoinFlips/results.json"
        #expect(throws: CourseIndexError.missing(path)) {
            try CourseIndex(folder: folder, lessons: ["Lesson4CoinFlips"])
        }
        try FileManager.default.createDirectory(
            atPath: "\(folder)/Lesson4CoinFlips", withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: URL(filePath: path))
        #expect(throws: CourseIndexError.unreadable(path)) {
            try CourseIndex(folder: folder, lessons: ["Lesson4CoinFlips"])
        }
    }
}

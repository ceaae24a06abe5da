import Foundation
import Testing

@testable import Lesson4CoinFlips
@testable import Notebook

/// Files of the reader's own that must work, however odd.
struct Lesson4DataTests {
    static let tenFlips = Lesson4DataMistakeTests.tenFlips

    @Test(
        "A file as spreadsheets write it gives the same report as a plain one",
        arguments: [
            "heads\r\n5\r\n9\r\n8\r\n4\r\n7\r\n", "\u{FEFF}heads\n5\n9\n8\n4\n7", "heads\n5\n9\n8\n4\n7\n\n\n \n",
            "\"id\", \"heads\" ,note\n1,\"5\",\"a, b\"\n2, 9 ,\n3,8,x\n4,\t4,\"two\nlines\"\n5,7.0,\n",
            "heads\r5\r9\r8\r4\r7\r",
        ])
    func formats(csv: String) throws {
        #expect(try fit(csv, Self.tenFlips) == fit(Lesson4DataMistakeTests.published, Self.tenFlips))
    }

    private func fit(_ csv: String, _ arguments: String) throws -> [Double] {
        let fit = try #require(try report(csv, arguments).fit)
        return fit.weights + fit.trace
    }

    private func report(_ csv: String, _ arguments: String) throws -> Report {
        try TemporaryFolder.with { folder in
            try Lesson4CoinFlips.dataReport(
                ["--data", try folder.write(csv, to: "heads.csv")] + words(arguments))
        }
    }

    @Test("Extreme counts, coins and numbers of rows pass all checks, and print only numbers", arguments: OddFile.all)
    func oddFiles(file: OddFile) throws {
        let report = try report(file.csv, file.arguments)
        #expect(report.failures == [])
        #expect(report.explainedIDs.contains("cs181.ex4.3") && report.explainedIDs.contains("cs181.predict"))
        let rendered = try RenderedReport(report, formats: [.svg])
        let text = try rendered.text(of: "README.md")
        #expect(text.firstMatch(of: notANumber)?.output == nil)
        #expect(try rendered.results()["fit"] != nil)
        let fit = try #require(report.fit)
        #expect(abs(fit.weights.reduce(0, +) - 1) < Tolerances.sumOfWeights)
        let start = try #require(fit.trace.first)
        #expect(fit.logLikelihood >= start - Tolerances.fallOfLogLikelihood(at: start))
    }

    @Test("A million rows are fitted like the eleven counts that they are")
    func millionRows() throws {
        // 100,000 times the same ten rows: the fit is that of the ten.
        let rows = "2\n3\n3\n4\n7\n8\n8\n8\n9\n10\n"
        let million = try #require(
            try report("heads\n" + String(repeating: rows, count: 100_000), Self.tenFlips).fit)
        let ten = try #require(try report("heads\n" + rows, Self.tenFlips).fit)
        for (many, few) in zip(million.weights, ten.weights) {
            #expect(abs(many - few) < Tolerances.sameFit)
        }
        #expect(abs(million.logLikelihood / 100_000 - ten.logLikelihood) < Tolerances.sameFit)
    }

    @Test("A file's name is printed only if it cannot be mistaken for mathematics or Markdown")
    func names() throws {
        try TemporaryFolder.with { folder in
            for (name, shown) in [("my heads-1.csv", "`my heads-1.csv`"), ("a$b `NaN`.csv", "your file")] {
                let path = try folder.write(Lesson4DataMistakeTests.published, to: name)
                let report = try Lesson4CoinFlips.dataReport(["--data", path] + words(Self.tenFlips))
                let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
                #expect(text.contains("5 rows of \(shown)"))
            }
        }
    }

    @Test("A result that the fit makes too rare to be counted is left out, and the report says so")
    func rareResult() throws {
        let csv = "heads\n1\n" + String(repeating: "0\n", count: 4999)
        let report = try report(csv, Self.tenFlips)
        #expect(report.failures == [])
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.contains("(Heads are so rare under the fit that they are left out.)"))
    }
}

/// A file with its options, named by what is odd about it.
struct OddFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let csv: String
    let arguments: String

    private init(_ description: String, _ heads: [Int], _ arguments: String) {
        self.init(description, "heads\n" + heads.map { "\($0)\n" }.joined(), "--columns heads " + arguments)
    }

    private init(_ description: String, _ csv: String, _ arguments: String) {
        (testDescription, self.csv, self.arguments) = (description, csv, arguments)
    }

    static let all = [
        OddFile(
            "a different number of flips in each row", "n,heads\n10,5\n12,9\n20,8\n4,4\n3,0\n",
            "--columns heads --flips n"),
        OddFile("one row", [5], "--flips 10 --components 1"),
        OddFile("K = 1", [5, 9, 8, 4, 7], "--flips 10 --components 1"),
        OddFile("K = 3", [5, 9, 8, 4, 7, 1, 0], "--flips 10 --components 3"),
        OddFile("as many coins as rows", [5, 9, 8, 4, 7], "--flips 10 --components 5"),
        OddFile("all rows equal", [5, 5, 5, 5], "--flips 10"),
        OddFile("more coins than distinct rows", [5, 5, 5, 2, 2, 2], "--flips 10 --components 6"),
        OddFile("twenty coins", Array(0...29), "--flips 30 --components 20"),
        OddFile("all heads", [10, 10, 10], "--flips 10"),
        OddFile("all tails", [0, 0, 0], "--flips 10"),
        OddFile("all tails, one coin", [0, 0, 0], "--flips 10 --components 1"),
        OddFile("one flip in a row", [0, 1, 1, 0, 1], "--flips 1"),
        OddFile("a thousand flips", [501, 623, 388, 410, 999, 0], "--flips 1000"),
        OddFile("ten thousand flips", [9999, 1, 5000, 5600, 6000, 10000], "--flips 10000"),
        OddFile("a dozen rows of a thousand flips", (0..<12).map { $0 * 80 }, "--flips 1000"),
        OddFile("coins that start at exactly 0 and 1", [0, 10, 10, 0, 10], "--flips 10 --start-heads 0,1"),
        OddFile("a coin that starts next to 0", [0, 1, 8, 9], "--flips 10 --start-heads 1e-300,0.9"),
        OddFile("coins that start alike", [5, 9, 8, 4, 7], "--flips 10 --start-heads 0.5,0.5"),
        OddFile(
            "a coin whose fixed weight is 1e-9", [5, 9, 8, 4, 7],
            "--flips 10 --start-heads 0.6,0.5 --start-weights 1e-9,0.999999999 --fixed-weights"),
    ]
}

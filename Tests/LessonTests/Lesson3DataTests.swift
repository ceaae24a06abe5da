import Foundation
import MixtureModels
import Testing

@testable import Lesson3GaussianEM
@testable import Notebook

/// The reader's own data: what must work, and what must be refused with a sentence that helps.
struct Lesson3DataTests {
    /// Two clouds in D columns, a…, with as many rows as asked for; the same every time.
    private static func clouds(_ dimension: Int, rows: Int = 60, scale: Double = 1, shift: Double = 0) -> String {
        var generator = SeededGenerator(seed: 5)
        let names = "abcdefgh".prefix(dimension).map(String.init)
        let lines = (0..<rows).map { row in
            names.map { _ in "\(shift + scale * (generator.standardNormal() + (row % 3 == 0 ? 4 : 0)))" }
                .joined(separator: ",")
        }
        return ([names.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }

    /// A file with its options, named by what is odd about it.
    struct OddFile: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let csv: String
        let columns: String
        var options = ""
    }

    private static let oddFiles = [
        OddFile(testDescription: "one column", csv: clouds(1), columns: "a", options: "--restarts 3"),
        OddFile(testDescription: "one component", csv: clouds(1), columns: "a", options: "--components 1"),
        OddFile(testDescription: "tied", csv: clouds(2), columns: "b,a", options: "--components 3 --covariance tied"),
        OddFile(testDescription: "spherical", csv: clouds(2), columns: "a,b", options: "--covariance spherical"),
        OddFile(
            testDescription: "diagonal", csv: clouds(3), columns: "a,b,c", options: "--covariance diagonal --restarts 2"
        ),
        OddFile(testDescription: "three of four columns", csv: clouds(4), columns: "a,c,d", options: "--restarts 1"),
        OddFile(testDescription: "tiny numbers", csv: clouds(2, scale: 1e-6), columns: "a,b"),
        OddFile(testDescription: "large numbers far from 0", csv: clouds(2, scale: 1e7, shift: 1e9), columns: "a,b"),
        OddFile(testDescription: "a small spread far from 0", csv: clouds(2, scale: 1e-3, shift: 1e7), columns: "a,b"),
        OddFile(
            testDescription: "more rows than are multiplied", csv: clouds(2, rows: 1200), columns: "a,b",
            options: "--restarts 2"),
        OddFile(
            testDescription: "eight components", csv: clouds(2), columns: "a,b",
            options: "--components 8 --covariance tied"
        ),
    ]

    @Test(
        "Any dimension, number of components, shape and scale passes all checks, and prints only numbers",
        arguments: oddFiles)
    func odd(file: OddFile) throws {
        let report = try TemporaryFolder.with { folder in
            try Lesson3GaussianEM.dataReport(
                ["--data", try folder.write(file.csv, to: "data.csv"), "--columns", file.columns]
                    + words(file.options))
        }
        #expect(report.failures == [])
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.firstMatch(of: notANumber)?.output == nil)
        let fit = try #require(report.fit)
        for (before, after) in zip(fit.trace, fit.trace.dropFirst()) {
            #expect(after >= before - Tolerances.fallOfLogLikelihood(at: before))
        }
    }

    @Test("A column's name is printed only if it cannot be mistaken for mathematics or Markdown")
    func names() throws {
        let csv = Self.clouds(2).replacing("a,b\n", with: "price $|,body mass\n")
        let report = try TemporaryFolder.with { folder in
            try Lesson3GaussianEM.dataReport([
                "--data", try folder.write(csv, to: "data.csv"), "--columns", "price $|,body mass", "--restarts", "1",
            ])
        }
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.contains("(column 1, body mass)") && !text.contains("price"))
    }

    @Test(
        "Files and options that make no sense are refused",
        arguments: [
            ("--columns a", "--columns describes a file of yours, so it needs --data FILE.csv"),
            ("--start start.json", "--start describes a file of yours, so it needs --data FILE.csv"),
            (
                "--data data.csv",
                "--data needs --columns: which columns shall be fitted? (names separated by commas)"
            ),
            ("--data data.csv --columns a,,b", "--columns: a name between two commas is missing"),
            ("--data data.csv --columns a,a", "data.csv, column \"a\": the column is asked for twice."),
            ("--data data.csv --columns a --components 0", "--components must be at least 1, not 0"),
            ("--data data.csv --columns a --restarts -1", "--restarts must be from 1 to 10000, not -1"),
            (
                "--data data.csv --columns a --components 5",
                "data.csv: --components 5: the file has 4 rows, and each class needs one of its own"
            ),
            ("--data data.csv --columns c", "data.csv: column c has one value only, 7.0: no Gaussian has spread 0"),
            ("--data data.csv --columns d", "data.csv, line 3, column \"d\": \"x\" is not a number."),
            (
                "--data data.csv --columns a,b --restarts 1",
                "data.csv: EM fails with these data, from its start: the file has 4 rows, too few for 2 columns: a full covariance of 2 columns"
                    + " needs at least 3 rows in its class, which makes 6 for 2 classes. What works with these data:"
                    + " --covariance tied, or --covariance spherical, or --components 1."
            ),
            (
                "--data data.csv --columns a --covariance round",
                "The value 'round' is invalid for '--covariance <shape>'. Please provide one of 'full', 'diagonal', 'spherical'"
                    + " or 'tied'."
            ),
        ])
    func refused(arguments: String, message: String) throws {
        let csv = "a,b,c,d\n0,1,7,1\n1,2,7,x\n2,2.5,7,1\n5,1,7,2\n"
        let told = try Lesson3GaussianEM.message(["data.csv": csv], arguments) ?? ""
        let first = told.split(separator: "\n").first.map(String.init) ?? ""
        #expect(first.replacing("Error: ", with: "") == message)
    }

    @Test(
        "A start that does not fit is refused",
        arguments: [
            ("{", "", "start.json: it is not valid JSON"),
            (#"{"mean": []}"#, "", "start.json: “means” is missing"),
            (#"{"means": [[1, "a"]]}"#, "", "start.json: “means”, entry 1, entry 2 is not what is due"),
            (#"{"means": []}"#, "", "start.json: the start: there are no means"),
            (#"{"means": [[1]]}"#, "", "start.json: the start: mean 1 has 1 numbers, but there are 2 columns"),
            (#"{"means": [[1, 2], [3, 4]]}"#, "--components 3", "start.json: the start: 2 means for 3 components"),
            (
                #"{"means": [[1, 2], [3, 4]], "weights": [0.5, 0.6]}"#, "",
                "start.json: the start: the weights must sum to 1, not 1.1"
            ),
            (
                #"{"means": [[1, 2]], "covariances": [[[1, 2], [2, 1]]]}"#, "",
                "start.json: the start: the covariance matrix must be positive definite; pivot 2 is not positive"
            ),
            (
                #"{"means": [[1, 2]], "covariances": [[[1, 0.5], [0.5, 1]]]}"#, "--covariance diagonal",
                "start.json: the start: covariance 1 is not diagonal"
            ),
            (
                #"{"means": [[1, 2], [3, 4]], "covariances": [[[1, 0], [0, 1]], [[1, 0], [0, 2]]]}"#,
                "--covariance tied", "start.json: the start: tied covariances must be equal"
            ),
            (
                #"{"means": [[1, 2]], "covariances": [[[1, 0]]]}"#, "",
                "start.json: the start: covariance 1 is not a 2 × 2 matrix"
            ),
        ])
    func start(json: String, options: String, message: String) throws {
        let told = try Lesson3GaussianEM.message(
            ["data.csv": Self.clouds(2), "start.json": json],
            "--data data.csv --columns a,b --start start.json " + options)
        #expect(told?.hasPrefix(message) == true, "\(told ?? "nothing")")
    }

    @Test("Many starts with very many components take the fast pass; what the lesson shows of ordinary files does not")
    func fastStarts() throws {
        func start(_ count: Int) throws -> Mixture<MultivariateNormal> {
            try Mixture(
                weights: Array(repeating: 1 / Double(count), count: count),
                components: (0..<count).map { try MultivariateNormal(mean: [Double($0)], covariance: [[1]]) })
        }
        #expect(try Trials.cost(of: start(2), rows: 272).pass == .readable)
        #expect(try Trials.cost(of: start(3), rows: 272).pass == .readable)
        #expect(try Trials.cost(of: start(40), rows: 145).pass == .fast)
        #expect(try Trials.cost(of: start(2), rows: 5000).pass == .fast)
    }
}

extension Lesson3GaussianEM: OwnDataLesson {
    func dataReport() throws -> Report {
        var report = emptyReport()
        report.isAboutOwnData = true
        let progress = RunProgress()
        let study = try #require(try dataOptions.read(seed: report.seed, progress: progress))
        try OneGaussian(study).explain(in: &report)
        try LogOfSum(study).explain(in: &report)
        try Expectation(study).explain(in: &report)
        try MStep(study).explain(in: &report)
        let action = try EMInAction(study, progress: progress)
        try action.explain(in: &report)
        try Conditions(action).explain(Plane(seed: report.seed), in: &report)
        return report
    }
}

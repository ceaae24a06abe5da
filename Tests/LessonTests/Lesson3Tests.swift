import Files
import Foundation
import Testing

@testable import Lesson3GaussianEM
@testable import Notebook

/// Lesson 3's report as it stands, in every notation and for other seeds.
struct Lesson3Tests {
    /// The lesson without options; several tests look at it.
    private static let standard = Result { try Lesson3GaussianEM.report() }

    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 3))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson3GaussianEM.self) }

    @Test("There are 25 equations, 3 errata and 25 figures of other programs")
    func counts() throws {
        let report = try Self.standard.get()
        #expect(report.equations.count == 25 && report.errata.count == 3)
        #expect(report.publishedFigures.count == 25)
        #expect(report.publishedFigures.allSatisfy { $0.isByAnotherProgram })
    }

    @Test("With other seeds what the prose counts is right", arguments: [0, 4] as [UInt64])
    func otherSeeds(seed: UInt64) throws {
        let report = try Lesson3GaussianEM.report("--seed", "\(seed)")
        let text = try LessonRule.text(of: report).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        try checkClusters(text, seed: seed)
        let early = try #require(text.firstMatch(of: /The first six brought ([0-9.]+) % of the whole gain/))
        #expect((0...100).contains(try #require(Double(early.1))))
    }

    /// The table of classes and clusters adds up to the points of each class, and the sentence below it counts the best match.
    private func checkClusters(_ text: String, seed: UInt64) throws {
        let lines = text.matches(of: /\| ([123]) \| (\d+) \| (\d+) \| (\d+) \|/).suffix(3)
        let rows: [[Int]] = try lines.map { try [$0.2, $0.3, $0.4].map { try #require(Int($0)) } }
        let plane = try Plane(seed: seed)
        let classes: [Int] = (0..<3).map { label in plane.labels.count { $0 == label } }
        #expect(rows.map { $0.reduce(0, +) } == classes)
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        let matches: [Int] = orders.map { order in zip(rows, order).map { row, label in row[label] }.reduce(0, +) }
        let best = try #require(matches.max())
        #expect(text.contains("\(best) of the 240 points are where they belong"))
        #expect(text.contains("Nearly all the labels could be recovered") == ((240 - best) * 20 <= 240))
    }

    @Test("The reference numbers in the report are those of the script that made them")
    func references() throws {
        let url = Executable.packageRoot.appending(path: "Tests/MixtureModelsTests/Reference/fits.json")
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: [String: Any]]
        let fits = try #require(json)
        func numbers(_ fit: String, _ key: String) throws -> [Double] {
            let value = try #require(fits[fit]?[key])
            if let number = value as? Double { return [number] }
            if let rows = value as? [[Double]] { return rows.flatMap { $0 } }
            return try #require(value as? [Double])
        }
        let (equal, free) = ("waitingEqualVariances", "waitingFreeVariances")
        var expected = [try numbers(equal, "weights")[0]] + (try numbers(equal, "means"))
        expected += [try numbers(equal, "standardDeviations")[0]] + (try numbers(equal, "logLikelihood"))
        expected += [try numbers(free, "weights")[0]] + (try numbers(free, "means"))
        expected += try numbers(free, "standardDeviations") + numbers(free, "logLikelihood")
        let bivariate = try numbers("faithfulFull", "logLikelihood")[0]
        expected += [try numbers("faithfulFull", "weights")[0]] + (try numbers("faithfulFull", "means").prefix(2))
        expected += [bivariate, bivariate]  // after ten steps, and at the end: equal to the digits printed
        let (assay, weights) = ("diabetesFull", try numbers("diabetesFull", "weights"))
        let means = try numbers(assay, "means")
        let (now, before) = (try Self.mclust("default"), try Self.mclust("before5.4"))
        expected += [now.carriedOn, before.carriedOn]
        expected += [try numbers(assay, "logLikelihood")[0], weights[0]] + means.prefix(3) + [weights[2], means[6]]
        let printed = try Self.standard.get().publishedFigures
        #expect(printed.count == expected.count)
        for (figure, exact) in zip(printed, expected) {
            let half = 0.5 * pow(10, -Double(figure.decimals))
            #expect(abs(figure.published - exact) <= half * (1 + 1e-9), "\(figure.quantity.source)")
        }
        #expect(try Assay(progress: RunProgress()).confusion == fits[assay]?["confusion"] as? [[Int]])
    }

    /// What `make_mclust.R` has written for one of its starts.
    private static func mclust(_ start: String) throws -> (stopped: Double, carriedOn: Double) {
        let url = Executable.packageRoot.appending(path: "Tests/MixtureModelsTests/Reference/mclust.json")
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        let numbers = try #require(json?[start] as? [String: Double])
        return try (#require(numbers["stopped"]), #require(numbers["carriedOn"]))
    }

    @Test(
        "What the prose quotes of mclust is what its version 6.0.0 prints, and lies below the maximum that it was climbing"
    )
    func stoppedEarly() throws {
        for (start, printed) in [("default", Assay.printed), ("before5.4", Assay.printedBefore)] {
            let (stopped, carriedOn) = try Self.mclust(start)
            #expect(abs(stopped - printed) <= 0.0005 && stopped < carriedOn)
            let text = try LessonRule.text(of: Self.standard.get())
            #expect(text.contains("\(printed)"))
        }
    }

    @Test("Old Faithful through --data, with the lesson's own start, is the lesson's own fit")
    func sameAsBuiltIn() throws {
        let start = """
            {"weights": [0.5, 0.5], "means": [[2.5, 60], [4, 75]],
             "covariances": [[[1, 2], [2, 100]], [[0.5, 0], [0, 80]]]}
            """
        let report = try TemporaryFolder.with { folder in
            try Lesson3GaussianEM.dataReport([
                "--data", PackageFiles.path("Lessons/Data/faithful.csv"), "--columns", "eruptions, waiting",
                "--start", try folder.write(start, to: "start.json"),
            ])
        }
        let (ours, theirs) = (try #require(report.fit), try #require(try Self.standard.get().fit))
        #expect(ours.trace == theirs.trace && ours.weights == theirs.weights && ours.parameters == theirs.parameters)
    }
}

import Foundation
import MixtureModels
import Testing
import Verification

@testable import Lesson7KMeans
@testable import Notebook

@Suite("Lesson 7: K-means")
struct Lesson7Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 7))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson7KMeans.self) }

    /// Points without any order, as many and as wide as asked for; the same every time.
    private static func points(_ count: Int, _ dimension: Int, seed: UInt64) -> [[Double]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in (0..<dimension).map { _ in generator.standardNormal() } }
    }

    @Test(
        "EM with hard assignment is K-means: the same ends, and no half-step raises the distortion",
        arguments: UInt64(0)..<40)
    func kMeans(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(0)
        let dimension = 1 + generator.integer(below: 4)
        let rows = Self.points(20 + generator.integer(below: 60), dimension, seed: seed)
        let start = Starts.plusPlus(rows, 1 + generator.integer(below: 5), using: &generator)
        let lloyd = Lloyd(rows, start: start)
        guard let run = try? KMeans(rows, start: start) else {
            // A centre was left without points: only then may the run of EM stop.
            #expect(Set(lloyd.classes).count <= start.count)
            return
        }
        #expect(run.clusters == lloyd.classes)
        for (ours, theirs) in zip(run.centres.joined(), lloyd.centres.joined()) { #expect(abs(ours - theirs) < 1e-12) }
        for (before, after) in zip(run.halfSteps, run.halfSteps.dropFirst()) {
            #expect(after <= before + 1e-12 * before)
        }
        #expect(run.halfSteps.count == 2 * run.steps + 1)
    }

    @Test(
        "The distortion is the same by the distances between points, wherever the centres are",
        arguments: UInt64(0)..<20)
    func pairs(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rows = Self.points(30, 3, seed: seed)
        let centres = Self.points(4, 3, seed: seed + 100)
        let classes = rows.map { _ in generator.integer(below: 4) }
        #expect(abs(Distortion.of(rows, classes, centres) - Distortion.byPairs(rows, classes, centres)) < 1e-10)
    }

    @Test("The adjusted Rand index is scikit-learn's, and the same by counting pairs", arguments: UInt64(0)..<20)
    func index(_ seed: UInt64) {
        // Made by Tests/MixtureModelsTests/Reference/make_kmeans.py.
        let (first, second) = ([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2], [1, 1, 1, 0, 0, 0, 0, 2, 2, 1, 2])
        #expect(abs(Agreement.adjustedRandIndex(first, second) - 0.45) < 1e-12)
        var generator = SeededGenerator(seed: seed)
        let random = (0..<2).map { _ in (0..<40).map { _ in generator.integer(below: 3) } }
        let index = Agreement.adjustedRandIndex(random[0], random[1])
        #expect(abs(index - Agreement.byCountingPairs(random[0], random[1])) < 1e-12)
        #expect(index < 0.3)
        let renamed = random[0].map { [2, 0, 1][$0] }
        #expect(Agreement.adjustedRandIndex(random[0], renamed) == 1)
        #expect(Agreement.disagreement(random[0], renamed) == 0)
    }

    @Test("K-means++ takes different rows, and no more than there are")
    func plusPlus() {
        var generator = SeededGenerator(seed: 3)
        let rows = [[1.0], [1], [1], [2], [2], [5]]
        for _ in 0..<50 {
            #expect(Set(Starts.plusPlus(rows, 3, using: &generator)) == [[1], [2], [5]])
            #expect(Starts.plusPlus(rows, 5, using: &generator).count == 3)
        }
    }

    @Test("Old Faithful and the blood test: scikit-learn's numbers, for any seed", arguments: ["4", "5"])
    func published(_ seed: String) throws {
        let report = try Lesson7KMeans.report("--seed", seed)
        #expect(report.publishedFigures.count == 5)
        #expect(report.publishedFigures.allSatisfy { $0.agrees })
        let fit = try #require(report.fit)
        guard case .number(let distortion) = try #require(fit.parameters["distortion"]) else {
            throw ReportError.unknownID("fit")
        }
        #expect(abs(distortion - 79.57595948827704) < 1e-9)
        #expect(fit.weights == [0.5, 0.5])
    }

    // MARK: A reader's own file

    private static func file(_ rows: [[Double]]) -> String {
        let names = (0..<(rows.first?.count ?? 0)).map { "c\($0)" }.joined(separator: ",")
        return ([names] + rows.map { $0.map { "\($0)" }.joined(separator: ",") }).joined(separator: "\n") + "\n"
    }

    @Test(
        "Any file with any number of clusters passes all checks, and prints only numbers",
        arguments: [
            (40, 1, 1.0, 0.0, "c0", 2), (40, 1, 1.0, 0.0, "c0", 1), (60, 2, 1e-6, 0.0, "c0,c1", 3),
            (60, 2, 1e7, 1e9, "c1,c0", 2),
            (50, 4, 1.0, 0.0, "c0,c1,c3", 8), (5, 2, 1.0, 0.0, "c0,c1", 5), (60, 2, 1e150, 0.0, "c0,c1", 2),
            (2, 1, 1.0, 0.0, "c0", 2),
            (3, 2, 1.0, 0.0, "c0,c1", 3), (3, 1, 1.0, 0.0, "c0", 2), (7, 3, 1e-3, 5.0, "c0,c1,c2", 6),
        ])
    func own(count: Int, dimension: Int, scale: Double, shift: Double, columns: String, clusters: Int) throws {
        let rows = Self.points(count, dimension, seed: 9).map { $0.map { shift + scale * $0 } }
        let report = try TemporaryFolder.with { folder in
            try Lesson7KMeans.dataReport([
                "--data", try folder.write(Self.file(rows), to: "data.csv"), "--columns", columns, "--components",
                "\(clusters)",
                "--restarts", "4",
            ])
        }
        #expect(report.failures == [])
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.firstMatch(of: notANumber)?.output == nil)
        guard case .vector(let counts) = try #require(report.fit?.parameters["counts"]) else {
            throw ReportError.unknownID("fit")
        }
        #expect(counts.reduce(0, +) == Double(count) && counts.count == clusters)
    }

    @Test("The units of a column do not matter once it is standardised")
    func units() throws {
        let rows = Self.points(50, 2, seed: 4)
        let distortions = try [rows, rows.map { [$0[0] * 60, $0[1] / 1024 + 8] }].map { rows in
            try TemporaryFolder.with { folder in
                let report = try Lesson7KMeans.dataReport([
                    "--data", try folder.write(Self.file(rows), to: "data.csv"), "--columns", "c0,c1", "--components",
                    "3",
                ])
                return try #require(report.fit?.parameters["distortion"]?.entries.first)
            }
        }
        #expect(abs(distortions[0] - distortions[1]) < 1e-9 * distortions[0])
    }

    @Test(
        "Files and options that make no sense are refused",
        arguments: [
            ("--columns a", "--columns describes a file of yours, so it needs --data FILE.csv"),
            ("--components 3", "--components describes a file of yours, so it needs --data FILE.csv"),
            ("--data data.csv", "--data needs --columns: which columns shall be fitted? (names separated by commas)"),
            ("--data data.csv --columns a --components 0", "--components must be at least 1, not 0"),
            ("--data data.csv --columns a --restarts 0", "--restarts must be from 1 to 10000, not 0"),
            (
                "--data data.csv --columns a --restarts 9223372036854775807",
                "--restarts must be from 1 to 10000, not 9223372036854775807"
            ),
            (
                "--data data.csv --columns a --components 4",
                "data.csv: 4 clusters need at least 4 different rows, and there are 3"
            ),
            (
                "--data data.csv --columns c",
                "data.csv: the values of c reach 1e+300, and their squares are beyond the range of numbers; change the unit by "
                    + "a power of ten"
            ),
            ("--data data.csv --columns b", "data.csv, line 3, column \"b\": \"x\" is not a number."),
        ])
    func refused(arguments: String, message: String) throws {
        let told = try Lesson7KMeans.message(["data.csv": "a,b,c\n0,1,1\n1,x,1e300\n2,2,3\n2,3,4\n"], arguments) ?? ""
        #expect(told.split(separator: "\n").first.map(String.init) == message)
    }
}

extension Lesson7KMeans: OwnDataLesson {
    func dataReport() throws -> Report {
        var report = emptyReport()
        let study = try #require(try Study.read(ownData, seed: report.seed, progress: RunProgress()))
        try Geyser(study, seed: report.seed).explain(in: &report)
        return report
    }
}

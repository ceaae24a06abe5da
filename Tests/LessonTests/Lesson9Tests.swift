import Files
import Foundation
import MixtureModels
import Testing
import Verification

@testable import Lesson9BernoulliMixtures
@testable import Notebook

@Suite("Lesson 9: mixtures of Bernoulli vectors")
struct Lesson9Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 9))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson9BernoulliMixtures.self) }

    /// What make_digits.py wrote.
    struct Reference: Decodable {
        struct Fit: Decodable {
            let logLikelihood: Double
            let firstHeights: [Double]
            let weights: [Double]
            let means: [[Double]]
            let table: [[Int]]
        }
        let knownRows: [Int]
        let known: Fit
        let fromLabels: Fit
        let bestOfStarts: Double
        let neverOn: [Int]

        static func read() throws -> Reference {
            let path = PackageFiles.path("Tests/MixtureModelsTests/Reference/digits.json")
            return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: URL(filePath: path)))
        }
    }

    @Test(
        "The digits' fit is that of another program: log-likelihood, weights, all 192 probabilities, and classes",
        arguments: [181, 3, 2024] as [UInt64])
    func reference(_ seed: UInt64) throws {
        let table = try Reference.read()
        let found = try DigitFit(Digits.read(), seed: seed)
        #expect(table.knownRows == DigitFit.knownRows)
        #expect(abs(found.fit.logLikelihood - table.known.logLikelihood) < Tolerances.sameFit)
        #expect(found.fit.logLikelihood > table.bestOfStarts - Tolerances.sameFit)
        for k in 0..<DigitFit.classCount {
            #expect(abs(found.mixture.weights[k] - table.known.weights[k]) < Tolerances.sameFit)
            for (ours, theirs) in zip(found.mixture.means[k], table.known.means[k]) {
                #expect(abs(ours - theirs) < Tolerances.sameFit)
            }
        }
        #expect(found.table == table.known.table)
        let never = (0..<64).filter { d in found.mixture.means.allSatisfy { $0[d] == 0 } }
        #expect(never == table.neverOn)
        #expect(abs(found.fromLabels.logLikelihood - table.fromLabels.logLikelihood) < BinaryFit.sameEnd)
        #expect(found.fromLabels.agreeing == table.fromLabels.table.reduce(0) { $0 + ($1.max() ?? 0) })
    }

    @Test("The first rounds from known digits are those of another program")
    func firstRounds() throws {
        let table = try Reference.read()
        let digits = try Digits.read()
        let trace = try EM(
            data: digits.images, start: DigitFit.knownStart(digits), stop: .maximumSteps(table.known.firstHeights.count)
        ).fit().trace
        for (ours, theirs) in zip(trace, table.known.firstHeights) {
            #expect(abs(ours.logLikelihood - theirs) < Tolerances.sameSteps * abs(theirs))
        }
    }

    @Test("The data: 541 digits with their ink, and pixels that are on from half the ink")
    func data() throws {
        let digits = try Digits.read()
        #expect(digits.images.count == 541 && digits.images.allSatisfy { $0.count == 64 })
        #expect(Digits.kinds.map { kind in digits.labels.count { $0 == kind } } == [177, 183, 181])
        #expect(digits.ink.joined().allSatisfy { (0...16).contains($0) })
        for (ink, image) in zip(digits.ink, digits.images) {
            #expect(zip(ink, image).allSatisfy { $1 ? $0 >= 8 : $0 < 8 })
        }
    }

    @Test("Plain products agree with the core, and sum to 1 over all vectors", arguments: UInt64(0)..<20)
    func plain(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let (classes, dimension) = (1 + generator.integer(below: 4), 1 + generator.integer(below: 10))
        let shares = (0..<classes).map { _ in 0.01 + generator.uniform() }
        // Now and then a pixel that never varies.
        let mixture = try Mixture(
            weights: shares.map { $0 / shares.reduce(0, +) },
            components: (0..<classes).map { _ in
                try BernoulliVector(
                    probabilities: (0..<dimension).map { _ in
                        generator.bernoulli(0.1) ? 0 : generator.bernoulli(0.1) ? 1 : generator.uniform()
                    })
            })
        let plain = PlainBernoullis(mixture)
        let vectors = PlainBernoullis.allVectors(dimension)
        #expect(Set(vectors).count == 1 << dimension)
        for x in vectors { #expect(abs(plain.density(x) - mixture.density(at: x)) < Tolerances.sumOfWeights) }
        let probabilities = vectors.map(plain.density)
        #expect(abs(probabilities.reduce(0, +) - 1) < Tolerances.sumOfWeights)
        let (mean, covariance) = (
            PlainBernoullis.moments(vectors, probabilities).mean, PlainBernoullis.covariance(vectors, probabilities)
        )
        for (ours, theirs) in zip(mean, mixture.moments.mean) { #expect(abs(ours - theirs) < Tolerances.sumOfWeights) }
        for (ours, theirs) in zip(covariance.joined(), mixture.moments.covariance.lines.joined()) {
            #expect(abs(ours - theirs) < Tolerances.sumOfWeights)
        }
    }

    @Test("A completion is the share of all ways to fill the covered pixels", arguments: UInt64(0)..<3)
    func completion(_ seed: UInt64) throws {
        let digits = try Digits.read()
        let half = try HalfADigit(DigitFit(digits, seed: seed), seed: seed)
        let covered = 6
        let endings = PlainBernoullis.allVectors(covered)
        let plain = PlainBernoullis(half.mixture)
        var compared = 0
        for x in digits.images.prefix(20) {
            let seen = x.count - covered
            guard let ours = half.completion(x, seen: seen) else { continue }
            let masses = endings.map { plain.density(x.prefix(seen) + $0) }
            let mean = PlainBernoullis.moments(endings, masses.map { $0 / masses.reduce(0, +) }).mean
            for (one, other) in zip(ours.hidden, mean) { #expect(abs(one - other) < Tolerance.enumeration.value) }
            #expect(abs(ours.classes.reduce(-1, +)) < Tolerances.sumOfWeights)
            compared += 1
        }
        #expect(compared > 10)
        // With everything seen it is the E-step; with nothing, the weights and the overall mean.
        let x = digits.images[0]
        let q = try half.mixture.responsibilities(at: x)
        for (one, other) in zip(try #require(half.completion(x, seen: 64)).classes, q) {
            #expect(abs(one - other) < Tolerances.sumOfWeights)
        }
        let none = try #require(half.completion(x, seen: 0))
        for (one, other) in zip(none.hidden, half.mixture.moments.mean) {
            #expect(abs(one - other) < Tolerances.sumOfWeights)
        }
        // A pixel that is on in no digit is a veto of every class.
        var speck = x
        speck[0] = true
        #expect(half.completion(speck, seen: 32) == nil)
    }

    @Test(
        "The digits are the same for every seed: published figures, weights and table", arguments: ["4", "5"])
    func published(_ seed: String) throws {
        let report = try Lesson9BernoulliMixtures.report("--seed", seed)
        #expect(report.publishedFigures.count == 4 && report.publishedFigures.allSatisfy { $0.agrees })
        let fit = try #require(report.fit)
        #expect(fit.converged == true && fit.trace.count == fit.iterations + 1)
        #expect(fit.parameters["classes"] == .matrix([[137, 2, 3], [38, 181, 0], [2, 0, 178]]))
        #expect(report.warnings.isEmpty)
    }

    // MARK: A reader's own file

    /// A file with columns c0, c1, … drawn from a mixture of two classes.
    private static func file(rows: Int, columns: Int, seed: UInt64, constant: Int? = nil) -> String {
        var generator = SeededGenerator(seed: seed)
        let names = (0..<columns).map { "c\($0)" }.joined(separator: ",")
        let lines = (0..<rows).map { _ -> String in
            let high = generator.bernoulli(0.4)
            return (0..<columns).map { d in
                if d == constant { return "0" }
                return generator.bernoulli(high == (d % 2 == 0) ? 0.85 : 0.2) ? "1" : "0"
            }.joined(separator: ",")
        }
        return ([names] + lines).joined(separator: "\n") + "\n"
    }

    private static func report(_ text: String, _ arguments: String...) throws -> Report {
        try TemporaryFolder.with { folder in
            try Lesson9BernoulliMixtures.dataReport(["--data", try folder.write(text, to: "data.csv")] + arguments)
        }
    }

    @Test(
        "Any file of zeros and ones passes all checks, and prints only numbers",
        arguments: [
            (200, 6, "c0,c1,c2,c3,c4,c5", 2), (200, 6, "c0,c1,c2,c3,c4,c5", 3), (60, 1, "c0", 1), (60, 1, "c0", 2),
            (60, 2, "c1,c0", 2), (5, 3, "c0,c1,c2", 5), (2, 1, "c0", 2), (40, 8, "c0,c1,c2,c3,c4,c5,c6,c7", 6),
        ])
    func own(rows: Int, dimension: Int, columns: String, classes: Int) throws {
        let report = try Self.report(
            Self.file(rows: rows, columns: dimension, seed: 9), "--columns", columns, "--components", "\(classes)",
            "--restarts", "4")
        #expect(report.failures == [])
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.firstMatch(of: notANumber)?.output == nil)
        let fit = try #require(report.fit)
        #expect(fit.weights.count == classes && abs(fit.weights.reduce(-1, +)) < 1e-9)
        #expect(zip(fit.weights, fit.weights.dropFirst()).allSatisfy { $0 >= $1 })
        // Too few columns are told.
        let few = dimension < (classes == 1 ? 1 : classes == 2 ? 3 : 5)
        #expect(report.warnings.contains { $0.source.contains("identif") } == few)
    }

    @Test("A column with one value is fitted with probability 0, and told")
    func constant() throws {
        let report = try Self.report(Self.file(rows: 80, columns: 4, seed: 2, constant: 2), "--columns", "c0,c1,c2,c3")
        #expect(report.failures == [])
        guard case .matrix(let means) = try #require(report.fit?.parameters["probabilities"]) else {
            throw ReportError.unknownID("fit")
        }
        #expect(means.allSatisfy { $0[2] == 0 })
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.contains("1 column has one value in all rows"))
    }

    @Test("Two classes are found again, with their shares")
    func foundAgain() throws {
        let report = try Self.report(
            Self.file(rows: 4000, columns: 6, seed: 5), "--columns", "c0,c1,c2,c3,c4,c5", "--restarts", "3")
        let fit = try #require(report.fit)
        // Standard errors are below 0.02 for the weight, and 0.015 for a probability: five of them.
        #expect(abs(fit.weights[0] - 0.6) < 0.1)
        guard case .matrix(let means) = try #require(fit.parameters["probabilities"]) else {
            throw ReportError.unknownID("fit")
        }
        for d in 0..<6 { #expect(abs(means[0][d] - (d % 2 == 1 ? 0.85 : 0.2)) < 0.075) }
    }

    @Test("The whole report with a file of one's own explains every row of the ledger, and leaves the digits out")
    func wholeReport() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write(Self.file(rows: 50, columns: 5, seed: 1), to: "data.csv")
            let report = try Lesson9BernoulliMixtures.report("--data", path, "--columns", "c0,c1,c2,c3,c4")
            try LessonRule.expectComplete(Lesson9BernoulliMixtures.self, report)
            let text = try LessonRule.text(of: report)
            #expect(!text.contains("541"))
        }
    }

    @Test("A large file that never comes to rest is given up in seconds; the digits have all their steps")
    func mostSteps() {
        #expect(BinaryFit.mostSteps(rows: 541, columns: 64, classes: 3) == 3000)
        #expect(BinaryFit.mostSteps(rows: 5000, columns: 3, classes: 2) < 1600)
        #expect(BinaryFit.mostSteps(rows: 5000, columns: 1000, classes: 40) == 100)
    }

    @Test(
        "Files and options that make no sense are refused",
        arguments: [
            ("--columns a", "--columns describes a file of yours, so it needs --data FILE.csv"),
            ("--data data.csv", "--data needs --columns: which columns shall be fitted? (names separated by commas)"),
            ("--data data.csv --columns a --components 0", "--components must be at least 1, not 0"),
            ("--data data.csv --columns a --components 5", "data.csv: 5 classes need at least 5 rows, and there are 4"),
            (
                "--data data.csv --columns b",
                "data.csv, line 3, column \"b\": \"2\" is more than 1, the largest number allowed."
            ),
            ("--data data.csv --columns c", "data.csv, line 2, column \"c\": \"0.5\" is not a whole number."),
            (
                "--data data.csv --columns d",
                "data.csv, line 4, column \"d\": \"-1\" is negative, where a number of at least 0 is due."
            ),
            (
                "--data data.csv --columns e",
                "data.csv, line 2, column \"e\": \"yes\" is not a number. Write 1 and 0 for true and false."
            ),
        ])
    func refused(arguments: String, message: String) throws {
        let text = "a,b,c,d,e\n0,1,0.5,0,yes\n1,2,0,1,no\n1,0,1,-1,no\n0,0,1,1,no\n"
        let told = try Lesson9BernoulliMixtures.message(["data.csv": text], arguments) ?? ""
        #expect(told.split(separator: "\n").first.map(String.init) == message)
    }
}

extension Lesson9BernoulliMixtures: OwnDataLesson {
    func dataReport() throws -> Report {
        var report = emptyReport()
        let own = try #require(try OwnColumns.read(ownData, seed: report.seed, progress: RunProgress()))
        try OwnDataClasses(own, seed: report.seed).explain(in: &report)
        return report
    }
}

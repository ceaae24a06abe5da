import Files
import Foundation
import Notebook
import Testing

@testable import Steppers

/// The pages as files.
struct StepperPageTests {
    /// The pages of the committed reports, made once for all tests.
    nonisolated(unsafe) static let pages = Result {
        try Stepper.all.map { stepper in
            let name = try #require(Ledger.lessons.first { Ledger.lessonNumber(of: $0) == stepper.lesson })
            return try StepperPage(
                results: PackagePaths.root.appending(path: "Output/\(name)/results.json").path(percentEncoded: false))
        }
    }

    @Test("Every page is below 150 kB and needs no other file")
    func files() throws {
        for page in try Self.pages.get() {
            #expect(page.html.utf8.count < 150_000, "\(page.file)")
            #expect(!page.html.contains("{{") && !page.html.contains("src=") && !page.html.contains("@import"))
            #expect(page.html.matches(of: /https?:\/\/(?!www\.w3\.org\/2000\/svg)/).isEmpty, "\(page.file)")
        }
    }

    @Test("The iterates of a report are those of its trace, from the start to the end of the fit")
    func iterates() throws {
        struct Source: Decodable {
            let fit: FitSummary?
            let furtherFits: [FitSummary]?
        }
        for name in Ledger.lessons where Stepper.all.contains(where: { $0.lesson == Ledger.lessonNumber(of: name) }) {
            let json = try Data(contentsOf: PackagePaths.root.appending(path: "Output/\(name)/results.json"))
            let source = try JSONDecoder().decode(Source.self, from: json)
            for fit in [source.fit].compactMap({ $0 }) + (source.furtherFits ?? []) {
                guard let path = fit.path else {
                    // Lesson 10's main fit is one of very many; its further runs are those to follow.
                    #expect(name == "Lesson10Pitfalls" && source.furtherFits?.isEmpty == false)
                    continue
                }
                #expect(path.map(\.step) == Array(path.indices))
                // Whole, or as long as is allowed; of images the numbers are counted.
                let isLongest = path.count == FitSummary.mostSteps + 1 || path[0].parameters["probabilities"] != nil
                #expect(path.count == fit.trace.count || isLongest && path.count > 12)
                #expect(path.map(\.logLikelihood) == Array(fit.trace.prefix(path.count)))
                if path.count == fit.trace.count {
                    #expect(path.last?.weights == fit.weights)
                    for (key, value) in path[path.count - 1].parameters {
                        #expect(value == fit.parameters[key], "\(key)")
                    }
                }
                // Q + H = ℓ for every iterate, or, with hard assignment, Q alone has no entropy beside it.
                for step in path where step.parameters["centres"] == nil {
                    let bound = step.expectedCompleteLogLikelihood + step.entropy
                    #expect(abs(bound - step.logLikelihood) < 1e-9 * max(1, abs(step.logLikelihood)))
                }
            }
        }
    }

    @Test("A name from a reader's file cannot end the script, or become a part of the page")
    func hostileNames() throws {
        try withResults(name: "</script><b>&\"") { path in
            let page = try StepperPage(results: path)
            #expect(!page.html.contains("</script><b>"))
            #expect(page.html.components(separatedBy: "</script>").count == 3)
        }
    }

    @Test("What cannot be stepped through is refused with the file and the reason")
    func refusals() throws {
        func message(_ text: String) throws -> String? {
            let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path(
                percentEncoded: false)
            try Data(text.utf8).write(to: URL(filePath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            do {
                _ = try StepperPage(results: path)
                return nil
            } catch { return "\(error)".replacing(path, with: "FILE") }
        }
        #expect(try message("[]") == "FILE: it is no results.json of a lesson")
        #expect(
            try message(#"{"lesson":"Lesson1MixtureGeneration","seed":1}"#)
                == "FILE: Lesson1MixtureGeneration has no iterations to step through")
        #expect(try message(#"{"lesson":"Lesson4CoinFlips","seed":1}"#) == "FILE: it has no fit")
        #expect(
            try message(Self.results(name: "mine", rows: "[[1,10],[2,5]]"))
                == "FILE: “mine” cannot be stepped through: its sets have different numbers of flips")
        #expect(try message(Self.results(name: "mine")) == nil)
        #expect(throws: FileError.self) { try StepperPage(results: "/nowhere/results.json") }
    }

    private func withResults(name: String, _ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
        let quoted = String(decoding: try JSONEncoder().encode(name), as: UTF8.self).dropFirst().dropLast()
        try Data(Self.results(name: String(quoted)).utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path(percentEncoded: false))
    }

    private static func results(name: String, rows: String = "[[1,10],[7,10]]") -> String {
        """
        {"lesson":"Lesson4CoinFlips","seed":1,"fit":{"model":"coins","name":"\(name)","weights":[0.5,0.5],"parameters":{},
        "logLikelihood":-3,"iterations":1,"trace":[-4,-3],"data":{"columns":["heads","flips"],"rows":\(rows)},
        "path":[{"step":0,"weights":[0.5,0.5],"parameters":{"headProbabilities":[0.2,0.6]},"logLikelihood":-4,
        "expectedCompleteLogLikelihood":-5,"entropy":1}]}}
        """
    }
}

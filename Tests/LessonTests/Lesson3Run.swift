import ArgumentParser
import Foundation
import Testing

@testable import Lesson3GaussianEM
@testable import Notebook

extension Lesson3GaussianEM: LessonCommand {}

/// The sections of lesson 3 that a reader's file changes, run inside the test's process.
enum Lesson3Run {
    /// Only the sections that depend on the reader's file.
    static func dataReport(_ arguments: [String]) throws -> Report {
        let command = try Lesson3GaussianEM.parse(arguments)
        var report = try emptyReport(of: command)
        let progress = RunProgress()
        let study = try #require(try command.dataOptions.read(seed: report.seed, progress: progress))
        try OneGaussian(study).explain(in: &report)
        try LogOfSum(study).explain(in: &report)
        try Expectation(study).explain(in: &report)
        try MStep(study).explain(in: &report)
        let action = try EMInAction(study, progress: progress)
        try action.explain(in: &report)
        try Conditions(action).explain(Plane(seed: report.seed), in: &report)
        return report
    }

    /// What a reader with files of these contents is told, with the folder's path left out; nil if all is well. Of `csv` and
    /// `start` the options may speak as `data.csv` and `start.json`.
    static func message(_ csv: String, start: String? = nil, _ arguments: String) throws -> String? {
        try TemporaryFolder.with { folder in
            _ = try folder.write(csv, to: "data.csv")
            if let start { _ = try folder.write(start, to: "start.json") }
            let words = LessonRun.words(arguments)
                .map { $0.hasPrefix("data.csv") || $0.hasPrefix("start.json") ? folder.path($0) : $0 }
            do {
                let report = try dataReport(words)
                return report.failures.isEmpty ? nil : "failed: \(report.failures)"
            } catch let issue as ExpectationFailedError {
                throw issue
            } catch {
                #expect(Lesson3GaussianEM.exitCode(for: error) != .success)
                return Lesson3GaussianEM.message(for: error).replacing(folder.path(""), with: "")
            }
        }
    }

    private static func emptyReport(of command: Lesson3GaussianEM) throws -> Report {
        let notation = try #require(Notation.named(command.options.notation.id, for: .gaussians))
        return Report(
            lesson: "Lesson3GaussianEM", title: "Gaussian mixtures", seed: command.options.seed, notation: notation,
            model: .gaussians)
    }
}

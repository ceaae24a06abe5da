// BEGIN HIDDEN TESTS
import Files
import Foundation

/// Checks that the checks are right: what a master must hold to before it is released.
public struct Validation: Sendable {
    /// What one part came to.
    public struct Part: Sendable, Equatable {
        /// What was tried: "master".
        public let name: String
        /// What came of it, in a few words: "125 of 125 points".
        public let summary: String
        /// What is not as it must be, in sentences.
        public let deviations: [String]
    }

    let root: URL
    let exercises: [Exercise]
    let grader: Grader

    /// - Parameters:
    ///   - root: the package's folder.
    ///   - exercises: all exercises, with the hidden checks.
    /// - Throws: what `Grader` throws.
    public init(root: URL, exercises: [Exercise]) async throws {
        (self.root, self.exercises) = (root, exercises)
        grader = try await Grader(root: root, exercises: exercises)
    }

    /// The master scores full.
    public func master() async throws -> Part {
        let graded = try await grader.grade(root.appending(path: "Lessons/Exercises"), name: "master")
        let deviations = graded.exercises.flatMap { exercise in
            exercise.outcomes.filter { $0.status != .passed }.map { "\(exercise.name), \($0.id): \($0.message)" }
        }
        return Part(name: "master", summary: "\(graded.score) of \(graded.maximum) points", deviations: deviations)
    }

    /// The stubs compile and score 0, and every check says that its exercise has not been attempted.
    public func stubs() async throws -> Part {
        let folder = try TemporaryFolder()
        for exercise in exercises {
            let name = "\(exercise.name).swift"
            let master = try readText(root.appending(path: "Lessons/Exercises/\(name)").filePath)
            let stub = try Markers.stub(of: Markers.withoutHiddenTests(master, file: name), file: name)
            try writeAtomically(stub, to: folder.url.appending(path: name).filePath)
        }
        let graded = try await grader.grade(folder.url, name: "stubs")
        let deviations = graded.exercises.flatMap { exercise in
            exercise.outcomes.filter { $0.status != .notAttempted || $0.earned != 0 }
                .map { "\(exercise.name), \($0.id): \($0.status.rawValue) \($0.message)" }
        }
        return Part(name: "stubs", summary: "\(graded.score) of \(graded.maximum) points", deviations: deviations)
    }

    /// Every file of a collection scores and is told what its header says.
    public func collection(_ kind: Specimens.Kind) async throws -> Part {
        var (count, deviations) = (0, [String]())
        for (round, specimens) in try Specimens.packed(kind, root: root, exercises: exercises).enumerated() {
            let folder = try TemporaryFolder()
            for specimen in specimens {
                try writeAtomically(
                    specimen.text, to: folder.url.appending(path: "\(specimen.exercise).swift").filePath)
            }
            let graded = try await grader.grade(folder.url, name: "\(kind.rawValue) \(round + 1)")
            count += specimens.count
            for specimen in specimens {
                deviations += specimen.deviations(in: graded)
                let full = exercises.first { $0.name == specimen.exercise }?.points
                if kind == .unusual, specimen.scores != full {
                    deviations.append("\(specimen): it is not to get full points")
                }
                if kind == .wrong, specimen.fails.isEmpty { deviations.append("\(specimen): it fails no check") }
            }
        }
        return Part(
            name: "\(kind.rawValue.lowercased()) submissions", summary: "\(count) files", deviations: deviations)
    }
}
// END HIDDEN TESTS

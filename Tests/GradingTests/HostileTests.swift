import ExerciseChecks
import Foundation
import Grading
import TestScheduling
import Testing

/// Code that harms: in Submissions/Hostile, as the body of a function. The first lines say what it does and what is told.
struct Hostility: Sendable {
    let name: String
    /// What must be told.
    let told: String
    /// Whether it is ended by the clock only.
    var sleeps: Bool { told.contains("did not return") }
    private let imports: String
    private let body: String

    init(_ file: URL) throws {
        name = file.lastPathComponent
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        told =
            lines.first { $0.hasPrefix("// Told: ") }.map { String($0.dropFirst(9)) } ?? "(the header has no line Told)"
        imports = lines.filter { $0.hasPrefix("import ") }.joined(separator: "\n")
        body = lines.filter { !$0.hasPrefix("import ") }.joined(separator: "\n")
    }

    /// An exercise each of whose functions does harm.
    func file(for stub: String) -> String {
        imports + "\n" + stub.replacing(Markers.blank, with: body + "\n" + #"fatalError("the end")"#)
    }

    static func all() throws -> [Hostility] {
        let folder = submissions.appending(path: "Hostile")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { try Hostility(folder.appending(path: $0)) }
    }
}

@Suite(.serialized, .onThread("hostile")) struct HostileTests {
    /// The exercises, with a check or two of each: harm is the same in all.
    static let exercises = allExercises.map {
        Exercise(
            number: $0.number, name: $0.name, title: $0.title, hiddenPoints: 0,
            checks: Array($0.checks.filter { $0.visibility == .shown }.prefix(2)))
    }
    /// Sleepers are not waited for; on a busy machine anything else may take its time.
    static let graders = Task {
        func grader(clockSeconds: Double) async throws -> Grader {
            try await Grader(
                like: sharedGrader.value, exercises: exercises,
                limits: Limits(processorSeconds: 1, clockSeconds: clockSeconds, memory: 1024, fileSize: 8))
        }
        return try await (patient: grader(clockSeconds: 60), impatient: grader(clockSeconds: 3))
    }

    /// Every other exercise does harm, each in another way; as many submissions as it takes.
    static func packs() throws -> [[(Hostility, Exercise)]] {
        let places = exercises.indices.filter { $0.isMultiple(of: 2) }.map { exercises[$0] }
        let all = try Hostility.all()
        let others = all.filter { !$0.sleeps }
        return [Array(zip(all.filter(\.sleeps), places))]
            + stride(from: 0, to: others.count, by: places.count).map { Array(zip(others[$0...], places)) }
    }

    @Test(arguments: try packs().indices)
    func `Harm costs the exercise that does it, is told plainly, and nothing else happens`(round: Int) async throws {
        let pack = try Self.packs()[round]
        var files = try masters()
        for (hostility, exercise) in pack {
            let name = "\(exercise.name).swift"
            files[name] = try hostility.file(for: Markers.stub(of: #require(files[name]), file: name))
        }
        let folder = try HandedIn(files)
        let graders = try await Self.graders.value
        let grader = pack.contains { $0.0.sleeps } ? graders.impatient : graders.patient
        let graded = try await grader.grade(folder.url, name: "hostile")
        for exercise in graded.exercises {
            if let harm = pack.first(where: { $0.1.name == exercise.name })?.0 {
                for outcome in exercise.outcomes {
                    #expect(outcome.earned == 0, "\(harm.name)")
                    #expect(outcome.message.contains(harm.told), "\(harm.name): \(outcome.message)")
                    #expect(!outcome.message.isEmpty)
                }
            } else {
                #expect(exercise.score == exercise.maximum, "\(exercise)")
            }
        }
        // What was handed in is as it was, and nothing is left running.
        for (name, text) in files {
            #expect(try String(contentsOf: folder.url.appending(path: name), encoding: .utf8) == text)
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path(percentEncoded: false)).count
                == files.count)
        #expect(try commandLines().allSatisfy { $0 != ["/bin/sleep", "987"] })
    }

    /// What runs on this machine, where it can be seen.
    func commandLines() throws -> [[String]] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
            .map { $0.split(separator: "\0").map(String.init) }
    }
}

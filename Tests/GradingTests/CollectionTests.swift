import ExerciseChecks
import Foundation
import Grading
import TestScheduling
import Testing

@Suite(.serialized, .onThread("collection")) struct CollectionTests {
    /// Each round compiles a submission and runs all checks. Two of them have a file for nearly every exercise; `swift run Course validate`
    /// tries all, and so does this with COURSE_ALL_SPECIMENS=1, or with an exercise that is named.
    private static func rounds(of kind: Specimens.Kind) throws -> [Int] {
        let (rounds, environment) = (Array(try packed(kind).indices), ProcessInfo.processInfo.environment)
        if environment["COURSE_ALL_SPECIMENS"] == "1" || environment["EXERCISE"] != nil { return rounds }
        return Array(rounds.prefix(2))
    }

    @Test(arguments: try rounds(of: .wrong))
    func `A wrong submission fails the checks meant for it and is told why`(round: Int) async throws {
        try await expectAsHeaded(packed(.wrong)[round])
    }

    @Test(arguments: try rounds(of: .unusual))
    func `A correct submission gets full points, however it is written`(round: Int) async throws {
        let specimens = try packed(.unusual)[round]
        for specimen in specimens {
            #expect(
                specimen.scores == allExercises.first { $0.name == specimen.exercise }?.points, "\(specimen): Scores")
        }
        try await expectAsHeaded(specimens)
    }

    /// Grades the files in one submission, and compares what comes of each with its header.
    private func expectAsHeaded(_ specimens: [Specimen]) async throws {
        let graded = try await grade(specimens, named: "packed")
        for specimen in specimens { #expect(specimen.deviations(in: graded) == []) }
    }
}

import ExerciseChecks
import Grading
import Testing

@Suite(.serialized) struct CollectionTests {
    @Test(arguments: try packed(.wrong).indices)
    func `A wrong submission fails the checks meant for it and is told why`(round: Int) async throws {
        try await expectAsHeaded(packed(.wrong)[round])
    }

    @Test(arguments: try packed(.unusual).indices)
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

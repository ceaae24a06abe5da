import ExerciseChecks
import Grading
import Testing

@Suite(.serialized) struct CollectionTests {
    @Test(arguments: try packed("Wrong").indices)
    func `A wrong submission fails the checks meant for it and is told why`(round: Int) async throws {
        try await expectAsHeaded(packed("Wrong")[round])
    }

    @Test(arguments: try packed("Unusual").indices)
    func `A correct submission gets full points, however it is written`(round: Int) async throws {
        let specimens = try packed("Unusual")[round]
        for specimen in specimens {
            #expect(
                specimen.scores == allExercises.first { $0.name == specimen.exercise }?.points, "\(specimen): Scores")
        }
        try await expectAsHeaded(specimens)
    }

    /// Grades the files in one submission, and compares what comes of each with its header.
    private func expectAsHeaded(_ specimens: [Specimen]) async throws {
        let graded = try await grade(specimens, named: "packed")
        for specimen in specimens {
            let exercise = try #require(graded.exercises.first { $0.name == specimen.exercise })
            let failed = exercise.outcomes.filter { $0.status != .passed }
            let messages = failed.map { "\($0.id): \($0.message)" }.joined(separator: "\n")
            #expect(exercise.score == specimen.scores, "\(specimen): score\n\(messages)")
            #expect(Set(failed.map(\.id)) == specimen.fails, "\(specimen): the checks that fail\n\(messages)")
            if !specimen.fails.isEmpty {
                let told = try #require(specimen.told, "\(specimen): the header has no line Told")
                #expect(failed.contains { $0.message.contains(told) }, "\(specimen): what is told\n\(messages)")
            }
        }
    }
}

/// PrairieLearn's `results.json` of an external grader: a score from 0 to 1, and a test for each check.
///
/// Contract: https://docs.prairielearn.com/externalGrading/#grading-results
struct PrairieLearnResults: Encodable {
    struct Test: Encodable {
        let name: String
        let points: Int
        let maxPoints: Int
        let message: String

        private enum CodingKeys: String, CodingKey {
            case name, points, message
            case maxPoints = "max_points"
        }
    }

    /// A file that does not compile is graded, with 0 points: it does not make the others ungradable.
    let gradable = true
    let score: Double
    let message: String
    let output: String
    let tests: [Test]

    init(_ submission: GradedSubmission) {
        tests = FoldedCheck.all(submission).map {
            Test(name: $0.name, points: $0.earned, maxPoints: $0.points, message: $0.feedback)
        }
        score = submission.maximum == 0 ? 0 : Double(submission.score) / Double(submission.maximum)
        message = "\(submission.score) of \(submission.maximum) points"
        output = submission.notes.joined(separator: "\n").withoutControlCharacters()
    }
}

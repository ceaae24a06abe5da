/// Gradescope's `results.json`: a test for each check. Hidden checks are shown when the instructor publishes the grades.
///
/// Contract: https://gradescope-autograders.readthedocs.io/en/latest/specs/
struct GradescopeResults: Encodable {
    struct Test: Encodable {
        let score: Int
        let maxScore: Int
        let status: String
        let name: String
        let number: String
        let output: String
        let outputFormat = "text"
        let visibility: String

        private enum CodingKeys: String, CodingKey {
            case score, status, name, number, output, visibility
            case maxScore = "max_score"
            case outputFormat = "output_format"
        }
    }

    let output: String
    let outputFormat = "text"
    /// What the grader prints may name hidden checks.
    let stdoutVisibility = "hidden"
    let tests: [Test]

    private enum CodingKeys: String, CodingKey {
        case output, tests
        case outputFormat = "output_format"
        case stdoutVisibility = "stdout_visibility"
    }

    init(_ submission: GradedSubmission) {
        var words = submission.notes
        if submission.hiddenPoints > 0 {
            words.append(
                "\(submission.hiddenPoints) of \(submission.fullPoints) points are given by hidden checks; "
                    + "their results are shown when the grades are published.")
        }
        output = words.joined(separator: "\n").withoutControlCharacters()
        tests = submission.exercises.flatMap { exercise in
            exercise.outcomes.enumerated().map { place, outcome in
                Test(
                    score: outcome.earned, maxScore: outcome.points,
                    status: outcome.status == .passed ? "passed" : "failed",
                    name: "Exercise \(exercise.number), \(exercise.title): \(outcome.title)",
                    number: "\(exercise.number).\(place + 1)", output: outcome.feedback,
                    visibility: outcome.visibility == .hidden ? "after_published" : "visible")
            }
        }
    }
}

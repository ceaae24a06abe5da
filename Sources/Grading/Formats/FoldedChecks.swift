/// A line of results for platforms that show everything at once: a shown check, or all hidden checks of an exercise together.
///
/// Together, because what a single hidden check is about must not be known before the deadline; its points count, though.
struct FoldedCheck {
    let name: String
    let earned: Int
    let points: Int
    let passed: Bool
    let feedback: String

    static func all(_ submission: GradedSubmission) -> [FoldedCheck] {
        submission.exercises.flatMap { exercise in
            var lines = exercise.shown.map {
                FoldedCheck(
                    name: "Exercise \(exercise.number), \(exercise.title): \($0.title)", earned: $0.earned,
                    points: $0.points, passed: $0.status == .passed, feedback: $0.feedback)
            }
            let hidden = exercise.hidden
            if !hidden.isEmpty {
                lines.append(
                    FoldedCheck(
                        name: "Exercise \(exercise.number), \(exercise.title): hidden checks",
                        earned: hidden.reduce(0) { $0 + $1.earned }, points: hidden.reduce(0) { $0 + $1.points },
                        passed: hidden.allSatisfy { $0.status == .passed },
                        feedback: "what these check is not told before the deadline"))
            }
            return lines
        }
    }
}

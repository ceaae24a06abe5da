import Files

/// Results for people: a line for each exercise, below it what is not right yet, and where to look.
enum TextReport {
    static func text(_ submission: GradedSubmission) -> String {
        var lines = ["\(shown(submission.name)): \(submission.score) of \(points(submission.maximum))", ""]
        lines += submission.notes.map { "Note: \($0)" }
        if !submission.notes.isEmpty { lines.append("") }
        lines += submission.exercises.flatMap(report)
        let unseen = submission.exercises.reduce(0) { $0 + $1.unseenPoints }
        if unseen > 0 {
            lines += [
                "", "\(points(unseen)) more \(unseen == 1 ? "is" : "are") given by hidden checks, after the deadline.",
            ]
        }
        return lines.joined(separator: "\n").withoutControlCharacters() + "\n"
    }

    private static func report(_ exercise: GradedExercise) -> [String] {
        let unseen = exercise.unseenPoints
        let heading =
            "Exercise \(exercise.number), \(exercise.title): \(exercise.score) of \(points(exercise.maximum))"
            + (unseen > 0 ? " (and \(unseen) hidden)" : "")
        let open = exercise.outcomes.filter { $0.status != .passed }
        // One reason for all checks is told once: not attempted, missing, does not compile.
        if let first = open.first, open.count == exercise.outcomes.count, open.count > 1, first.status != .failed,
            open.allSatisfy({ $0.message == first.message })
        {
            return [heading] + indented(first.message, first: "  - ")
        }
        return [heading] + open.flatMap(report)
    }

    private static func report(_ outcome: CheckOutcome) -> [String] {
        ["  - not yet (\(points(outcome.points))): \(outcome.title)"] + indented(outcome.feedback, first: "    ")
    }

    private static func indented(_ text: String, first: String) -> [String] {
        let margin = String(repeating: " ", count: first.count)
        return text.split(separator: "\n").enumerated().map { ($0.offset == 0 ? first : margin) + $0.element }
    }

    private static func points(_ count: Int) -> String { "\(count) point\(count == 1 ? "" : "s")" }
}

extension GradedExercise {
    /// The points of hidden checks that are not among the outcomes, because this copy does not contain them.
    var unseenPoints: Int { hiddenPoints - hidden.reduce(0) { $0 + $1.points } }
}

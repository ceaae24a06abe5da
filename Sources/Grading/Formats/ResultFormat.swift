import Foundation

/// How results are written: for a platform, for a spreadsheet, or to be read.
public enum ResultFormat: String, CaseIterable, Sendable {
    /// `results.json` of Gradescope.
    case gradescope
    /// `result.json` of Classroom 50.
    case classroom50
    /// `results.json` of PrairieLearn's external graders.
    case prairielearn
    /// A table: a row for each submission.
    case csv
    /// For people.
    case text

    /// Whether a file holds one submission only, so that many of them need a folder.
    public var holdsOneSubmission: Bool { self != .csv && self != .text }

    /// What is written for some submissions, which for the JSON formats is one.
    ///
    /// The same results give the same bytes: nothing in them depends on the clock or the machine.
    ///
    /// - Parameters:
    ///   - submissions: the results, in any order.
    ///   - environment: the environment variables of the platform, for the names that Classroom 50 wants to see again.
    /// - Throws: `EncodingError`, if a result cannot be written as JSON.
    public func text(_ submissions: [GradedSubmission], environment: [String: String] = [:]) throws -> String {
        switch self {
        case .gradescope: try json(submissions.map(GradescopeResults.init))
        case .classroom50:
            try json(
                submissions.map { Classroom50Result($0, identity: .init(environment: environment, name: $0.name)) })
        case .prairielearn: try json(submissions.map(PrairieLearnResults.init))
        case .csv: ResultTable.text(submissions.map { GradingRecord(submission: $0) })
        case .text: submissions.sortedByName().map(TextReport.text).joined(separator: "\n")
        }
    }

    private func json<Result: Encodable>(_ results: [Result]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try results.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
    }
}

extension [GradedSubmission] {
    /// In the order of the students' names, which does not depend on the language of the machine.
    func sortedByName() -> [GradedSubmission] {
        sorted { ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name) }
    }
}

extension GradedSubmission {
    /// How many points the hidden checks give in all.
    var hiddenPoints: Int { exercises.reduce(0) { $0 + $1.hiddenPoints } }

    /// The points of all checks, hidden ones included, even where a student's copy does not contain them.
    var fullPoints: Int { exercises.reduce(0) { $0 + $1.fullPoints } }
}

extension GradedExercise {
    /// The outcomes of the checks that a student sees.
    var shown: [CheckOutcome] { outcomes.filter { $0.visibility == .shown } }

    /// The outcomes of the checks that a student does not see.
    var hidden: [CheckOutcome] { outcomes.filter { $0.visibility == .hidden } }

    /// The points of all checks, the hidden ones included.
    var fullPoints: Int { shown.reduce(hiddenPoints) { $0 + $1.points } }
}

extension CheckOutcome {
    /// What the student is told: what is wrong, where to look, and what the student's code printed meanwhile.
    var feedback: String {
        if status == .passed { return "passed" }
        var lines = [message]
        if status == .failed, !hint.isEmpty { lines.append("Hint: \(hint)") }
        if !printed.isEmpty { lines += ["Your code printed:", printed] }
        return lines.joined(separator: "\n").withoutControlCharacters()
    }
}

extension String {
    /// This text without characters that would move a terminal's cursor or break a table; line ends and tabs stay.
    func withoutControlCharacters() -> String {
        let kept = unicodeScalars.filter { scalar in
            scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
        }
        return String(String.UnicodeScalarView(kept))
    }
}

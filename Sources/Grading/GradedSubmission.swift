/// What one student gets: every declared check with its points, whether it ran or not.
public struct GradedSubmission: Sendable, Codable, Equatable {
    /// Whose it is: the name of the folder that was handed in.
    public var name: String
    /// The exercises, in the order of their numbers; all of them.
    public var exercises: [GradedExercise]
    /// What the teaching assistant and the student should know: files that were ignored, for instance.
    public var notes: [String]

    /// Puts a result together.
    public init(name: String, exercises: [GradedExercise], notes: [String] = []) {
        self.name = name
        self.exercises = exercises
        self.notes = notes
    }

    /// The points earned.
    public var score: Int { exercises.reduce(0) { $0 + $1.score } }

    /// The points that could be had in the checks that were declared.
    public var maximum: Int { exercises.reduce(0) { $0 + $1.maximum } }
}

/// What one student gets for one exercise.
public struct GradedExercise: Sendable, Codable, Equatable {
    /// The exercise's number.
    public var number: Int
    /// The name of its file and of its tests.
    public var name: String
    /// What it is about.
    public var title: String
    /// How many points hidden checks give, whether or not they are among the outcomes.
    public var hiddenPoints: Int
    /// One for each declared check.
    public var outcomes: [CheckOutcome]

    /// Puts a result together.
    public init(number: Int, name: String, title: String, hiddenPoints: Int, outcomes: [CheckOutcome]) {
        self.number = number
        self.name = name
        self.title = title
        self.hiddenPoints = hiddenPoints
        self.outcomes = outcomes
    }

    /// The points earned.
    public var score: Int { outcomes.reduce(0) { $0 + $1.earned } }

    /// The points that could be had in the checks that were declared.
    public var maximum: Int { outcomes.reduce(0) { $0 + $1.points } }
}

/// How one check ended.
public struct CheckOutcome: Sendable, Codable, Equatable {
    /// In which way it ended.
    public enum Status: String, Sendable, Codable {
        /// Full points.
        case passed
        /// The function returned something, and it is not right.
        case failed
        /// The body is still the stub's.
        case notAttempted
        /// The function did not return: it trapped, ran out of time or memory, or does not compile.
        case stopped
        /// It was declared, and has not ended: 0 points.
        case notRun
    }

    /// The check's name within its exercise.
    public var id: String
    /// What is checked.
    public var title: String
    /// What it is worth.
    public var points: Int
    /// What was earned: all of it or nothing.
    public var earned: Int
    /// Who sees it.
    public var visibility: TestCase.Visibility
    /// In which way it ended.
    public var status: Status
    /// What the student is told; empty if it passed.
    public var message: String
    /// The check's hint.
    public var hint: String
    /// What the student's code printed meanwhile, cut to a screenful.
    public var printed: String

    /// A check that is declared and has not run: no points.
    public init(declared check: TestCase) {
        id = check.id
        title = check.title
        points = check.points
        earned = 0
        visibility = check.visibility
        status = .notRun
        message = "this check has not run"
        hint = check.hint
        printed = ""
    }
}

/// An exercise: what it is called, and what it is checked for.
public struct Exercise: Sendable {
    /// Its number: 3.
    public let number: Int
    /// The name of its file and of its tests: "Exercise3SingleFlips".
    public let name: String
    /// What it is about: "EM for single flips".
    public let title: String
    /// How many of its points are given by checks which the student's copy does not contain.
    public let hiddenPoints: Int
    /// The checks, in the order in which a student meets them.
    public let checks: [TestCase]

    /// Declares an exercise.
    public init(number: Int, name: String, title: String, hiddenPoints: Int, checks: [TestCase]) {
        self.number = number
        self.name = name
        self.title = title
        self.hiddenPoints = hiddenPoints
        self.checks = checks
    }

    /// The name of the type in the student's file: "Exercise3".
    public var type: String { "Exercise\(number)" }

    /// What can be had for it, hidden checks included.
    public var points: Int { shownPoints + hiddenPoints }

    /// What can be had for the checks that the student sees.
    public var shownPoints: Int { checks.reduce(0) { $0 + ($1.visibility == .shown ? $1.points : 0) } }
}

/// A test case: one thing that an exercise's functions must get right, and the points for it, all or none. Students read of checks.
public struct TestCase: Sendable {
    /// Who sees it.
    public enum Visibility: String, Sendable, Codable {
        /// In the student's copy.
        case shown
        /// Only in the master and at the grader; results tell it after the deadline.
        case hidden
    }

    /// A name that no other check of the exercise has: "rows-sum-to-one".
    public let id: String
    /// What is checked, as a sentence: "each row of responsibilities sums to 1".
    public let title: String
    /// The points for it.
    public let points: Int
    /// Who sees it.
    public let visibility: Visibility
    /// Where to look when it fails, without giving the answer away.
    public let hint: String
    /// Calls the student's functions and judges what they return.
    public let judge: @Sendable (Student) async throws -> Verdict

    /// Declares a check.
    public init(
        _ id: String, _ title: String, points: Int, _ visibility: Visibility = .shown, hint: String,
        judge: @escaping @Sendable (Student) async throws -> Verdict
    ) {
        self.id = id
        self.title = title
        self.points = points
        self.visibility = visibility
        self.hint = hint
        self.judge = judge
    }
}

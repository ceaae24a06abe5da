/// Classroom 50's `result.json`, `classroom50/result/v1`: integer points, and the names that its runner hands to the autograder.
///
/// Contract: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
struct Classroom50Result: Encodable {
    /// Which submission this is, in the platform's own words: environment variables, which the result must repeat.
    struct Identity {
        let classroom: String
        let assignment: String
        let assignmentType: String
        let owner: String
        let submission: String
        let commit: String
        let release: String
        let review: String
        let datetime: String

        /// Takes the names from the runner's environment.
        ///
        /// Outside of the runner they are placeholders. The runner itself puts the time of the submission in its place.
        init(environment: [String: String], name: String) {
            func variable(_ keys: String..., otherwise: String) -> String {
                keys.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? otherwise
            }
            classroom = variable("CLASSROOM", otherwise: "none")
            assignment = variable("ASSIGNMENT", otherwise: "mixture-models")
            assignmentType = variable("ASSIGNMENT_TYPE", otherwise: "individual")
            owner = variable("OWNER", "USERNAME", otherwise: name.isEmpty ? "unknown" : name)
            submission = variable("SUBMISSION_TAG", otherwise: "submit/none")
            commit = variable("COMMIT_URL", otherwise: "none")
            release = variable("RELEASE_URL", otherwise: "none")
            review = variable("REVIEW_URL", "COMMIT_URL", otherwise: "none")
            datetime = variable("SUBMISSION_DATETIME", otherwise: "1970-01-01T00:00:00Z")
        }
    }

    struct Test: Encodable {
        let name: String
        let passed: Bool
        let score: Int
        let maxScore: Int
        let message: String

        private enum CodingKeys: String, CodingKey {
            case passed, score, message
            case name = "test-name"
            case maxScore = "max-score"
        }
    }

    let identity: Identity
    let tests: [Test]

    init(_ submission: GradedSubmission, identity: Identity) {
        self.identity = identity
        tests = FoldedCheck.all(submission).map {
            Test(name: $0.name, passed: $0.passed, score: $0.earned, maxScore: $0.points, message: $0.feedback)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case schema, classroom, assignment, owner, submission, commit, release, review, datetime, score, tests
        case assignmentType = "assignment_type"
        case maxScore = "max-score"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("classroom50/result/v1", forKey: .schema)
        try container.encode(identity.classroom, forKey: .classroom)
        try container.encode(identity.assignment, forKey: .assignment)
        try container.encode(identity.assignmentType, forKey: .assignmentType)
        try container.encode(identity.owner, forKey: .owner)
        try container.encode(identity.submission, forKey: .submission)
        try container.encode(identity.commit, forKey: .commit)
        try container.encode(identity.release, forKey: .release)
        try container.encode(identity.review, forKey: .review)
        try container.encode(identity.datetime, forKey: .datetime)
        try container.encode(tests.reduce(0) { $0 + $1.score }, forKey: .score)
        try container.encode(tests.reduce(0) { $0 + $1.maxScore }, forKey: .maxScore)
        try container.encode(tests, forKey: .tests)
    }
}

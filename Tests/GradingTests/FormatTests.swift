import Foundation
import Testing

@testable import Grading

/// A result with everything in it that is hard to write down.
enum SampleResult {
    static func outcome(
        _ id: String, _ status: CheckOutcome.Status, points: Int = 2, hidden: Bool = false, message: String = "",
        printed: String = ""
    ) -> CheckOutcome {
        let check = TestCase(
            id, "what \(id) is about", points: points, hidden ? .hidden : .shown, hint: "hint of \(id)"
        ) { _ in .passed }
        var outcome = CheckOutcome(declared: check)
        outcome.status = status
        outcome.earned = status == .passed ? points : 0
        outcome.message = message
        outcome.printed = printed
        return outcome
    }

    static func submission(_ name: String = "ada") -> GradedSubmission {
        GradedSubmission(
            name: name,
            exercises: [
                GradedExercise(
                    number: 3, name: "Exercise3SingleFlips", title: "EM for single flips", hiddenPoints: 3,
                    outcomes: [
                        outcome("first", .passed),
                        outcome(
                            "second", .failed, message: "divided by N, not by N_k", printed: "\u{1B}[31m<b>red</b>\u{0}"
                        ),
                        outcome("secret", .failed, points: 3, hidden: true, message: "the secret mistake"),
                    ]),
                GradedExercise(
                    number: 4, name: "Exercise4TenFlips", title: "Ten flips", hiddenPoints: 4,
                    outcomes: [
                        outcome("third", .notAttempted, message: "not attempted yet"),
                        outcome("fourth", .notAttempted, message: "not attempted yet"),
                        outcome("covert", .passed, points: 4, hidden: true),
                    ]),
            ],
            notes: ["the file \"=1+1,\".swift was ignored"])
    }
}

struct FormatTests {
    static let schemas = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Schemas")

    private func schema(_ format: ResultFormat) throws -> JSONSchema {
        try JSONSchema(JSONValue(String(contentsOf: Self.schemas.appending(path: "\(format).json"), encoding: .utf8)))
    }

    @Test(
        "What is written for a platform is what its schema asks for",
        arguments: ResultFormat.allCases.filter(\.holdsOneSubmission),
        [
            SampleResult.submission(), SampleResult.submission("é=\"💡\u{7}"),
            GradedSubmission(declaring: [SampleExercise.exercise], name: ""),
        ])
    func schemas(format: ResultFormat, submission: GradedSubmission) throws {
        let value = try JSONValue(try format.text([submission]))
        #expect(try schema(format).violations(value) == [])
    }

    @Test("The schemas refuse what is wrong: a fraction for a point, a missing part, an unknown part, a wrong word")
    func strictness() throws {
        let text = try ResultFormat.gradescope.text([SampleResult.submission()])
        let schema = try schema(.gradescope)
        for (right, wrong) in [
            ("\"score\" : 2", "\"score\" : 2.5"), ("\"score\" : 2", "\"score\" : \"2\""),
            ("\"score\" : 2", "\"score\" : true"),
            ("\"score\" : 2", "\"score\" : -1"), ("\"score\" : 2,", ""),
            ("\"score\" : 2", "\"points\" : 2, \"score\" : 2"),
            ("after_published", "after_publishing"),
            ("\"stdout_visibility\" : \"hidden\"", "\"stdout_visibility\" : 0"),
        ] {
            let spoilt = text.replacing(right, with: wrong, maxReplacements: 1)
            #expect(spoilt != text)
            #expect(try !schema.violations(JSONValue(spoilt)).isEmpty, "\(wrong)")
        }
        let unknown = try JSONSchema(JSONValue("{\"patern\": \"x\"}"))
        #expect(throws: JSONSchema.Mistake.self) { try unknown.violations(.null) }
    }

    @Test("Gradescope: a test for each check, hidden ones after publishing, with their number told")
    func gradescope() throws {
        let value = try JSONValue(try ResultFormat.gradescope.text([SampleResult.submission()]))
        let tests = value["tests"]?.list ?? []
        #expect(tests.map { $0["number"]?.text } == ["3.1", "3.2", "3.3", "4.1", "4.2", "4.3"])
        #expect(tests.map { $0["score"]?.number } == [2, 0, 0, 0, 0, 4])
        #expect(tests.map { $0["max_score"]?.number } == [2, 2, 3, 2, 2, 4])
        #expect(tests.map { $0["visibility"]?.text == "after_published" } == [false, false, true, false, false, true])
        #expect(
            tests[1]["output"]?.text
                == "divided by N, not by N_k\nHint: hint of second\nYour code printed:\n[31m<b>red</b>")
        #expect(value["output"]?.text?.contains("7 of 15 points are given by hidden checks") == true)
    }

    @Test(
        "Platforms that show everything at once are told the sum of an exercise's hidden checks, and nothing else of them"
    )
    func folded() throws {
        for format in [ResultFormat.classroom50, .prairielearn] {
            let text = try format.text([SampleResult.submission()])
            #expect(!text.contains("secret") && !text.contains("covert"))
        }
        let classroom = try JSONValue(try ResultFormat.classroom50.text([SampleResult.submission()]))
        #expect(classroom["score"] == .number(6) && classroom["max-score"] == .number(15))
        #expect(classroom["tests"]?.list.map { $0["score"]?.number } == [2, 0, 0, 0, 0, 4])
        let prairie = try JSONValue(try ResultFormat.prairielearn.text([SampleResult.submission()]))
        #expect(prairie["score"] == .number(0.4) && prairie["gradable"] == .boolean(true))
    }

    @Test("Classroom 50's names come from its runner's environment")
    func identity() throws {
        let environment = [
            "CLASSROOM": "cs181", "ASSIGNMENT": "em", "OWNER": "ada", "SUBMISSION_TAG": "submit/1",
            "COMMIT_URL": "https://c",
            "RELEASE_URL": "https://r", "REVIEW_URL": "",
        ]
        let text = try ResultFormat.classroom50.text([SampleResult.submission("folder")], environment: environment)
        let value = try JSONValue(text)
        let names = ["classroom", "assignment", "owner", "submission", "commit", "release", "review"]
        #expect(
            names.map { value[$0]?.text }
                == ["cs181", "em", "ada", "submit/1", "https://c", "https://r", "https://c"])
    }

    @Test("The table has a row for each student, in alphabetical order, and no cell is a formula")
    func table() throws {
        let text = try ResultFormat.csv.text(["bob", "=1+1", "Ada, \"Countess\""].map(SampleResult.submission))
        let note = "\"the file \"\"=1+1,\"\".swift was ignored\""
        #expect(
            text == #"""
                name,Exercise3SingleFlips (7),Exercise4TenFlips (8),total (15),notes
                '=1+1,2,4,6,\#(note)
                "Ada, ""Countess""",2,4,6,\#(note)
                bob,2,4,6,\#(note)

                """#)
    }

    @Test(
        "A cell that begins like a formula is text",
        arguments: ["=1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"])
    func formula(text: String) {
        #expect(ResultTable.cell(text).drop { $0 == "\"" }.first == "'")
    }

    @Test("The report for people says what to do, tells one reason once, and shows no control characters")
    func report() throws {
        var submission = SampleResult.submission("Your exercises")
        for place in submission.exercises.indices { submission.exercises[place].outcomes.removeLast() }
        #expect(
            try ResultFormat.text.text([submission]) == """
                Your exercises: 2 of 8 points

                Note: the file "=1+1,".swift was ignored

                Exercise 3, EM for single flips: 2 of 4 points (and 3 hidden)
                  - not yet (2 points): what second is about
                    divided by N, not by N_k
                    Hint: hint of second
                    Your code printed:
                    [31m<b>red</b>
                Exercise 4, Ten flips: 0 of 4 points (and 4 hidden)
                  - not attempted yet

                7 points more are given by hidden checks, after the deadline.

                """)
    }

    @Test("The same results give the same bytes", arguments: ResultFormat.allCases)
    func deterministic(format: ResultFormat) throws {
        let all = ["b", "a", "c"].map(SampleResult.submission)
        #expect(try format.text(all) == format.text(all))
        if !format.holdsOneSubmission { #expect(try format.text(all) == format.text(all.reversed())) }
    }
}

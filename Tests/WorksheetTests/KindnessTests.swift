import Foundation
import Notebook
import Testing
import Verification

@testable import Worksheets

@Suite("Numbers are chosen kindly")
struct KindnessTests {
    /// Counted out here, not taken from the code that draws.
    private static func faults(in sheet: Sheet) -> [String] {
        var faults: [String] = []
        for question in sheet.questions {
            let name = "\(sheet.worksheet.name) \(question.id), \(sheet.student)"
            switch question.kind {
            case .numeric(let numeric):
                let values = [numeric.answer] + numeric.slips.map(\.value)
                if !values.allSatisfy(\.isFinite) { faults.append("\(name): a value is no number: \(values)") }
                let tolerance = numeric.tolerance
                for slip in numeric.slips where abs(slip.value - numeric.answer) < 5 * tolerance {
                    faults.append("\(name): \(slip.feedback.source)")
                }
                for (i, one) in numeric.slips.enumerated() {
                    for other in numeric.slips[..<i]
                    where one.feedback != other.feedback && abs(one.value - other.value) < 5 * tolerance {
                        faults.append("\(name): two mistakes lead to \(one.value)")
                    }
                }
                if !numeric.check.wasMade || !numeric.check.passed {
                    faults.append("\(name): the second route: \(numeric.check)")
                }
                if let byHand = numeric.byHand, abs(byHand - numeric.answer) > tolerance / 2 {
                    faults.append("\(name): by hand it is \(byHand), and not \(numeric.answer)")
                }
                if Set(numeric.slips.map(\.feedback.source)).count != numeric.slips.count {
                    faults.append("\(name): something is said twice")
                }
            case .choice(let choice):
                if choice.right != choice.again || !choice.options.indices.contains(choice.right) {
                    faults.append("\(name): two routes find different options")
                }
                if Set(choice.options.map(\.words.source)).count < choice.options.count {
                    faults.append("\(name): two options are equal")
                }
                if choice.options.count < 3 { faults.append("\(name): only \(choice.options.count) options") }
                for (place, option) in choice.options.enumerated()
                where (place != choice.right) == (option.feedback == "") {
                    // The right option may have a feedback that is meant for others; a wrong one must have its own.
                    if place != choice.right { faults.append("\(name): nothing is said of option \(place + 1)") }
                }
            case .drawing: continue
            }
        }
        for word in ["NaN", "nan", "∞", "inf "] where sheet.wording.contains(word) {
            faults.append("\(sheet.worksheet.name), \(sheet.student): “\(word)”")
        }
        return faults
    }

    /// A thousand students take minutes in all: they are tried by hand, `COURSE_WORKSHEET_STUDENTS=1000 swift test --filter Kindness`.
    private static let students =
        ProcessInfo.processInfo.environment["COURSE_WORKSHEET_STUDENTS"].flatMap { Int($0) } ?? 40

    @Test(
        "For a whole class: no 0/0, no ties, every mistake five tolerances away, every second route agrees",
        arguments: Worksheet.all.map(\.name))
    func wholeClass(name: String) throws {
        let worksheet = try Worksheet.named(name)
        let seeds = try Seeds(secret: "a secret of the tests")
        var faults: [String] = []
        var most = 0
        var wordings: Set<String> = []
        var letters: [String: [Int: Int]] = [:]
        for number in 0..<Self.students {
            let sheet = try worksheet.sheet(of: "student-\(number)", seeds: seeds)
            faults += Self.faults(in: sheet)
            for case (let question, .choice(let choice)) in sheet.questions.map({ ($0, $0.kind) }) {
                letters[question.id, default: [:]][choice.right, default: 0] += 1
            }
            most = max(most, sheet.draws)
            wordings.insert(sheet.wording)
        }
        #expect(faults.isEmpty, "\(faults.count) faults, such as \(faults.prefix(3))")
        // Far from giving up.
        #expect(most < Worksheet.mostDraws / 10, "\(most) draws")
        // Hardly anybody has a neighbour's numbers.
        #expect(wordings.count * 100 >= Self.students * 99, "\(wordings.count) different sheets")
        // No letter is right so often that it could be told to a friend.
        for (part, counts) in letters {
            #expect(counts.values.allSatisfy { $0 * 10 < Self.students * 7 }, "\(part): \(counts)")
        }
    }

    @Test(
        "The same student gets the same sheet, byte by byte; another secret gives another",
        arguments: Worksheet.all.map(\.name))
    func deterministic(name: String) throws {
        let worksheet = try Worksheet.named(name)
        let roster = Roster(variants: 1)
        func bytes(_ secret: String) throws -> [String] {
            let sheets = try ClassSheets(worksheet, roster: roster, seeds: Seeds(secret: secret))
            return [
                try KeyTable(sheets).csv, try sheets.moodleXML(),
                try sheets.canvasFiles().sorted { $0.key < $1.key }.map(\.value).joined(),
            ]
        }
        let first = try bytes("a secret of the tests")
        #expect(try bytes("a secret of the tests") == first)
        for (one, other) in zip(first, try bytes("another secret of tests")) { #expect(one != other) }
    }

    private static func question(
        answer: Double = 0.5, slips: [Slip] = [Slip(0.7, "one"), Slip(0.9, "two")], again: Double = 0.5,
        byHand: Double? = nil
    ) -> Question {
        .number("a", "a test", "?", answer, .decimals(3), working: "", byHand: byHand, slips: slips) {
            .exact(.number(again), "a constant")
        }
    }

    @Test("Each rule is looked at")
    func rules() {
        #expect(Kindness.complaint(about: Self.question()) == nil)
        let unkind: [(Question, String)] = [
            (Self.question(answer: .nan), "not a number"), (Self.question(answer: 0.002), "too small"),
            (Self.question(slips: [Slip(0.5049, "one")]), "beside the answer"),
            (Self.question(slips: [Slip(.infinity, "one")]), "slip 1 is not a number"),
            (Self.question(slips: [Slip(0.7, "one"), Slip(0.704, "two")]), "two slips"),
            (Self.question(again: 0.5001), "second route"), (Self.question(byHand: 0.5006), "rounding on the way"),
        ]
        for (question, words) in unkind {
            #expect(Kindness.complaint(about: question)?.contains(words) == true, "\(words)")
        }
        // Two names for one mistake may lead to one number.
        #expect(Kindness.complaint(about: Self.question(slips: [Slip(0.7, "one"), Slip(0.7, "one")])) == nil)
    }

    @Test("A choice whose two routes disagree, or whose options are equal, is unkind")
    func choices() {
        func question(_ options: [Prose], right: Int, again: Int) -> Question {
            .choice("a", "a test", "?", options.map { Choice.Option($0) }, right: right, again: again, reason: "")
        }
        #expect(Kindness.complaint(about: question(["1", "2"], right: 0, again: 0)) == nil)
        #expect(Kindness.complaint(about: question(["1", "2"], right: 0, again: 1)) != nil)
        #expect(Kindness.complaint(about: question(["1", "1"], right: 0, again: 0)) != nil)
        #expect(Kindness.complaint(about: question(["1", "2"], right: 2, again: 2)) != nil)
    }

    @Test("A tolerance is one unit of the last decimal that is asked for")
    func tolerances() {
        #expect(Rounding.decimals(3).tolerance == 0.001)
        #expect(Rounding.decimals(1).tolerance == 0.1)
        #expect(Self.question().task.source == "? Give three decimals.")
    }

    @Test("How many flips tell all coins apart, by derivatives of moments: 2K - 1, and not one fewer", arguments: 2...6)
    func moments(coins: Int) {
        #expect(!MomentMap(coins: coins, flips: 2 * coins - 2).tellsAll)
        #expect(MomentMap(coins: coins, flips: 2 * coins - 1).tellsAll)
    }

    @Test("Equal sheets are found")
    func collisions() throws {
        let worksheet = Worksheet.jointTable
        let sheet = try worksheet.sheet(of: "ada", seeds: Seeds(seed: 1))
        let copy = Sheet(worksheet: worksheet, student: "bob", story: sheet.story, questions: sheet.questions, draws: 1)
        let other = try worksheet.sheet(of: "cleo", seeds: Seeds(seed: 1))
        #expect([sheet, other, copy].collisions == [["ada", "bob"]])
        #expect([sheet, other].collisions.isEmpty)
    }
}

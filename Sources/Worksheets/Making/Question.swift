import Figures
import Foundation
import Notebook
import Verification

/// One part of a worksheet: words with drawn numbers, and all that is needed to mark it.
public struct Question: Sendable {
    /// The part's letter on the sheet, `a`, and in answer files.
    public let id: String
    /// What it is about, in a few words: the name of its category in a question bank.
    public let title: String
    /// What is asked. For a number, the sentence about rounding is added by ``task``.
    let words: Prose
    /// How it is answered.
    public let kind: Kind

    /// How a question is answered.
    public enum Kind: Sendable {
        /// By a number.
        case numeric(Numeric)
        /// By one of several options.
        case choice(Choice)
        /// By a drawing, which nobody but a person can mark.
        case drawing(Drawing)
    }

    /// How many points it is worth.
    public var points: Int {
        switch kind {
        case .numeric, .drawing: 2
        case .choice: 1
        }
    }

    /// What is asked, with the rounding that is asked for.
    public var task: Prose {
        guard case .numeric(let numeric) = kind else { return words }
        return "\(words) \(numeric.rounding.words)"
    }
}

/// A question that is answered by a number.
public struct Numeric: Sendable {
    /// The right answer, in full precision.
    public let answer: Double
    /// To what it is to be rounded.
    public let rounding: Rounding
    /// The answer by a second route. It is taken only for numbers that are kind.
    let route: @Sendable () throws -> SecondRoute
    /// The answer when the intermediate results are rounded as on the sheet; nil if there are none.
    public let byHand: Double?
    /// The formula with the numbers put in, for the key.
    public let working: TeX
    /// The mistakes that are recognised.
    public let slips: [Slip]

    /// Of answer and second route.
    public var check: Check { Check(of: .number(answer), again: SecondRoute(attempting: route)) }
    /// How far an answer may be from the right one.
    public var tolerance: Double { rounding.tolerance }
    /// The answer as it is to be given.
    public var printed: String { rounding.format.string(answer) }
}

/// A known mistake and the number that it leads to.
public struct Slip: Sendable {
    /// The number.
    public let value: Double
    /// What went wrong, said to the student.
    public let feedback: Prose

    init(_ value: Double, _ feedback: Prose) {
        self.value = value
        self.feedback = feedback
    }
}

/// To what an answer is to be rounded. The tolerance follows from it.
public enum Rounding: Sendable, Equatable {
    /// To a number of decimals.
    case decimals(Int)
    /// Not at all: a whole number.
    case whole

    /// One unit of the last decimal: half of it for rounding the answer, half for intermediate results that were rounded, too. A
    /// whole number has nothing to be rounded; a tenth lets `6.0` pass, and no other whole number.
    public var tolerance: Double {
        switch self {
        case .decimals(let count): pow(10, -Double(count))
        case .whole: 0.1
        }
    }

    /// How the answer is printed.
    var format: NumberFormat {
        switch self {
        case .decimals(let count): .fixed(count)
        case .whole: .fixed(0)
        }
    }

    /// The sentence on the sheet.
    var words: Prose {
        switch self {
        case .decimals(1): "Give one decimal."
        case .decimals(let count): "Give \(Self.numerals[min(count, 6)]) decimals."
        case .whole: "Give a whole number."
        }
    }

    private static let numerals = ["no", "one", "two", "three", "four", "five", "six"]
}

/// A question that is answered by one of several options.
public struct Choice: Sendable {
    /// An option, and what is said to who takes it although it is wrong.
    public struct Option: Sendable {
        /// The option.
        public let words: Prose
        /// What went wrong.
        public let feedback: Prose

        init(_ words: Prose, _ feedback: Prose = "") {
            self.words = words
            self.feedback = feedback
        }
    }

    /// The options, lettered A, B, … on the sheet.
    public let options: [Option]
    /// The place of the right one.
    public let right: Int
    /// The place of the right one by a second route.
    public let again: Int
    /// Why it is right, for the key.
    public let reason: Prose

    /// Whether the order is one of size: then it stays, wherever the question is asked.
    public let isOrdered: Bool

    /// The letter of an option: A for the first.
    public static func letter(_ place: Int) -> String {
        String(UnicodeScalar(UInt8(ascii: "A") + UInt8(clamping: min(place, 25))))
    }
}

/// A question that is answered by a drawing.
public struct Drawing: Sendable {
    /// Axes to draw into.
    public let paper: Figure
    /// The same with the answer.
    public let answer: Figure
    /// What to look for when marking.
    public let lookFor: Prose
}

extension Question {
    /// A question for a number.
    static func number(
        _ id: String, _ title: String, _ words: Prose, _ answer: Double, _ rounding: Rounding, working: TeX,
        byHand: Double? = nil, slips: [Slip], again: @escaping @Sendable () throws -> SecondRoute
    ) -> Question {
        let numeric = Numeric(
            answer: answer, rounding: rounding, route: again, byHand: byHand, working: working, slips: slips)
        return Question(id: id, title: title, words: words, kind: .numeric(numeric))
    }

    /// A question for one of several options.
    static func choice(
        _ id: String, _ title: String, _ words: Prose, _ options: [Choice.Option], right: Int, again: Int,
        reason: Prose, isOrdered: Bool = true
    ) -> Question {
        let choice = Choice(options: options, right: right, again: again, reason: reason, isOrdered: isOrdered)
        return Question(id: id, title: title, words: words, kind: .choice(choice))
    }

    /// A question for a drawing.
    static func drawing(
        _ id: String, _ title: String, _ words: Prose, paper: Figure, answer: Figure, lookFor: Prose
    ) -> Question {
        let drawing = Drawing(paper: paper, answer: answer, lookFor: lookFor)
        return Question(id: id, title: title, words: words, kind: .drawing(drawing))
    }
}

extension Choice {
    /// The place of the largest of several numbers, if it is the largest by more than `margin`.
    static func largest(_ values: [Double], margin: Double) -> Int? {
        guard let place = values.indices.max(by: { values[$0] < values[$1] }) else { return nil }
        let others = values.indices.filter { $0 != place }.map { values[$0] }
        return others.allSatisfy { $0 < values[place] - margin } ? place : nil
    }
}

import Foundation
import Verification

/// Numbers are chosen kindly: a draw that breaks one of these rules is thrown away, and the next is tried.
///
/// - An answer is a number, and has at least two significant digits when it is rounded as asked.
/// - Every known slip is five tolerances or more from the answer, and from every slip of which something else is said.
/// - Who rounds intermediate results as the sheet does stays within half a tolerance: the other half is for the answer's own rounding.
/// - The answer agrees with its second route.
/// - The options of a choice are all different, and two routes find the same one right.
enum Kindness {
    /// How many tolerances a slip is away.
    static let distance = 5.0

    /// The first rule that a question breaks, in words; nil for a kind one.
    static func complaint(about question: Question) -> String? {
        switch question.kind {
        case .numeric(let numeric): complaint(about: numeric).map { "(\(question.id)) \($0)" }
        case .choice(let choice): complaint(about: choice).map { "(\(question.id)) \($0)" }
        case .drawing: nil
        }
    }

    private static func complaint(about numeric: Numeric) -> String? {
        let (answer, tolerance) = (numeric.answer, numeric.tolerance)
        guard answer.isFinite else { return "the answer is not a number" }
        if numeric.rounding != .whole, abs(answer) < 10 * tolerance { return "the answer \(answer) is too small" }
        for (place, slip) in numeric.slips.enumerated() {
            guard slip.value.isFinite else { return "slip \(place + 1) is not a number" }
            guard abs(slip.value - answer) >= distance * tolerance else {
                return "slip \(place + 1) is \(slip.value), beside the answer \(answer)"
            }
            for other in numeric.slips[..<place] where other.feedback != slip.feedback {
                guard abs(slip.value - other.value) >= distance * tolerance else {
                    return "two slips lead to \(slip.value)"
                }
            }
        }
        if let byHand = numeric.byHand {
            guard abs(byHand - answer) <= tolerance / 2 else { return "rounding on the way leads to \(byHand)" }
        }
        let check = numeric.check
        guard check.passed else { return "the second route leads to \(check.value)" }
        return nil
    }

    private static func complaint(about choice: Choice) -> String? {
        guard Set(choice.options.map(\.words.source)).count == choice.options.count else {
            return "two options are equal"
        }
        guard choice.options.indices.contains(choice.right), choice.right == choice.again else {
            return "the second route chooses another option"
        }
        return nil
    }
}

/// A number as the sheet prints it, for intermediate results.
func rounded(_ x: Double, _ decimals: Int) -> Double {
    let unit = pow(10, Double(decimals))
    return (x * unit).rounded() / unit
}

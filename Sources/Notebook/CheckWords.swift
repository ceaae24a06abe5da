import Verification

/// What a report says about a check: in the line below an equation, in the closing table and in the index of the course.
enum CheckWords {
    /// The line below an equation: how it was checked, both values, and how far they are apart; of a property, which has no second
    /// value, what was looked for and what was found.
    static func line(_ check: Check) -> Prose {
        let lead = check.passed ? "✅ **Check**" : "❌ **This check failed**"
        let join = check.claim == nil || check.passed ? " " : ", "
        return Prose("\(lead)\(join)\(check.claim == nil ? "by " : "")\(route(check).source): \(outcome(check)).")
    }

    /// What is read of a check that passed, if nothing is opened.
    static func verdict(_ check: Check) -> Prose {
        Prose("✅ checked \(check.claim == nil ? "by " : "")\(route(check).source)")
    }

    /// The same, where the words of the route hold mathematics, which cannot stand there.
    static let plainVerdict = "✅ checked by a second route"

    /// What is seen when it is opened.
    static func details(_ check: Check) -> Prose {
        let outcome = outcome(check)
        return Prose(outcome.prefix(1).uppercased() + outcome.dropFirst() + ".")
    }

    /// The route, for the tables; of a property, also what has to be true.
    static func route(_ check: Check) -> Prose { Prose(route(how: check.how, claim: check.claim)) }

    /// The same from `results.json`.
    static func route(how: String, claim: String?) -> String { claim.map { "that \($0), by \(how)" } ?? how }

    private static func outcome(_ check: Check) -> String {
        let allowed = NumberFormat.significant(2).string(check.tolerance)
        let difference = NumberFormat.boundText(check.difference, within: check.tolerance, of: check.kind)
        if let problem = check.problem {
            return check.kind == .property ? problem : "\(compared(check)); \(problem)"
        }
        switch check.kind {
        case .property:
            if let least = check.least {
                return "the \(check.quantity) is \(measured(check)), and must not be below "
                    + NumberFormat.significant(2).string(least)
            }
            let words = difference.replacing("< ", with: "less than ").replacing("≤ ", with: "at most ")
            return "the \(check.quantity) is \(words), allowed \(allowed)"
        case .published:
            let format = NumberFormat.fixed(check.decimals ?? 0)
            let numbers = [check.ours, check.value].map { $0.entries.map(format.string).joined(separator: ", ") }
            return "here \(numbers[0]), there \(numbers[1]); they \(check.passed ? "agree" : "do not agree")"
                + " to \(check.decimals ?? 0) decimal\(check.decimals == 1 ? "" : "s")"
        case .simulation:
            guard let errors = standardErrors(check) else { break }
            let each = check.ours.entries.count > 1 ? "each " : ""
            return "\(compared(check)); "
                + (check.passed ? "\(each)within \(errors)" : "up to \(errors) apart") + ", allowed 5"
        case .exact, .difference, .search: break
        }
        return "\(compared(check)); difference \(difference), allowed \(allowed)"
    }

    /// Both values, or one if they print alike.
    private static func compared(_ check: Check) -> String {
        let (here, second) = (ValueText.short(check.ours, check), ValueText.short(check.value, check))
        let route = check.kind == .simulation ? "simulated" : "second route"
        return here == second ? "both ways \(here)" : "computed \(here), \(route) \(second)"
    }

    /// How far apart the two routes are, for the closing table.
    static func difference(_ check: Check) -> String {
        if check.least != nil, check.problem == nil { return "\(check.quantity) \(measured(check))" }
        return standardErrors(check).map { check.passed ? "within \($0)" : $0 }
            ?? NumberFormat.boundText(check.difference, within: check.tolerance, of: check.kind)
    }

    private static func measured(_ check: Check) -> String {
        check.value.entries.map(NumberFormat.significant(2).string).joined(separator: ", ")
    }

    /// “1.7 standard errors”, rounded up, so that no entry is farther away; beyond 5 exactly if the check failed.
    private static func standardErrors(_ check: Check) -> String? {
        check.standardErrors.map {
            let errors = max(0.1, NumberFormat.roundedUp($0))
            return NumberFormat.significant(2).string(check.passed ? min(5, errors) : errors) + " standard errors"
        }
    }
}

extension CheckWords {
    /// The number that an equation is known by: its value, or one of several with its name.
    ///
    /// - Throws: ``ReportError/noTellingNumber(_:)`` if there are several and none was chosen.
    static func telling(_ equation: EquationCell) throws -> (name: Prose, value: Double)? {
        if case .number = equation.check.ours { return nil }
        guard let telling = equation.telling, let number = telling.number(in: equation.check.ours) else {
            throw ReportError.noTellingNumber(equation.id)
        }
        return (telling.name, number)
    }

    /// A number of the tables: `0.27098`, or `$\pi_{1}$: 0.394606`.
    static func telling(_ name: String?, _ value: CheckedValue, noise: Double) -> String {
        (name.map { "\($0): " } ?? "") + ValueText.short(value, noise: noise)
    }

    /// What stands below the closing table, where that shows less than there is.
    static let oneOfSeveral: Prose =
        "Of several numbers the table shows one, by its name; `results.json` has all of them."
}

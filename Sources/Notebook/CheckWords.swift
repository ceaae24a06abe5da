import Verification

/// What a report says about a check: below an equation, in the closing table and in the index of the course.
enum CheckWords {
    /// The line below an equation whose check failed: how it was checked, both values, and how far they are apart; of a property,
    /// which has no second value, what was looked for and what was found.
    static func failure(_ check: Check) -> Prose {
        let join = check.claim == nil ? " by " : ", "
        return Prose("❌ **This check failed**\(join)\(route(check).source): \(outcome(check)).")
    }

    /// The line below an equation that could not be checked with these data, and why.
    static func notMade(_ check: Check) -> Prose { Prose("⚪ **Not checked**: \(check.how).") }

    /// What is read of a check that passed, if nothing is opened: the route, if it is said in a line.
    ///
    /// - Parameter route: The words of the route, or nil if there is mathematics in them, which cannot stand there.
    static func verdict(_ check: Check, route: String?) -> (text: String, saysRoute: Bool) {
        if let route, route.count <= 60, check.claim == nil { return ("✅ checked by \(route)", true) }
        let kind =
            switch check.kind {
            case .property: "✅ checked"
            case .simulation: "✅ checked by simulation"
            case .published: "✅ checked against numbers from elsewhere"
            case .exact, .difference, .search, .notChecked: "✅ checked by a second route"
            }
        return (kind, false)
    }

    /// What is seen when it is opened: the outcome, and the route where the verdict does not say it.
    static func details(_ check: Check, afterRoute: Bool) -> Prose {
        let outcome = outcome(check)
        if afterRoute { return Prose(outcome.prefix(1).uppercased() + outcome.dropFirst() + ".") }
        return Prose("Checked \(check.claim == nil ? "by " : "")\(route(check).source): \(outcome).")
    }

    /// The route, for the tables; of a property, also what has to be true.
    static func route(_ check: Check) -> Prose {
        Prose(check.wasMade ? route(how: check.how, claim: check.claim) : "not checked: \(check.how)")
    }

    /// The mark of a check in a table.
    static func mark(passed: Bool?) -> String { passed.map { $0 ? "✅" : "❌" } ?? "⚪" }

    /// `; 2 could not be made`, or nothing.
    static func unchecked(_ count: Int) -> String { count == 0 ? "" : "; \(count) could not be made" }

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
        case .exact, .difference, .search, .notChecked: break
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
        guard check.wasMade else { return "" }
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

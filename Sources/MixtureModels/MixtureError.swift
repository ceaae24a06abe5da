/// What went wrong, where, and which rule was broken.
///
/// Every function of this module that throws, throws this type. Rows, columns and components are counted from 1 in it, as a
/// reader of a table counts them, though from 0 in code. Step 1 is the first M-step.
public struct MixtureError: Error, Equatable, CustomStringConvertible {
    /// The families of errors, for code that wants to react to one of them.
    public enum Kind: Sendable, Equatable {
        /// The data break a rule: no rows, a value that is not finite, more heads than flips, too few rows.
        case data
        /// A parameter of a distribution, a mixture or a prior is outside its range.
        case parameter
        /// An option of an algorithm makes no sense, such as a maximum of zero steps.
        case option
        /// A row has probability 0 under every component, so that it has no responsibilities.
        case impossibleObservation
        /// A component is responsible for no data, so that its parameters have no estimate.
        case emptyComponent
        /// A variance reached 0, or a covariance matrix is no longer positive definite.
        case collapse
        /// The objective fell by more than rounding, although EM never lowers it: the numbers are no longer to be trusted.
        case descent
        /// Every one of several starts failed.
        case everyStartFailed
    }

    /// The family this error belongs to.
    public let kind: Kind
    /// The rule that was broken, in plain words, with the offending value.
    public let rule: String
    /// Which options of the algorithm would prevent it, where some would.
    public let remedy: String?
    /// The step of the EM run whose update failed.
    public var step: Int?
    /// The component concerned, counted from 1.
    public var component: Int?
    /// The row of the data concerned, counted from 1.
    public var row: Int?

    /// An error that does not yet know where it happened; the callers that do know add the place.
    public init(_ kind: Kind, _ rule: String, remedy: String? = nil) {
        self.kind = kind
        self.rule = rule
        self.remedy = remedy
    }

    /// The place and the rule, such as `row 3: values must be finite numbers, not nan`, and the remedy.
    public var description: String { withoutRemedy + (remedy.map { "; \($0)" } ?? "") }

    /// The place and the rule, for programs that offer other remedies than those of this module.
    public var withoutRemedy: String {
        let places = [("step", step), ("component", component), ("row", row)]
        let place = places.compactMap { name, number in number.map { "\(name) \($0)" } }.joined(separator: ", ")
        return place.isEmpty ? rule : "\(place): \(rule)"
    }
}

extension MixtureError {
    /// A component has nothing to be estimated from.
    static var noData: MixtureError {
        MixtureError(.emptyComponent, "no data are left for the component, so its parameters have no estimate")
    }

    /// The error as it is, if it is a `MixtureError`; otherwise one that says the same. Distributions written elsewhere may
    /// throw errors of their own.
    init(wrapping error: any Error) {
        self = error as? MixtureError ?? MixtureError(.parameter, String(describing: error))
    }
}

/// A place in a run of EM, which an error can name.
enum Place {
    case step, component, row
}

/// Runs `body`; if it throws, notes the place of the failure in the error.
///
/// (A key path would say the same; but in generic code it is made anew at each call, which took a third of lesson 5's time.)
func locating<T>(_ place: Place, _ number: Int, _ body: () throws -> T) throws(MixtureError) -> T {
    do {
        return try body()
    } catch {
        var located = MixtureError(wrapping: error)
        switch place {
        case .step: located.step = number
        case .component: located.component = number
        case .row: located.row = number
        }
        throw located
    }
}

/// A second route to a value: how it goes, and where it led, but not yet compared with anything.
///
/// Whoever shows a value hands it over together with its second route, and the comparison is made of exactly that value (see
/// ``Check``). So no check can stand beside a value that it did not check.
///
///     report.equation("cs181.8", …, value: .vector(weights), again: .search(.vector(searched), "a search over all weights"))
public struct SecondRoute: Sendable, Equatable {
    /// What sort of route it is. That says what a difference means, and how exact the route can be.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// Another way to the same number, which needs neither steps nor searching nor chance: another formula, a sum over all
        /// assignments, an integral. Only the error of the arithmetic may separate the two.
        case exact
        /// A derivative by difference quotients.
        case difference
        /// A place, or a height, found by searching, which knows its numbers to some digits only.
        case search
        /// An average over random draws, with its standard error.
        case simulation
        /// A figure from the literature or from another program, with the decimals printed there.
        case published
        /// No second value: something that has to be true of the value, and how far from true it is.
        case property
        /// No route: one that could not be taken. Such a check neither passes nor fails.
        case notChecked

        /// Whether a difference within the tolerance is an error of arithmetic. Its digits then mean nothing, and neither do those
        /// of a number that is no larger. Chance and the decimals of others are no such errors.
        public var isArithmetic: Bool { self != .simulation && self != .published }
    }

    /// The sort of route.
    public let kind: Kind
    /// The route in a few plain words, to be read after “by”: "central differences of Q".
    public let how: String
    /// What has to be true, to be read after “that”: "no step lowers the log-likelihood". Nil if the route has a value.
    public let claim: String?
    /// What a property is judged by: "steepest slope"; to be read after “the”. Empty if the route has a value.
    public private(set) var quantity = ""
    /// What the route gave; for a property, the number by which it is judged.
    public let value: CheckedValue
    /// The largest differences that pass: one for all entries, or one for each.
    let tolerances: [Double]
    /// Whether differences are divided by the largest entry of ``value``.
    var isRelative = false
    /// For a property whose number must not be too small, the least that passes.
    var least: Double?
    /// Of a simulation, the standard error of each entry.
    var standardErrors: [Double] = []
    /// Of a published figure, how many decimals were printed.
    var decimals: Int?
    /// Why a property cannot be judged, or nil.
    var problem: String?

    private init(_ kind: Kind, _ how: String, claim: String? = nil, value: CheckedValue, tolerances: [Double]) {
        self.kind = kind
        self.how = how
        self.claim = claim
        self.value = value
        self.tolerances = tolerances
    }

    /// The same number by another formula, a sum over all cases, an integral.
    ///
    /// - Parameters:
    ///   - value: what the second route gave.
    ///   - how: the route in a few plain words, after “by”.
    ///   - tolerance: the largest difference that passes.
    ///   - relative: divides the difference by the largest entry of `value`, if that is larger than 1: for large values.
    ///     The words of the route then say so.
    public static func exact(
        _ value: CheckedValue, _ how: String, tolerance: Tolerance = .rounding(), relative: Bool = false
    ) -> SecondRoute { route(.exact, value, how, tolerance, relative) }

    /// A derivative by difference quotients; parameters as for ``exact(_:_:tolerance:relative:)``.
    public static func difference(
        _ value: CheckedValue, _ how: String, tolerance: Tolerance = .centralDifference, relative: Bool = false
    ) -> SecondRoute { route(.difference, value, how, tolerance, relative) }

    /// What a search found; parameters as for ``exact(_:_:tolerance:relative:)``.
    public static func search(
        _ value: CheckedValue, _ how: String, tolerance: Tolerance = .numericalMaximization, relative: Bool = false
    ) -> SecondRoute { route(.search, value, how, tolerance, relative) }

    private static func route(
        _ kind: Kind, _ value: CheckedValue, _ how: String, _ tolerance: Tolerance, _ relative: Bool
    ) -> SecondRoute {
        var route = SecondRoute(
            kind, relative ? "\(how) (relative difference)" : how, value: value, tolerances: [tolerance.value])
        route.isRelative = relative
        return route
    }

    /// A simulated number; it passes within 5 of its standard errors, which chance alone exceeds less than once in a million.
    public static func simulation(_ estimate: SimulationEstimate, _ how: String) -> SecondRoute {
        simulation(.number(estimate.mean), [estimate], how)
    }

    /// A simulated vector, each entry with 5 standard errors of its own.
    public static func simulation(_ estimates: [SimulationEstimate], _ how: String) -> SecondRoute {
        simulation(.vector(estimates.map(\.mean)), estimates, how)
    }

    /// A simulated matrix, each entry with 5 standard errors of its own.
    public static func simulation(_ estimates: [[SimulationEstimate]], _ how: String) -> SecondRoute {
        simulation(.matrix(estimates.map { $0.map(\.mean) }), estimates.flatMap { $0 }, how)
    }

    private static func simulation(
        _ value: CheckedValue, _ estimates: [SimulationEstimate], _ how: String
    ) -> SecondRoute {
        var route = SecondRoute(
            .simulation, how, value: value, tolerances: estimates.map { Tolerance.simulation($0).value })
        route.standardErrors = estimates.map(\.standardError)
        return route
    }

    /// A figure as somebody else printed it; what rounds to it passes.
    ///
    /// - Parameters:
    ///   - figure: the figure as printed.
    ///   - decimals: how many digits are printed after the decimal point.
    ///   - how: whose it is.
    public static func published(_ figure: Double, decimals: Int, _ how: String) -> SecondRoute {
        var route = SecondRoute(
            .published, how, value: .number(figure), tolerances: [Tolerance.published(decimals: decimals).value])
        route.decimals = decimals
        return route
    }
}

extension SecondRoute {
    /// A route that could not be taken, for numbers that are beyond it. A check of it neither passes nor fails.
    ///
    /// - Parameter why: a plain sentence, without its full stop.
    public static func notChecked(_ why: String) -> SecondRoute {
        SecondRoute(.notChecked, why, value: .vector([]), tolerances: [0])
    }

    /// The route, or why it could not be taken.
    ///
    /// - Parameter route: takes the route; what it throws is the reason.
    public init(attempting route: () throws -> SecondRoute) {
        do {
            self = try route()
        } catch {
            var why = "\(error)"
            if why.hasSuffix(".") { why.removeLast() }
            self = .notChecked(why)
        }
    }

    /// Something that has to be true and has no second value, such as “no step lowers ℓ”.
    ///
    /// Only a property may stand beside a value of another shape, since it is not compared with it; its claim says what is
    /// checked instead.
    ///
    /// - Parameters:
    ///   - claim: what has to be true, after “that”.
    ///   - how: how it is looked for, after “by”.
    ///   - quantity: what is measured, after “the”: "largest fall".
    ///   - violation: how far the worst case is from it; zero or negative where the claim is true. It is the check's `value`;
    ///     its positive part is the check's `difference`.
    ///   - tolerance: how large a violation still passes; as a rule, rounding.
    public static func property(
        _ claim: String, by how: String, the quantity: String, is violation: Double, tolerance: Tolerance = .rounding()
    ) -> SecondRoute {
        property(claim, how, quantity, .number(violation), allowed: tolerance.value)
    }

    /// A property whose number must not be too small, such as a p-value. It passes from `least` on.
    public static func property(
        _ claim: String, by how: String, the quantity: String, is measured: Double, atLeast least: Double
    ) -> SecondRoute {
        var route = property(claim, how, quantity, .number(measured), allowed: 0)
        route.least = least
        return route
    }

    /// The property that no value is smaller than the one before it. The check's `value` is the largest fall; it is
    /// negative where every step rises.
    ///
    /// Fewer than two values have no step to judge, and do not pass.
    public static func nonDecreasing(
        _ values: [Double], _ claim: String, by how: String, tolerance: Tolerance = .rounding()
    ) -> SecondRoute {
        let falls = zip(values, values.dropFirst()).map { $0 == $1 ? 0 : $0 - $1 }
        let largest = falls.contains(where: \.isNaN) ? .nan : falls.max()
        var route = property(
            claim, how, "largest fall", largest.map(CheckedValue.number) ?? .vector(values), allowed: tolerance.value)
        if largest == nil { route.problem = "there are fewer than two values, so no step to judge" }
        return route
    }

    private static func property(
        _ claim: String, _ how: String, _ quantity: String, _ value: CheckedValue, allowed: Double
    ) -> SecondRoute {
        var route = SecondRoute(.property, how, claim: claim, value: value, tolerances: [allowed])
        route.quantity = quantity
        if value.entries.contains(where: \.isNaN) { route.problem = "what was measured is not a number" }
        return route
    }
}

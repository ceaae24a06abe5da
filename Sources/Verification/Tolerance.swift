#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The largest difference at which two routes still count as agreeing, with the reason for its size.
///
/// The constants stand here, in one place, and none is fitted to a result: each follows from how exact its second route
/// can be. A slip in a formula is larger than any of them by orders of magnitude.
public struct Tolerance: Sendable, Equatable {
    /// The bound on the difference; the difference may equal it.
    public let value: Double
    /// Why the bound is what it is: a plain sentence.
    public let reason: String

    /// A bound of your own, with its reason.
    public init(_ value: Double, reason: String) {
        self.value = value
        self.reason = reason
    }

    /// Two expressions that are equal in exact arithmetic: 1e-12, times the size of the numbers where that exceeds 1.
    ///
    /// - Parameter scale: the size of the numbers that are added up, such as the number of observations.
    public static func rounding(scale: Double = 1) -> Tolerance {
        Tolerance(
            1e-12 * max(1, abs(scale)),
            reason:
                "The two are equal in exact arithmetic; a double rounds at 1e-16, and a few thousand roundings may add up."
        )
    }

    /// Sums over all assignments: 1e-10.
    public static let enumeration = Tolerance(
        1e-10,
        reason: "Equal in exact arithmetic, but the second route adds up to a million terms of very different size.")

    /// First derivatives by ``CentralDifference``: 1e-6.
    public static let centralDifference = Tolerance(
        1e-6,
        reason:
            "Subtracting neighbouring function values costs five to eight of the sixteen digits; sums over a thousand "
            + "observations cost three more.")

    /// Second derivatives by ``CentralDifference``: 1e-4.
    public static let hessian = Tolerance(
        1e-4, reason: "Differences are taken twice, so that the loss of digits of a first derivative occurs twice.")

    /// The argument found by ``GoldenSection``: 1e-6.
    public static let goldenSection = Tolerance(
        1e-6,
        reason:
            "A function is flat at its maximum: values that agree to 16 digits leave the argument known to 8, and to "
            + "fewer where the curvature is small.")

    /// The argument found by ``NelderMead``: 1e-5.
    public static let numericalMaximization = Tolerance(
        1e-5, reason: "As for the golden section, in several directions of unequal curvature at once.")

    /// Integrals by ``AdaptiveSimpson``: 1e-8.
    public static let quadrature = Tolerance(
        1e-8, reason: "The quadrature is asked for 1e-10; tails that are cut off and narrow peaks may cost two digits.")

    /// The rate of a linearly converging iteration, measured on its steps: 1e-3.
    public static let linearRate = Tolerance(
        1e-3,
        reason:
            "The measured rate tends to the eigenvalue only as the smaller eigenvalues die out; three digits are then there."
    )

    /// A published figure with this many decimals: half a unit of its last decimal.
    ///
    /// - Parameter decimals: how many digits are printed after the decimal point.
    public static func published(decimals: Int) -> Tolerance {
        // The tiny surplus lets a value that lies exactly on the edge, such as 0.125 against 0.13, count as rounded to it.
        let unit = pow(10, -Double(decimals))
        return Tolerance(
            0.5 * unit * (1 + 1e-9), reason: "The published figure is rounded to \(decimals) decimals.")
    }

    /// A simulation: 5 standard errors.
    ///
    /// - Parameter estimate: the simulated estimate with which a value is to be compared.
    public static func simulation(_ estimate: SimulationEstimate) -> Tolerance {
        // A simulation in which every draw is the same has standard error 0; then only rounding may separate the two.
        Tolerance(
            max(5 * estimate.standardError, 1e-12 * max(1, abs(estimate.mean))),
            reason: "5 standard errors: chance alone exceeds them less than once in a million.")
    }
}

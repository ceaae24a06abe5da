#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// P(χ² ≥ statistic): the p-value of a chi-square statistic, Q(ν/2, χ²/2) with Q the regularised upper incomplete gamma
/// function.
///
/// A power series is used left of the distribution's bulk and a continued fraction right of it, as each converges fast there.
///
/// - Parameters:
///   - statistic: χ², at least 0.
///   - degreesOfFreedom: ν, from 1 to 1,000,000.
/// - Throws: ``VerificationError`` if an argument is outside its range.
public func chiSquarePValue(statistic: Double, degreesOfFreedom: Int) throws -> Double {
    guard statistic >= 0, statistic.isFinite, (1...1_000_000).contains(degreesOfFreedom) else {
        throw VerificationError.invalidArgument(
            routine: "Chi-square p-value",
            rule: "it needs a statistic that is not negative and 1 to 1000000 degrees of freedom")
    }
    let (a, x) = (Double(degreesOfFreedom) / 2, statistic / 2)
    if x == 0 { return 1 }
    let logFactor = a * log(x) - x - lgamma(a)  // ln(xᵃ e⁻ˣ / Γ(a)), common to both expansions
    if x < a + 1 {
        // P(a, x) = xᵃ e⁻ˣ / Γ(a) · Σ_n xⁿ / (a (a+1) … (a+n))
        var (term, sum, n) = (1 / a, 1 / a, a)
        while term > sum * 1e-17 {
            n += 1
            term *= x / n
            sum += term
        }
        return min(1, max(0, 1 - exp(logFactor) * sum))
    }
    // Q(a, x) = xᵃ e⁻ˣ / Γ(a) · 1 / (x + 1 - a - 1(1 - a) / (x + 3 - a - …)), from the front by Lentz's method.
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for i in 1...100_000 {
        let numerator = -Double(i) * (Double(i) - a)
        b += 2
        d = 1 / (numerator * d + b)
        c = b + numerator / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-16 { break }
    }
    return min(1, max(0, exp(logFactor) * fraction))
}

import Foundation

/// x ln y, with 0 ln 0 = 0: the convention that lets probabilities of exactly 0 and 1 take part in log-likelihoods.
public func xlogy(_ x: Double, _ y: Double) -> Double {
    x == 0 ? 0 : x * log(y)
}

/// x ln(1 + y), with 0 ln 0 = 0, exact to rounding also for tiny y. For tails, y is minus the probability of heads.
public func xlog1py(_ x: Double, _ y: Double) -> Double {
    x == 0 ? 0 : x * log1p(y)
}

/// ln Σ exp(a_k), without overflow and without losing the smaller terms to underflow before they are due.
///
/// The largest term is taken out of the sum first: ln Σ exp(a_k) = m + ln Σ exp(a_k - m) with m = max a_k. The result is
/// minus infinity if every term is, or if there are none.
public func logSumExp(_ terms: [Double]) -> Double {
    var largest = -Double.infinity
    for term in terms where term > largest { largest = term }
    guard largest.isFinite else { return largest }
    var sum = 0.0
    for term in terms { sum += exp(term - largest) }
    return largest + log(sum)
}

/// ln Γ(x) for x > 0; absolute error about 1e-15 times the larger of 1 and |ln Γ(x)|.
///
/// Stirling's series, after Γ(x + 1) = x Γ(x) has moved small arguments up to where the series converges. (The system's
/// `lgamma` writes its sign into a global variable, which is not safe with several threads.)
public func logGamma(_ x: Double) -> Double {
    precondition(x > 0, "logGamma is defined here for positive arguments")
    var argument = x
    var shift = 1.0
    while argument < 12 {
        shift *= argument
        argument += 1
    }
    let inverse = 1 / argument
    let square = inverse * inverse
    // B_2j / (2j (2j - 1)), the coefficients of Stirling's series, highest first.
    let coefficients: [Double] = [-691 / 360_360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12]
    let series = inverse * coefficients.reduce(0) { $0 * square + $1 }
    return (argument - 0.5) * log(argument) - argument + 0.5 * log(2 * Double.pi) + series - log(shift)
}

/// ln n! for n ≥ 0. Small n, by far the commonest, are looked up.
public func logFactorial(_ n: Int) -> Double {
    n < logFactorials.count ? logFactorials[n] : logGamma(Double(n) + 1)
}

private let logFactorials: [Double] = (0..<256).map { $0 < 2 ? 0 : logGamma(Double($0) + 1) }

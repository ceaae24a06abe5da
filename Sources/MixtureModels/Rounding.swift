// What rounding does to means and variances, and how far they can be told from it.

/// Whether a mean, or the farthest number, is so far from 0 in standard deviations that rounding is felt: then the numbers are
/// better measured from the mean. Nearer than that, nothing is done, and the sums are those of the textbook to the last bit.
func isFarOut(_ mean: Double, _ reach: Double, variance: Double) -> Bool {
    let deviation = variance.squareRoot()
    return mean.isFinite && (mean.magnitude > 64 * deviation || reach > 1024 * deviation)
}

/// The rounding of numbers around a mean, of which the farthest is `reach` away from the origin. What varies by less does not
/// vary as far as anybody can tell: no maximum of the likelihood has such a standard deviation, since a row so many
/// standard deviations away has the probability 0.
func resolution(mean: Double, reach: Double) -> Double { .ulpOfOne * max(mean.magnitude, reach) }

/// a + b, rounded, and what rounding took off (Knuth).
func exactSum(_ a: Double, _ b: Double) -> (sum: Double, remainder: Double) {
    let sum = a + b
    let other = sum - a
    return (sum, (a - (sum - other)) + (b - other))
}

/// Throws if the squares of deviations, the farthest of which is `reach`, are beyond the range of double precision, or their
/// products with responsibilities of the sum `weight` are.
func checkSpread(_ variance: Double, reach: Double, weight: Double) throws {
    guard variance.isFinite else {
        throw MixtureError(
            .data, "the squares of so large values overflow; divide the data by a power of ten")
    }
    guard reach == 0 || reach >= 1e-146 else {
        throw MixtureError(
            .data,
            "the squares of values of at most \(reach) underflow; multiply the data by a power of ten")
    }
    guard reach == 0 || weight * reach * reach >= 1e-300 else {
        throw MixtureError(
            .data,
            "the squares of values of at most \(reach), counted \(weight) times, underflow; multiply the data by a power of ten"
        )
    }
}

extension MixtureError {
    /// A variance is 0, or cannot be told from 0: the likelihood grows without bound as a component closes in on one value.
    static var collapsedVariance: MixtureError {
        MixtureError(
            .collapse,
            "the variance has collapsed to 0, up to rounding, around a single value",
            remedy: "a variance floor or a prior prevents that")
    }

    /// The same in several dimensions.
    static func collapsedCovariance(dimension: Int) -> MixtureError {
        MixtureError(
            .collapse,
            "the covariance has collapsed: the data left for the component "
                + (dimension == 1 ? "are all equal" : "vary in fewer than \(dimension) directions"),
            remedy: "a covariance floor or a prior prevents that")
    }
}

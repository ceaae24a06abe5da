/// A distribution that can be a component of a mixture.
///
/// To add one, write one file like `Bernoulli.swift`: the density, a way to draw from it, its moments, and how it is
/// estimated from weighted data. Mixtures, EM, sampling and restarts then work with it as they are.
public protocol Component: Sendable, Equatable {
    /// One row of data: a `Double`, a `[Double]`, a `Bool`, …
    associatedtype Observation: Sendable
    /// What the data are boiled down to before the parameters are estimated.
    associatedtype Statistics: SufficientStatistics where Statistics.Observation == Observation

    /// ln p(x); minus infinity where p(x) is 0, and never NaN.
    func logDensity(at x: Observation) -> Double

    /// Draws one observation.
    func sample(using generator: inout SeededGenerator) -> Observation

    /// Mean and covariance.
    var moments: Moments { get }

    /// How far the parameters are from another component's, in units of which one is much: for a probability 1, for a mean the
    /// standard deviation, for a variance the variance. By default it is told from the moments.
    func distance(from other: Self) -> Double

    /// The maximum-likelihood estimate from weighted data.
    ///
    /// - Throws: `MixtureError` if the statistics determine no parameters, for instance because all weights were 0.
    static func estimate(from statistics: Statistics) throws -> Self

    /// The number of values in an observation; 1 by default, and the length for observations that are arrays.
    static func dimension(of x: Observation) -> Int

    /// Checks the values of an observation. By default numbers must be finite, and everything else passes.
    ///
    /// - Throws: `MixtureError` of kind `data`, which names the rule that is broken. EM adds the row.
    static func check(_ x: Observation) throws
}

/// Totals over weighted data, from which a distribution's parameters can be estimated.
///
/// Totals are additive: the totals of two parts of the data merge into the totals of the whole. So data can be taken in any
/// fixed number of parts, by any number of threads.
public protocol SufficientStatistics: Sendable {
    /// One row of data.
    associatedtype Observation

    /// The totals of no data at all, in the shape (the number of values) that this observation has.
    init(like observation: Observation)

    /// Counts an observation as `weight` observations, with weight ≥ 0: in EM, its responsibility.
    mutating func add(_ x: Observation, weight: Double)

    /// Adds the totals of other data.
    mutating func merge(_ other: Self)

    /// The totals of no data at all, prepared to go through the same data again with more digits; nil, the default, if there is
    /// nothing to gain. Statistics with a mean measure the data from it, where it is large against their spread.
    func recentred() -> Self?

    /// The sum of the weights: in EM, the effective count N_k.
    var totalWeight: Double { get }
}

/// Mean and covariance of a distribution of vectors; a scalar counts as a vector of length 1.
public struct Moments: Sendable, Equatable {
    /// The mean, of length D.
    public let mean: [Double]
    /// The covariance, D × D.
    public let covariance: Matrix

    /// The moments of a distribution of vectors.
    public init(mean: [Double], covariance: Matrix) {
        self.mean = mean
        self.covariance = covariance
    }

    /// The moments of a distribution of scalars.
    public init(mean: Double, variance: Double) {
        self.init(mean: [mean], covariance: [[variance]])
    }
}

// What holds for every distribution unless its own file says otherwise.

extension Component {
    /// One value, unless the observation is an array.
    public static func dimension(of x: Observation) -> Int { 1 }

    /// Everything passes.
    public static func check(_ x: Observation) throws {}

    /// The largest difference in the means, in standard deviations of this component, or in the covariances, in products of
    /// two of them.
    public func distance(from other: Self) -> Double {
        momentDistance(moments, other.moments, zip(moments.mean, other.moments.mean).map(-))
    }

    /// The number of values in this component's observations.
    var dimension: Int { moments.mean.count }
}

extension SufficientStatistics {
    /// There is nothing to gain.
    public func recentred() -> Self? { nil }

    /// The totals of data, each observation counted `weight` times, taken twice where that keeps digits. There must be data.
    public init(of data: [Observation], weight: Double = 1) {
        precondition(!data.isEmpty, "totals have the shape of an observation, and there is none")
        func total(_ empty: Self) -> Self { data.reduce(into: empty) { $0.add($1, weight: weight) } }
        let first = total(Self(like: data[0]))
        self = first.recentred().map(total) ?? first
    }
}

extension Component where Observation == Double {
    /// A number must be finite.
    public static func check(_ x: Double) throws {
        guard x.isFinite else { throw MixtureError(.data, "values must be finite numbers, not \(x)") }
    }
}

extension Component where Observation == [Double] {
    /// The length of the vector.
    public static func dimension(of x: [Double]) -> Int { x.count }

    /// Every element must be finite.
    public static func check(_ x: [Double]) throws {
        guard let column = x.firstIndex(where: { !$0.isFinite }) else { return }
        throw MixtureError(.data, "values must be finite numbers, not \(x[column]) in column \(column + 1)")
    }
}

extension Component where Observation == [Bool] {
    /// The length of the vector.
    public static func dimension(of x: [Bool]) -> Int { x.count }
}

extension Component {
    /// Checks all data: at least one row, every row fit for this kind of component and of `dimension` values.
    ///
    /// - Throws: `MixtureError` of kind `data`, naming the row.
    static func check(_ data: Rows<Observation>, dimension: Int) throws {
        guard data.count > 0 else { throw MixtureError(.data, "there are no data: at least one row is needed") }
        _ = try mapChunks(of: data.count) { rows in
            for (index, x) in zip(rows, data[rows]) {
                try locating(.row, index + 1) {
                    let count = Self.dimension(of: x)
                    guard count == dimension else {
                        throw MixtureError(.data, "a row must have \(dimension) values, not \(count)")
                    }
                    try check(x)
                }
            }
        }
    }
}

/// The largest difference of means, in standard deviations of the first, or of covariances, in products of two of them.
func momentDistance(_ new: Moments, _ old: Moments, _ moves: [Double]) -> Double {
    let deviations = new.covariance.diagonal.map { $0.squareRoot() }
    var largest = 0.0
    for i in deviations.indices {
        largest = max(largest, relative(moves[i], to: deviations[i]))
        for j in deviations.indices {
            let difference = new.covariance[i, j] - old.covariance[i, j]
            largest = max(largest, relative(difference, to: deviations[i] * deviations[j]))
        }
    }
    return largest
}

/// The size of a difference in units of `scale`; 0 for no difference, and infinity for one that has no size.
private func relative(_ difference: Double, to scale: Double) -> Double {
    let size = difference.magnitude / scale
    return difference == 0 ? 0 : size.isNaN ? .infinity : size
}

import Foundation
import LessonKit
import MixtureModels
import Verification

/// A study's numbers as its second routes see them: each column with mean 0 and standard deviation 1, so that an offset of 10^9 or a
/// unit of 10^-21 is no concern of a search or a difference quotient.
///
/// Old Faithful's minutes are good units already and stay as they are, and so do the bits of all that is computed from them.
struct Standardised {
    /// What is taken away from each column.
    let centre: [Double]
    /// What each column is then divided by.
    let unit: [Double]
    /// The rows in these units.
    let rows: [[Double]]
    private let isAsGiven: Bool

    /// The rows as they are.
    init(asGiven rows: [[Double]]) {
        self.rows = rows
        centre = rows.first?.map { _ in 0 } ?? []
        unit = centre.map { _ in 1 }
        isAsGiven = true
    }

    /// The rows in standard units. A spherical covariance stays one only if all columns have the same unit.
    init(_ rows: [[Double]], shape: CovarianceShape) {
        let moments = (rows.first?.indices ?? 0..<0).map { d in columnMoments(rows.map { $0[d] }) }
        let (centre, spread) = (moments.map(\.mean), moments.map(\.spread))
        let unit = shape == .spherical ? spread.map { _ in spread.max() ?? 1 } : spread
        (self.centre, self.unit) = (centre, unit)
        self.rows = rows.map { row in row.indices.map { (row[$0] - centre[$0]) / unit[$0] } }
        isAsGiven = false
    }

    /// The logarithm by which the density of one row grows when it is measured in these units.
    var logUnit: Double { isAsGiven ? 0 : unit.reduce(0) { $0 + log($1) } }

    /// The parameters in these units.
    func mixture(_ mixture: Mixture<MultivariateNormal>) throws -> Mixture<MultivariateNormal> {
        if isAsGiven { return mixture }
        return try Mixture(
            weights: mixture.weights,
            components: mixture.components.map { component in
                var covariance = component.covariance
                for i in unit.indices {
                    for j in unit.indices { covariance[i, j] = covariance[i, j] / unit[i] / unit[j] }
                }
                // The component knows its mean better than a double far from 0 does.
                let offset = component.deviation(from: centre)
                return try MultivariateNormal(
                    mean: unit.indices.map { -offset[$0] / unit[$0] }, covariance: covariance)
            })
    }
}

extension Study {
    /// Mean, standard deviation and standardised values of the column that the sections on one variable take.
    var standardColumn: (centre: Double, unit: Double, values: [Double]) {
        if isOldFaithful { return (0, 1, values) }
        let (mean, spread) = columnMoments(values)
        return (mean, spread, values.map { ($0 - mean) / spread })
    }

    /// How many density evaluations one second route may take, if the data are the reader's own.
    var workLimit: Int? { isOldFaithful ? nil : 30_000_000 }

    /// The same for a gradient, of which there are several.
    var slopeWorkLimit: Int? { isOldFaithful ? nil : 20_000_000 }

    /// The work of one look at all rows, in units that grow with the size of a density; a look begins with factors to be computed.
    var workOfAllRows: Int { (rows.count + 100) * classCount * max(1, dimension * dimension / 4) }

    /// The tolerance for sums over rows that are equal in exact arithmetic.
    ///
    /// Old Faithful's is measured by the sum. In a reader's data the terms may be much larger than their sum, and where a covariance is
    /// nearly singular each of them is known less well.
    func rounding(
        of sum: Double, rows count: Int? = nil, over mixtures: [Mixture<MultivariateNormal>]? = nil
    ) -> Tolerance {
        if isOldFaithful { return .rounding(scale: sum) }
        return .rounding(scale: termSize(sum, count ?? rows.count) * conditioning(mixtures ?? [start]))
    }

    /// The tolerance for an enumeration of a few rows' classes.
    func enumeration(of sum: Double, rows: Int, at mixture: Mixture<MultivariateNormal>? = nil) -> Tolerance {
        if isOldFaithful { return .enumeration }
        let scale = max(1, abs(sum), termSize(sum, rows) / 100) * conditioning([mixture ?? start])
        return Tolerance(Tolerance.enumeration.value * scale, reason: Tolerance.enumeration.reason)
    }

    private func termSize(_ sum: Double, _ rows: Int) -> Double {
        abs(sum) + Double(rows) * (Double(dimension) + abs(standard.logUnit))
    }

    /// How much larger than the rounding of doubles that of a density is: 1 for correlations up to about .99, and the square of the largest
    /// variance per conditional variance in relation to that for more.
    private func conditioning(_ mixtures: [Mixture<MultivariateNormal>]) -> Double {
        max(1, min(1e5, steepness(mixtures) / 100))
    }

    /// Refuses to look for slopes where a covariance is so nearly singular that rounding alone makes them.
    func requireDigits(_ mixture: Mixture<MultivariateNormal>) throws {
        guard !isOldFaithful, steepness([mixture]) > 1e6 else { return }
        throw VerificationError.notConverged(
            routine: "The second route",
            detail: "the covariance of a class is so nearly singular that too few digits are left for a comparison")
    }

    /// The largest variance of a column in relation to what the columns before it leave of that.
    private func steepness(_ mixtures: [Mixture<MultivariateNormal>]) -> Double {
        var worst = 1.0
        for component in mixtures.flatMap(\.components) {
            for d in 0..<dimension {
                let pivot = component.factor.lower[d, d] * component.factor.lower[d, d]
                worst = max(worst, component.covariance[d, d] / pivot)
            }
        }
        return worst
    }
}

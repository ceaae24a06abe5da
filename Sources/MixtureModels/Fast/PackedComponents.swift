import CFastEM
import Foundation

/// A distribution that the vectorised pass knows. CFastEM.h has the formulas that these functions fill in.
protocol PackedComponent: Component {
    /// The loops to run.
    static func shape(_ mixture: Mixture<Self>, onlyVariances: Bool) -> fast_em_shape
    /// An element of a row.
    static func number(_ x: Observation, _ column: Int) -> Double
    /// Where the sums are centred unless that loses digits.
    var centre: [Double] { get }
    /// ln p without the quadratic form or the elements' terms, and the parameters after the constant. Nil if their rounding
    /// errors would be felt.
    func packed(centre: [Double], shape: fast_em_shape) -> (logConstant: Double, values: [Double])?
    /// The statistics from the sums of one component. Nil if digits have been lost, or the spread is near the rounding of the
    /// largest number in its column.
    static func statistics(
        _ sums: [Double], centre: [Double], shape: fast_em_shape, largest: [Double]
    ) -> Statistics?
}

/// With this factor, a square is -log2 of exp(-½ square).
private let scale = (0.5 / log(2.0)).squareRoot()

/// Whether Σ q d² - (Σ q d)² / Σ q has kept all but four of its digits.
/// Products of tiny responsibilities and tiny squares that underflow have lost digits, too.
private func isAccurate(_ scatter: Double, _ square: Double) -> Bool { scatter >= 1e-4 * square && square > 1e-280 }

/// Whether half of the digits are kept by what each column varies given those before it, which is a difference of sums of the
/// size of `squares`. The rounding of these sums is multiplied by the square of a condition number, the largest row sum of
/// |L⁻¹| · root of the squares: near a collapse nothing else is left. There only the readable pass decides what happens.
private func isWellConditioned(_ factor: CholeskyFactor, _ squares: [Double]) -> Bool {
    let columns = squares.indices.map { j in
        factor.forwardSolve(squares.indices.map { $0 == j ? squares[j].squareRoot() : 0 })
    }
    return squares.indices.allSatisfy { i in columns.reduce(0) { $0 + $1[i].magnitude } <= 1e4 }
}

extension PackedComponent {
    /// The mean that these sums give; what follows the sums of one column depends on the shape.
    static func mean(_ sums: [Double], centre: [Double], shape: fast_em_shape) -> [Double] {
        centre.indices.map { centre[$0] + sums[Int(fast_em_sums(shape, $0))] / sums[0] }
    }
}

extension Normal: PackedComponent {
    static func shape(_ mixture: Mixture<Normal>, onlyVariances: Bool) -> fast_em_shape { FAST_EM_DIAGONAL }
    static func number(_ x: Double, _ column: Int) -> Double { x }
    var centre: [Double] { [mean] }

    func packed(centre: [Double], shape: fast_em_shape) -> (logConstant: Double, values: [Double])? {
        let w = scale / standardDeviation
        return (-0.5 * (log(2 * Double.pi) + log(variance)), [centre[0], w * ((centre[0] - mean) - remainder), w])
    }

    static func statistics(
        _ sums: [Double], centre: [Double], shape: fast_em_shape, largest: [Double]
    ) -> Statistics? {
        let scatter = sums[2] - sums[1] * (sums[1] / sums[0])
        let noise = 4 * resolution(mean: 0, reach: largest[0])
        guard isAccurate(scatter, sums[2]), scatter / sums[0] > noise * noise else { return nil }
        return Statistics(origin: centre[0], totalWeight: sums[0], offset: sums[1] / sums[0], scatter: scatter)
    }
}

extension MultivariateNormal: PackedComponent {
    static func shape(_ mixture: Mixture<MultivariateNormal>, onlyVariances: Bool) -> fast_em_shape {
        let isDiagonal = mixture.components.allSatisfy { $0.covariance == Matrix(diagonal: $0.covariance.diagonal) }
        return onlyVariances && isDiagonal ? FAST_EM_DIAGONAL : FAST_EM_FULL
    }
    static func number(_ x: [Double], _ column: Int) -> Double { x[column] }
    var centre: [Double] { mean }

    func packed(centre: [Double], shape: fast_em_shape) -> (logConstant: Double, values: [Double])? {
        let size = mean.count
        // The columns of W are those of the inverse of L. An ill-conditioned L would pass its rounding errors on.
        guard isWellConditioned(factor, covariance.diagonal) else { return nil }
        let inverse = (0..<size).map { j in factor.forwardSolve((0..<size).map { $0 == j ? scale : 0 }) }
        let shift = factor.forwardSolve(deviation(from: centre)).map { scale * $0 }
        let w = (0..<size).flatMap { i -> [Double] in
            let columns = shape == FAST_EM_FULL ? 0...i : i...i
            return columns.map { j in inverse[j][i] }
        }
        return (-0.5 * (Double(size) * log(2 * Double.pi) + factor.logDeterminant), centre + shift + w)
    }

    static func statistics(
        _ sums: [Double], centre: [Double], shape: fast_em_shape, largest: [Double]
    ) -> Statistics? {
        var scatter = Matrix(rows: centre.count, columns: centre.count)
        var squares: [Double] = []
        for i in centre.indices {
            let row = Int(fast_em_sums(shape, i))
            for j in shape == FAST_EM_FULL ? 0...i : i...i {
                let square = sums[row + 1 + (shape == FAST_EM_FULL ? j : 0)]
                scatter[i, j] = square - sums[row] * (sums[Int(fast_em_sums(shape, j))] / sums[0])
                scatter[j, i] = scatter[i, j]
                guard i == j else { continue }
                guard isAccurate(scatter[i, i], square) else { return nil }
                squares.append(square / sums[0])
            }
        }
        let noise = largest.map { 4 * resolution(mean: 0, reach: $0) }
        guard let factor = try? CholeskyFactor((1 / sums[0]) * scatter, resolution: noise),
            isWellConditioned(factor, squares)
        else { return nil }
        var totals = Totals(dimension: centre.count)
        (totals.totalWeight, totals.scatter) = (sums[0], scatter)
        totals.mean = centre.indices.map { sums[Int(fast_em_sums(shape, $0))] / sums[0] }
        return Statistics(origin: centre, totals: totals)
    }
}

extension BernoulliVector: PackedComponent {
    static func shape(_ mixture: Mixture<BernoulliVector>, onlyVariances: Bool) -> fast_em_shape { FAST_EM_BERNOULLI }
    static func number(_ x: [Bool], _ column: Int) -> Double { x[column] ? 1 : 0 }
    /// Tails, or heads where they are the likelier: what is rare is summed by itself and keeps its digits.
    var centre: [Double] { zip(headBits, tailBits).map { $0 > $1 ? 1 : 0 } }
    /// ln p_i and ln (1 - p_i) to base 2.
    private var headBits: [Double] { sides.map { $0.logHeads / log(2.0) } }
    private var tailBits: [Double] { sides.map { $0.logTails / log(2.0) } }

    func packed(centre: [Double], shape: fast_em_shape) -> (logConstant: Double, values: [Double])? {
        (0, headBits + tailBits)
    }

    static func statistics(
        _ sums: [Double], centre: [Double], shape: fast_em_shape, largest: [Double]
    ) -> Statistics? {
        let rare = sums.dropFirst().map(\.magnitude)
        let usual = rare.map { sums[0] - $0 }
        guard usual.allSatisfy({ isAccurate($0, sums[0]) }) else { return nil }
        return Statistics(
            totalWeight: sums[0],
            heads: centre.indices.map { centre[$0] == 0 ? rare[$0] : usual[$0] },
            tails: centre.indices.map { centre[$0] == 0 ? usual[$0] : rare[$0] })
    }
}

import Foundation
import MixtureModels

/// EM for Gaussians in the plane, with the algebra of 2 × 2 matrices written out.
///
/// This lesson makes hundreds of runs; the package's EM, which is written to be read, would take seconds for them. A test and a
/// check in the report hold the two to each other.
struct PlaneEM: Sendable {
    /// A weighted Gaussian: weight, mean, and the three numbers of the covariance.
    struct Part: Sendable, Equatable {
        var weight = 0.0
        var x = 0.0
        var y = 0.0
        var xx = 0.0
        var xy = 0.0
        var yy = 0.0

        var determinant: Double { xx * yy - xy * xy }
        /// The standard deviations along the axes of the ellipse, smaller first.
        var spreads: (least: Double, most: Double) {
            let half = (xx + yy) / 2
            let root = hypot((xx - yy) / 2, xy)
            // The product of both eigenvalues is the determinant; so the smaller one keeps its digits.
            return (max(0, determinant / (half + root)).squareRoot(), (half + root).squareRoot())
        }
    }

    /// What keeps a covariance open.
    enum Remedy: Sendable {
        case none
        /// No variance in any direction below this.
        case floor(Double)
        /// An inverse Wishart prior with this many degrees of freedom, and a scale matrix.
        case prior(degrees: Double, xx: Double, xy: Double, yy: Double)
    }

    /// Where a run ended.
    struct End: Sendable {
        let parts: [Part]
        /// ℓ, without any prior.
        let logLikelihood: Double
        /// What the run climbed.
        let objective: Double
        let steps: Int
        /// Whether a Gaussian shrank to nothing, so that the run had to be given up.
        let hasCollapsed: Bool

        /// The smallest spread of a Gaussian.
        var least: Double { parts.map(\.spreads.least).min() ?? 0 }
        /// The smallest spread as a share of the largest.
        var ratio: Double { least / (parts.map(\.spreads.most).max() ?? 1) }
    }

    let rows: [[Double]]
    let remedy: Remedy
    /// A Gaussian with a spread below this counts as collapsed.
    let smallest: Double

    init(_ rows: [[Double]], _ remedy: Remedy, smallest: Double) {
        (self.rows, self.remedy, self.smallest) = (rows, remedy, smallest)
    }

    func run(from start: [Part], change: Double = 1e-9, most: Int = 1000) -> End {
        var parts = start
        var shares = [Double](repeating: 0, count: rows.count * parts.count)
        var height = eStep(parts, &shares)
        var objective = height + logPrior(parts)
        for step in 1...most {
            let next = mStep(shares, count: parts.count)
            guard next.allSatisfy({ $0.weight > 0 && $0.spreads.least > smallest }) else {
                return End(
                    parts: parts, logLikelihood: height, objective: objective, steps: step - 1, hasCollapsed: true)
            }
            parts = next
            height = eStep(parts, &shares)
            let now = height + logPrior(parts)
            let gain = abs(now - objective)
            objective = now
            if gain <= change * max(1, abs(now)) || step == most {
                return End(
                    parts: parts, logLikelihood: height, objective: now, steps: step, hasCollapsed: false)
            }
        }
        return End(parts: parts, logLikelihood: height, objective: objective, steps: most, hasCollapsed: false)
    }

    /// The responsibilities, row by row, and the log-likelihood.
    private func eStep(_ parts: [Part], _ shares: inout [Double]) -> Double {
        let count = parts.count
        let factors = parts.map { log($0.weight) - 0.5 * log($0.determinant) - log(2 * Double.pi) }
        var sum = 0.0
        for (n, row) in rows.enumerated() {
            var largest = -Double.infinity
            for k in 0..<count {
                let part = parts[k]
                let (u, v) = (row[0] - part.x, row[1] - part.y)
                let square = (part.yy * u * u - 2 * part.xy * u * v + part.xx * v * v) / part.determinant
                let term = factors[k] - square / 2
                shares[n * count + k] = term
                largest = max(largest, term)
            }
            var total = 0.0
            for k in 0..<count {
                let joint = exp(shares[n * count + k] - largest)
                shares[n * count + k] = joint
                total += joint
            }
            for k in 0..<count { shares[n * count + k] /= total }
            sum += largest + log(total)
        }
        return sum
    }

    private func mStep(_ shares: [Double], count: Int) -> [Part] {
        (0..<count).map { k in
            var part = Part()
            for (n, row) in rows.enumerated() {
                let share = shares[n * count + k]
                part.weight += share
                part.x += share * row[0]
                part.y += share * row[1]
            }
            let total = part.weight
            part.x /= total
            part.y /= total
            for (n, row) in rows.enumerated() {
                let share = shares[n * count + k]
                let (u, v) = (row[0] - part.x, row[1] - part.y)
                part.xx += share * u * u
                part.xy += share * u * v
                part.yy += share * v * v
            }
            part.weight = total / Double(rows.count)
            return kept(part, total)
        }
    }

    /// The covariance from the scatter, with the remedy.
    private func kept(_ scatter: Part, _ total: Double) -> Part {
        var part = scatter
        switch remedy {
        case .none, .floor:
            part.xx /= total
            part.xy /= total
            part.yy /= total
        case .prior(let degrees, let xx, let xy, let yy):
            let divisor = total + degrees + 3
            part.xx = (part.xx + xx) / divisor
            part.xy = (part.xy + xy) / divisor
            part.yy = (part.yy + yy) / divisor
        }
        if case .floor(let floor) = remedy { part.lift(to: floor) }
        return part
    }

    private func logPrior(_ parts: [Part]) -> Double {
        guard case .prior(let degrees, let xx, let xy, let yy) = remedy else { return 0 }
        return parts.reduce(0) { sum, part in
            let trace = (xx * part.yy - 2 * xy * part.xy + yy * part.xx) / part.determinant
            return sum - (degrees + 3) / 2 * log(part.determinant) - trace / 2
        }
    }

    /// The mixture as the package knows it.
    static func mixture(_ parts: [Part]) throws -> Mixture<MultivariateNormal> {
        try Mixture(
            weights: parts.map(\.weight),
            components: parts.map {
                try MultivariateNormal(mean: [$0.x, $0.y], covariance: [[$0.xx, $0.xy], [$0.xy, $0.yy]])
            })
    }
}

extension PlaneEM.Part {
    /// Replaces eigenvalues below the floor by it.
    fileprivate mutating func lift(to floor: Double) {
        let half = (xx + yy) / 2
        let root = hypot((xx - yy) / 2, xy)
        let (low, high) = (half - root, half + root)
        guard low < floor else { return }
        guard high > floor, root > 0 else {
            (xx, xy, yy) = (max(floor, high), 0, max(floor, high))
            return
        }
        // Σ + (floor - low) v vᵀ, where v vᵀ = (high - Σ) / (high - low) belongs to the smaller eigenvalue.
        let lift = (floor - low) / (2 * root)
        (xx, xy, yy) = (xx + lift * (high - xx), xy - lift * xy, yy + lift * (high - yy))
    }
}

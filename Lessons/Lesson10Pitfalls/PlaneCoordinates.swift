import Foundation
import LessonKit

/// Parameters around a mixture in the plane, each in units in which 1 is much: for second routes.
struct PlaneCoordinates {
    private let parts: [PlaneEM.Part]
    /// As many numbers as there are parameters.
    let origin: [Double]

    init(_ parts: [PlaneEM.Part]) {
        self.parts = parts
        origin = [Double](repeating: 0, count: 6 * parts.count - 1)
    }

    /// ln p(X), plus a term of each covariance, at these coordinates: per Gaussian the mean in its own standard deviations (two numbers), the
    /// logarithms of two widths, a shear, and for all but the first the logarithm of its weight against the first.
    func logLikelihood(
        of rows: [[Double]], at u: [Double],
        logPrior: (_ xx: Double, _ xy: Double, _ yy: Double) -> Double = { _, _, _ in 0 }
    ) -> Double {
        let logits = parts.indices.map { k in
            log(parts[k].weight) + (k == 0 ? 0 : u[5 * parts.count + k - 1])
        }
        let total = logits.reduce(0) { $0 + exp($1) }
        var prior = 0.0
        let moved = parts.indices.map {
            k -> (share: Double, x: Double, y: Double, xx: Double, xy: Double, yy: Double) in
            let part = parts[k]
            let own = Array(u[(5 * k)..<(5 * k + 5)])
            // The Cholesky factor of the covariance, and what the coordinates make of it.
            let a = part.xx.squareRoot()
            let b = part.xy / a
            let c = (part.yy - b * b).squareRoot()
            let (p, q, r) = (exp(own[2]), own[3], exp(own[4]))
            let (d, e, f) = (a * p, b * p + c * q, c * r)
            let (xx, xy, yy) = (d * d, d * e, e * e + f * f)
            prior += logPrior(xx, xy, yy)
            return (
                exp(logits[k]) / total, part.x + a * own[0], part.y + b * own[0] + c * own[1], xx, xy, yy
            )
        }
        return rows.reduce(prior) { sum, row in
            sum
                + log(
                    moved.reduce(0) {
                        $0 + $1.share
                            * planeDensity(row, mean: [$1.x, $1.y], covariance: [[$1.xx, $1.xy], [$1.xy, $1.yy]])
                    })
        }
    }
}

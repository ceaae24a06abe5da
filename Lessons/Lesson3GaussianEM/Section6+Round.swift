import Foundation

/// One round of EM for two Gaussians in one dimension, with every number that pencil and paper would need: plain arithmetic
/// on a few points, with nothing of the package's own.
struct HandRound {
    struct Parameters {
        var weights: [Double]
        var means: [Double]
        var variances: [Double]
    }

    let points: [Double]
    let start: Parameters
    let end: Parameters

    /// -(x - μ)² / (2σ²), a row for each point and a column for each class.
    let exponents: [[Double]]
    /// π e to that power. The factor 1 / √(2πσ²) is left away: the start's variances are equal, so it cancels.
    let terms: [[Double]]
    let responsibilities: [[Double]]
    let counts: [Double]
    /// γ x, and its sum for each class.
    let products: [[Double]]
    let sums: [Double]
    /// γ (x - μ)² with the new means, and its sum for each class.
    let squares: [[Double]]
    let scatters: [Double]

    /// - Parameter start: with equal variances.
    init(_ points: [Double], _ start: Parameters) {
        precondition(start.variances[0] == start.variances[1], "the factors of the densities would not cancel")
        (self.points, self.start) = (points, start)
        exponents = points.map { x in
            [0, 1].map { -(x - start.means[$0]) * (x - start.means[$0]) / (2 * start.variances[$0]) }
        }
        terms = exponents.map { row in [0, 1].map { start.weights[$0] * exp(row[$0]) } }
        responsibilities = terms.map { row in row.map { $0 / (row[0] + row[1]) } }
        let q = responsibilities
        func total(_ rows: [[Double]]) -> [Double] { [0, 1].map { k in rows.reduce(0) { $0 + $1[k] } } }
        counts = total(q)
        products = zip(points, q).map { x, row in row.map { $0 * x } }
        sums = total(products)
        let means = zip(sums, counts).map { $0 / $1 }
        squares = zip(points, q).map { x, row in [0, 1].map { row[$0] * (x - means[$0]) * (x - means[$0]) } }
        scatters = total(squares)
        end = Parameters(
            weights: counts.map { $0 / Double(points.count) }, means: means,
            variances: zip(scatters, counts).map { $0 / $1 })
    }

    /// p(x) for each point.
    func densities(under p: Parameters) -> [Double] { points.map { x in Self.density(at: x, p) } }

    static func density(at x: Double, _ p: Parameters) -> Double { [0, 1].reduce(0) { $0 + term($1, at: x, p) } }

    /// A component's density times its weight.
    static func term(_ k: Int, at x: Double, _ p: Parameters) -> Double {
        let distance = (x - p.means[k]) * (x - p.means[k])
        return p.weights[k] * exp(-distance / (2 * p.variances[k])) / (2 * Double.pi * p.variances[k]).squareRoot()
    }

    /// The log-likelihood before the round and after it.
    var logLikelihoods: [Double] {
        [start, end].map { parameters in densities(under: parameters).reduce(0) { $0 + log($1) } }
    }

    /// The six points of the lesson, and those of its exercise.
    static let lesson = HandRound(
        [1, 2, 3, 4, 6, 8], Parameters(weights: [0.5, 0.5], means: [3, 5], variances: [2, 2]))
    static let exercise = HandRound(
        [0, 2, 3, 4, 7, 8], Parameters(weights: [2.0 / 3, 1.0 / 3], means: [2, 6], variances: [4, 4]))
}

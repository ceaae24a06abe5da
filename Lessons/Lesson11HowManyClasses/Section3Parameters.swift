import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 3: counting free parameters, by the formula and by the rank of what the data say about them.
struct Parameters {
    private let rows: [[Double]]
    private let truths: [(shape: GaussianShape, mixture: Mixture<MultivariateNormal>)]
    private static let classes = 2

    init(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(1)
        // Six models with two classes in two columns; each is looked at where it stands, on the same random points.
        let matrices: [GaussianShape: [Matrix]] = [
            .EII: [[[1.2, 0], [0, 1.2]], [[1.2, 0], [0, 1.2]]],
            .VII: [[[1.2, 0], [0, 1.2]], [[0.7, 0], [0, 0.7]]],
            .EEI: [[[1.2, 0], [0, 0.8]], [[1.2, 0], [0, 0.8]]],
            .VVI: [[[1.2, 0], [0, 0.8]], [[0.7, 0], [0, 1.1]]],
            .EEE: [[[1.2, 0.4], [0.4, 0.8]], [[1.2, 0.4], [0.4, 0.8]]],
            .VVV: [[[1.2, 0.4], [0.4, 0.8]], [[0.7, -0.3], [-0.3, 1.1]]],
        ]
        truths = try GaussianShape.allCases.map { shape in
            let covariances = matrices[shape] ?? []
            return (
                shape,
                try Mixture(
                    weights: [0.4, 0.6],
                    components: zip([[-1, 0.5], [1.2, -0.3]], covariances).map {
                        try MultivariateNormal(mean: $0, covariance: $1)
                    })
            )
        }
        rows = truths[truths.count - 1].mixture.sample(count: 40, using: &generator).map(\.observation)
    }

    func explain(in report: inout Report) throws {
        report.section("What a class costs: counting parameters")
        report.prose(
            #"""
            A price per parameter needs a count. Weights sum to 1, so $\classcount$ of them are $\classcount - 1$ free numbers. Means are $\classcount \times \dimension$. Covariances depend on what one allows. R's package mclust names the possibilities by three letters, for volume, shape
            and orientation: E where all classes have an equal one, V where each has its own, I where the ellipses are round or have axes parallel to the coordinate axes (*upright*, for short). Six of its fourteen models are in this lesson:
            """#)
        report.table(
            ["model", "covariances", "free numbers in them", "two columns: 2 classes", "3 classes", "4 classes"],
            rows: GaussianShape.allCases.map { shape in
                [Prose(shape.rawValue), Prose(shape.words), Self.formula(shape)]
                    + (2...4).map { "\(shape.parameters(classes: $0, dimension: 2))" }
            }, caption: #"The last columns are $\nu$, weights and means included."#)
        let counts = truths.map { Double($0.shape.parameters(classes: Self.classes, dimension: 2)) }
        report.equation(
            "beyond.parameters",
            formula: #"""
                \nu = (\classcount - 1) + \classcount \dimension + \begin{cases} \classcount \thinspace \frac{\dimension (\dimension + 1)}{2} & \text{a covariance each} \cr
                \frac{\dimension (\dimension + 1)}{2} & \text{one for all} \end{cases}
                """#,
            numbers: #"""
                \text{two classes, two columns:} \quad \nu = 1 + 4 + 6 = 11 \text{ (VVV)}, \qquad \nu = 1 + 4 + 3 = 8 \text{ (EEE)}
                """#,
            value: .vector(counts),
            again: .exact(
                .vector(try truths.map { Double(try rank($0.shape, $0.mixture)) }),
                "the rank of the information matrix of all weights, means and entries of a root of the covariances, which are more numbers than are free"
            ),
            telling: .entry(5, "VVV"),
            note: #"""
                The values belong to the six models in the order of the table, with two classes in two columns.
                """#,
            details: #"""
                The check knows nothing about counting. It takes far too many numbers: a logit for each weight, all four entries of a matrix whose square is
                the covariance. Then it asks in how many independent directions they change the density of \#(rows.count) random points. That is the rank of the information matrix ([lesson:5]), and it is $\nu$.
                """#)
        report.prose(
            #"""
            **Do the $\classcount!$ relabellings count?** No. They make every maximum come $\classcount!$ times ([lesson:10]), at separate places; they take no direction away from any of them. But whether a direction is there can depend on the data, too: two coins, flipped
            once each, have three parameters and rank 1. There $\nu$ would be the wrong price, and that will come back in section 9.
            """#)
    }

    private static func formula(_ shape: GaussianShape) -> Prose {
        switch shape {
        case .EII: "1"
        case .VII: #"$\classcount$"#
        case .EEI: #"$\dimension$"#
        case .VVI: #"$\classcount \dimension$"#
        case .EEE: #"$\frac{1}{2} \dimension (\dimension + 1)$"#
        case .VVV: #"$\frac{1}{2} \classcount \dimension (\dimension + 1)$"#
        }
    }

    // MARK: The rank

    /// The rank of Σ_n g_n g_nᵀ, with g_n the slopes of ln p(x_n) by more numbers than are free: a logit for each weight, each
    /// mean, and for each covariance a root and a factor before it.
    private func rank(_ shape: GaussianShape, _ mixture: Mixture<MultivariateNormal>) throws -> Int {
        let isRound = shape == .EII || shape == .VII
        let isFull = shape == .EEE || shape == .VVV
        let roots = mixture.components.map { component -> [Double] in
            let (a, b) = (component.factor.lower[0, 0], component.factor.lower[1, 1])
            // A factor, and then one number, two or all four.
            return [1] + (isRound ? [a] : isFull ? [a, 0, component.factor.lower[1, 0], b] : [a, b])
        }
        let own = shape.isShared ? [roots[0]] : roots
        let start = mixture.weights.map(log) + mixture.components.flatMap(\.mean) + own.flatMap { $0 }
        let size = own[0].count
        func logDensity(_ v: [Double], _ x: [Double]) -> Double {
            let terms = (0..<2).map { k -> Double in
                let first = 6 + (shape.isShared ? 0 : k * size)
                let r = Array(v[(first + 1)..<(first + size)]).map { $0 * v[first] }
                let (a, b, c, d) = isRound ? (r[0], 0, 0, r[0]) : isFull ? (r[0], r[1], r[2], r[3]) : (r[0], 0, 0, r[1])
                // Σ = R Rᵀ with R = (a b; c d), so the distance is the length of R⁻¹ (x - μ).
                let determinant = a * d - b * c
                let (p, q) = (x[0] - v[2 + 2 * k], x[1] - v[3 + 2 * k])
                let (s, t) = ((d * p - b * q) / determinant, (a * q - c * p) / determinant)
                return exp(v[k] - (s * s + t * t) / 2) / (2 * Double.pi * abs(determinant))
            }
            return log((terms[0] + terms[1]) / (exp(v[0]) + exp(v[1])))
        }
        var information = start.map { _ in start.map { _ in 0.0 } }
        for row in rows {
            let slopes = try CentralDifference.gradient(of: { logDensity($0, row) }, at: start, accuracy: 1e-6)
            for a in slopes.indices { for b in slopes.indices { information[a][b] += slopes[a] * slopes[b] } }
        }
        let values = try symmetricEigenvalues(of: information)
        return values.count { $0 > 1e-9 * (values.last ?? 0) }
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

// The boundary in the plane is a conic: along every straight line it is the quadratic of the scale again.

extension InThePlane {
    /// ln(π_j f_j) - ln(π_k f_k) along the line (w, length) is a w² + b w + c: its roots in ascending order.
    private func roots(_ j: Int, _ k: Int, length: Double) -> [Double] {
        // Each class's exponent as a parabola in w, from the inverse of its covariance.
        func parabola(_ k: Int) -> (a: Double, b: Double, c: Double) {
            let s = store.covariance(k)
            let determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0]
            let (p, q, r) = (s[1][1] / determinant, -s[0][1] / determinant, s[0][0] / determinant)
            let (mean, v) = (store.means[k], length - store.lengths[k])
            return (
                -p / 2, p * mean - q * v,
                -p * mean * mean / 2 + q * mean * v - r * v * v / 2 + log(store.weights[k]) - log(determinant) / 2
            )
        }
        let (first, second) = (parabola(j), parabola(k))
        let (a, b, c) = (first.a - second.a, first.b - second.b, first.c - second.c)
        let discriminant = b * b - 4 * a * c
        guard discriminant >= 0 else { return [] }
        let q = -(b + (b < 0 ? -1 : 1) * discriminant.squareRoot()) / 2
        return [q / a, c / q].sorted()
    }

    /// Where the package's log joint densities of classes j and k cross on that line, between two weights on different sides.
    private func crossing(_ j: Int, _ k: Int, length: Double, between inside: Double, and outside: Double) -> Double {
        func difference(_ w: Double) -> Double {
            let joint = mixture.logJoint(at: [w, length])
            return joint[j] - joint[k]
        }
        var (near, far) = (inside, outside)
        let sign = difference(near) < 0
        for _ in 0..<60 {
            let middle = (near + far) / 2
            if (difference(middle) < 0) == sign { near = middle } else { far = middle }
        }
        return (near + far) / 2
    }

    func boundary(in report: inout Report) throws {
        let lengths = [44.0, 50, 55]
        let rows = lengths.map { length in
            // The most usual weight of a cat of this length lies inside the boundary.
            let slope = store.correlations[1] * store.deviations[1] / store.lengthDeviations[1]
            let inside = store.means[1] + slope * (length - store.lengths[1])
            return (
                length: length, formula: roots(1, 2, length: length),
                bisection: [-10, 20].map { crossing(1, 2, length: length, between: inside, and: $0) }
            )
        }
        let differences = rows.flatMap { row in zip(row.formula, row.bisection).map { abs($0 - $1) } }
        report.prose(
            #"""
            **The boundary is a curve.** In the plane the log odds of two classes are a quadratic function of both coordinates, so the
            line of even odds is a conic: an ellipse, a parabola or a hyperbola (a straight line if the covariances are equal).
            Between cats and dogs it is an ellipse around the cats. Every horizontal line (all animals of one length) that passes
            through it crosses it at two weights.
            """#)
        report.folded("Where the boundary lies, at three lengths") {
            $0.prose(
                "At a given length the two weights solve a quadratic equation again, whose coefficients now depend on the length:"
            )
            $0.table(
                ["length", "boundaries by the quadratic", "by bisection", "does the guess change there?"],
                rows: rows.map { row in
                    [
                        "\(row.length, .significant(2)) cm", "\(row.formula, .fixed(5)) kg",
                        "\(row.bisection, .fixed(5)) kg",
                        guessChanges(row.formula, length: row.length),
                    ]
                },
                caption: #"""
                    Cats are more probable than dogs between the two weights. The largest difference of the two routes is
                    \#(differences.max() ?? .nan, .bound) kg.
                    """#)
        }
        let dog = try [50.0, 56].map { try mixture.responsibilities(at: [6, $0])[2] }
        report.figure(
            try boundaryFigure(report),
            caption: #"""
                The curves on which the most probable species changes; the shade is the chance that the most probable one is wrong. (Beyond the
                birds, at the upper left, the guess is a \#(store.species[2]) again: far from all species the widest one is on top.) An animal of
                6 kg is a dog with probability \#(dog[0], .fixed(3)) if it is 50 cm long, and with \#(dog[1], .fixed(3)) if it is 56 cm long.
                """#)
    }

    /// For each boundary between cats and dogs, whether the guess changes there, or is a bird on both sides.
    private func guessChanges(_ boundaries: [Double], length: Double) -> Prose {
        let answers = boundaries.map { weight in
            let joint = mixture.logJoint(at: [weight, length])
            return joint[0] < min(joint[1], joint[2]) ? "yes" : "no (it is a bird)"
        }
        return Prose(answers.joined(separator: ", "))
    }

    private func boundaryFigure(_ report: Report) throws -> Figure {
        let (x, y) = (0.0...16, 24.0...88)
        let mixture = mixture
        func doubt(_ w: Double, _ l: Double) -> Double {
            guard let q = try? mixture.responsibilities(at: [w, l]) else { return .nan }
            return 1 - (q.max() ?? 1)
        }
        let grid = Grid(x: x, y: y, columns: 171, rows: 121, doubt)
        // Positive where class k is the most probable one.
        let lines = store.weights.indices.map { k in
            let lead = Grid(x: x, y: y, columns: 171, rows: 121) { w, l in
                let joint = mixture.logJoint(at: [w, l])
                let others = joint.indices.filter { $0 != k }.map { joint[$0] }.max() ?? 0
                return min(max(joint[k] - others, -50), 50)
            }
            return Layer.contour(lead, levels: [0], style: LineStyle(.ink, width: 1.1))
        }
        let ellipses = store.weights.indices.map { k in
            Layer.ellipse(
                mean: Point(store.means[k], store.lengths[k]), covariance: store.covariance(k), level: 0.9,
                style: LineStyle(Palette.series(k), width: 1.8))
        }
        let names = store.species.indices.map { k in
            Layer.annotation(
                Label("guess: " + store.species[k]), at: [Point(3.2, 80), Point(2.6, 33.5), Point(11, 45)][k],
                anchor: .left, pointingAt: k == 0 ? Point(1.9, 62) : nil, color: Palette.series(k))
        }
        let marks: [Layer] = [
            .scatter(named[1...2].map { Point($0[0], $0[1]) }, style: MarkerStyle(.ink, .diamond, size: 7)),
            .annotation("6 kg, 56 cm", at: Point(4.4, 71), anchor: .center, pointingAt: Point(6, 56)),
            .annotation("6 kg, 50 cm", at: Point(9, 34), anchor: .center, pointingAt: Point(6, 50)),
            // Far from all species the widest curve is on top, on this side, too.
            .annotation(
                Label("guess: " + store.species[2]), at: Point(0.15, 85), anchor: .left, color: Palette.series(2)),
        ]
        let q = try named.map { try mixture.responsibilities(at: $0) }
        return Figure(
            id: "boundary", title: "Where the guess changes, and where it is in doubt",
            subtitle:
                "Shade: chance that the guess is wrong. Ellipses, in the species' colours, hold 90 % of each",
            alt: report.words(
                #"""
                Map over weight and length with curved boundaries between the regions of bird, cat and dog. Dark seams of doubt follow
                the boundaries. The animal of 6 kg and 50 cm lies near a seam, on the side of the
                \#(q[1][1] > q[1][2] ? "cats" : "dogs"); that of 6 kg and 56 cm is a dog with probability
                \#(q[2][2], .fixed(3)).
                """#),
            panels: [
                Panel(
                    x: Axis("weight (kg)", range: x), y: Axis("length (cm)", range: y),
                    layers: [
                        .heatMap(
                            grid, scale: .white(to: Color(hex: 0x6E7781)), range: 0...0.5, title: "doubt",
                            isSmooth: true)
                    ] + lines + ellipses + marks + names, legend: .none)
            ], size: Size(width: 760, height: 500))
    }
}

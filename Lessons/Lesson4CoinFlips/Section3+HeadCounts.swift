import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

// How well the fit describes the head counts, and how well its weight is known.

extension TenFlips {
    /// The head counts of the rows with the usual number of flips, in bins of equal width: the shares observed, what each coin and
    /// the whole fit expect, two standard errors of such a share, the number of sets, and the width of a bin.
    func headCountShares() -> (
        bins: [ClosedRange<Int>], observed: [Point], parts: [[Point]], whole: [Point], errors: [Double], total: Double,
        width: Int
    ) {
        let fitted = run.last.mixture
        let usual = zip(distinct.rows, distinct.counts).filter { $0.0.flips == flips }
        let total = usual.reduce(0) { $0 + $1.1 }
        let width = flips / 60 + 1
        let bins = (0...(flips / width)).map { bin in (bin * width)...min(flips, bin * width + width - 1) }
        func middle(_ bin: ClosedRange<Int>) -> Double { Double(bin.lowerBound + bin.upperBound) / 2 }
        let observed = bins.map { bin in
            let count = usual.reduce(0) { bin.contains($1.0.heads) ? $0 + $1.1 : $0 }
            return Point(middle(bin), count / total)
        }
        let parts = fitted.components.indices.map { k in
            bins.map { bin in
                let share = bin.reduce(0) {
                    $0 + exp(fitted.components[k].logDensity(at: HeadCount(heads: $1, flips: flips)))
                }
                return Point(middle(bin), fitted.weights[k] * share)
            }
        }
        let whole = bins.indices.map { i in Point(middle(bins[i]), parts.reduce(0) { $0 + $1[i].y }) }
        let errors = whole.map { 2 * (max(0, $0.y * (1 - $0.y)) / total).squareRoot() }
        return (bins, observed, parts, whole, errors, total, width)
    }

    /// How many bars end outside the whiskers, in words.
    func barsOutside() -> String {
        let shares = headCountShares()
        let outside = shares.bins.indices.filter {
            abs(shares.observed[$0].y - shares.whole[$0].y) > shares.errors[$0]
        }
        let chance = "By chance alone about one in twenty would not"
        guard !outside.isEmpty else { return "Here all \(shares.bins.count) do. \(chance)." }
        let places = outside.prefix(4).map { index in
            let bin = shares.bins[index]
            return bin.count == 1 ? "\(bin.lowerBound)" : "\(bin.lowerBound) to \(bin.upperBound)"
        }
        let list =
            places.count == 1
            ? places[0] : places.dropLast().joined(separator: ", ") + " and \(places[places.count - 1])"
        let names = outside.count > places.count ? "among them those at \(list) heads" : "at \(list) heads"
        return """
            Here \(outside.count) of \(shares.bins.count) \(outside.count == 1 ? "does" : "do") not, \(names). \(chance); and where hardly
            any sets are expected, the whiskers are a rough guide only.
            """
    }

    /// The standard error of the first of two weights: the root of an entry of the inverse of minus the Hessian of ℓ, with respect to
    /// the weight and both head probabilities.
    func standardErrorOfWeight(_ fitted: Mixture<Binomial>) throws -> Double {
        let hessian = try CentralDifference.hessian(
            of: { p in
                try binomialMixture(weights: [p[0], 1 - p[0]], heads: [p[1], p[2]], flips: flips)
                    .logLikelihood(of: distinct.rows, counts: distinct.counts)
            }, at: [fitted.weights[0]] + fitted.heads)
        return try LinearSystem.solve(hessian.map { $0.map { -$0 } }, [1, 0, 0]).solution[0].squareRoot()
    }
}

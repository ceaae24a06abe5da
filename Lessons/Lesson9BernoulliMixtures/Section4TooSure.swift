import MixtureModels
import Notebook

/// The end of section 4: the model is surer of its classes than it should be.
extension DigitClasses {
    func certainty(in report: inout Report) {
        let largest = found.responsibilities.map { $0.max() ?? 0 }
        let sure = largest.count { $0 > 0.99 }
        let expected = largest.reduce(0) { $0 + 1 - $1 }
        let link = strongestLink
        report.prose(
            #"""
            **Too sure.** For \#(sure) of the \#(digits.images.count) digits one class has a responsibility above 0.99. If the model were right, the most probable class would be wrong for about
            \#(expected, .fixed(1)) digits in all; in fact \#(digits.images.count - found.agreeing) digits are in the class of another kind. One reason is that classes are not digits, as we saw, and that is not EM's mistake. Another is the assumption that pixels are independent within a class. They are not: in class \#(link.k + 1) the neighbouring pixels
            \#(Self.place(link.d)) and \#(Self.place(link.e)) have the correlation \#(link.correlation, .fixed(2)), where the model says 0. (It is the largest of all neighbours that are on in a tenth to nine tenths of a class.) A stroke that covers both counts as two witnesses, and is one. Witnesses that agree because they have talked to each other make a
            judge too sure.
            """#)
    }

    /// A pixel by row and column, counted from 1.
    static func place(_ d: Int) -> String { "(row \(d / Digits.width + 1), column \(d % Digits.width + 1))" }

    /// The neighbours with the largest correlation within a class.
    private var strongestLink: (k: Int, d: Int, e: Int, correlation: Double) {
        var best = (k: 0, d: 0, e: 1, correlation: 0.0)
        for k in 0..<DigitFit.classCount {
            let (mean, count) = (mixture.means[k], found.effectiveCounts[k])
            for (d, e) in Neighbours.pairs where mean[d] > 0.1 && mean[d] < 0.9 && mean[e] > 0.1 && mean[e] < 0.9 {
                var both = 0.0
                for (x, q) in zip(digits.images, found.responsibilities) where x[d] && x[e] { both += q[k] }
                let covariance = both / count - mean[d] * mean[e]
                let variances = mean[d] * (1 - mean[d]) * mean[e] * (1 - mean[e])
                let correlation = covariance / variances.squareRoot()
                if correlation > best.correlation { best = (k, d, e, correlation) }
            }
        }
        return best
    }
}

/// Pixels side by side, or one above the other.
enum Neighbours {
    static let pairs: [(Int, Int)] = (0..<(Digits.width * Digits.width)).flatMap { d -> [(Int, Int)] in
        let (row, column) = (d / Digits.width, d % Digits.width)
        return (column + 1 < Digits.width ? [(d, d + 1)] : [])
            + (row + 1 < Digits.width ? [(d, d + Digits.width)] : [])
    }
}

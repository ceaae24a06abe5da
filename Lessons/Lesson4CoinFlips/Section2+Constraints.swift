import Foundation
import MixtureModels
import Notebook
import Verification

// Equation 23: Q as a function of the three numbers that are free. The M-step starts from it.

extension SingleFlips {
    func constraints(in report: inout Report, enumerated: Double) throws {
        let (w, m1, m2) = (parameters[0], parameters[1], parameters[2])
        let byEnumeration = "enumeration of all \(1 << flips.count) assignments"
        // At the guess, and at other parameters with the stories' probabilities still those of the guess.
        let elsewhere = [0.6, 0.3, 0.8]
        let substituted = expectedLogLikelihood(parameters)
        let moved = expectedLogLikelihood(elsewhere)
        let enumeratedMoved = try Assignments(items: flips.count, classes: 2).expectation(
            of: { story in logProbabilities(of: story, under: elsewhere).reduce(0, +) },
            logJoint: { story in logProbabilities(of: story, under: parameters).reduce(0, +) })
        report.prose(
            #"""
            With $\weight{2} = 1 - \weight{1}$ and the probability of tails put in, three free numbers are left, and no
            constraint has to be watched any more: that is equation 23. The M-step works on this function of three numbers, **with the
            responsibilities held fixed** at what the guess gave them.
            """#)
        report.folded("With the constraints put in: equation 23") { report in
            report.equation(
                "cs181.23",
                formula: #"""
                    \Q{\params}{\paramsat{t}} = \sumobs \left[
                    \resp{n}{1} \left( \nlog \weight{1} + \heads{n} \nlog \headprob{1}
                    + \tails{n} \nlog (1 - \headprob{1}) \right)
                    + \resp{n}{2} \left( \nlog (1 - \weight{1}) + \heads{n} \nlog \headprob{2}
                    + \tails{n} \nlog (1 - \headprob{2}) \right) \right]
                    """#,
                printed: #"""
                    \mathcal{L}_{c} = \sum_{n=1}^{N}
                    q_{n,1} \left( \log \theta_{1} + x_{n,1} \log \pi_{11} + x_{n,2} \log (1 - \pi_{11}) \right)
                    + q_{n,2} \left( \log (1 - \theta_{1}) + x_{n,1} \log \pi_{21} + x_{n,2} \log (1 - \pi_{21}) \right)
                    """#,
                numbers: #"""
                    \Q{(\#(w, .significant(3)), \#(m1, .significant(3)), \#(m2, .significant(3)))}{\paramsat{0}}
                    = \#(substituted, .fixed(5)), \qquad \Q{\#(elsewhere, .significant(3))}{\paramsat{0}} = \#(moved, .fixed(5))
                    """#,
                value: [substituted, moved],
                again: .exact(
                    [enumerated, enumeratedMoved],
                    "\(byEnumeration), both times with the probabilities that the guess gives them",
                    tolerance: .enumeration),
                telling: .entry(0, #"$\Qname$ at the guess"#),
                note: #"""
                    The second value is at parameters that are not the guess: the responsibilities are the guess's all the same.
                    """#)
        }
    }

    /// Equation 23: Q as a function of the free numbers π_1, μ_1, μ_2, with the responsibilities of the guess.
    func expectedLogLikelihood(_ p: [Double]) -> Double {
        var sum = 0.0
        for (n, flip) in flips.enumerated() {
            sum += responsibilities[n, 0] * (log(p[0]) + log(flip ? p[1] : 1 - p[1]))
            sum += responsibilities[n, 1] * (log(1 - p[0]) + log(flip ? p[2] : 1 - p[2]))
        }
        return sum
    }
}

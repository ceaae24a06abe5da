import Foundation
import Notebook

// What section 4 asks: before its surprise, and at its end.

extension Decisions {
    func predictLeftEnd(in report: inout Report) {
        let x = -1.0
        let joint = mixture.logJoint(at: x)
        let best = joint.indices.max { joint[$0] < joint[$1] } ?? 0
        let distances = store.weights.indices.map { (store.means[$0] - x) / store.deviations[$0] }
        report.predict(
            #"""
            The birds are the lightest animals. Suppose that the scale, by mistake, shows \#(x, .significant(2)) kg. Which species does Bayes'
            rule name?
            """#,
            answer: #"""
                The \#(store.species[best]). In standard deviations the three means are \#(distances, .fixed(1)) away, bird, cat and dog in this
                order: the widest curve has the most left at such a distance.
                """#)
    }

    func exercise(in report: inout Report) {
        let (sigma, left, right) = (store.deviations[1], store.means[1], store.means[2])
        let middle = (left + right) / 2
        let shift = sigma * sigma / (right - left) * log(store.weights[1] / store.weights[2])
        report.exercise(
            #"""
            Suppose that cats and dogs had the same standard deviation, \#(sigma, .significant(2)) kg. How many boundaries would there
            be between the two, and where? What do the shares do to it?
            """#,
            answer: #"""
                The squares cancel, and a straight line has one root: halfway between the means plus
                $\frac{\sigma^{2}}{\mean{3} - \mean{2}} \nlog \frac{\weight{2}}{\weight{3}}$, which is
                $\#(middle, .significant(4)) + \#(shift, .significant(2)) = \#(middle + shift, .significant(4))$ kg. With equal
                shares it lies exactly halfway. The commoner class pushes it away from itself, by an amount that grows with
                the variance: the less the measurement says, the more the prior counts.
                """#)
    }
}

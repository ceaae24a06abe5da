import Notebook
import Verification

extension Stepper {
    /// Lesson 9.
    static let images = Stepper(
        lesson: 9, picture: { _ in .pixels }, title: "EM for images, half a step at a time"
    ) { fit in
        """
        \(fit.count(of: "images")) of \(fit.data?.columns.count ?? 0) pixels, and nobody wrote down which class each shows. Watch images and mean images \
        take turns: the E-step shares every image out between the mean images, the M-step makes each of these the mean of its share.
        """
    }

    /// Lesson 10: a page of several runs, each of which shows one trap.
    static let pitfalls = Stepper(
        lesson: 10, picture: { $0.path?.first?.parameters["headProbabilities"] == nil ? .plane : .coins },
        title: "Where EM goes wrong, half a step at a time"
    ) { fit in
        guard let widths = fit.widths else {
            return """
                \(fit.count(of: "sets")) of \(fit.flips) flips, from two coins that start nearly equal. Watch how little happens, for a dozen \
                rounds: EM stands beside a saddle, and creeps. Then the coins part. Who stops early, believes in one coin.
                """
        }
        let (least, most) = (widths.min() ?? 0, widths.max() ?? 1)
        let width = NumberFormat.significant(2).string(least)
        if fit.failure != nil {
            return """
                \(fit.count(of: "points")), three Gaussians, and one of them starts small, upon a single point. Watch it shrink: the fewer points it has, the \
                narrower it becomes, and its density there grows without limit. At the end there is no next step.
                """
        }
        if fit.held?.prior != nil {
            return """
                The same points and the same start as without a remedy, but with a prior on each covariance. Watch no ellipse become a \
                needle: the smallest standard deviation at the end is \(width). What EM climbs now is the log-likelihood plus the log prior.
                """
        }
        return """
            \(fit.count(of: "points")), three Gaussians, no remedy: the start that leads to the highest log-likelihood of all that were tried. Watch what it is \
            bought with: \(least < 0.1 * most
                ? "one ellipse becomes a needle on a few points, \(width) wide where others are \(NumberFormat.significant(2).string(most))."
                : "the narrowest ellipse is \(width) wide at the end; with other points it often is a needle.")
            """
    }
}

extension FitSummary {
    /// The standard deviations along both axes of each Gaussian in the plane, at the last iterate that is kept; nil if there are none.
    fileprivate var widths: [Double]? {
        guard let covariances = path?.last?.parameters["covariances"]?.entries, !covariances.isEmpty,
            covariances.count.isMultiple(of: 4)
        else { return nil }
        return stride(from: 0, to: covariances.count, by: 4).flatMap { k -> [Double] in
            let (a, b, d) = (covariances[k], covariances[k + 1], covariances[k + 3])
            let half = (a + d) / 2
            let root = ((a - d) * (a - d) / 4 + b * b).squareRoot()
            return [max(0, (a * d - b * b) / (half + root)).squareRoot(), (half + root).squareRoot()]
        }
    }
}

import LessonKit
import MixtureModels
import Verification

// How the summit of the M-step is found a second time.
extension MStep {
    /// Newton's method from the guess, in the units of the second routes.
    private func newton(_ rows: Double) throws -> SecondRoute {
        try study.requireDigits(updated)
        let fromStart = GaussianCoordinates(try study.standard.mixture(study.start), shape: study.shape)
        let found = try WorkLimit.run(study.workLimit) { spend in
            try NewtonAscent.maximum(
                of: { offsets in
                    try spend(study.workOfAllRows)
                    return standardMeanQ(try fromStart.mixture(at: offsets))
                }, from: fromStart.origin)
        }
        return .search(
            .number(rows * (found.value - study.standard.logUnit)),
            "Newton's method on the expected complete-data log-likelihood over all \(fromStart.count) free parameters, started at the guess",
            relative: true)
    }

    /// Newton's method from the guess, where the number of parameters allows it; otherwise many random moves, none of which may
    /// gain.
    func maximum(_ after: Double, _ coordinates: GaussianCoordinates) throws -> SecondRoute {
        let rows = Double(study.rows.count)
        if coordinates.count <= 20, study.rows.count <= 5000 {
            do {
                return try newton(rows)
            } catch  where !study.isOldFaithful {
                // The random moves ask for less.
            }
        }
        var generator = SplitMix64(seed: 1)
        var gain = -Double.infinity
        let moves = study.isOldFaithful ? 200 : max(20, min(200, 5_000_000 / study.workOfAllRows))
        for _ in 0..<moves {
            let size = 0.1 * generator.uniform()
            let offsets = coordinates.origin.map { _ in size * (2 * generator.uniform() - 1) }
            gain = max(
                gain, standardMeanQ(try coordinates.mixture(at: offsets)) - (after / rows + study.standard.logUnit))
        }
        return .property(
            "nothing near the update is higher",
            by: "\(moves) random moves of all \(coordinates.count) free parameters",
            the: "largest gain of the expected complete-data log-likelihood, per row,", is: gain,
            tolerance: study.isOldFaithful ? .rounding() : study.rounding(of: after, over: [updated]))
    }
}

import LessonKit
import MixtureModels

extension LessonError {
    /// EM failed with a reader's data: why, and which of the lesson's own options may help.
    static func noFit(
        _ what: String, _ error: MixtureError, components: Int, shape: CovarianceShape
    ) -> LessonError {
        let others =
            switch shape {
            case .full: "diagonal, spherical or tied"
            case .diagonal: "spherical or tied"
            case .spherical: "tied"
            case .tied: "diagonal or spherical"
            }
        let several = components > 1 ? "fewer components, other starts (--seed, --restarts or --start) or " : ""
        return .option(
            "\(what): \(error.withoutRemedy). What may help: \(several)other covariances (--covariance \(others))")
    }
}

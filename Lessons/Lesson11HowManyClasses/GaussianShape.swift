import MixtureModels

/// What the covariances of a Gaussian mixture may look like, and whether all classes share one: six of the fourteen models of
/// R's package mclust, by its names (Celeux and Govaert 1995).
enum GaussianShape: String, CaseIterable {
    case EII, VII, EEI, VVI, EEE, VVV

    private var shape: CovarianceShape {
        switch self {
        case .EII, .VII: .spherical
        case .EEI, .VVI: .diagonal
        case .EEE, .VVV: .full
        }
    }

    /// Whether all classes have the same covariance.
    var isShared: Bool { self == .EII || self == .EEI || self == .EEE }

    /// In words, for tables.
    var words: String {
        switch self {
        case .EII: "round, one for all"
        case .VII: "round, one each"
        case .EEI: "upright, one for all"
        case .VVI: "upright, one each"
        case .EEE: "any, one for all"
        case .VVV: "any, one each"
        }
    }

    /// The shapes that differ from each other in D columns: in one column there are two.
    static func different(inDimension dimension: Int) -> [GaussianShape] {
        dimension == 1 ? [.EEE, .VVV] : allCases
    }

    /// The M-step for this shape.
    func estimator() throws -> Estimator<MultivariateNormal> { try .covariance(shape, shared: isShared) }

    /// How many free numbers the covariances of K classes have.
    func covarianceParameters(classes: Int, dimension: Int) -> Int {
        let each =
            switch shape {
            case .spherical: 1
            case .diagonal: dimension
            case .full, .tied: dimension * (dimension + 1) / 2
            }
        return isShared ? each : classes * each
    }

    /// ν = (K - 1) + K D + those of the covariances. Source: beyond.parameters.
    func parameters(classes: Int, dimension: Int) -> Int {
        classes - 1 + classes * dimension + covarianceParameters(classes: classes, dimension: dimension)
    }
}

import Foundation
import MixtureModels
import Verification

/// What a fit is judged by: its log-likelihood, what it costs, and how sure its labels are.
struct Criteria {
    /// ℓ at the fit.
    let logLikelihood: Double
    /// ν, the number of free parameters.
    let parameters: Int
    /// N, the number of rows.
    let rows: Int
    /// ln p(X, ẑ): the log-likelihood of the rows together with their most probable classes.
    let withLabels: Double

    /// -2ℓ + 2ν. Source: beyond.aic.
    var aic: Double { -2 * logLikelihood + 2 * Double(parameters) }
    /// -2ℓ + ν ln N. Source: beyond.bic.
    var bic: Double { -2 * logLikelihood + Double(parameters) * log(Double(rows)) }
    /// -2 ln p(X, ẑ) + ν ln N. Source: beyond.icl.
    var icl: Double { -2 * withLabels + Double(parameters) * log(Double(rows)) }
}

extension Criteria {
    /// The criteria of a mixture with ν free parameters, fitted to these rows.
    init<C: Component>(of mixture: Mixture<C>, rows data: [C.Observation], parameters: Int) {
        logLikelihood = mixture.logLikelihood(of: data)
        self.parameters = parameters
        rows = data.count
        withLabels = data.reduce(0) { $0 + (mixture.logJoint(at: $1).max() ?? 0) }
    }
}

/// A rule by which the number of classes is chosen.
enum Rule: String, CaseIterable {
    case aic = "AIC"
    case bic = "BIC"
    case icl = "ICL"
    case crossValidation = "cross-validation"

    /// The place of the least value; nil if there is none.
    static func least(_ values: [Double?]) -> Int? {
        values.indices.filter { values[$0] != nil }.min { (values[$0] ?? 0) < (values[$1] ?? 0) }
    }
}

extension SimulationEstimate {
    /// A share of hits that is compared with another share of draws: its standard error is that of their difference, if both have the
    /// same probability. That is estimated from all draws together, with one hit and one miss besides, so that it is neither 0 nor 1.
    init(hits: Int, of trials: Int, against others: Int, of draws: Int) {
        let (first, second) = (Double(max(1, trials)), Double(max(1, draws)))
        let share = (Double(hits + others) + 1) / (first + second + 2)
        self.init(
            mean: Double(hits) / first, standardError: (share * (1 - share) * (1 / first + 1 / second)).squareRoot(),
            count: trials)
    }
}

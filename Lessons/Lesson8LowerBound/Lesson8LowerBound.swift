import ArgumentParser
import MixtureModels
import Notebook

/// Lesson 8: the lower bound under the log-likelihood.
@main
struct Lesson8LowerBound: Lesson {
    static let title = "The lower bound: why EM climbs, how fast, and what else climbs"
    static let model = Notation.Model.coins
    static let abstract = "The lower bound: why EM never falls, how fast it climbs, and what priors change."

    @OptionGroup var options: LessonOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        let coin = try BentCoin(seed: report.seed)
        let bound = try Bound(coin)
        try bound.explain(in: &report)
        try Gains(bound).explain(in: &report)
        try QFunction(bound).explain(in: &report)
        try Potential(bound).explain(in: &report)
        try Proof(coin).explain(in: &report)
        progress.update("other ways to climb")
        try GradientStep(seed: report.seed).explain(in: &report)
        try Incremental(coin).explain(in: &report)
        try PosteriorMode(coin, seed: report.seed).explain(in: &report)
    }
}

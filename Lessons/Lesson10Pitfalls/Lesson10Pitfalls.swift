import ArgumentParser
import MixtureModels
import Notebook

/// Lesson 10: what can go wrong with EM, and what helps.
@main
struct Lesson10Pitfalls: Lesson {
    static let title = "Pitfalls: where EM goes wrong, and what helps"
    static let model = Notation.Model.gaussians
    static let abstract = "Pitfalls: wrong summits, collapse, saddles, slowness, and what each remedy does."

    @OptionGroup var options: LessonOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        overview(of: &report)
        try TwoPoints().explain(in: &report)
        let means = try TwoMeans(seed: report.seed)
        let summits = try Summits(means)
        try summits.explain(in: &report)
        let starts = try Starts(summits, seed: report.seed)
        try starts.explain(in: &report)
        try Segment(summits).explain(in: &report)
        progress.update("many starts, four methods")
        let study = try Study(seed: report.seed)
        try Labels(study).explain(in: &report)
        try Singularity(seed: report.seed).explain(in: &report)
        try Spurious(study).explain(in: &report)
        let remedies = try Remedies(study, seed: report.seed)
        try remedies.explain(in: &report)
        progress.update("a saddle, and slow convergence")
        let saddle = try Saddle()
        try saddle.explain(in: &report)
        let slow = try Slow()
        try slow.explain(in: &report)
        Checklist().explain(in: &report)
        report.furtherFits += try StepsToFollow(study).fits()
        ending(of: &report, starts: starts, remedies: remedies, saddle: saddle)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            EM is easy to program, it has no step length to tune, and the log-likelihood never falls. It is also easy to be fooled by. A run may end on a
            lower summit than the highest, or climb a spike of infinite likelihood, or stand still where no summit is, or creep so slowly that it
            only seems to have arrived. None of these is a bug of the program. Only the spike is loud; in all other cases the log-likelihood rises and comes to rest, as it should.

            **The goal**: to know each of these traps by sight; to know what warns of it; and to know, with numbers, what each remedy does and what it
            costs. At the end stands a checklist for one's own data.

            **What you will see.** Two points, a pencil, and an infinite likelihood. A landscape with two summits, and which starts climb which. How
            many starts one needs. Maxima that differ in names only, and what lies between maxima. Maxima that rest on three points that happen to lie on
            a line; and a prior, a floor and a closer look, side by side on the same data. A saddle, where EM would stay for ever, if computers did not round.

            Every equation of the handouts is followed by a check: a second route that shares no code with the first.
            """#
    }
}

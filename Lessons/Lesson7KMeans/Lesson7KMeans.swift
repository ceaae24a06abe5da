import ArgumentParser
import LessonKit
import MixtureModels
import Notebook

/// Lesson 7: K-means, which is EM with hard edges.
@main
struct Lesson7KMeans: Lesson {
    static let title = "K-means: EM with hard edges"
    static let model = Notation.Model.gaussians
    static let abstract = "K-means: two steps by hand, what it misses, and why it is EM with hard assignments."
    static let aboutOptions = """
        With --data, a file of yours takes the place of Old Faithful in the section that follows one data set; --components is the \
        number of clusters, and --restarts the number of starts. The columns are standardised.
        """

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "Your own data") var ownData: OwnDataOptions

    func explain(in report: inout Report, progress: RunProgress) throws {
        try naming(ownData.data) { try fill(&report, progress) }
    }

    private func fill(_ report: inout Report, _ progress: RunProgress) throws {
        let study = try Study.read(ownData, seed: report.seed, progress: progress) ?? .oldFaithful()
        overview(of: &report)
        let hand = try ByHand()
        try hand.explain(in: &report)
        let bottom = try Bottom(seed: report.seed)
        try bottom.explain(in: &report)
        progress.update("K-means from \(study.startCount) starts")
        let geyser = try Geyser(study, seed: report.seed)
        try geyser.explain(in: &report)
        progress.update("good starts and bad ones")
        try GoodStarts(seed: report.seed).explain(in: &report)
        try OneAtATime(seed: report.seed).explain(in: &report)
        progress.update("EM with ever harder edges")
        let limit = try Limit(seed: report.seed)
        try limit.explain(in: &report)
        try LimitErrata(limit).explain(in: &report)
        progress.update("round, stretched and unequal clusters")
        let shapes = try Shapes(seed: report.seed)
        try shapes.explain(in: &report)
        try BloodTest.once.get().explain(in: &report)
        try Elsewhere(bottom, seed: report.seed).explain(in: &report)
        ending(of: &report, hand, geyser, shapes)
    }

    private func overview(of report: inout Report) {
        report.overview = #"""
            Two hundred and seventy-two eruptions of a geyser, and it is plain to the eye that they fall into two groups. K-means finds
            the groups with nothing but distances and averages. Many people meet it long before they meet EM. And yet it is EM: the same two steps,
            for Gaussians that are all round, equally wide and equally heavy, with the responsibilities rounded to 0 and 1.

            **The goal.** Choose $\classcount$ centres, and give each point to one of them, so that the sum of the squared distances from the points
            to their centres, the *distortion*, is as small as possible.

            **What you will see.** Both steps by hand, on six points. Why the distortion never rises, and why that is not enough: the bottom
            that is reached depends on the start. Good starts. K-means that sees each point once and forgets it. EM with ever harder
            edges, which becomes K-means before your eyes. Clusters that K-means cannot see, and Gaussian mixtures can.

            Every number below was computed when this report was written. Each equation of the handouts is followed by a check: the same
            quantity by a second route that shares no code with the first.
            """#
    }
}

import ArgumentParser
import MixtureModels
import Notebook

/// Lesson 3: Gaussian mixtures by EM, from the single Gaussian to real data.
@main
struct Lesson3GaussianEM: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Gaussian mixtures: EM from the log of a sum to Old Faithful and a blood test.",
        discussion: """
            Writes a report with figures, and results.json beside it. With --data, a file of yours takes the place of Old \
            Faithful, with any number of columns.
            """)

    @OptionGroup var options: LessonOptions
    @OptionGroup(title: "Your own data") var dataOptions: DataOptions

    func run() throws {
        try options.run(
            lesson: "Lesson3GaussianEM", title: "Gaussian mixtures: EM on real data", model: .gaussians
        ) { report, progress in
            try explain(in: &report, progress: progress)
        }
    }

    /// The report, from the first section to the last.
    func explain(in report: inout Report, progress: RunProgress) throws {
        let study = try dataOptions.read(seed: report.seed, progress: progress) ?? .oldFaithful()
        let plane = try Plane(seed: report.seed)
        try OneGaussian(study).explain(in: &report)
        try KnownLabels(plane).explain(in: &report)
        try LogOfSum(study).explain(in: &report)
        try Expectation(study).explain(in: &report)
        try MStep(study).explain(in: &report)
        let action = try EMInAction(study, progress: progress)
        try action.explain(in: &report)
        try PlaneInAction(plane, progress: progress).explain(in: &report)
        try Conditions(action).explain(plane, in: &report)
        try OldFaithful(progress: progress).explain(in: &report)
    }
}

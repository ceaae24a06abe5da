import LessonKit
import MixtureModels
import Testing

@testable import Lesson3GaussianEM
@testable import Notebook

/// What lesson 3 has for a student besides the sources' equations: the round by hand, the frames, the page to hand out.
struct Lesson3TeachingTests {
    /// Made by a dozen lines of Python that write the E-step and the M-step down as they stand in the handouts.
    private static let reference: [(round: HandRound, weight: Double, means: [Double], variances: [Double])] = [
        (
            .lesson, 0.5336031525690882, [2.4257887761423627, 5.801050063882581],
            [1.7672128385221306, 4.049004854727188]
        ),
        (
            .exercise, 0.594124075917951, [2.2415114019743236, 6.57408816666607],
            [3.0305491491585217, 3.3006140128504353]
        ),
    ]

    @Test("The rounds by hand lead to the numbers of another program, and raise the log-likelihood", arguments: [0, 1])
    func handRounds(index: Int) {
        let expected = Self.reference[index]
        let (round, end) = (expected.round, expected.round.end)
        let ours = end.weights + end.means + end.variances
        let theirs = [expected.weight, 1 - expected.weight] + expected.means + expected.variances
        for (a, b) in zip(ours, theirs) { #expect(abs(a - b) < 1e-12) }
        #expect(round.responsibilities.allSatisfy { abs($0[0] + $0[1] - 1) < 1e-15 })
        #expect(round.logLikelihoods[1] > round.logLikelihoods[0])
    }

    @Test("The drawn steps begin and end with the run, rise, and no two of them look the same", arguments: 0..<5)
    func frames(seed: UInt64) throws {
        let plane = try Plane(seed: seed)
        let run = try GaussianRun(plane.rows, start: plane.start, shape: .full, progress: RunProgress())
        let steps = Frames.distinct(run.mixtures)
        #expect(steps.first == 0 && steps.last == run.steps && steps.count == 6)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
        // No step that was left out is farther from all drawn ones than the last that was chosen is from the others.
        func distance(_ s: Int, _ t: Int) -> Double {
            zip(run.mixtures[s].components, run.mixtures[t].components).map { $0.distance(from: $1) }.max() ?? 0
        }
        func nearest(_ t: Int) -> Double { steps.filter { $0 != t }.map { distance(t, $0) }.min() ?? 0 }
        let inner = steps.dropFirst().dropLast().map(nearest)
        let widest = try #require(inner.max())
        #expect(inner.allSatisfy { $0 > 0 })
        for t in run.mixtures.indices where !steps.contains(t) { #expect(nearest(t) <= widest) }
        #expect(Frames.distinct([plane.start]) == [0])
    }

    @Test(
        "There is a page to hand out, with the box, the updates and a figure, in any notation",
        arguments: ["house", "cs181"])
    func summary(notation: String) throws {
        let report = try Lesson3GaussianEM.report(notation == "house" ? [] : ["--notation", notation])
        let text = try RenderedReport(report, formats: [.svg]).text(of: "summary.md")
        for part in [Algorithm.name, "E-step, in logarithms", "README.md#section-8", "em-in-action.svg"] {
            #expect(text.contains(part), "\(part)")
        }
    }
}

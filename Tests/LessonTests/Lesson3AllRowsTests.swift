import LessonKit
import MixtureModels
import Testing
import Verification

@testable import Lesson3GaussianEM
@testable import Notebook

/// A file with more rows than the lesson follows.
struct Lesson3AllRowsTests {
    @Test(arguments: [1, 2001, 5000, 5001, 200_000])
    func `a small file is followed whole, a large one by a random sample in the file's order`(count: Int) {
        var generator = SeededGenerator(seed: 3)
        let sample = OwnData.sample(of: count, using: &generator)
        #expect(sample.count == (count > OwnData.mostFollowed ? OwnData.sampleSize : count))
        #expect(zip(sample, sample.dropFirst()).allSatisfy { $0 < $1 })
        #expect(sample.allSatisfy((0..<count).contains))
        // The mean of so many places is in the middle, up to five standard errors.
        let mean = Double(sample.reduce(0, +)) / Double(sample.count)
        let error = Double(count) / (12 * Double(sample.count)).squareRoot()
        #expect((mean - Double(count - 1) / 2).magnitude <= 5 * error)
        var same = SeededGenerator(seed: 3)
        #expect(OwnData.sample(of: count, using: &same) == sample)
    }

    @Test func `the fit of all rows is that of EM, stands in the report with a check, and is the report's fit`() throws
    {
        let study = try Study.oldFaithful()
        let columns = study.columns.indices.map { d in study.rows.map { $0[d] } }
        let all = try AllRows(NumberColumns(columns), start: study.start, shape: study.shape, progress: RunProgress())
        var report = try Lesson3GaussianEM.parse([]).emptyReport()
        all.explain(study, in: &report)
        #expect(report.failures == [])
        let fit = try EM(
            data: study.rows, start: study.start, stop: .any(.atRest(1e-8), .maximumSteps(2000))
        ).fit()
        #expect(report.fit?.iterations == fit.iterations)
        #expect(report.fit?.logLikelihood == fit.last.logLikelihood)
        #expect(report.fit?.weights == fit.last.mixture.weights)
    }
}

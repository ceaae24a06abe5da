import Testing

@testable import Lesson2BayesPosterior
@testable import Notebook

struct Lesson2Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 2))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson2BayesPosterior.self) }

    @Test("The posterior by differentiation is Bayes' rule")
    func derivative() throws {
        let posterior = try posteriorByDerivative(weights: [0.25, 0.25, 0.5], densities: [3, 1, 2])
        for (found, exact) in zip(posterior, [0.375, 0.125, 0.5]) { #expect(abs(found - exact) < 1e-9) }
    }

    @Test("From 40 standard deviations on the naive rule is 0/0, and the row beside it is exact")
    func underflow() throws {
        let text = try RenderedReport(Lesson2BayesPosterior.report(), formats: []).text(of: "README.md")
        #expect(text.ranges(of: "| **0/0** |").count == 3)
        #expect(text.contains("| 40 | 0 and 0 | **0/0** | 0.8385 | 0.8385 |"))
        #expect(text.contains("| 1000 | 0 and 0 | **0/0** | 1.0000 | 1.0000 |"))
    }
}

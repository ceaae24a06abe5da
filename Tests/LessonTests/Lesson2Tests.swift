import Testing

@testable import Lesson2BayesPosterior
@testable import Notebook

extension Lesson2BayesPosterior: LessonCommand {}

struct Lesson2Tests {
    @Test("Lesson 2 explains its rows of the ledger, each once, and every check passes")
    func complete() throws {
        LessonExpectations.isComplete(try Lesson2BayesPosterior.report(), lesson: 2)
    }

    @Test("Lesson 2 holds true for other seeds", arguments: 0..<20)
    func seeds(seed: Int) throws {
        let report = try Lesson2BayesPosterior.report("--seed", "\(seed)")
        LessonExpectations.isComplete(report, lesson: 2)
        if seed < 3 { try LessonExpectations.canBeRendered(report) }
    }

    @Test("Lesson 2 can be written in the letters of every source", arguments: Notation.ids)
    func notations(id: String) throws {
        try LessonExpectations.canBeRendered(Lesson2BayesPosterior.report("--notation", id))
    }

    @Test("Lesson 2 has the same bytes for the same seed")
    func reproducible() throws {
        try LessonExpectations.isReproducible(Lesson2BayesPosterior.report(), Lesson2BayesPosterior.report())
    }

    @Test("Lesson 2's store sells the animals of lesson 1")
    func store() {
        let store = PetStore()
        let numbers = [
            store.weights, store.means, store.deviations, store.lengths, store.lengthDeviations, store.correlations,
        ]
        #expect(numbers == storeOfLesson1)
    }

    @Test("The posterior by differentiation is Bayes' rule")
    func derivative() throws {
        let posterior = try posteriorByDerivative(weights: [0.25, 0.25, 0.5], densities: [3, 1, 2])
        for (found, exact) in zip(posterior, [0.375, 0.125, 0.5]) { #expect(abs(found - exact) < 1e-9) }
    }

    @Test("From 40 standard deviations on the naive rule is 0/0, and the row beside it is exact")
    func underflow() throws {
        let text = try RenderedReport(Lesson2BayesPosterior.report(), formats: []).text(of: "README.md")
        #expect(text.ranges(of: "**0/0**").count == 3)
        #expect(text.contains("| 40 | 0 and 0 | **0/0** | 0.8385 | 0.8385 |"))
        #expect(text.contains("| 1000 | 0 and 0 | **0/0** | 1.0000 | 1.0000 |"))
    }

    @Test("An unknown notation is refused in words")
    func unknownNotation() throws {
        let complaint = try #require(Lesson2BayesPosterior.complaint("--notation", "bayes"))
        #expect(complaint.contains("bayes") && complaint.contains("stat215a"))
    }
}

import LessonKit
import MixtureModels
import Testing

@testable import Lesson1MixtureGeneration
@testable import Notebook

struct Lesson1Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 1))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson1MixtureGeneration.self, "--samples", "5000") }

    @Test("The checks hold with as few animals as may be", arguments: LessonRule.others.suffix(2))
    func few(_ rule: LessonRule) throws { try rule.check(Lesson1MixtureGeneration.self, "--samples", "100") }

    @Test("The lesson without options is complete")
    func standard() throws { try LessonRule.complete.check(Lesson1MixtureGeneration.self) }

    @Test("A number of animals outside the range is refused in words", arguments: ["99", "10000001", "-5"])
    func range(samples: String) throws {
        let complaint = try #require(Lesson1MixtureGeneration.complaint("--samples=\(samples)"))
        #expect(complaint.contains("--samples must lie between 100 and 10000000, not \(samples)"))
    }

    @Test("The ends of the range are accepted, and what is no number is not")
    func ends() throws {
        for samples in ["100", "10000000"] { #expect(Lesson1MixtureGeneration.complaint("--samples", samples) == nil) }
        let complaint = try #require(Lesson1MixtureGeneration.complaint("--samples", "many"))
        #expect(complaint.contains("'many'"))
    }

    /// Animals of the given mixture.
    private func drawn(_ mixture: Mixture<Normal>, count: Int) -> DrawnAnimals {
        var generator = SeededGenerator(seed: 1)
        return DrawnAnimals(mixture, count: count, generator: &generator, progress: RunProgress())
    }

    @Test(
        "Every animal is counted once by species and once by weight, however many batches there are",
        arguments: [100, 20_000])
    func counts(count: Int) throws {
        let animals = try drawn(PetStore().weightMixture(), count: count)
        #expect(animals.counts.reduce(0, +) == count)
        #expect(animals.histogram.map { $0.reduce(0, +) } == animals.counts)
        #expect(animals.first.count == 8)
        #expect(animals.milestones.last?.count == count)
        #expect(animals.milestones.count < 120)
    }

    @Test("The chi-square distance accepts animals of the store, and not those of a store that differs a little")
    func chiSquare() throws {
        let store = PetStore()
        let right = try drawn(store.weightMixture(), count: 50_000)
        #expect(try ChiSquareDistance(right, of: store).pValue > 1e-3)
        let otherShares = try Mixture(weights: [0.27, 0.43, 0.3], components: store.weightMixture().components)
        #expect(try ChiSquareDistance(drawn(otherShares, count: 50_000), of: store).pValue < 1e-6)
        let otherCats = try Mixture(
            weights: store.weights,
            components: zip([1.2, 4.3, 9], store.deviations).map { try Normal(mean: $0, variance: $1 * $1) })
        #expect(try ChiSquareDistance(drawn(otherCats, count: 50_000), of: store).pValue < 1e-6)
    }

    @Test("The chi-square distance has one degree of freedom less than cells, and few cells for few animals")
    func cells() throws {
        let store = PetStore()
        let few = try ChiSquareDistance(drawn(store.weightMixture(), count: 100), of: store)
        let many = try ChiSquareDistance(drawn(store.weightMixture(), count: 100_000), of: store)
        // At least five animals are expected in each cell.
        #expect(few.degreesOfFreedom < 100 / 5)
        #expect(few.degreesOfFreedom >= 3)
        #expect(many.degreesOfFreedom > 80)
    }
}

import Testing

@testable import Lesson5Identifiability
@testable import Notebook

@Suite("Lesson 5: identifiability")
struct Lesson5Tests {
    @Test("What holds for every lesson", arguments: LessonRule.all(ofLesson: 5))
    func rules(_ rule: LessonRule) throws { try rule.check(Lesson5Identifiability.self) }

    @Test("One flip or two cannot tell the two stories apart, three can")
    func counts() throws {
        let stories = [FlipsPerSet().first, FlipsPerSet().second]
        for flips in 1...2 {
            let pair = try stories.map { try $0.countProbabilities(flips: flips) }
            for (a, b) in zip(pair[0], pair[1]) { #expect(abs(a - b) < 1e-14) }
        }
        let three = try stories.map { try $0.countProbabilities(flips: 3) }
        for (ours, published) in zip(three.flatMap { $0 }, [0.185, 0.315, 0.315, 0.185, 0.173, 0.351, 0.279, 0.197]) {
            #expect(abs(ours - published) < 1e-12)
        }
    }

    @Test("K coins are identified by 2K - 1 flips per set and not by fewer", arguments: 1...3)
    func rule(_ classes: Int) throws {
        let heads = Array([0.1, 0.4, 0.8].prefix(classes))
        let weights = heads.map { _ in 1 / Double(classes) }
        let story = CoinStory(weights: weights, heads: heads)
        for flips in 1...6 { #expect(try story.rank(flips: flips) == min(flips, 2 * classes - 1)) }
    }

    @Test("Free parameters make the same story again")
    func freeParameters() {
        let story = CoinStory(weights: [0.2, 0.3, 0.5], heads: [0.1, 0.4, 0.8])
        let again = CoinStory(freeParameters: story.freeParameters)
        #expect(again.heads == story.heads)
        for (a, b) in zip(again.weights, story.weights) { #expect(abs(a - b) < 1e-15) }
    }
}

import ArgumentParser
import Testing

@testable import Lesson5Identifiability
@testable import Notebook

private let lesson = LessonUnderTest(name: "Lesson5Identifiability", number: 5, model: .coins) { report, progress in
    try Lesson5Identifiability.parse([]).explain(in: &report, progress: progress)
}

@Suite("Lesson 5: identifiability")
struct Lesson5Tests {
    @Test("Every row of the ledger that names the lesson is explained once")
    func ledger() throws { try lesson.expectLedgerIsCovered() }

    @Test("The report holds true for other seeds", arguments: UInt64(1)...20)
    func seeds(_ seed: UInt64) throws { try lesson.expectReportHoldsTrue(seed: seed) }

    @Test("The report renders in every notation", arguments: Notation.ids)
    func notations(_ id: String) throws { try lesson.expectReportRenders(notation: id) }

    @Test("The same seed gives the same bytes, another seed another report")
    func reproducible() throws {
        try lesson.expectSameBytesTwice()
        try lesson.expectSeedMatters()
    }

    @Test(
        "What the options cannot mean is refused with a message that says so",
        arguments: [
            (["--seed", "-1"], "seed"), (["--notation", "bishop"], "notation"), (["--formats", "gif"], "formats"),
            (["--sed", "1"], "--sed"),
        ])
    func mistakes(_ arguments: [String], _ named: String) {
        let error = #expect(throws: (any Error).self) { try Lesson5Identifiability.parse(arguments) }
        #expect(error.map { Lesson5Identifiability.fullMessage(for: $0).contains(named) } == true)
    }

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

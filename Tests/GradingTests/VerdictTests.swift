import Grading
import Testing

@Suite struct VerdictTests {
    private func said(_ got: [Double], right: [Double], mistakes: [Mistake] = []) -> String? {
        guard case .failed(let why) = Verdict.compare(got, with: right, what: "the weights", mistakes: mistakes) else {
            return nil
        }
        return why
    }

    @Test func `Numbers that differ in the last digits are right`() {
        #expect(said([1 / 3.0, 1e6], right: [0.333_333_333_333, 1_000_000.000_001]) == nil)
        #expect(said([-.infinity], right: [-.infinity]) == nil)
        #expect(Verdict.compare([2], with: [1], [2], what: "either") == .passed)
    }

    @Test(arguments: [
        ([Double.nan, 0], "number 1 is NaN"), ([0, .infinity], "number 2 is infinite"),
        ([1], "2 numbers were expected in all, and 1 came"),
        ([], "2 numbers were expected in all, and 0 came"), ([1e308, -1e308], "2 of 2 numbers"),
        ([0.5, 7], "1 of 2 numbers is"),
    ])
    func `What is not right is told, without the answer`(got: [Double], wanted: String) throws {
        let words = try #require(said(got, right: [0.5, 0.25]))
        #expect(words.contains(wanted))
        #expect(!words.contains("0.25"))
    }

    @Test func `No finite number agrees with an infinite one`() {
        #expect(said([3], right: [-.infinity]) != nil)
        #expect(said([.infinity], right: [-.infinity]) != nil)
    }

    @Test func `A known mistake is named, unless its numbers are the right ones`() {
        let mistake = Mistake("divided by N, not by N_k", gives: [1, 2])
        #expect(said([1, 2], right: [1, 3], mistakes: [mistake]) == "the weights: divided by N, not by N_k")
        #expect(
            said([1, 4], right: [1, 2], mistakes: [mistake])
                == "the weights: 1 of 2 numbers is not right, the first of them number 2")
    }
}

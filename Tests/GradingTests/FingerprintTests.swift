import Testing

@testable import Grading

@Suite struct FingerprintTests {
    private static let original = """
        import Foundation
        func mean(_ x: [Double]) -> Double {
            let total = x.reduce(0) { $0 + $1 }  // adds up
            return total / Double(x.count)
        }
        """

    @Test(arguments: [
        original.replacing("total", with: "somme"),
        original.replacing("x", with: "values").replacing("mean", with: "average"),
        original.replacing("\n", with: "\n\n").replacing("    ", with: "\t"),
        original.replacing("// adds up", with: "/* another /* nested */ word */"),
        original.replacing("\n", with: "\r\n"), original.replacing("total", with: "`in`"),
    ])
    func `Names, comments and layout do not count`(text: String) {
        #expect(Fingerprint(of: text) == Fingerprint(of: Self.original))
    }

    @Test(arguments: [
        original.replacing("reduce(0)", with: "reduce(1)"), original.replacing("total /", with: "total *"),
        original.replacing("return total", with: "return x"), original.replacing("let", with: "var"),
        original + "\nlet a = \"text\"", original.replacing("Foundation", with: "\"Foundation"),
        original.replacing("total / Double", with: "total / Float"),
    ])
    func `What changes the program does`(text: String) {
        // Renaming `Double` in one place only is no consistent renaming.
        #expect(Fingerprint(of: text).digest != Fingerprint(of: Self.original).digest)
    }

    @Test func `A quotation mark in a text, and a comment in one, end nothing`() {
        #expect(Array(Tokens(#"a("\"// b", c) "open"#)).count == 7)
        #expect(Array(Tokens("a /* never closed")) == [.name("a")])
    }

    @Test func `Pairs are named if they share enough, and nobody is named for what many share`() {
        func record(_ name: String, _ prints: [String: String]) -> GradingRecord {
            var record = GradingRecord(
                submission: GradedSubmission(
                    name: name,
                    exercises: (1...4).map {
                        GradedExercise(number: $0, name: "Exercise\($0)", title: "", hiddenPoints: 0, outcomes: [])
                    }))
            record.fingerprints = prints.mapValues { Fingerprint(digest: $0, tokens: 150) }
            return record
        }
        let all = ["Exercise1": "a", "Exercise2": "b", "Exercise3": "c", "Exercise4": "d"]
        let pair = EqualSubmissions.pairs(among: [
            record("bob", all), record("eve", ["Exercise1": "x"]),
            record("ada", all.merging(["Exercise4": "e"]) { $1 }), record("dan", ["Exercise1": "a", "Exercise2": "b"]),
        ])
        #expect(
            pair == [.init(names: ["ada", "bob"], exercises: ["Exercise1", "Exercise2", "Exercise3"], inCommon: 4)])
        #expect(EqualSubmissions.pairs(among: (1...5).map { record("\($0)", all) }).isEmpty)
        #expect(EqualSubmissions.pairs(among: (1...2).map { record("\($0)", all) }).count == 1)
    }
}

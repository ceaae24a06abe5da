import Testing

@testable import Notebook

struct LedgerTests {
    @Test("No id and no anchor occurs twice")
    func unique() {
        #expect(Set(Ledger.entries.map(\.id)).count == Ledger.entries.count)
        #expect(Set(Ledger.entries.map(\.anchor)).count == Ledger.entries.count)
    }

    @Test(
        "Every source has as many rows as were found in it",
        arguments: [("cs181", 43, 12), ("prml", 13, 2), ("cs229", 14, 3), ("stat215a", 16, 5), ("orie4742", 17, 6)])
    func sources(source: String, rows: Int, errata: Int) {
        let entries = Ledger.entries.filter { $0.source == source }
        #expect(entries.count { !$0.isErratum } == rows)
        #expect(entries.count { $0.isErratum } == errata)
    }

    @Test("The sources' rows, and what the course adds, are all there are")
    func total() {
        let (beyond, sources) = (
            Ledger.entries.filter(\.isBeyondSources), Ledger.entries.filter { !$0.isBeyondSources }
        )
        #expect(sources.count == 131 && sources.count { !$0.isErratum } == 103)
        #expect(sources.allSatisfy { Notation.ids.dropFirst().contains($0.source) })
        #expect(beyond.count == 12 && beyond.allSatisfy { $0.lesson == 11 && !$0.isErratum })
        #expect(beyond.allSatisfy { $0.sourceName == "Beyond the sources" })
    }

    @Test(
        "Every lesson has the rows that the plan gives it",
        arguments: zip(1...11, [15, 13, 28, 33, 4, 8, 10, 7, 6, 7, 12]))
    func lessons(lesson: Int, count: Int) {
        #expect(Ledger.entries(ofLesson: lesson).count == count)
    }

    @Test("A row is found by its id, and knows its source, its anchor and what it is")
    func lookUp() throws {
        let equation = try #require(Ledger.entry("cs181.13"))
        #expect(
            equation.lesson == 4 && equation.source == "cs181" && equation.anchor == "cs181-13" && !equation.isErratum)
        let erratum = try #require(Ledger.entry("errata.prml.9.59"))
        #expect(
            erratum.lesson == 9 && erratum.source == "prml" && erratum.anchor == "errata-prml-9-59" && erratum.isErratum
        )
        #expect(Ledger.entry("cs181.99") == nil)
        #expect(throws: ReportError.unknownID("cs181.99")) { try Ledger.known("cs181.99") }
        #expect(equation.sourceName == "CS 181" && erratum.sourceName == "Yue Yu's notes on PRML")
        #expect(Ledger.entry("prml.9.59")?.sourceName == "PRML")
    }

    @Test("Every row can stand in a heading and in a table cell, and its anchor in a link")
    func printable() {
        for entry in Ledger.entries {
            #expect(!entry.title.isEmpty && !entry.place.isEmpty)
            #expect((entry.title + entry.place).allSatisfy { !"|$`\n<>*".contains($0) }, "\(entry.id)")
            #expect(entry.anchor.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }, "\(entry.id)")
        }
    }

    @Test("An id of any shape has a source, be it empty", arguments: ["", ".", "errata.", "errata", "x"])
    func oddIDs(id: String) {
        #expect(["", "errata", "x"].contains(Ledger.row(id, "", 0, "").source))
    }
}

import Testing
import Verification

@testable import Notebook

struct ResultsTests {
    @Test("The numbers of a report are the JSON that is expected: sorted keys, full precision, differences as bounds")
    func everything() throws {
        #expect(try json(SmallReport.report()) == Self.expected)
    }

    private static let expected = #"""
        {
          "checks" : [

          ],
          "equations" : [
            {
              "check" : {
                "difference" : 1e-13,
                "how" : "counting in $M$ words",
                "kind" : "exact",
                "passed" : true,
                "tolerance" : 1e-12,
                "value" : [
                  0.3,
                  0
                ]
              },
              "id" : "cs181.13",
              "telling" : {
                "name" : "$\\gamma_{11}$",
                "value" : 0.30000000000000004
              },
              "title" : "The posterior by powers of the parameters",
              "value" : [
                0.30000000000000004,
                1.5e-17
              ]
            }
          ],
          "errata" : [
            {
              "corrected" : "$\\pi_{21}$",
              "id" : "errata.cs181.pi22",
              "printed" : "$\\pi_{22}$",
              "shown" : "Their sum is 1."
            }
          ],
          "figures" : [
            {
              "alt" : "A line from [0, 0] up to\n(1, 1).",
              "file" : "figures/path.svg"
            }
          ],
          "files" : [
            "README.md",
            "figures/path.svg",
            "results.json"
          ],
          "fit" : {
            "iterations" : 2,
            "logLikelihood" : -0.3333333333333333,
            "model" : "mixture of 2 coins",
            "parameters" : {
              "flips" : 10,
              "heads" : [
                0.3,
                0.8
              ]
            },
            "trace" : [
              -0.5,
              -0.4,
              -0.3333333333333333
            ],
            "weights" : [
              0.4,
              0.6
            ]
          },
          "lesson" : "Small",
          "notation" : "house",
          "published" : [
            {
              "agrees" : true,
              "decimals" : 2,
              "id" : "do-batzoglou-2008",
              "ours" : 0.7130122,
              "published" : 0.71,
              "quantity" : "first coin, one step"
            }
          ],
          "seed" : 181,
          "title" : "A small report",
          "warnings" : [

          ]
        }

        """#

    @Test(
        "Numbers keep all their digits",
        arguments: [0.1 + 0.2, -1.0 / 3, 1e-300, 6.02214076e23, 0, 4_503_599_627_370_497.5])
    func precision(x: Double) throws {
        let text = try json(report(value: x))
        let value = try #require(text.split(separator: "\n").last { $0.contains("\"value\" : ") })
        #expect(Double(value.split(separator: " ").last ?? "") == x)
    }

    @Test("Prose is written in the report's notation")
    func notation() throws {
        var report = SmallReport.empty(in: "cs181")
        report.erratum(
            "errata.cs181.ex4", printed: #"$\weights$"#, corrected: #"$\headprobs$"#, shown: #"$\weight{1}$"#)
        let text = try json(report)
        #expect(text.contains(#""printed" : "$\\boldsymbol{\\theta}$""#))
        #expect(text.contains(#""shown" : "$\\theta_{1}$""#))
        #expect(text.contains(#""notation" : "cs181""#))
    }

    @Test("Infinite values are written as words, since JSON has no numbers for them")
    func infinite() throws {
        let text = try json(report(value: -.infinity))
        #expect(text.contains(#""value" : "-Infinity""#))
        #expect(text.contains(#""passed" : true"#))
    }

    @Test("A difference never contradicts its verdict")
    func verdict() throws {
        let check = SecondRoute.exact(.number(1 + 3e-11), "counting", tolerance: .enumeration)
        let text = try json(SmallReport.report(value: 1, again: check))
        #expect(text.contains(#""difference" : 1e-10"#) && text.contains(#""tolerance" : 1e-10"#))
    }

    private func report(value: Double) -> Report {
        SmallReport.report(
            value: .number(value),
            again: .exact(.number(value), "counting"))
    }

    private func json(_ report: Report) throws -> String {
        try #require(RenderedReport(report, formats: [.svg]).text("results.json"))
    }
}

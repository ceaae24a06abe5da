import Foundation
import Testing

@testable import Lesson4CoinFlips
@testable import Notebook

/// Fits of coins that are slow to find, or not worth having.
struct Lesson4WarningTests {
    private func report(_ csv: String, _ options: String) throws -> Report {
        try TemporaryFolder.with { folder in
            try Lesson4CoinFlips.dataReport(["--data", try folder.write(csv, to: "heads.csv")] + words(options))
        }
    }

    @Test("Geissler's 6115 families are fitted to the end")
    func geissler() throws {
        let counts = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]
        let csv = "girls,freq\n" + counts.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        let report = try report(csv, "--columns girls --flips 12 --counts freq")
        let fit = try #require(report.fit)
        guard case .vector(let heads)? = fit.parameters["headProbabilities"] else {
            Issue.record("there are no head probabilities")
            return
        }
        // The maximum, to the digits known from a Newton search by another program.
        for (ours, exact) in zip(heads + fit.weights, [0.48143, 0.61640, 0.72005, 0.27995]) {
            #expect(abs(ours - exact) <= 0.5e-5)
        }
        #expect(abs(fit.logLikelihood + 12492.4062) <= 0.5e-4)
        #expect(fit.converged == true && fit.stoppedBy == "the parameters stand still" && report.warnings == [])
    }

    @Test(
        "Coins that start alike, that cannot be identified, or that rest on few sets are warned of",
        arguments: [
            ("--flips 10 --start-heads 0.6,0.6", "Coins 1 and 2 start alike."),
            (
                "--flips 10 --components 6",
                "6 coins cannot be identified from sets of 10 flips: that takes at least 2K - 1 = 11"
            ),
            ("--flips 10", "which is less than 2(D + 1) = 4"),
        ])
    func warnings(options: String, warning: String) throws {
        let report = try report("heads\n5\n9\n8\n4\n7\n2\n", "--columns heads " + options)
        #expect(report.warnings.contains { $0.source.contains(warning) }, "\(report.warnings)")
        let text = try RenderedReport(report, formats: [.svg]).text(of: "README.md")
        #expect(text.contains("**Look twice at this fit.**"))
    }

    @Test("With 2K - 1 flips nothing is said about identifiability")
    func identifiable() throws {
        let csv = "heads\n" + (0..<40).map { "\([0, 1, 2, 3, 3][$0 % 5])\n" }.joined()
        for (flips, isWarned) in [(3, false), (2, true)] {
            let rows = flips == 2 ? csv.replacing("3", with: "2") : csv
            let warnings = try report(rows, "--columns heads --flips \(flips)").warnings
            #expect(warnings.contains { $0.source.contains("cannot be identified") } == isWarned)
        }
    }
}

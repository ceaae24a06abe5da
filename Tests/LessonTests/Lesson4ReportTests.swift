import Foundation
import Testing

@testable import Lesson4CoinFlips
@testable import Notebook

/// The report as it stands: complete, checked, and the same every time.
struct Lesson4ReportTests {
    /// The lesson without options; several tests look at it.
    private static let standard = Result { try Lesson4CoinFlips.report() }
    private static let rendered = Result { try RenderedReport(standard.get(), formats: [.svg]) }

    @Test("All checks passed, and all published figures agree")
    func checks() throws {
        let report = try Self.standard.get()
        #expect(report.failures == [])
        #expect(report.equations.count == 25)
        #expect(report.publishedFigures.count == 15)
    }

    @Test("Each figure is written in each format that is asked for")
    func formats() throws {
        let report = try Self.standard.get()
        let files = try RenderedReport(report, formats: [.svg, .png, .pdf]).files
        let beginnings: [(String, [UInt8])] = [
            ("svg", Array("<?xml".utf8)), ("png", [0x89, 0x50, 0x4E, 0x47]), ("pdf", Array("%PDF".utf8)),
        ]
        for figure in report.figures {
            for (format, beginning) in beginnings {
                let file = files.first { $0.path == "figures/\(figure.id).\(format)" }
                #expect(file?.bytes.starts(with: beginning) == true, "\(figure.id).\(format)")
            }
        }
        #expect(files.count == 3 * report.figures.count + 3)
    }

    @Test("Links within the report lead somewhere, and its figures exist and are described")
    func links() throws {
        let rendered = try Self.rendered.get()
        let text = try rendered.text(of: "README.md")
        let anchors = Set(text.matches(of: /<a id="([^"]+)"><\/a>/).map { String($0.1) })
        // GitHub's own anchors: the heading in lower case, with hyphens for blanks.
        let headings = text.matches(of: /(?m)^##+ (.+)$/).map {
            $0.1.lowercased().replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" }
        }
        let links = text.matches(of: /\]\(#([^)]+)\)/).map { String($0.1) }
        #expect(links.count > 25)
        for link in links { #expect(anchors.contains(link) || headings.contains(link), "#\(link) leads nowhere") }

        let images = text.matches(of: /!\[([^\]]*)\]\(([^)]+)\)/)
        #expect(images.count == (try Self.standard.get().figures.count))
        for image in images {
            #expect(rendered.files.contains { $0.path == image.2 }, "\(image.2) does not exist")
            #expect(image.1.count > 60, "\(image.2) needs a description")
        }
    }

    @Test("The proof has a section of its own, and the page to hand out leads to it")
    func proof() throws {
        let rendered = try Self.rendered.get()
        let page = try rendered.text(of: "summary.md")
        #expect(page.contains("[the proof](README.md#section-4)") && page.contains("**The EM algorithm for coins**"))
        let heading = "<a id=\"section-4\"></a>\n\n## 4. Why EM never lowers the log-likelihood"
        #expect(try rendered.text(of: "README.md").contains(heading))
    }

    @Test("results.json has the fields that machines and graders rely on")
    func results() throws {
        let results = try Self.rendered.get().results()
        #expect(results["lesson"] as? String == "Lesson4CoinFlips")
        #expect(results["title"] is String)
        #expect(results["seed"] as? Int == 181)
        #expect(results["notation"] as? String == "house")

        let equations = try #require(results["equations"] as? [[String: Any]])
        #expect(equations.count == 25)
        for equation in equations {
            #expect(Set(equation.keys).subtracting(["telling"]) == ["id", "title", "value", "check"])
            let check = try #require(equation["check"] as? [String: Any])
            #expect(
                Set(check.keys).subtracting(["claim"]) == ["kind", "how", "value", "difference", "tolerance", "passed"])
            #expect((check["claim"] != nil) == (check["kind"] as? String == "property"))
            #expect(check["passed"] as? Bool == true)
            let (difference, tolerance) = (check["difference"] as? Double, check["tolerance"] as? Double)
            #expect(try #require(difference) <= #require(tolerance))
        }
        for erratum in try #require(results["errata"] as? [[String: String]]) {
            #expect(Set(erratum.keys) == ["id", "printed", "corrected", "shown"])
        }
        for published in try #require(results["published"] as? [[String: Any]]) {
            #expect(Set(published.keys) == ["id", "quantity", "published", "decimals", "ours", "agrees"])
            #expect(published["agrees"] as? Bool == true)
        }
        let fit = try #require(results["fit"] as? [String: Any])
        #expect(
            Set(fit.keys) == [
                "model", "weights", "parameters", "logLikelihood", "iterations", "trace", "converged", "stoppedBy",
                // The iterates and the rows that the pages to step through show.
                "held", "path", "data", "name",
            ])
        let trace = try #require(fit["trace"] as? [Double])
        #expect(trace.count == (try #require(fit["iterations"] as? Int)) + 1)
        #expect(trace.last == fit["logLikelihood"] as? Double)
        for figure in try #require(results["figures"] as? [[String: String]]) {
            #expect(Set(figure.keys) == ["file", "alt"])
        }
    }
}

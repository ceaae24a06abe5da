import Foundation
import Testing

@testable import Notebook

/// The course as a static site, from the command line.
struct SiteTests {
    private func run(_ arguments: String...) throws -> Executable {
        try Executable.run(["site"] + arguments, program: "Course")
    }

    @Test("A site is whole: every link of every page leads to a file and an anchor of the site")
    func links() throws {
        try TemporaryFolder.with { folder in
            let run = try run("--output", folder.path("site"), "--lesson", "5", "--lesson", "6", "--no-pdf")
            try #require(run.exitCode == 0, "\(run.errors)")
            let files = try folder.contents()
            for name in ["index.html", "equations.html", "site.json", "Lesson5Identifiability-steps.html"] {
                #expect(files["site/\(name)"] != nil)
            }
            var pages: [String: String] = [:]
            for (path, bytes) in files where path.hasSuffix(".html") {
                pages[String(path.dropFirst("site/".count))] = String(decoding: bytes, as: UTF8.self)
            }
            #expect(pages.count == 7)
            var (toOthers, missing) = (0, [String]())
            for (page, html) in pages {
                for match in html.matches(of: /<a [^>]*href="([^"]*)"/) {
                    let address = String(match.1)
                    if address.hasPrefix("http") { continue }
                    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                    let target = parts[0].isEmpty ? page : String(parts[0])
                    toOthers += target == page ? 0 : 1
                    let isThere = files["site/\(target)"] != nil
                    let hasAnchor = parts.count < 2 || pages[target]?.contains(" id=\"\(parts[1])\"") ?? false
                    if !isThere || !hasAnchor { missing.append("\(page): \(address)") }
                }
            }
            #expect(missing == [] && toOthers > 30)
            // Handouts have the numbers of the reports.
            #expect(pages["index.html"]?.contains("The Lagrange multiplier") ?? false)
        }
    }

    @Test("The next site takes the place of the last one, and leaves what is not its own")
    func replaced() throws {
        try TemporaryFolder.with { folder in
            #expect(try run("--output", folder.path(""), "--lesson", "6", "--no-pdf").exitCode == 0)
            _ = try folder.write("mine", to: "notes.html")
            _ = try folder.write(
                #"{"files": ["notes.html", "Lesson4CoinFlips.html", "../x", "Lesson6LagrangeUpdate.html"]}"#,
                to: "site.json")
            _ = try folder.write("old", to: "Lesson4CoinFlips.html")
            #expect(try run("--output", folder.path(""), "--lesson", "6", "--no-pdf").exitCode == 0)
            let names = try folder.contents().keys.sorted()
            #expect(names.contains("notes.html") && !names.contains("Lesson4CoinFlips.html"))

            let before = try folder.contents()
            let none = try run("--output", folder.path(""), "--lesson", "99", "--no-pdf")
            #expect(none.exitCode == 64 && none.errors.contains("there is no lesson 99"))
            #expect(try folder.contents() == before)
        }
    }
}

import Foundation
import Testing

@testable import Notebook

/// The committed Markdown as GitHub reads it: Markdown first, mathematics from what is left.
struct GitHubTests {
    /// Every Markdown file below Output.
    private static let files: [String] = {
        let folder = Executable.packageRoot.appending(path: "Output").path(percentEncoded: false)
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted()
    }()

    private func text(_ file: String) throws -> String {
        let path = Executable.packageRoot.appending(path: "Output/\(file)")
        return try String(contentsOf: path, encoding: .utf8).replacing(/```[\s\S]*?```/, with: "")
    }

    private func displays(_ text: String) -> [String] {
        text.matches(of: /\$\$\n[> ]*([^\n]*)\n[> ]*\$\$/).map { String($0.1) }
    }

    @Test(
        "No underscore of a formula can begin emphasis, no asterisk stands in one, and none is broken by a line",
        arguments: files)
    func emphasis(file: String) throws {
        let text = try text(file)
        let rest = text.replacing(/\$\$[\s\S]*?\$\$/, with: "").replacing(/`[^`\n]*`/, with: "")
        let formulas = displays(text) + rest.matches(of: /\$([^$]+)\$/).map { String($0.1) }
        #expect(!formulas.isEmpty)
        for tex in formulas {
            // GitHub takes `_` for the beginning of emphasis after anything but a letter or a digit, unless a space follows.
            #expect(tex.firstMatch(of: /(?:^|[^A-Za-z0-9])_[^ ]/) == nil, "\(tex)")
            #expect(!tex.contains("*") && !tex.contains("\n"), "\(tex)")
        }
        // What is left has no dollars: all belong to formulas.
        #expect(rest.replacing(/\$[^$]+\$/, with: "").firstMatch(of: /\$/) == nil)
    }

    @Test(
        "No display is wider than GitHub's column, and no page has more or longer formulas than MathJax is given there",
        arguments: files)
    func widths(file: String) throws {
        let displays = displays(try text(file))
        for tex in displays {
            let width = try #require(TeXWidth.ems(tex.replacing("_ {", with: "_{")))
            #expect(width <= Self.column, "\(Int(width)) em: \(tex)")
            #expect(tex.utf8.count < 4000)
        }
    }

    /// A little more than what the writer aims at: what cannot be broken, such as a matrix, may use the margin of the estimate.
    private static let column = 50.0
}

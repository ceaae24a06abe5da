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

    /// The widest that is let through, in ems of GitHub's formulas, which are 19.5 % larger than the text of 16 pixels. The column has
    /// 830 pixels in a window of 1280.
    private static let column = pixels / (16 * mathematics)
    private static let pixels = 830.0
    private static let mathematics = 1.195

    @Test(
        "No table is wider than GitHub's column: MathJax breaks no formula, and a word is not broken either",
        arguments: files)
    func tables(file: String) throws {
        let tables = try text(file).matches(of: /(?m)(?:^\|.*\n)+/).map { String($0.0) }
        for table in tables {
            let rows = table.split(separator: "\n").map {
                $0.replacing(#"\|"#, with: "").split(separator: "|", omittingEmptySubsequences: false)
            }
            let columns = rows.map(\.count).min() ?? 0
            let widths = try (1..<max(2, columns - 1)).map { column in
                try rows.map { try Self.leastWidth(String($0[column])) }.max() ?? 0
            }
            #expect(widths.reduce(0) { $0 + $1 + Self.padding } <= Self.pixels, "\(widths): \(table.prefix(200))")
        }
    }

    /// The space between two cells, and the rule.
    ///
    /// The estimate was held against Chromium 156, with GitHub's style and Latin Modern for the formulas, on the widest tables of the index
    /// and of lessons 2 to 4: 864 for 884 pixels, 804 for 812, 793 for 768, 744 for 740, 726 for 666, 720 for 692.
    private static let padding = 27.0

    /// The widest part of a cell that cannot be broken, in pixels.
    private static func leastWidth(_ cell: String) throws -> Double {
        let formulas = try cell.matches(of: /\$([^$]+)\$/).map { match in
            try #require(TeXWidth.ems(String(match.1).replacing("_ {", with: "_{"))) * 16 * mathematics
        }
        let rest = cell.replacing(/\$[^$]+\$/, with: " ").replacing(/\]\([^)]*\)/, with: "").replacing("*", with: "")
        // Half an em for a letter, and a little more for code, which is of one width.
        let words = rest.split { $0 == " " || $0 == "-" }.map { word in
            word.contains("`") ? 8.2 * Double(word.count - 2) + 11 : 8 * Double(word.count)
        }
        return (formulas + words).max() ?? 0
    }
}

import Foundation
import Testing

@testable import Notebook

/// The published figures as they stand in `Output`, which `FreshnessTests` hold to what the lessons write.
struct PublishedTableTests {
    @Test("Everywhere ours has at least as many decimals as the published figure beside it")
    func decimals() throws {
        let output = TemporaryFolder(url: Executable.packageRoot.appending(path: "Output"))
        let files = try output.contents()
        let published = try files.filter { $0.key.hasSuffix("results.json") }
            .map { try Results(json: $0.value).published.count }.reduce(0, +)
        var rows: [(place: String, published: Substring, ours: Substring)] = []
        for (name, bytes) in files where name.hasSuffix("README.md") {
            var isPublished = false
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            {
                if line.hasPrefix("| quantity | "), line.contains(" | ours | agrees") {
                    isPublished = true
                } else if !line.hasPrefix("|") {
                    isPublished = false
                } else if isPublished, !line.contains("---") {
                    let cells = line.split(separator: " | ")
                    try #require(cells.count >= 4, "\(name): \(line)")
                    rows.append((name, cells[1], cells[2]))
                }
            }
        }
        // Once in its lesson, and once in the index.
        #expect(published > 0 && rows.count == 2 * published)
        for row in rows {
            #expect(
                decimals(row.ours) >= decimals(row.published), "\(row.place): \(row.published) beside \(row.ours)")
        }
    }

    @Test("Every row says whose the number is")
    func sources() throws {
        let output = TemporaryFolder(url: Executable.packageRoot.appending(path: "Output"))
        for (name, bytes) in try output.contents() where name.hasSuffix("results.json") {
            for figure in try Results(json: bytes).published {
                #expect(figure.quantity.contains(/^[^:]+: ./), "\(name): \(figure.quantity)")
            }
        }
    }

    private func decimals(_ number: Substring) -> Int { number.split(separator: ".").dropFirst().first?.count ?? 0 }
}

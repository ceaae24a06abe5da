import Foundation
import Testing

/// The report in `Output` is what the lesson writes today.
struct FreshnessTests {
    private static let advice = "regenerate it with `swift run Lesson4CoinFlips` and commit Output/Lesson4CoinFlips"

    @Test("The committed report is what the lesson writes")
    func freshness() throws {
        let committed = TemporaryFolder(url: Executable.packageRoot.appending(path: "Output/Lesson4CoinFlips"))
        let old = try #require(try? committed.contents(), "there is no committed report: \(Self.advice)")
        try TemporaryFolder.with { folder in
            let run = try Executable.run(["--output", folder.path("Lesson4CoinFlips")])
            #expect(run.exitCode == 0)
            let new = try TemporaryFolder(url: folder.url.appending(path: "Lesson4CoinFlips")).contents()
            #expect(old.keys.sorted() == new.keys.sorted(), "other files: \(Self.advice)")
            for (name, bytes) in new { try compare(name, old[name] ?? Data(), bytes) }
        }
    }

    private func compare(_ name: String, _ old: Data, _ new: Data) throws {
        switch name.split(separator: ".").last {
        case "json":
            let (before, now) = (
                try JSONSerialization.jsonObject(with: old), try JSONSerialization.jsonObject(with: new)
            )
            let difference = firstDifference(before, now, within: Tolerances.otherMachine, at: name)
            #expect(difference == nil, "\(Self.advice)")
        case "png":
            // The same picture is other bytes with another version of zlib, or another processor's rasteriser, and the SVG beside
            // it has been compared already. Here only the size counts, which is in bytes 16 to 23.
            #expect(old.prefix(24) == new.prefix(24), "\(name) has another size: \(Self.advice)")
        default:
            #expect(old == new, "\(name) is not what the lesson writes: \(Self.advice)")
        }
    }

    /// Where two JSON values differ, or nil. Numbers may differ by `tolerance`. A check's second route may differ by the
    /// tolerance of the check: a search, for instance, knows its argument to half of the digits only.
    private func firstDifference(_ old: Any, _ new: Any, within tolerance: Double, at place: String) -> String? {
        switch (old, new) {
        case (let old as [String: Any], let new as [String: Any]):
            guard Set(old.keys) == Set(new.keys) else { return "\(place): \(old.keys.sorted()), \(new.keys.sorted())" }
            let own = old["tolerance"] as? Double ?? 0
            for (key, value) in old.sorted(by: { $0.key < $1.key }) {
                guard let other = new[key] else { continue }
                let allowed = key == "value" || key == "difference" ? max(tolerance, own) : tolerance
                let found = firstDifference(value, other, within: allowed, at: "\(place).\(key)")
                if found != nil { return found }
            }
            return nil
        case (let old as [Any], let new as [Any]):
            guard old.count == new.count else { return "\(place): \(old.count) entries, \(new.count) entries" }
            return old.indices.lazy.compactMap {
                firstDifference(old[$0], new[$0], within: tolerance, at: "\(place)[\($0)]")
            }.first
        case (let old as Double, let new as Double):
            return abs(old - new) <= tolerance ? nil : "\(place): \(old), \(new)"
        default:
            return "\(old)" == "\(new)" ? nil : "\(place): \(old), \(new)"
        }
    }
}

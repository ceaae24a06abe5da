import CCairo
import Foundation
import Testing

@testable import Notebook

/// `Output` is what the course writes today: every lesson's report, and the index.
struct FreshnessTests {
    private static let advice = "regenerate it with `swift run Course` and commit Output"

    @Test("What is committed is what the course writes, and it explains its rows of the ledger exactly once")
    func freshness() throws {
        let committed = TemporaryFolder(url: Executable.packageRoot.appending(path: "Output"))
        let old = try #require(try? committed.contents(), "there is no committed report: \(Self.advice)")
        try TemporaryFolder.with { folder in
            let run = try Executable.run(["--output", folder.path("Output")], program: "Course")
            #expect(run.exitCode == 0 && run.errors == "")
            let new = try TemporaryFolder(url: folder.url.appending(path: "Output")).contents()
            #expect(old.keys.sorted() == new.keys.sorted(), "other files: \(Self.advice)")
            for (name, bytes) in new { try compare(name, old[name] ?? Data(), bytes) }

            let results = try new.filter { $0.key.hasSuffix("results.json") }.map { try Results(json: $0.value) }
            let explained = results.flatMap { $0.equations.map(\.id) + $0.errata.map(\.id) }
            let numbers = Set(results.compactMap { Int($0.lesson.dropFirst("Lesson".count).prefix { $0.isNumber }) })
            #expect(explained.sorted() == numbers.flatMap { Ledger.entries(ofLesson: $0).map(\.id) }.sorted())
            #expect(results.allSatisfy { $0.equations.allSatisfy { $0.check.passed == true } })
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
            // The same picture is other bytes with another version of zlib: what counts is what a reader sees.
            #expect(try pixels(of: old) == pixels(of: new), "\(name) shows something else: \(Self.advice)")
        default:
            #expect(old == new, "\(name) is not what the lesson writes: \(Self.advice)")
        }
    }

    /// The rows of a PNG file's pixels, as Cairo reads them.
    private func pixels(of file: Data) throws -> [Data] {
        var rest = file
        let surface = withUnsafeMutablePointer(to: &rest) {
            cairo_image_surface_create_from_png_stream(
                { closure, target, count in
                    guard let rest = closure?.assumingMemoryBound(to: Data.self), let target,
                        rest.pointee.count >= Int(count)
                    else { return CAIRO_STATUS_READ_ERROR }
                    rest.pointee.copyBytes(to: target, count: Int(count))
                    rest.pointee.removeFirst(Int(count))
                    return CAIRO_STATUS_SUCCESS
                }, $0)
        }
        defer { cairo_surface_destroy(surface) }
        try #require(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, "this is no PNG file")
        let data = try #require(cairo_image_surface_get_data(surface))
        let (width, stride) = (cairo_image_surface_get_width(surface), cairo_image_surface_get_stride(surface))
        return (0..<Int(cairo_image_surface_get_height(surface))).map {
            Data(bytes: data + $0 * Int(stride), count: 4 * Int(width))
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

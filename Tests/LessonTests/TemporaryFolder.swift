import Foundation
import Testing

@testable import Notebook

extension RenderedReport {
    /// The text of one of the files.
    func text(of path: String) throws -> String {
        let file = try #require(files.first { $0.path == path }, "the report has no \(path)")
        return String(decoding: file.bytes, as: UTF8.self)
    }

    /// `results.json`, parsed.
    func results() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text(of: "results.json").utf8)) as? [String: Any])
    }
}

/// A folder that is removed when the test has run.
struct TemporaryFolder {
    let url: URL

    static func with<Result>(_ body: (TemporaryFolder) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "lesson-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(TemporaryFolder(url: url))
    }

    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    /// Writes a text, and gives the path of its file.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return path(name)
    }

    /// Every file in the folder, by its path in the folder.
    func contents() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: url.path(percentEncoded: false)) {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            files[name] = try Data(contentsOf: url.appending(path: name))
        }
        return files
    }
}

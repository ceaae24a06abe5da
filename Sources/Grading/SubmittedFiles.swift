import Files
import Foundation

/// The exercises' files among what a student handed in, read once, and what is worth telling about the rest.
struct SubmittedFiles: Sendable {
    /// The text of each exercise's file, by the exercise's name.
    private(set) var texts: [String: String] = [:]
    /// What was refused or ignored, in sentences.
    private(set) var notes: [String] = []

    /// No exercise is longer than this.
    private static let largestFile = 1 << 20
    /// Nor does it lie deeper: hand-ins are the files themselves, or a whole copy of the course in a folder or two.
    private static let deepest = 5
    /// Somebody may have handed in a folder with everything in it.
    private static let mostEntries = 20_000

    /// Looks for the files of exercises by their names, the shallowest first; links are not followed.
    ///
    /// - Parameters:
    ///   - folders: what was handed in: a folder, and what was in zip files.
    ///   - exercises: the names of the exercises.
    ///   - given: the package's own files that students have a copy of, by name.
    /// - Throws: `GradingError.noFolder`.
    init(in folders: [URL], exercises: [String], given: [String: String]) throws {
        for folder in folders {
            guard case .folder = Kind(of: folder) else { throw GradingError.noFolder(folder.filePath) }
        }
        var taken: [String: String] = [:]
        var extra: [String] = []
        var level = folders.map { (folder: $0, path: "") }
        var seen = 0
        for _ in 0...Self.deepest {
            var next: [(folder: URL, path: String)] = []
            for (folder, prefix) in level {
                let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.filePath)) ?? []
                for name in names.sorted() where !name.hasPrefix(".") && seen < Self.mostEntries {
                    seen += 1
                    let (url, path) = (folder.appending(path: name), prefix + name)
                    let exercise = exercises.first { name == "\($0).swift" || name == $0 }
                    if name.hasSuffix(".swift"), let exercise {
                        if let first = taken[exercise] {
                            notes.append("\(shown(path)) was ignored: \(shown(first)) was taken for this exercise")
                        } else {
                            taken[exercise] = path
                            read(url, path: path, as: exercise)
                        }
                    } else if case .folder = Kind(of: url) {
                        next.append((url, path + "/"))
                    } else if let own = given[name] {
                        if case .text(let text) = Self.text(at: url), text != own {
                            notes.append("\(shown(path)) is not part of what you hand in: the package's own was used")
                        }
                    } else if let meant = exercises.first(where: { name.lowercased().hasPrefix($0.lowercased()) }) {
                        // Browsers and editors make "Exercise3SingleFlips (1).swift" and "Exercise3SingleFlips.swift.txt".
                        notes.append("\(shown(path)) was ignored: if it is meant, call it \(meant).swift")
                    } else if name.hasSuffix(".swift"), name != "Package.swift",
                        prefix.isEmpty || prefix.hasSuffix("Exercises/")
                    {
                        extra.append(path)
                    }
                }
            }
            level = next
        }
        if !extra.isEmpty {
            let more = extra.count > 5 ? " and \(extra.count - 5) more" : ""
            notes.append(
                "ignored, as no exercise is called so: \(extra.prefix(5).map(shown).joined(separator: ", "))\(more)")
        }
        if seen == Self.mostEntries { notes.append("only the first \(seen) files were looked at") }
    }

    private mutating func read(_ url: URL, path: String, as exercise: String) {
        switch Self.text(at: url) {
        case .text(let text): texts[exercise] = text
        case .refused(let why): notes.append("\(shown(path)) was refused: \(why)")
        }
    }

    private enum Reading {
        case text(String)
        case refused(String)
    }

    private static func text(at url: URL) -> Reading {
        switch Kind(of: url) {
        case .folder: return .refused("it is a folder")
        case .link: return .refused("it is a link, and links are not followed")
        case .other: return .refused("it is not a file")
        case .file(let size) where size > largestFile: return .refused("it is larger than a megabyte")
        case .file:
            guard let data = try? Data(contentsOf: url) else { return .refused("it cannot be read") }
            guard let text = String(validating: data, as: UTF8.self), !text.contains("\0") else {
                return .refused("it is not text in UTF-8")
            }
            return .text(text)
        }
    }
}

/// What lies at a path, links not followed.
private enum Kind {
    case file(size: Int)
    case folder
    case link
    case other

    init(of url: URL) {
        let path = url.filePath
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path)
        switch attributes?[.type] as? FileAttributeType {
        case .typeRegular: self = .file(size: attributes?[.size] as? Int ?? .max)
        case .typeDirectory: self = .folder
        case .typeSymbolicLink: self = .link
        default: self = .other
        }
    }
}

import Files
import Foundation

/// One of the submissions that are to be graded.
public struct Submission: Sendable, Equatable {
    /// Whose it is: its folder's name.
    public let name: String
    /// Where its files are.
    public let folder: URL
    /// Zip files that were handed in, with or without files beside them.
    let archives: [URL]

    /// A submission.
    init(name: String, folder: URL, archives: [URL] = []) {
        (self.name, self.folder, self.archives) = (name, folder, archives)
    }
}

/// Why there is nothing to grade.
public enum SubmissionError: Error, Equatable, CustomStringConvertible {
    /// There is no such folder.
    case missing(String)
    /// It is a file, or something else that is no folder.
    case notAFolder(String, FileKind)
    /// A zip file is not unpacked.
    case archive(String, ArchiveError)
    /// The folder cannot be read; the system's reason.
    case unreadable(String, String)
    /// The folder holds an exercise file, and so does a folder in it: one submission, or many?
    case ambiguous(String, file: String, folder: String)
    /// The folder holds no exercise file, and no folder that could be a submission.
    case empty(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .missing(let path): "there is no folder \(shown(path))"
        case .notAFolder(let path, let kind):
            "\(shown(path)) is \(kind.rawValue): a submission is a folder with exercise files in it"
        case .archive(let path, let error): "\(shown(path)) was not unpacked: \(error)"
        case .unreadable(let path, let reason): "\(shown(path)) cannot be read: \(reason)"
        case .ambiguous(let path, let file, let folder):
            "\(shown(path)) holds \(shown(file)), and the folder \(shown(folder)) in it holds exercise files, too: say --one if all this is one "
                + "submission, or move \(shown(file)) away if each folder is one"
        case .empty(let path):
            "\(shown(path)) contains no exercise file (such as Exercise1PetStore.swift), and no folders of submissions"
        }
    }
}

extension Submission {
    /// The submissions in a folder: the folder itself if it contains exercise files, else each folder in it.
    ///
    /// - Parameters:
    ///   - folder: a submission, or a folder of submissions.
    ///   - exercises: what the files may be called.
    ///   - asOne: whether it is certainly one submission, however deep in folders its files lie.
    /// - Returns: at least one submission, in alphabetical order.
    /// - Throws: `SubmissionError`.
    public static func find(in folder: URL, exercises: [Exercise], asOne: Bool = false) throws -> [Submission] {
        let names = try contents(of: folder)
        let files = Set(exercises.map { "\($0.name).swift" })
        let isOne = !files.isDisjoint(with: names) || hasExercises(folder.appending(path: "Lessons/Exercises"), files)
        let submissions = names.sorted().map { Submission(name: $0, folder: folder.appending(path: $0)) }
            .filter { !$0.name.hasPrefix(".") && $0.folder.isFolder }
        if let file = names.sorted().first(where: files.contains), !asOne,
            let other = submissions.first(where: {
                hasExercises($0.folder, files) || hasExercises($0.folder.appending(path: "Lessons/Exercises"), files)
            })
        {
            throw SubmissionError.ambiguous(folder.plainPath, file: file, folder: other.name)
        }
        if isOne || asOne {
            return [Submission(name: folder.standardizedFileURL.lastPathComponent, folder: folder)]
        }
        guard !submissions.isEmpty else { throw SubmissionError.empty(folder.plainPath) }
        return submissions
    }

    private static func hasExercises(_ folder: URL, _ files: Set<String>) -> Bool {
        !files.isDisjoint(with: (try? contents(of: folder)) ?? [])
    }

    private static func contents(of folder: URL) throws -> [String] {
        let path = folder.plainPath
        guard let kind = FileKind(of: path) else { throw SubmissionError.missing(path) }
        guard kind == .folder else {
            throw SubmissionError.notAFolder(path, kind)
        }
        do throws(FileError) {
            return try names(inFolder: path)
        } catch {
            throw SubmissionError.unreadable(path, error.reason)
        }
    }
}

extension URL {
    /// The path as people write it: without a slash at its end.
    var plainPath: String {
        let path = path(percentEncoded: false)
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Whether it is a folder, and not a link to one.
    fileprivate var isFolder: Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: plainPath)[.type] as? FileAttributeType
        return type == .typeDirectory
    }
}

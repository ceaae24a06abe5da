// BEGIN HIDDEN TESTS
import Files

/// Why nothing was released. What was released before is as it was.
public enum ReleaseError: Error, Equatable, CustomStringConvertible {
    /// The student's copy would contain what students must not see: file and reason.
    case leak(file: String, why: String)
    /// The folder holds something that is not a former release.
    case notARelease(String)
    /// The folder is a former release, in which somebody has added or changed files.
    case holdsOthers(String, [String])
    /// The folder cannot be replaced: why.
    case unsafe(String, why: String)
    /// A file cannot be read.
    case unreadable(String)
    /// A program that is needed is not there, or failed: name and what to do.
    case tool(String, advice: String)

    /// The error, and what to do.
    public var description: String {
        switch self {
        case .leak(let file, let why): "not released: \(shown(file)) \(why)"
        case .notARelease(let folder):
            "\(shown(folder)) is not empty and was not written by `assign`: choose another folder, or say --force to replace it"
        case .holdsOthers(let folder, let files):
            "\(shown(folder)) holds files that are not as `assign` wrote them: \(files.prefix(3).map(shown).joined(separator: ", "))"
                + (files.count > 3 ? " and \(files.count - 3) more" : "")
                + "; move them away, or say --force to lose them"
        case .unsafe(let folder, let why): "\(shown(folder)) cannot be replaced: \(why)"
        case .unreadable(let file): "\(shown(file)) cannot be read, or is not text"
        case .tool(let name, let advice): "\(name) \(advice)"
        }
    }
}
// END HIDDEN TESTS

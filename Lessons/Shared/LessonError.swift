import Figures
import Files
import MixtureModels
import Verification

/// Something that can go wrong in a lesson apart from what the modules report.
public enum LessonError: Error, CustomStringConvertible {
    /// An option, or several together, make no sense.
    case option(String)
    /// What is wrong with a file of the reader's: its path, and the rule that is broken.
    case file(String, String)
    /// A demonstration did not show what it was meant to show.
    case unexpected(String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .option(let rule): rule
        case .file(let path, let rule): "\(shown(path)): \(rule)"
        case .unexpected(let what): "this should not happen: \(what)"
        }
    }
}

/// Does what depends on a file of the reader's own, and puts the file's path before what goes wrong then: whatever EM, or a section of
/// the report, has to say about the numbers, it does not know where they are from.
///
/// - Parameter path: The file's path; nil for the lesson's own data, whose errors stay as they are.
public func naming<Result>(_ path: String?, _ work: () throws -> Result) throws -> Result {
    guard let path else { return try work() }
    do {
        return try work()
    } catch LessonError.option(let rule) where !rule.contains(path) {
        throw LessonError.file(path, rule)
    } catch let error where error is MixtureError || error is VerificationError || error is FigureError {
        throw LessonError.file(path, "\(error)")
    }
}

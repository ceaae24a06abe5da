/// Something that can go wrong in a lesson apart from what the modules report.
public enum LessonError: Error, CustomStringConvertible {
    /// An option, or several together, make no sense.
    case option(String)
    /// A demonstration did not show what it was meant to show.
    case unexpected(String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .option(let rule): rule
        case .unexpected(let what): "this should not happen: \(what)"
        }
    }
}

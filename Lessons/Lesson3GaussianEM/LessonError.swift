/// Something that can go wrong in this lesson apart from what the modules report.
enum LessonError: Error, CustomStringConvertible {
    /// An option, or several together, make no sense.
    case option(String)
    /// A demonstration did not show what it was meant to show.
    case unexpected(String)

    var description: String {
        switch self {
        case .option(let rule): rule
        case .unexpected(let what): "this should not happen: \(what)"
        }
    }
}

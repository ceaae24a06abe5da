import Files

/// Why nothing could be graded at all: it is the machine's fault or the instructor's, never the student's.
public enum GradingError: Error, Equatable, CustomStringConvertible {
    /// There is no compiler on the PATH.
    case noCompiler
    /// A part of the package does not compile; the compiler's messages.
    case packageDoesNotCompile(String)
    /// There is no such folder.
    case noFolder(String)
    /// A file or folder of the package is not where it was looked for: its full path.
    case noFile(String)
    /// No temporary file can be made; the system's reason.
    case noTemporaryFile(String)

    /// What is wrong, for whoever grades.
    public var description: String {
        switch self {
        case .noCompiler: "swiftc was not found: put it on the PATH, or set SWIFT_EXEC to its path"
        case .packageDoesNotCompile(let messages): "the package's own part does not compile:\n\(messages)"
        case .noFolder(let path): "\(shown(path)) is not a folder"
        case .noFile(let path):
            "there is no \(shown(path)), which is a part of the package: run this in the package's folder"
        case .noTemporaryFile(let reason): "no temporary file can be made: \(reason)"
        }
    }
}

import Files

/// Why there is no page for a report.
public struct StepperError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file that was read.
    public let file: String
    /// What is wrong with it.
    public let reason: String

    /// The file and the reason.
    public var description: String { "\(shown(file)): \(reason)" }
}

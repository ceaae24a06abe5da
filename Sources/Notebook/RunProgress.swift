import Files
import Foundation

/// Says on stderr what a run is doing, once it takes longer than a second, and only if a person is watching.
///
/// When stderr is a file or a pipe nothing is written, so logs stay clean.
public final class RunProgress {
    private let isWatched: Bool
    private let started = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    /// Progress of one run; the clock starts now.
    public init() { isWatched = isatty(STDERR_FILENO) == 1 }

    /// What is being done now, and how much of it is done (0 to 1) where that is known.
    public func update(_ activity: String, fraction: Double? = nil) {
        let now = ContinuousClock.now
        guard isWatched, now - started > .seconds(1) else { return }
        if let lastShown, now - lastShown < .milliseconds(100) { return }
        lastShown = now
        let share = fraction.map { " \(Int((100 * min(1, max(0, $0))).rounded())) %" } ?? ""
        write("\r\u{1B}[K\(activity) …\(share)")
    }

    /// Clears the line.
    public func finish() {
        if lastShown != nil { write("\r\u{1B}[K") }
        lastShown = nil
    }

    private func write(_ text: String) { sayPart(text) }
}

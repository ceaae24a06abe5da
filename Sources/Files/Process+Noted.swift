import Foundation

extension Process {
    /// Starts it, waits for its end, and takes it along if a signal ends this program meanwhile: one that outlived us would go on
    /// writing into a folder that is cleared away.
    ///
    /// - Parameters:
    ///   - clearsUp: Whether it is a program that, told to end, clears up and ends what it has started.
    ///   - patience: Seconds after which it is ended.
    /// - Returns: whether it ended in time.
    /// - Throws: what `run` throws.
    public func runToItsEnd(clearsUp: Bool = false, patience: Double = .infinity) throws -> Bool {
        var failure: (any Error)?
        let number = rememberProcess(clearsUp: clearsUp) {
            do { try run() } catch { failure = error }
            return failure == nil ? processIdentifier : -1
        }
        if let failure { throw failure }
        defer { forgetProcess(number) }
        guard patience.isFinite else {
            waitUntilExit()
            return true
        }
        let deadline = Date(timeIntervalSinceNow: patience)
        while isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
        guard isRunning else { return true }
        terminate()
        waitUntilExit()
        return false
    }
}

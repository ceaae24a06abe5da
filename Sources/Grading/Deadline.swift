import Foundation
import Synchronization

/// Ends a process and its children when their time by the clock is over, or when the process has ended by itself.
final class Deadline: Sendable {
    private enum State { case running, over, ended }
    private let state = Mutex(State.running)
    private let seconds: Double

    /// A deadline so many seconds from `start`.
    init(seconds: Double) { self.seconds = seconds }

    /// Begins to count, for a process which leads a process group.
    func start(for process: pid_t) {
        Task.detached { [self] in
            // Short naps: the task shall not outlive the process by much.
            let end = ContinuousClock.now + .seconds(seconds)
            while ContinuousClock.now < end {
                try? await Task.sleep(for: .milliseconds(200))
                guard state.withLock({ $0 == .running }) else { return }
            }
            state.withLock {
                guard $0 == .running else { return }
                $0 = .over
                kill(-process, SIGKILL)
            }
        }
    }

    /// Ends what the process has left behind.
    ///
    /// - Returns: whether the process had to be ended.
    func stop(for process: pid_t) -> Bool {
        state.withLock { state in
            kill(-process, SIGKILL)
            defer { state = .ended }
            return state == .over
        }
    }
}

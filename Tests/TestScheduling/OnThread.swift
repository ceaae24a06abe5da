import Foundation
import Testing

/// A thread of its own for tests that mostly wait for another program.
@available(macOS 15, *)
private final class WaitingThread: TaskExecutor {
    private let queue: DispatchQueue

    init(_ name: String) { queue = DispatchQueue(label: name) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs a suite on a thread of its own, beside all others.
///
/// There are as many threads for tests as cores. A suite whose tests come one after another stands, after each of its waits, at
/// the end of the line behind all tests of the package, so that it is the last to end, alone on one core; and a test that waits
/// for a browser keeps a thread from those that could compute meanwhile.
public struct OnThread: SuiteTrait, TestScoping {
    /// The thread's name; nil for the one that all suites share which need a browser.
    let name: String?

    /// Runs the suite on its thread.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard #available(macOS 15, *) else { return try await function() }
        let thread = name.map { WaitingThread($0) } ?? browserThread
        // What the tests start without waiting for it does not take the thread over, but the priority.
        try await withoutActuallyEscaping(function) { function in
            try await Task(executorPreference: thread, priority: .high) { try await function() }.value
        }
    }
}

extension Trait where Self == OnThread {
    /// One thread for a suite.
    public static func onThread(_ name: String) -> Self { Self(name: name) }
    /// One thread for the suites that need a browser.
    public static var onBrowserThread: Self { Self(name: nil) }
}

@available(macOS 15, *)
private let browserThread = WaitingThread("browser")

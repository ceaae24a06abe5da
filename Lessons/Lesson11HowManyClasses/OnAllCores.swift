import Dispatch

/// The results of so many independent tasks, on all cores. Each has a place of its own, so they do not depend on how many cores
/// there are.
func onAllCores<T>(_ count: Int, _ task: @Sendable (Int) -> T?) -> [T?] {
    var results = [T?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
        // Safe to share, because every task writes to its own place only.
        nonisolated(unsafe) let places = buffer
        DispatchQueue.concurrentPerform(iterations: count) { places[$0] = task($0) }
    }
    return results
}

import Dispatch

// Sums over rows are taken in chunks of fixed size, and the chunks' sums are added in the chunks' order. So the rounding,
// and with it every bit of the result, is the same however many threads take part.

private func chunks(of count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
}

/// Σ_n term(n) over 0 ..< count, in the order that every sum over rows has.
func sumInChunks(of count: Int, threads: Int = 1, _ term: @Sendable (Int) -> Double) -> Double {
    mapChunks(of: count, threads: threads) { rows in rows.reduce(0) { $0 + term($1) } }.reduce(0, +)
}

/// Calls `body` on chunks of `size` of the range 0 ..< count, and returns the results in order.
///
/// - Throws: the error of the first chunk that fails.
func mapChunks<T: Sendable, E: Error>(
    of count: Int, size: Int = 4096, threads: Int = 1, _ body: @Sendable (Range<Int>) throws(E) -> T
) throws(E) -> [T] {
    let chunks = chunks(of: count, size: size)
    guard threads > 1, chunks.count > 1 else { return try chunks.map(body) }
    var results = [Result<T, E>?](repeating: nil, count: chunks.count)
    results.withUnsafeMutableBufferPointer { buffer in
        // Safe to share between threads, because every chunk has one place of its own and is done by one thread only.
        nonisolated(unsafe) let places = buffer
        let workers = min(threads, chunks.count)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            for index in stride(from: worker, to: chunks.count, by: workers) {
                places[index] = Result { () throws(E) -> T in try body(chunks[index]) }
            }
        }
    }
    var ordered: [T] = []
    for case let result? in results { ordered.append(try result.get()) }
    return ordered
}

import CFastEM
import Foundation

/// The instruction sets that the vectorised pass may use; for tests and for the benchmark.
package enum InstructionSet {
    /// Those of this processor: 1 (the baseline), 2 (AVX2 as well) or 3 (and AVX-512).
    package static var available: Int { Int(fast_em_levels()) }
    /// How many of them may be used; the best of these is.
    @TaskLocal package static var limit = 3
}

/// Room for numbers, all zero at first, that begins at a multiple of 64 bytes: where vectors straddle two lines of the cache,
/// each costs two accesses. (Arrays begin at any multiple of 16.) Whoever makes it fills it; from then on it is only read.
final class AlignedNumbers: @unchecked Sendable {
    let numbers: UnsafeMutablePointer<Double>

    init(count: Int) {
        let room = UnsafeMutableRawPointer.allocate(byteCount: 8 * count, alignment: 64)
        numbers = room.initializeMemory(as: Double.self, repeating: 0, count: count)
    }

    deinit { numbers.deallocate() }
}

/// Data as CFastEM wants them: in blocks, each column by column. A chunk of blocks is what one thread does in one go.
///
/// Observations that are in memory one by one are packed once. Those of a source are packed again in every pass, a few thousand at a
/// time, so that they need no further memory: sums add up.
struct PackedRows<C: PackedComponent>: Sendable {
    private let chunks: [AlignedNumbers]
    private let source: (any RowSource)?
    private let rows: Int
    private let columns: Int
    private let onlyVariances: Bool
    private let chunkSize: Int
    /// The largest number in each column.
    private let largest: [Double]

    /// Nil if a row has another number of columns, or a number is not finite.
    init?(_ data: [C.Observation], columns: Int, onlyVariances: Bool, threads: Int) {
        let chunkSize = Self.chunkSize(data.count)
        let chunks = mapChunks(of: data.count, size: chunkSize, threads: threads) {
            rows -> (AlignedNumbers, [Double])? in
            var largest = [Double](repeating: 0, count: columns)
            let block = Self.block
            let packed = AlignedNumbers(count: (rows.count + block - 1) / block * block * columns)
            for (place, n) in rows.enumerated() {
                guard C.dimension(of: data[n]) == columns else { return nil }
                for column in 0..<columns {
                    let number = C.number(data[n], column)
                    guard number.isFinite else { return nil }
                    largest[column] = max(largest[column], number.magnitude)
                    packed.numbers[(place / block * columns + column) * block + place % block] = number
                }
            }
            return (packed, largest)
        }
        self.chunks = chunks.compactMap { $0?.0 }
        largest = chunks.compactMap { $0?.1 }.reduce([Double](repeating: 0, count: columns)) { zip($0, $1).map(max) }
        guard !data.isEmpty, self.chunks.count == chunks.count, Self.isFarFromUnderflow(largest) else { return nil }
        (rows, self.columns, self.onlyVariances, self.chunkSize) = (data.count, columns, onlyVariances, chunkSize)
        source = nil
    }

    /// Nil if the source has another number of columns, or a number is not finite.
    init?(_ source: any RowSource, columns: Int, onlyVariances: Bool, threads: Int) {
        guard source.rowCount > 0, source.columnCount == columns else { return nil }
        let reaches = mapChunks(of: source.rowCount, size: Self.pieceSize, threads: threads) { rows in
            let numbers = AlignedNumbers(count: rows.count * columns)
            source.copy(rows, block: rows.count, to: numbers.numbers)
            return (0..<columns).map { d in
                UnsafeBufferPointer(start: numbers.numbers + d * rows.count, count: rows.count)
                    .reduce(0) { $1.isFinite ? max($0, $1.magnitude) : .infinity }
            }
        }
        largest = reaches.reduce([Double](repeating: 0, count: columns)) { zip($0, $1).map(max) }
        guard largest.allSatisfy(\.isFinite), Self.isFarFromUnderflow(largest) else { return nil }
        (rows, self.columns, self.onlyVariances, self.source) = (source.rowCount, columns, onlyVariances, source)
        (chunks, chunkSize) = ([], Self.chunkSize(source.rowCount))
    }

    private static var block: Int { Int(FAST_EM_BLOCK) }
    /// How many rows of a source are packed at a time.
    private static var pieceSize: Int { 64 * block }

    /// At most 64 chunks, so that their sums stay small against the data; and none too small for its overhead.
    private static func chunkSize(_ rows: Int) -> Int { max(4096, (rows / 64 / block + 1) * block) }

    /// Where squares may underflow, the readable pass says so.
    private static func isFarFromUnderflow(_ largest: [Double]) -> Bool {
        largest.allSatisfy { $0 == 0 || $0 > 1e-130 }
    }

    /// Rows usually have less than a thousand bits, and a log density of 1e9 is rounded by 1e-7.
    private static func mostBits(rows: Int) -> Double { 1e9 + 1000 * Double(rows) }

    /// One pass, centred on the components. Where a component moves so far that digits cancel, a second one, centred on
    /// where it moves to.
    func pass(_ mixture: Mixture<C>, threads: Int) -> PassResult<C>? {
        let shape = C.shape(mixture, onlyVariances: onlyVariances)
        let count = Int(fast_em_sums(shape, columns))
        var centres = mixture.components.map(\.centre)
        for _ in 0..<2 {
            guard let sums = sums(mixture, shape, centres, threads) else { return nil }
            // Where rows are so unlikely that the rounding of a log density is felt in the shares, each pass would round its own
            // way to other shares: a row 1e16 deviations away went to one component, or to three alike.
            guard sums[0].magnitude < Self.mostBits(rows: rows) else { return nil }
            let parts = mixture.weights.indices.map { sums[(2 + $0 * count)..<(2 + ($0 + 1) * count)] }
            // Below 1e-280, responsibilities that underflow begin to count.
            guard sums.allSatisfy({ $0.magnitude < 1e290 }), parts.allSatisfy({ $0.first ?? 0 > 1e-280 }) else {
                return nil
            }
            let statistics = zip(parts, centres).compactMap {
                C.statistics(Array($0), centre: $1, shape: shape, largest: largest)
            }
            if statistics.count == parts.count {
                return PassResult(logLikelihood: sums[0] * ln2, entropy: sums[1] * ln2, statistics: statistics)
            }
            // Where flips are counted from depends on what is likelier, not on these.
            guard shape != FAST_EM_BERNOULLI else { return nil }
            centres = zip(parts, centres).map { C.mean(Array($0), centre: $1, shape: shape) }
        }
        return nil
    }

    /// What `fast_em_pass` puts into `sums`, over all chunks.
    private func sums(
        _ mixture: Mixture<C>, _ shape: fast_em_shape, _ centres: [[Double]], _ threads: Int
    ) -> [Double]? {
        var parameters: [Double] = []
        for (k, component) in mixture.components.enumerated() {
            guard let (logConstant, values) = component.packed(centre: centres[k], shape: shape) else { return nil }
            parameters.append((log(mixture.weights[k]) + logConstant) / ln2)
            parameters += values
        }
        let (packed, components, level) = (parameters, centres.count, Int32(InstructionSet.limit - 1))
        let totals = mapChunks(of: rows, size: chunkSize, threads: threads) { rows in
            var sums = [Double](repeating: 0, count: 2 + components * Int(fast_em_sums(shape, columns)))
            let scratchSize = Int(fast_em_scratch(shape, columns, components))
            forEachPiece(of: rows) { piece, blocks in
                let scratch = AlignedNumbers(count: scratchSize)
                sums.withUnsafeMutableBufferPointer { sums in
                    packed.withUnsafeBufferPointer { parameters in
                        var pass = fast_em_pass(
                            shape: shape, rows: piece.count, columns: columns, components: components,
                            blocks: blocks, parameters: parameters.baseAddress, scratch: scratch.numbers,
                            sums: sums.baseAddress)
                        fast_em_run(&pass, level)
                    }
                }
            }
            return sums
        }
        return totals.dropFirst().reduce(into: totals[0]) { sums, chunk in
            for i in sums.indices { sums[i] += chunk[i] }
        }
    }
}

extension PackedRows {
    /// Calls `body` with the packed rows of a chunk: at once, or those of a source piece by piece.
    private func forEachPiece(of chunk: Range<Int>, _ body: (Range<Int>, UnsafePointer<Double>) -> Void) {
        guard let source else { return body(chunk, chunks[chunk.lowerBound / chunkSize].numbers) }
        // The last block is filled up with zeros, or with rows that were there before.
        let room = AlignedNumbers(count: Self.pieceSize * columns)
        for first in stride(from: chunk.lowerBound, to: chunk.upperBound, by: Self.pieceSize) {
            let piece = first..<min(first + Self.pieceSize, chunk.upperBound)
            source.copy(piece, block: Self.block, to: room.numbers)
            body(piece, room.numbers)
        }
    }
}

/// A logarithm to base 2 times this is a natural one.
private let ln2 = log(2.0)

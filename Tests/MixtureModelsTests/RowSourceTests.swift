import MixtureModels
import Testing

/// Rows that are put together from a source are the rows of an array.
@Suite struct RowSourceTests {
    /// Columns with gaps between them, of which one number can be spoilt.
    private struct Numbers: RowSource {
        var rows: [[Double]]
        var rowCount: Int { rows.count }
        var columnCount: Int { rows[0].count }

        func copy(_ rows: Range<Int>, block: Int, to numbers: UnsafeMutablePointer<Double>) {
            for (place, n) in rows.enumerated() {
                for d in 0..<columnCount {
                    numbers[(place / block * columnCount + d) * block + place % block] = self.rows[n][d]
                }
            }
        }
    }

    private static func columns(_ rows: [[Double]]) -> NumberColumns {
        NumberColumns(rows[0].indices.map { d in rows.map { $0[d] } })
    }

    @Test(arguments: [1, 127, 128, 129, 1000]) func `columns in memory are copied in blocks`(block: Int) {
        let rows = (0..<700).map { n in (0..<3).map { d in Double(10 * n + d) } }
        for range in [0..<700, 0..<1, 5..<6, 130..<517, 699..<700] {
            let count = (range.count + block - 1) / block * block * 3
            var (found, expected) = ([Double](repeating: -1, count: count), [Double](repeating: -1, count: count))
            Self.columns(rows).copy(range, block: block, to: &found)
            Numbers(rows: rows).copy(range, block: block, to: &expected)
            #expect(found == expected)
        }
        let data = Rows<[Double]>(Self.columns(rows))
        #expect(data.count == 700 && data[41] == rows[41] && Array(data[41..<300]) == Array(rows[41..<300]))
    }

    @Test(arguments: Terrain.allCases) func `a run on a source takes the steps of a run on an array`(
        _ terrain: Terrain
    ) throws {
        var problem = Problem(
            size: .init(columns: 2, components: 3, rows: 20_011), terrain: terrain, columns: 2)
        let (data, start) = try problem.vectors()
        let source = Rows<[Double]>(Self.columns(data))
        func run(_ rows: Rows<[Double]>, _ pass: Pass, threads: Int = 1) throws -> [EMStep<MultivariateNormal>] {
            Array(try EM(data: rows, start: start, stop: .maximumSteps(2), threads: threads, pass: pass))
        }
        #expect(try run(source, .readable).map(\.row) == run(Rows(data), .readable).map(\.row))
        let (fast, packed) = (try run(source, .fast), try run(Rows(data), .fast))
        #expect(fast.count == packed.count)
        for (a, b) in zip(fast, packed) {
            #expect(close(a.logLikelihood, b.logLikelihood, Tolerance.fast))
            #expect(
                zip(a.mixture.components, b.mixture.components).allSatisfy { $0.distance(from: $1) < Tolerance.fast })
        }
        #expect(try run(source, .fast, threads: 2).map(\.row) == fast.map(\.row), "threads change no bit")
        let end = fast[fast.count - 1].mixture
        #expect(end.logLikelihood(of: source) == end.logLikelihood(of: data))
    }

    @Test func `sums over a source do not depend on the threads`() {
        let rows = (0..<30_000).map { n -> [Double] in [Double(n).squareRoot(), 1 / Double(n + 1)] }
        func sum(_ threads: Int) -> Double {
            Self.columns(rows).sum(threads: threads) { columns, count in
                #expect(columns.count == 2 * count)
                return columns.reduce(0, +)
            }
        }
        #expect(sum(1) == sum(3))
        #expect(close(sum(1), rows.joined().reduce(0, +), Tolerance.rounding))
    }

    @Test(arguments: [Double.nan, .infinity]) func `a number that cannot be read fails with its row`(_ spoilt: Double)
        throws
    {
        var numbers = Numbers(rows: (0..<9000).map { [Double($0 % 7), Double($0 % 5)] })
        numbers.rows[8500][1] = spoilt
        let error = #expect(throws: MixtureError.self) {
            try EM(data: Rows<[Double]>(numbers), start: planes(), pass: .fast)
        }
        let message = "\(try #require(error))"
        #expect(message.contains("8501") && message.contains("column 2"))
    }
}

import Testing

@testable import Figures

@Suite struct TickTests {
    @Test("The paper's example: 8.1 to 14.1 with four wanted")
    func paperExample() {
        #expect(ExtendedWilkinson.ticks(from: 8.1, to: 14.1, wanted: 4) == [8, 10, 12, 14])
    }

    /// Reference: `extended()` of the R package labeling 0.4.3 (the authors' own implementation), transcribed line by line and
    /// run in Python. The data are ranges of well-known data sets, and of this course.
    @Test(
        "Ticks agree with the authors' implementation",
        arguments: [
            (0.0, 1.0, 5, [0, 0.25, 0.5, 0.75, 1]),
            (0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
            (1.513, 5.424, 5, [2, 3, 4, 5]),
            (10.4, 33.9, 5, [10, 15, 20, 25, 30, 35]),
            (52, 335, 5, [50, 100, 150, 200, 250, 300, 350]),
            (71.1, 472, 5, [100, 200, 300, 400, 500]),
            (2, 4.4, 5, [2, 2.5, 3, 3.5, 4, 4.5]),
            (326, 18823, 5, [0, 5000, 10000, 15000, 20000]),
            (-352, -321, 4, [-350, -340, -330, -320]),
            (-98, 18, 3, [-100, -50, 0]),
            (0.01, 0.99, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
            (0.3, 6.1, 3, [0, 3, 6]),
        ] as [(Double, Double, Int, [Double])])
    func reference(low: Double, high: Double, wanted: Int, expected: [Double]) {
        #expect(ExtendedWilkinson.ticks(from: low, to: high, wanted: wanted) == expected)
    }

    @Test("Ticks scale with the data, from 1e-300 to 1e300", arguments: [-300, -20, -3, 0, 4, 100, 300])
    func scale(exponent: Int) throws {
        let unit = try #require(Double("1e\(exponent)"))
        let ticks = ExtendedWilkinson.ticks(from: 8.1 * unit, to: 14.1 * unit, wanted: 4)
        #expect(ticks.count == 4)
        for (tick, expected) in zip(ticks, [8.0, 10, 12, 14]) {
            #expect(abs(tick / unit - expected) < 1e-12 * expected)
        }
    }

    @Test("Negative ranges mirror positive ones")
    func mirrored() {
        #expect(ExtendedWilkinson.ticks(from: -14.1, to: -8.1, wanted: 4) == [-14, -12, -10, -8])
    }

    @Test(
        "Ranges of every kind give finite, rising ticks without trapping",
        arguments: [
            (-1.7e308, 1.7e308), (.leastNonzeroMagnitude, 1e-300), (1e16, 1e16 + 4), (0, .leastNonzeroMagnitude),
            (-1e-300, 1e300), (1, 1.000001),
        ] as [(Double, Double)], [Int.min, 0, 2, 7, .max])
    func extremes(range: (Double, Double), wanted: Int) {
        let ticks = ExtendedWilkinson.ticks(from: range.0, to: range.1, wanted: wanted)
        #expect(ticks.allSatisfy { $0.isFinite })
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy(<))
    }

    @Test("Every axis whose labels are formatted has the same number of decimals, and a true minus sign")
    func formats() {
        func labels(_ values: [Double], _ format: Axis.Format = .automatic) -> [String] {
            TickFormat.labels(for: values, format: format).map(\.source)
        }
        #expect(labels([-0.5, 0, 0.5, 1]) == ["−0.5", "0.0", "0.5", "1.0"])
        #expect(labels([0, 0.25, 0.5]) == ["0.00", "0.25", "0.50"])
        #expect(labels([0.1, 0.2, 0.1 + 0.2]) == ["0.1", "0.2", "0.3"])
        #expect(labels([-40, -20, 0]) == ["−40", "−20", "0"])
        #expect(labels([-31.56870, -31.56868]) == ["−31.56870", "−31.56868"])
        #expect(labels([0, 0.25, 0.5], .percent) == ["0 %", "25 %", "50 %"])
        #expect(labels([-0.001, 2], .decimals(1)) == ["0.0", "2.0"])
        #expect(
            labels([0, 100_000, 250_000]) == ["0", "$1.0 \\times 10^{5}$", "$2.5 \\times 10^{5}$"])
        #expect(labels([2e-308, 4e-308]) == ["$2 \\times 10^{-308}$", "$4 \\times 10^{-308}$"])
    }

    @Test("An axis of whole numbers has no ticks in between")
    func integers() throws {
        let axis = Axis(range: 0...3, ticks: .integers)
        let ticks = axis.resolvedTicks(on: try AxisScale(axis, data: nil), wanted: 9)
        #expect(ticks.map(\.value) == [0, 1, 2, 3])
        #expect(ticks.map(\.label.source) == ["0", "1", "2", "3"])
    }

    @Test(
        "Ticks of every kind are on the axis, whatever its range, and whole numbers only where there are some",
        arguments: [
            1e-20...2e-20, -3e-12...(-1e-12), 0.2...0.8, 1e-300...1e300, 5e15...6e15, 0.5...1.5,
            Double.leastNonzeroMagnitude...Double.leastNormalMagnitude,
        ], [Axis.Scale.linear, .logarithmic])
    func inside(range: ClosedRange<Double>, scale: Axis.Scale) throws {
        let kinds: [Axis.Ticks] = [
            .automatic, .integers, .wanted(1), .wanted(50), .at([0, 1, range.lowerBound]),
            .labelled([(0, "o"), (1, "i")]),
        ]
        for ticks in kinds where scale == .linear || range.lowerBound >= AxisScale.leastLogarithmic {
            let axis = Axis(range: range, ticks: ticks, scale: scale)
            let scale = try AxisScale(axis, data: nil)
            for wanted in [0, 3, 9] {
                let shares = axis.resolvedTicks(on: scale, wanted: wanted).map { scale.share(of: $0.value) ?? .nan }
                // The ends themselves may be off by rounding.
                #expect(shares.allSatisfy { (-1e-9...1 + 1e-9).contains($0) }, "\(ticks): \(shares)")
            }
        }
        let whole = Axis(range: 1e-20...2e-20, ticks: .integers)
        let canvas = try record(figure([.rule(x: 1.5e-20)], x: whole))
        #expect(canvas.words == ["t"], "no whole number is between 1e-20 and 2e-20")
    }

    @Test("A logarithmic axis has powers of ten, or 1, 2 and 5 times a power on short ranges")
    func logarithmic() throws {
        func values(_ range: ClosedRange<Double>) throws -> [Double] {
            let axis = Axis(range: range, scale: .logarithmic)
            return axis.resolvedTicks(on: try AxisScale(axis, data: nil), wanted: 5).map(\.value)
        }
        #expect(try values(0.01...1000) == [0.01, 0.1, 1, 10, 100, 1000])
        #expect(try values(3...60) == [5, 10, 20, 50])
        #expect(try values(1...1.5).count >= 2)
        let tiny = Axis(range: 1e-14...1, scale: .logarithmic)
        let ticks = tiny.resolvedTicks(on: try AxisScale(tiny, data: nil), wanted: 5)
        #expect(ticks.last?.label.source == "$10^{-2}$" || ticks.last?.label.source == "$10^{0}$")
    }

    @Test("A range from data has a margin, except where bars stand or a heat map ends")
    func ranges() throws {
        let free = try AxisScale(Axis(), data: Span([0, 10]))
        #expect(free.lower < 0 && free.upper > 10)
        var bars = try #require(Span([3, 10]))
        bars.add(0, isTight: true)
        let standing = try AxisScale(Axis(), data: bars)
        #expect(standing.lower == 0 && standing.upper > 10)
        let map = try AxisScale(Axis(), data: Span([1, 2], isTight: true))
        #expect(map.lower == 1 && map.upper == 2)
        let zero = try AxisScale(Axis(includesZero: true), data: Span([5, 6]))
        #expect(zero.lower == 0)
        let constant = try AxisScale(Axis(), data: Span([7]))
        #expect(constant.lower < 7 && constant.upper > 7)
    }

    @Test("Stated ranges that make no sense are refused")
    func refused() {
        #expect(throws: FigureError.self) { try AxisScale(Axis(range: 0 ... .infinity), data: nil) }
        #expect(throws: FigureError.self) { try AxisScale(Axis(range: 0...1, scale: .logarithmic), data: nil) }
    }
}

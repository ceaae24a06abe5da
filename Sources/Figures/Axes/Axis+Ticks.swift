#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Axis {
    /// The ticks inside the scale's range, about `wanted` of them if the axis does not say.
    ///
    /// Whichever way they are found, what is outside is left out here: a label has a place on the axis, or none.
    func resolvedTicks(on scale: AxisScale, wanted: Int) -> [Tick] {
        var values: [Double]
        switch ticks {
        case .none:
            return []
        case .labelled(let pairs):
            return pairs.filter { isVisible($0.value, scale) }.map { Tick(value: $0.value, label: $0.label) }
        case .at(let stated):
            values = stated
        case .automatic:
            values = found(on: scale, wanted: wanted)
        case .wanted(let number):
            values = found(on: scale, wanted: min(number, wanted))
        case .integers:
            values = integers(on: scale, wanted: wanted)
        }
        values = values.filter { isVisible($0, scale) }
        if scale.kind == .logarithmic, values.count > 1, let powers = powersOfTen(values) { return powers }
        return zip(values, TickFormat.labels(for: values, format: format)).map { Tick(value: $0, label: $1) }
    }

    private func isVisible(_ value: Double, _ scale: AxisScale) -> Bool {
        scale.share(of: value).map { (-1e-9...1 + 1e-9).contains($0) } ?? false
    }

    /// The best ticks of which at least three are visible, or two if no more are wanted.
    private func found(on scale: AxisScale, wanted: Int) -> [Double] {
        if scale.kind == .logarithmic {
            let decades = decades(on: scale, wanted: wanted)
            if decades.count > 1 { return decades }
        }
        let wanted = max(wanted, 2)
        for extra in 0..<10 {
            let ticks = ExtendedWilkinson.ticks(from: scale.lower, to: scale.upper, wanted: wanted + extra)
                .filter { isVisible($0, scale) }
            if ticks.count >= min(wanted, 3) { return ticks }
        }
        return [scale.lower, scale.upper]
    }

    private func integers(on scale: AxisScale, wanted: Int) -> [Double] {
        let ticks = found(on: scale, wanted: wanted)
        if ticks.allSatisfy({ $0 == $0.rounded() }) { return ticks }
        // Steps below 1 mean a short range, so that all its integers are few, or none.
        return Array(stride(from: ceil(scale.lower - 1e-9), through: scale.upper + 1e-9, by: 1).prefix(50))
    }

    /// Powers of ten, every second or third only if there are many; 1, 2 and 5 times a power if there are few.
    private func decades(on scale: AxisScale, wanted: Int) -> [Double] {
        let (low, high) = (ceil(log10(scale.lower) - 1e-9), floor(log10(scale.upper) + 1e-9))
        let step = max(1, ceil((high - low) / Double(max(wanted, 2))))
        if high - low >= 2 {
            return stride(from: low, through: high, by: step).map { pow(10, $0) }.filter { isVisible($0, scale) }
        }
        return stride(from: low - 1, through: high, by: 1).flatMap { exponent in
            [1, 2, 5].map { $0 * pow(10, exponent) }
        }.filter { isVisible($0, scale) }
    }

    /// Ticks at powers of ten with labels like 10⁻⁶, where plain decimals would be long.
    private func powersOfTen(_ values: [Double]) -> [Tick]? {
        guard let low = values.first, let high = values.last, low < 1e-3 || high > 1e4 else { return nil }
        let exponents = values.map { log10($0) }
        guard exponents.allSatisfy({ abs($0 - $0.rounded()) < 1e-9 }) else { return nil }
        return zip(values, exponents).map { value, exponent in
            Tick(value: value, label: Label("$10^{\(Int(clamping: exponent))}$"))
        }
    }
}

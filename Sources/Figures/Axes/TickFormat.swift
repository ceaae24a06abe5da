#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbers as text, with a true minus sign.
enum TickFormat {
    /// A fixed number of decimals; "−0" is written "0".
    static func fixed(_ value: Double, decimals: Int) -> String {
        let digits = Int32(min(max(decimals, 0), 12))
        // 309 digits before the point are possible.
        var buffer = [CChar](repeating: 0, count: 340)
        let length = withVaList([digits, value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        let text = String(
            decoding: buffer.prefix(max(0, min(Int(length), buffer.count - 1))).map(UInt8.init(bitPattern:)),
            as: UTF8.self)
        guard text.hasPrefix("-") else { return text }
        let magnitude = text.dropFirst()
        return magnitude.allSatisfy { $0 == "0" || $0 == "." } ? String(magnitude) : "−" + magnitude
    }

    /// The smallest number of decimals with which every value is written exactly, as seen at the scale of their distances.
    static func decimals(for values: [Double]) -> Int {
        let sorted = values.sorted()
        let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
        let step = gaps.min() ?? abs(sorted.first ?? 1)
        for decimals in 0..<12 {
            let power = pow(10, Double(decimals))
            if values.allSatisfy({ abs(($0 * power).rounded() - $0 * power) <= 1e-5 * step * power }) {
                return decimals
            }
        }
        return 12
    }

    /// Labels for the ticks of one axis: all with the same decimals, or all as multiples of the same power of ten.
    static func labels(for values: [Double], format: Axis.Format) -> [Label] {
        switch format {
        case .decimals(let count):
            return values.map { Label(fixed($0, decimals: count)) }
        case .percent:
            let percents = values.map { $0 * 100 }
            guard percents.allSatisfy(\.isFinite) else { return labels(for: values, format: .automatic) }
            let count = decimals(for: percents)
            return percents.map { Label(fixed($0, decimals: count) + " %") }
        case .automatic:
            let size = values.map(abs).max() ?? 0
            guard size >= 1e5 || (size < 1e-3 && size > 0) else {
                let count = decimals(for: values)
                return values.map { Label(fixed($0, decimals: count)) }
            }
            let exponent = Int(clamping: floor(log10(size) + 1e-9))
            // In two steps: 10 to the power -310 alone would have lost its digits.
            let mantissas = values.map { $0 / pow(10, Double(exponent / 2)) / pow(10, Double(exponent - exponent / 2)) }
            let count = decimals(for: mantissas)
            return zip(values, mantissas).map { value, mantissa in
                value == 0 ? "0" : Label("$\(fixed(mantissa, decimals: count)) \\times 10^{\(exponent)}$")
            }
        }
    }
}

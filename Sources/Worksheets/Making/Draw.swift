import MixtureModels

/// The numbers of one sheet, drawn one after another.
///
/// All are short decimals, made of whole numbers, so that the sheet prints them as they are.
struct Draw {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A whole number of a range, each as probable as the others.
    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + generator.integer(below: range.count)
    }

    /// One of several.
    mutating func one<Value>(of values: [Value]) -> Value { values[generator.integer(below: values.count)] }

    /// Several different ones, in random order.
    mutating func different<Value>(_ count: Int, of values: [Value]) -> [Value] {
        var values = values
        generator.shuffle(&values)
        return Array(values.prefix(count))
    }

    /// Everything in random order.
    mutating func shuffled<Value>(_ values: [Value]) -> [Value] { different(values.count, of: values) }

    /// Different probabilities, in hundredths: multiples of five between two of them.
    mutating func probabilities(_ count: Int, hundredths range: ClosedRange<Int>) -> [Double] {
        let all = stride(from: range.lowerBound, through: range.upperBound, by: 5)
        return different(count, of: Array(all)).map { Double($0) / 100 }
    }

    /// Different weights that sum to 1, multiples of 0.05, none below `least` hundredths.
    mutating func weights(_ count: Int, least: Int = 15) -> [Double] {
        while true {
            // Two cuts, or one, between the twentieths.
            let cuts = different(count - 1, of: Array(1...19)).sorted()
            let parts = zip([0] + cuts, cuts + [20]).map { ($1 - $0) * 5 }
            if Set(parts).count == count, parts.allSatisfy({ $0 >= least }) { return parts.map { Double($0) / 100 } }
        }
    }
}

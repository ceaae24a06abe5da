import Foundation

/// Sets of two flips, counted by their heads: one coin, or two? Here the likelihood ratio has a formula.
struct PairsOfFlips {
    /// How many sets have 0, 1 and 2 heads.
    let counts: [Int]
    private var total: Double { Double(counts.reduce(0, +)) }

    /// 2 (ℓ with two coins - ℓ with one).
    ///
    /// Two coins can make any distribution (a, b, c) of 0, 1 and 2 heads with 4ac ≥ b², one coin those with 4ac = b². So if the observed shares
    /// have 4ac > b², they are fitted exactly; if not, the best that two coins can do is to be alike.
    var statistic: Double {
        let (a, b, c) = (Double(counts[0]), Double(counts[1]), Double(counts[2]))
        guard 4 * a * c > b * b else { return 0 }
        let heads = (b + 2 * c) / (2 * total)
        let expected = [(1 - heads) * (1 - heads), 2 * heads * (1 - heads), heads * heads].map { $0 * total }
        return 2 * zip([a, b, c], expected).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * log($1.0 / $1.1) : 0) }
    }

    /// The law of the statistic for a fair coin: the probabilities that it exceeds these bounds, by adding up all possible counts.
    static func law(sets: Int, above bounds: [Double]) -> [Double] {
        let logs = (0...sets).reduce(into: [0.0]) { $0.append($0[$0.count - 1] + log(Double($1 + 1))) }
        var probabilities = bounds.map { _ in 0.0 }
        for a in 0...sets {
            for c in 0...(sets - a) {
                let b = sets - a - c
                let weight = exp(
                    logs[sets] - logs[a] - logs[b] - logs[c] + Double(a + c) * log(0.25) + Double(b) * log(0.5))
                let statistic = PairsOfFlips(counts: [a, b, c]).statistic
                for (place, bound) in bounds.enumerated() where statistic > bound { probabilities[place] += weight }
            }
        }
        return probabilities
    }
}

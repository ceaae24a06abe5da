import Foundation

/// The two sides of a coin: the probability p of heads and 1 - p of tails, each to all its digits.
///
/// Next to 1 a `Double` has room for sixteen decimals. Of 2^53 heads and one tail the share of heads is rounded to 1, and under it
/// the tail, which was seen, would be impossible; under the number before 1 it is possible, but 1 - p is a half too large or too
/// small. The share of the tails is a number of its own, near 0, where there is room.
struct TwoSides: Sendable, Equatable {
    /// p
    let heads: Double
    /// 1 - p
    let tails: Double

    /// A coin that shows heads with the probability p.
    ///
    /// - Throws: `MixtureError` unless p is between 0 and 1.
    init(probability p: Double) throws {
        guard p >= 0, p <= 1 else { throw MixtureError(.parameter, "a probability must lie between 0 and 1, not \(p)") }
        (heads, tails) = (p, 1 - p)
    }

    /// The shares of heads and of tails. That of heads is not rounded to 1 where there are tails.
    init(heads: Double, tails: Double) {
        let isRare = tails < Self.rare
        self.heads = isRare && tails > 0 ? min(heads, Double(1).nextDown) : heads
        self.tails = isRare ? tails : 1 - heads
    }

    /// From here on 1 - p has 13 digits or more, and p alone says everything.
    private static let rare = 0x1p-10

    /// Whether the digits are those of the tails.
    var tailsAreRare: Bool { tails < Self.rare }
    /// ln p
    var logHeads: Double { tailsAreRare ? log1p(-tails) : log(heads) }
    /// ln (1 - p)
    var logTails: Double { tailsAreRare ? log(tails) : log1p(-heads) }

    /// h ln p + t ln (1 - p), the probability of h heads and t tails in one order; what did not happen does not count, be it
    /// impossible or not.
    func logProbability(heads h: Double, tails t: Double) -> Double {
        (h == 0 ? 0 : h * logHeads) + (t == 0 ? 0 : t * logTails)
    }
}

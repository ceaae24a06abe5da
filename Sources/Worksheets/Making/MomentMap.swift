/// What flips of coins tell about weights and probabilities of heads: their moments, up to the number of flips.
///
/// A second route to counting unknowns: moments determine parameters near by if the derivatives of the moments with respect to them are
/// linearly independent. They are looked at for coins with probabilities 1, 2, 3, … and in whole numbers modulo a prime, where nothing is
/// rounded; a polynomial that is not 0 there is not 0 anywhere but in exceptional cases.
struct MomentMap {
    let coins: Int
    let flips: Int

    private static let prime = 2_147_483_647

    /// Whether the derivatives are linearly independent, for 2 coins or more.
    var tellsAll: Bool { Self.rank(of: derivatives) == 2 * coins - 1 }

    /// A row for each moment m: its derivatives with respect to the free weights (the last coin has what they leave), then with respect to
    /// the probabilities, up to a factor for each coin.
    private var derivatives: [[Int]] {
        (1...flips).map { m in
            let powers = (1...coins).map { Self.power($0, m) }
            let byWeights = powers.dropLast().map { Self.reduced($0 - powers[coins - 1]) }
            return byWeights + (1...coins).map { Self.reduced(m * Self.power($0, m - 1)) }
        }
    }

    private static func reduced(_ x: Int) -> Int { (x % prime + prime) % prime }

    private static func power(_ base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { product, _ in reduced(product * base) }
    }

    /// Gauss's elimination; the inverse of a number is its power by Fermat's little theorem.
    private static func rank(of matrix: [[Int]]) -> Int {
        var (rows, rank) = (matrix, 0)
        for column in rows[0].indices {
            guard let pivot = rows.indices.dropFirst(rank).first(where: { rows[$0][column] != 0 }) else { continue }
            rows.swapAt(rank, pivot)
            let inverse = inverse(of: rows[rank][column])
            for row in rows.indices.dropFirst(rank + 1) where rows[row][column] != 0 {
                let factor = reduced(rows[row][column] * inverse)
                for place in rows[row].indices {
                    rows[row][place] = reduced(rows[row][place] - factor * rows[rank][place] % prime)
                }
            }
            rank += 1
        }
        return rank
    }

    private static func inverse(of x: Int) -> Int {
        var (result, square, exponent) = (1, x, prime - 2)
        while exponent > 0 {
            if exponent % 2 == 1 { result = reduced(result * square) }
            square = reduced(square * square)
            exponent /= 2
        }
        return result
    }
}

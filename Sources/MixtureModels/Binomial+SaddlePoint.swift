import Foundation

// The binomial density after Loader (2000), "Fast and accurate computation of binomial probabilities". Stirling's series
// takes ln n! apart into parts that cancel on paper and a small rest, and what is left is a sum of terms of one sign:
//
//     ln p(h) = peak(n, h) - deviance(h, n p) - deviance(n - h, n (1 - p))

/// ln p(h) for n flips, right to rounding up to n = 2^53; h between 0 and n.
func saddlePoint(_ x: HeadCount, _ sides: TwoSides) -> Double {
    let (n, h, tails) = (Double(x.flips), Double(x.heads), Double(x.flips - x.heads))
    if sides.heads == 0 || sides.tails == 0 { return (sides.heads == 0 ? h : tails) == 0 ? 0 : -.infinity }
    if h == 0 || tails == 0 { return sides.logProbability(heads: h, tails: tails) }
    // h - n p with the rounding error of the product, since both may be large and close. Of rare tails as many are too many as of
    // heads are too few.
    let (seen, p) = sides.tailsAreRare ? (tails, sides.tails) : (h, sides.heads)
    let expected = n * p
    let excess = (seen - expected) - (-expected).addingProduct(n, p)
    let sign = sides.tailsAreRare ? -1.0 : 1
    // The peak is the same for both, and n less the smaller is not rounded to 0.
    return peak(n, min(h, tails))
        - deviance(h, n * sides.heads, sign * excess) - deviance(tails, n * sides.tails, -sign * excess)
}

/// ln p(h) where h is what is expected: ½ ln(n / (2π h (n - h))) and the rests of Stirling's series.
func peak(_ n: Double, _ h: Double) -> Double {
    stirlingRest(n) - stirlingRest(h) - stirlingRest(n - h) - 0.5 * (log(2 * Double.pi) + log(h) + log((n - h) / n))
}

/// h ln(h / m) + m - h, which is 0 for h = m and positive elsewhere; with the difference d = h - m, as exactly as it is known.
private func deviance(_ h: Double, _ m: Double, _ d: Double) -> Double {
    guard d.magnitude < 0.1 * (h + m) else { return h * log(h / m) - d }
    // With v = d / (h + m), ln(h / m) = 2 (v + v³/3 + v⁵/5 + …), and d = v (h + m): the first terms leave d v.
    let v = d / (h + m)
    var (sum, power) = (d * v, 2 * h * v)
    for odd in stride(from: 3.0, to: 40, by: 2) {
        power *= v * v
        sum += power / odd
    }
    return sum
}

/// ln n! - (½ ln(2π n) + n ln n - n), the rest of Stirling's formula, for n ≥ 1.
private func stirlingRest(_ n: Double) -> Double {
    guard n >= 16 else {
        let series = 0.5 * log(2 * Double.pi * n) + n * log(n) - n
        return logFactorial(Int(n)) - series
    }
    let square = n * n
    let coefficients: [Double] = [1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12]
    return coefficients.reduce(0) { $0 / square + $1 } / n
}

/// How far two partitions of the same items agree.
enum Agreement {
    /// The adjusted Rand index of Hubert and Arabie (1985), from the table that counts the items of each pair of classes: 1 for equal
    /// partitions, and on average 0 for partitions that have nothing to do with each other.
    static func adjustedRandIndex(_ first: [Int], _ second: [Int]) -> Double {
        func pairs(_ counts: some Collection<Int>) -> Double {
            counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
        }
        func counts(_ keys: [[Int]]) -> Dictionary<[Int], Int>.Values {
            Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +).values
        }
        let both = pairs(counts(zip(first, second).map { [$0, $1] }))
        let (one, other) = (pairs(counts(first.map { [$0] })), pairs(counts(second.map { [$0] })))
        let expected = one * other / pairs([first.count])
        let largest = (one + other) / 2
        return largest == expected ? 1 : (both - expected) / (largest - expected)
    }

    /// The same by looking at every pair of items: are the two together in both partitions, in one, or in none?
    static func byCountingPairs(_ first: [Int], _ second: [Int]) -> Double {
        var (both, onlyFirst, onlySecond, none) = (0.0, 0.0, 0.0, 0.0)
        for i in first.indices {
            for j in 0..<i {
                switch (first[i] == first[j], second[i] == second[j]) {
                case (true, true): both += 1
                case (true, false): onlyFirst += 1
                case (false, true): onlySecond += 1
                case (false, false): none += 1
                }
            }
        }
        let chance = (both + onlyFirst) * (onlyFirst + none) + (both + onlySecond) * (onlySecond + none)
        return chance == 0 ? 1 : 2 * (both * none - onlyFirst * onlySecond) / chance
    }

    /// The share of all pairs of items that are together in one partition and apart in the other.
    static func disagreement(_ first: [Int], _ second: [Int]) -> Double {
        var different = 0
        for i in first.indices {
            for j in 0..<i where (first[i] == first[j]) != (second[i] == second[j]) { different += 1 }
        }
        return first.count < 2 ? 0 : Double(2 * different) / Double(first.count * (first.count - 1))
    }
}

import Foundation
import Notebook

/// What makes a fit suspicious: sentences for the report and for `results.json`.
public enum Warnings {
    /// A class that rests on fewer rows than twice what its parameters need.
    ///
    /// - Parameters:
    ///   - effectiveRows: N_k of each class.
    ///   - dimension: D, the number of variables; a class needs D + 1 rows at least.
    public static func fewRows(_ effectiveRows: [Double], dimension: Int, noun: String = "class") -> [Prose] {
        let least = 2 * (dimension + 1)
        return effectiveRows.enumerated().filter { $0.element < Double(least) }.map { k, count in
            """
            \(noun.capitalized) \(k + 1) rests on \(count, .significant(2)) rows, which is less than 2(D + 1) = \(least): such a fit is \
            often spurious, a few rows that happen to lie close together.
            """
        }
    }

    /// Classes that started with the same parameters, or ended with the same.
    ///
    /// - Parameter pairs: numbers of classes, from 0, that are alike.
    public static func equalStarts(_ pairs: [(Int, Int)], noun: String = "class") -> [Prose] {
        pairs.map { first, second in
            """
            \(plural(noun).capitalized) \(first + 1) and \(second + 1) start alike. Equal starts stay equal: both take the same share of every \
            row and get the same update, so EM ends at a saddle, where the two are one. Choose different starts.
            """
        }
    }

    /// The same for the end.
    public static func equalEnds(_ pairs: [(Int, Int)], noun: String = "class") -> [Prose] {
        pairs.map { first, second in
            """
            \(plural(noun).capitalized) \(first + 1) and \(second + 1) of the fit are the same: one of them would do.
            """
        }
    }

    /// Most of the starts failed.
    public static func collapsedStarts(_ failed: Int, of all: Int) -> [Prose] {
        guard all > 1, 2 * failed > all else { return [] }
        return [
            """
            \(failed) of \(all) starts collapsed onto a few rows, where the log-likelihood grows without limit: it has no upper bound, and \
            the fit is one local maximum among such ends.
            """
        ]
    }

    /// The run was stopped before its end.
    public static func notConverged(steps: Int) -> [Prose] {
        [
            """
            Not converged: after \(steps) steps the parameters still move. The numbers may be far from where EM would end.
            """
        ]
    }

    /// More classes than head counts of M flips can tell apart.
    public static func tooManyCoins(_ coins: Int, flips: Int) -> [Prose] {
        guard coins > 1, flips < 2 * coins - 1 else { return [] }
        return [
            """
            \(coins) coins cannot be identified from sets of \(flips) \(flips == 1 ? "flip" : "flips"): that takes at least 2K - 1 = \
            \(2 * coins - 1) flips for K = \(coins) coins. Other weights and head probabilities fit exactly as well ([lesson:5]).
            """
        ]
    }

    /// The pairs of items that are alike.
    public static func pairs<Item>(_ items: [Item], _ areAlike: (Item, Item) -> Bool) -> [(Int, Int)] {
        items.indices.flatMap { i in
            items.indices.filter { $0 > i && areAlike(items[i], items[$0]) }.prefix(1).map { (i, $0) }
        }
    }

    /// A paragraph with a line for each warning; nil if there are none.
    public static func paragraph(_ warnings: [Prose]) -> Prose? {
        guard !warnings.isEmpty else { return nil }
        return Prose(
            "**Look twice at this fit.**\n\n" + warnings.map { "- \($0.source)" }.joined(separator: "\n"))
    }

    private static func plural(_ noun: String) -> String { noun == "class" ? "classes" : noun + "s" }
}

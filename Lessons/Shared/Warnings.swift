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
            // Rounded down, so that it is below the limit as it is printed, too.
            """
            \(noun.capitalized) \(k + 1) rests on \((count * 100).rounded(.down) / 100, .significant(3)) rows, which is less than \
            2(D + 1) = \(least): its parameters describe these few rows, and may be spurious.
            """
        }
    }

    /// Classes that started with the same parameters, or ended with the same.
    ///
    /// - Parameter groups: numbers of classes, from 0, that are alike.
    public static func equalStarts(_ groups: [[Int]], noun: String = "class") -> [Prose] {
        groups.map { group in
            """
            \(plural(noun).capitalized) \(numbers(group)) start alike. Equal starts stay equal: they get the same update in every step, so \
            EM ends at a saddle, where they are one. Choose different starts.
            """
        }
    }

    /// The same for the end.
    public static func equalEnds(_ groups: [[Int]], noun: String = "class") -> [Prose] {
        groups.map { "\(plural(noun).capitalized) \(numbers($0)) of the fit are the same: one of them would do." }
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
    ///
    /// - Parameter isCutShort: whether it had fewer steps than others, since there are so many rows and classes.
    public static func notConverged(steps: Int, isCutShort: Bool = false) -> [Prose] {
        let reason =
            isCutShort ? " With so many rows and classes a step costs much, and the lesson takes no more of them." : ""
        return [
            """
            Not converged: after \(steps) steps the parameters still move. The numbers may be far from where EM would end.\(reason)
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

    /// The groups of items that are alike, by their places.
    public static func groups<Item>(_ items: [Item], _ areAlike: (Item, Item) -> Bool) -> [[Int]] {
        var groups: [[Int]] = []
        for i in items.indices {
            if let place = groups.firstIndex(where: { areAlike(items[$0[0]], items[i]) }) {
                groups[place].append(i)
            } else {
                groups.append([i])
            }
        }
        return groups.filter { $0.count > 1 }
    }

    /// `1, 2 and 4`, counted from 1.
    private static func numbers(_ group: [Int]) -> String {
        group.dropLast().map { "\($0 + 1)" }.joined(separator: ", ") + " and \((group.last ?? 0) + 1)"
    }

    /// Fewer distinct rows than it takes to keep every class from closing in on rows of its own.
    public static func distinctRows(_ distinct: Int, classes: Int, dimension: Int) -> String? {
        guard classes > 1, distinct <= classes * dimension else { return nil }
        return
            "the file has only \(inWords(distinct)) distinct \(distinct == 1 ? "row" : "rows") for \(inWords(classes)) classes: each class can"
            + " close in on rows of its own, with a variance as small as one likes, so the log-likelihood has no upper bound"
    }

    /// A paragraph with a line for each warning; nil if there are none.
    public static func paragraph(_ warnings: [Prose]) -> Prose? {
        guard !warnings.isEmpty else { return nil }
        return Prose(
            "**Look twice at this fit.**\n\n" + warnings.map { "- \($0.source)" }.joined(separator: "\n"))
    }

    private static func plural(_ noun: String) -> String { noun == "class" ? "classes" : noun + "s" }
}

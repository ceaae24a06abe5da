import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// What is maximised, and why it is hard: five sets of ten flips whose coins are known, and the same sets with the coins hidden.
///
/// Source: the figure of Do and Batzoglou (2008), drawn anew.
struct KnownAndHidden {
    /// The flips of the five sets as printed there, H for heads.
    private let sets = ["HTTTHHTHTH", "HHHHTHHHHH", "HTHHHHHTHH", "HTHTTTHHTT", "THHHTHHHTH"]
    /// The coin of each set where the coins are known: 0 for A, 1 for B.
    private let coins = [1, 0, 0, 1, 0]
    /// The coins of the hidden case, before the first step.
    private let start = [0.6, 0.5]

    private var data: [HeadCount] {
        sets.map { set in HeadCount(heads: set.count { $0 == "H" }, flips: set.count) }
    }

    // MARK: Counting

    /// Heads and tails of each coin, if a set counts for a coin as much as `shares` says.
    private func totals(_ shares: [[Double]]) -> (heads: [Double], tails: [Double]) {
        let heads = [0, 1].map { k in zip(data, shares).reduce(0) { $0 + $1.1[k] * Double($1.0.heads) } }
        let tails = [0, 1].map { k in zip(data, shares).reduce(0) { $0 + $1.1[k] * Double($1.0.flips - $1.0.heads) } }
        return (heads, tails)
    }

    private var certain: [[Double]] { coins.map { [$0 == 0 ? 1 : 0, $0 == 0 ? 0 : 1] } }

    private func responsibilities() throws -> [[Double]] {
        let mixture = try binomialMixture(weights: [0.5, 0.5], heads: start, flips: 10)
        return try data.map { try mixture.responsibilities(at: $0) }
    }

    /// The shares of heads of A and B where the coins are known.
    var estimatesIfKnown: [Double] {
        let known = totals(certain)
        return zip(known.heads, known.tails).map { $0 / ($0 + $1) }
    }

    /// The same after one round from the guess, where they are hidden.
    func estimatesIfHidden() throws -> [Double] {
        let hidden = totals(try responsibilities())
        return zip(hidden.heads, hidden.tails).map { $0 / ($0 + $1) }
    }

    // MARK: Text

    func explain(in report: inout Report) throws {
        report.prose(
            #"""
            **What we want.** Of all weights and coins, those that make the flips that we heard as probable as possible: the parameters of
            *maximum likelihood*. (All of them together are called $\params$.) The probability of the data, looked at as a function of the parameters, is their likelihood. Its
            logarithm is largest at the same place, and turns the product over observations into a sum:
            """#)
        report.formula(
            #"""
            \loglik{\params} = \nlog \prodobs p(\obs{n} \pgiven \params)
            = \sumobs \nlog \sumclasses \weight{k} \thinspace p(\obs{n} \mid \isclass{n}{k} \cgiven \params)
            \quad \text{is to be as large as possible}
            """#)
        report.define(
            #"\loglik{\params}"#, "log-likelihood",
            #"logarithm of the probability of the data under $\params$; EM makes it as large as it can"#)
        report.prose(
            #"""
            This is the goal of the whole lesson, and of the EM algorithm. Everything else (responsibilities, $\Qname$, the
            two steps) is a means to it. The difficulty is in the second sum: it stands *inside* the logarithm, because we do
            not know the coins.

            **If the coins were known**, there would be no such sum, and nothing to it: sort the flips by coin, and count. Here are the five sets of
            ten flips from the primer of Do and Batzoglou (section 6 comes back to it), with coins called A and B. On the left of [fig:known-and-hidden] somebody
            tells us the coin of each set; the estimates are the shares of heads.
            """#)
        let shares = try responsibilities()
        let (known, hidden) = (totals(certain), totals(shares))
        report.figure(
            try figure(shares),
            caption: #"""
                The same fifty flips twice: filled discs are heads, rings are tails. Left: the coins are known, and coin A shows heads in
                \#(known.heads[0], .fixed(0)) of \#(known.heads[0] + known.tails[0], .fixed(0)) flips, coin B in
                \#(known.heads[1], .fixed(0)) of \#(known.heads[1] + known.tails[1], .fixed(0)). Right: the coins are hidden. Each set is shared out
                between them, here under the guess that they show heads with \#(start, .fixed(2)); the colour is mixed in proportion.
                """#)
        report.check(
            "known-coins", value: .vector(estimatesIfKnown),
            again: .search(
                .vector(try bestIfKnown()),
                "golden-section search on the log-likelihood of the flips of each coin, added up flip by flip",
                tolerance: .goldenSection))
        report.prose(
            #"""
            **If the coins are hidden**, we cannot sort. But with a guess of the coins we can say how probable each coin is for each set: nine heads in ten are
            \#(power(start[0], 9) * (1 - start[0]) / power(start[1], 10), .fixed(1)) times as probable with a coin that shows heads with probability \#(start[0], .fixed(2)) as
            with a fair one. So we count in fractions. The set counts as \#(shares[1][0], .fixed(2)) of a set for coin A and as \#(shares[1][1], .fixed(2)) for coin B, and so do
            its heads and its tails:
            """#)
        try table(shares, in: &report)
        report.check(
            "fractional-counts", value: .vector(hidden.heads + hidden.tails),
            again: .exact(
                .vector(try countsByEnumeration()),
                "averaging whole counts over all 32 ways to name the coins of the five sets, each as probable as the flips make it",
                tolerance: .enumeration))
        report.prose(
            #"""
            Heads over flips, as on the left, gives new coins: \#(estimate(hidden, 0)) for A and \#(estimate(hidden, 1)) for B. They fit the flips
            better than the guess did. So they are a better guess: share out again with *them*, count again, and so on. That is the
            EM algorithm. The step that shares out is called the **E-step**, the step that counts the **M-step**, and the shares are the
            **responsibilities**, $\resp{n}{k}$ for set $\obsindex$ and coin $\classindex$.
            """#)
        report.define(
            #"\resp{n}{k}"#, "responsibility",
            #"probability of coin $\classindex$, given observation $\obsindex$ and the present parameters"#)
        report.define(nil, "E-step", "computes the responsibilities, with the parameters held fixed")
        report.define(nil, "M-step", "computes the parameters that fit best, with the responsibilities held fixed")
    }

    private func estimate(_ totals: (heads: [Double], tails: [Double]), _ k: Int) -> Prose {
        let flips = totals.heads[k] + totals.tails[k]
        return #"""
            $\#(totals.heads[k], .fixed(1)) / \#(flips, .fixed(1)) = \#(totals.heads[k] / flips, .fixed(2))$
            """#
    }

    private func table(_ shares: [[Double]], in report: inout Report) throws {
        let rows: [[Prose]] = data.indices.map { n in
            let (h, t) = (Double(data[n].heads), Double(data[n].flips - data[n].heads))
            return [
                "\(n + 1)", Prose(sets[n].map(String.init).joined(separator: " ")),
                coins[n] == 0 ? "\(h, .fixed(0)), \(t, .fixed(0))" : "",
                coins[n] == 1 ? "\(h, .fixed(0)), \(t, .fixed(0))" : "",
                "\(shares[n][0], .fixed(2))", "\(shares[n][0] * h, .fixed(1)), \(shares[n][0] * t, .fixed(1))",
                "\(shares[n][1] * h, .fixed(1)), \(shares[n][1] * t, .fixed(1))",
            ]
        }
        let (known, hidden) = (totals(certain), totals(shares))
        func pair(_ totals: (heads: [Double], tails: [Double]), _ k: Int, _ format: NumberFormat) -> Prose {
            "\(totals.heads[k], format), \(totals.tails[k], format)"
        }
        report.table(
            ["set", "flips", "coin A, if known", "coin B, if known", "share of A", "coin A, hidden", "coin B, hidden"],
            rows: rows + [
                [
                    "sum", "", pair(known, 0, .fixed(0)), pair(known, 1, .fixed(0)),
                    "\(shares.reduce(0) { $0 + $1[0] }, .fixed(2))",
                    pair(hidden, 0, .fixed(1)), pair(hidden, 1, .fixed(1)),
                ]
            ],
            caption:
                "Heads and tails counted for each coin: whole sets where the coins are known, fractions of sets where they are hidden."
        )
    }

    // MARK: Second routes

    /// The head probability of each coin that makes its own flips most probable, found by searching.
    private func bestIfKnown() throws -> [Double] {
        try [0, 1].map { coin in
            let flips = zip(sets, coins).filter { $0.1 == coin }.flatMap { Array($0.0) }
            return try GoldenSection.maximum(
                of: { p in flips.reduce(0) { $0 + log($1 == "H" ? p : 1 - p) } }, in: 1e-9...(1 - 1e-9)
            ).argument
        }
    }

    /// Expected heads of A and B, then expected tails, as averages over all assignments of coins to sets.
    private func countsByEnumeration() throws -> [Double] {
        try Assignments(items: sets.count, classes: 2).expectation(
            of: { story in
                var counts = [0.0, 0, 0, 0]
                for (set, coin) in zip(sets, story) { for flip in set { counts[flip == "H" ? coin : 2 + coin] += 1 } }
                return counts
            },
            logJoint: { story in
                zip(sets, story).reduce(0) { sum, pair in
                    pair.0.reduce(sum) { $0 + log($1 == "H" ? start[pair.1] : 1 - start[pair.1]) }
                }
            })
    }

    // MARK: Figure

    private func figure(_ shares: [[Double]]) throws -> Figure {
        let (known, hidden) = (totals(certain), totals(shares))
        func panel(_ title: Label, _ shares: [[Double]], _ words: (Int) -> String) -> Panel {
            func discs(_ face: Character) -> (points: [Point], colors: [Color]) {
                let all = sets.enumerated().flatMap { n, set in
                    set.enumerated().filter { $0.element == face }.map { flip in
                        (
                            Point(Double(flip.offset + 1), -Double(n + 1)),
                            Color.blue.mixed(with: .vermillion, by: shares[n][1])
                        )
                    }
                }
                return (all.map(\.0), all.map(\.1))
            }
            let (heads, tails) = (discs("H"), discs("T"))
            return Panel(
                title: title, x: Axis("flip", range: 0.3...13.2, ticks: .at([1, 5, 10]), hasLine: false),
                y: Axis(
                    nil, range: -5.6...(-0.4),
                    ticks: .labelled(sets.indices.map { (value: -Double($0 + 1), label: Label("set \($0 + 1)")) })),
                layers: [
                    .scatter(
                        heads.points, style: MarkerStyle(.ink, .circle, size: 13), colors: heads.colors, label: "heads"),
                    .scatter(
                        tails.points, style: MarkerStyle(.ink, .ring, size: 11), colors: tails.colors, label: "tails"),
                ]
                    + sets.indices.map { n in
                        .annotation(Label(words(n)), at: Point(10.4, -Double(n + 1)), anchor: .left)
                    })
        }
        func share(_ totals: (heads: [Double], tails: [Double]), _ k: Int, _ format: NumberFormat) -> String {
            "\(["A", "B"][k]) \(format.string(totals.heads[k])) of \(format.string(totals.heads[k] + totals.tails[k]))"
        }
        return Figure(
            id: "known-and-hidden",
            title: "Heads are counted whole if the coins are known, in fractions if they are hidden",
            subtitle: "Five sets of ten flips; blue: coin A, orange: coin B",
            alt: """
                Two panels with the same five rows of ten discs, filled for heads and open for tails. Left: each row has the colour of its
                coin; heads: \(share(known, 0, .fixed(0))), \(share(known, 1, .fixed(0))). Right: the colours are mixed, from \
                \(NumberFormat.fixed(2).string(shares.map { $0[0] }.min() ?? 0)) of coin A to \
                \(NumberFormat.fixed(2).string(shares.map { $0[0] }.max() ?? 0)); heads: \(share(hidden, 0, .fixed(1))), \
                \(share(hidden, 1, .fixed(1))).
                """.split(whereSeparator: \.isNewline).joined(separator: " "),
            panels: [
                panel(
                    Label("Coins known: heads \(share(known, 0, .fixed(0))), \(share(known, 1, .fixed(0)))"), certain
                ) { "coin \(["A", "B"][coins[$0]])" },
                panel(
                    Label("Hidden: heads \(share(hidden, 0, .fixed(1))), \(share(hidden, 1, .fixed(1)))"), shares
                ) { "\(NumberFormat.fixed(2).string(shares[$0][0])) A" },
            ], columns: 2, size: Size(width: 860, height: 330))
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 3: where the update of the means comes from, a slip in print, and pixels that are never on.
struct Update {
    private let hand: ByHand
    /// The slope of Q at two points, as printed and as it is.
    private let slip: Slip

    init(_ hand: ByHand) throws {
        self.hand = hand
        slip = Slip(hand)
    }

    private var q: [[Double]] { hand.responsibilities[0] }

    /// The part of Q in which μ_kd stands: Σ γ_nk (x_nd ln μ + (1 - x_nd) ln (1 - μ)).
    private func part(_ k: Int, _ d: Int, _ mu: Double) -> Double {
        var sum = 0.0
        for (x, shares) in zip(hand.rows, q) { sum += shares[k] * log(x[d] ? mu : 1 - mu) }
        return sum
    }

    /// ∂Q/∂μ_kd, term by term.
    private func slope(_ k: Int, _ d: Int, _ mu: Double) -> Double {
        var sum = 0.0
        for (x, shares) in zip(hand.rows, q) { sum += x[d] ? shares[k] / mu : -shares[k] / (1 - mu) }
        return sum
    }

    func explain(in report: inout Report) throws {
        report.section("Why the weighted mean")
        report.prose(
            #"""
            The E-step has computed the responsibilities; the M-step holds them fixed. What it maximises is the expected complete-data log-likelihood, in which the logarithm stands before the
            product:
            """#)
        report.formula(
            #"""
            \Q{\params}{\paramsat{t}} = \sumobs \sumclasses \resp{n}{k} \left( \nlog \weight{k} + \sumelements \left( \element{n}{d} \nlog \elementprob{k}{d} + \notelement{n}{d} \nlog \notelementprob{k}{d} \right) \right)
            """#)
        report.prose(
            #"""
            It falls apart. Each $\elementprob{k}{d}$ stands in terms of its own, so each pixel of each class can be maximised alone, as if it were a single coin. Of the weight $\effcount{k}$
            of the class, let $h_{\elementindex} = \sumobs \resp{n}{k} \thinspace \element{n}{d}$ be on. Then the terms are $h_{\elementindex} \nlog \elementprob{k}{d} + (\effcount{k} - h_{\elementindex}) \nlog \notelementprob{k}{d}$,
            the log-likelihood of a coin with $h_{\elementindex}$ heads in $\effcount{k}$ flips; only that these numbers need not be whole.
            """#)
        try update(in: &report)
        report.folded("The derivative, and why its root is the maximum") { inner in
            inner.formula(
                #"""
                \frac{\partial \Qname}{\partial \elementprob{k}{d}} = \frac{h_{\elementindex}}{\elementprob{k}{d}} - \frac{\effcount{k} - h_{\elementindex}}{1 - \elementprob{k}{d}} = \frac{h_{\elementindex} - \effcount{k} \thinspace \elementprob{k}{d}}{\elementprob{k}{d} (1 - \elementprob{k}{d})}
                """#)
            inner.prose(
                #"""
                Its root is $\elementprob{k}{d} = h_{\elementindex} / \effcount{k}$. Both logarithms are concave functions of $\elementprob{k}{d}$, and a sum of concave functions with weights that are not negative
                is concave: so a point where the slope is 0 is the maximum. The root lies between 0 and 1 by itself, so that no Lagrange multiplier is needed for it; the weights do need one,
                and [lesson:6] has it.
                """#)
        }
        try edges(in: &report)
        erratum(in: &report)
    }

    // MARK: The update

    private func update(in report: inout Report) throws {
        let value = hand.afterOne.means
        let count = hand.counts[0]
        let heads = hand.rows.indices.filter { hand.rows[$0][0] }.reduce(0.0) { $0 + q[$1][0] }
        report.equation(
            "prml.9.59",
            formula: #"""
                \frac{\partial \Qname}{\partial \elementprob{k}{d}} = \sumobs \resp{n}{k} \left( \frac{\element{n}{d}}{\elementprob{k}{d}} - \frac{1 - \element{n}{d}}{1 - \elementprob{k}{d}} \right) = 0
                \quad \Rightarrow \quad \elementprob{k}{d} = \frac{1}{\effcount{k}} \sumobs \resp{n}{k} \thinspace \element{n}{d}
                """#,
            numbers: #"""
                \text{first pixel, class 1, of the round by hand: } \quad \frac{\#(heads, .fixed(4))}{\#(count, .fixed(4))} = \#(value[0][0], .fixed(4))
                """#,
            value: .matrix(value),
            again: .search(
                .matrix(
                    try value.indices.map { k in
                        try value[k].indices.map { d in
                            try GoldenSection.maximum(of: { part(k, d, $0) }, in: 0...1).argument
                        }
                    }), "golden-section search of Q, pixel by pixel", tolerance: .goldenSection),
            telling: .entry(0, 0, #"first pixel of class 1"#),
            note: #"""
                As a vector: $\meanvec{k}$ is the weighted mean of the images. (`results.json` has both mean images of the round by hand.)
                """#)
        let start = hand.start.means
        let slopes = [0, 1].map { k in start[k].indices.map { d in slope(k, d, start[k][d]) } }
        report.check(
            "slopes", value: .matrix(slopes),
            again: .difference(
                .matrix(
                    try [0, 1].map { k in
                        try start[k].indices.map { d in
                            try CentralDifference.derivative(of: { part(k, d, $0) }, at: start[k][d])
                        }
                    }), "central differences of Q at the guess, where no slope is 0"))
    }

    // MARK: The slip

    private func erratum(in report: inout Report) {
        let s = slip
        report.prose(
            #"""
            **A slip in print.** The numbered equations of Bishop's chapter 9 are derived in notes by Yue Yu (below: the notes). There the derivative of $\Qname$ has a small slip, in the second denominator; the book has only the result. It is instructive: in one reading the answer comes out right all the same.
            """#)
        report.erratum(
            "errata.prml.9.59",
            printed: #"$\printed{(1 - x_{ni}) \frac{1}{1 - x_{ni}}}$ as the second term"#,
            corrected: #"$\printed{(1 - x_{ni}) \frac{1}{1 - \mu_{ki}}}$"#,
            shown: #"""
                As printed the term is 0/0 for every pixel that is on, and 1 for every pixel that is off. Read as the constant 1 for all pixels, whether on or off, it gives slopes of the first pixel of class 1 of \#(s.printed[0], .fixed(4)) at
                \#(Slip.points[0], .significant(2)) and \#(s.printed[1], .fixed(4)) at \#(Slip.points[1], .significant(2)). Central differences of $\Qname$ give \#(s.differences[0], .fixed(4)) and \#(s.differences[1], .fixed(4)). The ratio is
                $1 - \elementprob{k}{d}$: a factor that is not 0 moves no root, so that the update in the notes is right, and only the slope is not. But read with 0 for 0/0, the root is another: heads divided by tails, \#(s.otherRoot, .fixed(1)) for this pixel\#(s.otherRoot > 1 ? ", which is no probability" : "").
                """#)
        report.check(
            "slope-beside-slip", value: .vector(s.slopes),
            again: .difference(.vector(s.differences), "central differences of Q"))
        report.check(
            "slip-ratio", value: .vector(zip(s.printed, s.differences).map { $0 / $1 }),
            again: .difference(
                .vector(Slip.points.map { 1 - $0 }), "1 less the probability, against the slope by central differences")
        )
    }

    // MARK: Never on, always on

    private func edges(in report: inout Report) throws {
        report.prose(
            #"""
            **Pixels that never vary.** In a corner of an image hardly anybody writes. If a pixel is off in all images of a class, then $h_{\elementindex} = 0$, and the update says
            $\elementprob{k}{d} = 0$. What does “set the derivative to 0” say there?
            """#)
        report.predict(
            #"A class has the effective count 10, and a pixel is never on in it. What is the slope of $\Qname$ at $\elementprob{k}{d} = 0$?"#,
            answer: #"""
                -10, and not 0. The terms are $10 \nlog \notelementprob{k}{d}$, which falls from the start. The maximum is at the edge of what is allowed, where a function need not be flat. The
                formula for the update is still right, but not because of the derivative.
                """#)
        let count = 10.0
        report.figure(
            try figure(report, count),
            caption: #"""
                One pixel's part of $\Qname$, for a class of ten images in which it is on never, three times, and always. In the middle the maximum is a flat top. At the edges it is an end point: the
                slope there is -10 and +10.
                """#)
        report.check(
            "slope-at-edge", value: .number(-count),
            again: .difference(
                .number(try CentralDifference.derivative(of: { count * log(1 - $0) }, at: 0)),
                "central differences of the same formula, which goes on below 0"))
        report.prose(
            #"""
            A probability of 0 is no harm to the fit, and two dangers to its user.

            - **A logarithm of 0.** Write the E-step as a formula with all terms, $\element{n}{d} \nlog \elementprob{k}{d} + \notelement{n}{d} \nlog \notelementprob{k}{d}$, and a pixel that is off and never on
              gives 0 times the logarithm of 0, which a computer calls “not a number”; it spreads to everything. The right value is 0: the factor $0^{0}$ is 1. So take only the logarithm that is needed, as in the fold below.
            - **A veto.** An image in which such a pixel is on has probability 0 in this class, however well all other pixels fit. If every class says so, the image is impossible, and the program refuses to go on. The next
              data may well have such an image.
            """#)
        let smoothed = 1 / (count + 2)
        report.prose(
            #"""
            The remedy for the veto is a prior: one imagined image with the pixel on and one with it off turn 0 of 10 into 1 of 12, that is, $\elementprob{k}{d} = \#(smoothed, .significant(3))$. ([Lesson:8] derives it: it is the mode
            of the posterior under a Beta prior.) Below we fit without a prior, by [eq:prml.9.59], and count the vetoes.
            """#)
        try report.folded("In Swift: one logarithm for each pixel") { inner in
            try inner.code(
                "public func logDensity(at x: [Bool]) -> Double", in: "Sources/MixtureModels/BernoulliVector.swift",
                caption: "The logarithms of both outcomes were taken once; each pixel picks the one that it needs.")
        }
    }

    private func figure(_ report: Report, _ count: Double) throws -> Figure {
        let panels = [0.0, 3, 10].map { heads -> Panel in
            func part(_ mu: Double) -> Double {
                (heads > 0 ? heads * log(mu) : 0) + (heads < count ? (count - heads) * log(1 - mu) : 0)
            }
            let top = heads / count
            // Close to 0 and 1 the curves fall steeply: small steps there, so that they leave the frame.
            let near = [0, 1e-5, 1e-4, 2e-4, 4e-4, 7e-4, 1e-3, 2e-3, 3e-3]
            let xs = near + stride(from: 0.005, through: 0.995, by: 0.005) + near.reversed().map { 1 - $0 }
            return Panel(
                title: Label("on in \(Int(heads)) of \(Int(count))"),
                x: Axis(try? report.label(#"$\elementprob{k}{d}$"#), range: -0.04...1.04, ticks: .at([0, 0.5, 1])),
                y: Axis(try? report.label(#"part of $\Qname$"#), range: -25...1.5),
                layers: [
                    .line(xs.map { Point($0, part($0)) }, style: LineStyle(.blue, width: 2)),
                    .scatter([Point(top, part(top))], style: MarkerStyle(.vermillion, .circle, size: 9)),
                ], legend: .none)
        }
        return Figure(
            id: "edges", title: "A maximum need not be flat",
            subtitle: "One pixel's part of Q, with its maximum",
            alt: report.words(
                #"""
                Three curves over the probability. Never on: falls from 0 at the left edge, where the maximum is. On in 3 of 10: a flat top at 0.3. Always on: rises to
                0 at the right edge, where the maximum is.
                """#),
            panels: panels, columns: 3, sharedY: true, size: Size(width: 860, height: 330))
    }
}

/// The derivative of Q with respect to the first pixel of class 1, as it is and as it is printed.
private struct Slip {
    static let points = [0.2, 0.5]
    let slopes: [Double]
    let printed: [Double]
    let differences: [Double]
    /// The root of the printed slope, if 0/0 is read as 0: Σ γ x / μ = Σ γ (1 - x).
    let otherRoot: Double

    init(_ hand: ByHand) {
        let shares = hand.responsibilities[0].map { $0[0] }
        let isOn = hand.rows.map { $0[0] }
        func sum(_ term: (_ isOn: Bool, _ share: Double) -> Double) -> Double {
            zip(isOn, shares).reduce(0.0) { total, pair in total + term(pair.0, pair.1) }
        }
        otherRoot = sum { $0 ? $1 : 0 } / sum { $0 ? 0 : $1 }
        slopes = Self.points.map { mu in sum { $0 ? $1 / mu : -$1 / (1 - mu) } }
        printed = Self.points.map { mu in sum { $0 ? $1 / mu - $1 : -$1 } }
        differences = Self.points.map { mu in
            let q = { (m: Double) -> Double in sum { $1 * log($0 ? m : 1 - m) } }
            return (try? CentralDifference.derivative(of: q, at: mu)) ?? .nan
        }
    }
}

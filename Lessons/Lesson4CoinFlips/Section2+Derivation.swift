import Foundation
import MixtureModels
import Notebook
import Verification

// Exercise 3 with its algebra, and why a slope of zero is a maximum here.

extension SingleFlips {
    /// The three equations solved, step by step.
    func algebraOfExercise3(in report: inout Report) {
        report.prose(
            #"""
            *The weight.* Write $\effcount{k} = \sumobs \resp{n}{k}$ for the flips that coin $\classindex$ is responsible for. Equation 24 is multiplied by
            $\weight{1} (1 - \weight{1})$, and $\effcount{1} + \effcount{2} = \obscount$, since each flip's two responsibilities sum to 1:
            """#)
        report.formula(
            #"""
            \frac{\effcount{1}}{\weight{1}} = \frac{\effcount{2}}{1 - \weight{1}} \quad \Longrightarrow \quad
            \effcount{1} (1 - \weight{1}) = \effcount{2} \thinspace \weight{1} \quad \Longrightarrow \quad
            \effcount{1} = (\effcount{1} + \effcount{2}) \thinspace \weight{1} = \obscount \thinspace \weight{1} \quad \Longrightarrow \quad
            \weight{1} = \frac{\effcount{1}}{\obscount}
            """#)
        report.prose(
            #"""
            *The coins.* Write $h_{\classindex} = \sumobs \resp{n}{k} \thinspace \heads{n}$ for the heads among them; the other $\effcount{k} - h_{\classindex}$ are tails. Equations
            25 and 26, multiplied by $\headprob{k} (1 - \headprob{k})$, are
            """#)
        report.formula(
            #"""
            \frac{h_{\classindex}}{\headprob{k}} = \frac{\effcount{k} - h_{\classindex}}{1 - \headprob{k}} \quad \Longrightarrow \quad
            h_{\classindex} (1 - \headprob{k}) = (\effcount{k} - h_{\classindex}) \thinspace \headprob{k} \quad \Longrightarrow \quad
            h_{\classindex} = \effcount{k} \thinspace \headprob{k} \quad \Longrightarrow \quad
            \headprob{k} = \frac{h_{\classindex}}{\effcount{k}}
            """#)
    }

    /// Q is concave in π_1, μ_1, μ_2: so where its slope is zero, it is largest.
    func concavity(in report: inout Report) throws {
        let p = parameters
        let counts = [0, 1].map { k in flips.indices.reduce(0) { $0 + responsibilities[$1, k] } }
        let heads = [0, 1].map { k in flips.indices.reduce(0) { $0 + (flips[$1] ? responsibilities[$1, k] : 0) } }
        let curvatures = [
            -counts[0] / (p[0] * p[0]) - counts[1] / ((1 - p[0]) * (1 - p[0])),
            -heads[0] / (p[1] * p[1]) - (counts[0] - heads[0]) / ((1 - p[1]) * (1 - p[1])),
            -heads[1] / (p[2] * p[2]) - (counts[1] - heads[1]) / ((1 - p[2]) * (1 - p[2])),
        ]
        report.prose(
            #"""
            **Why a zero slope is a maximum here.** Equation 23 is a sum of logarithms of $\weight{1}$, $1 - \weight{1}$, $\headprob{1}$,
            $1 - \headprob{1}$, $\headprob{2}$ and $1 - \headprob{2}$, each times a count that is not negative. A logarithm of a
            linear function is concave, and so is a sum of such: $\Q{\params}{\paramsat{t}}$, as a function of these three numbers, is one hill, and where it is level is its top.
            (Its second derivatives at the guess are \#(curvatures, .fixed(2)), the mixed ones zero. The log-likelihood itself
            is no such sum; section 6 shows one with two summits.)
            """#)
        try threeHills(in: &report)
        let hessian = try CentralDifference.hessian(of: expectedLogLikelihood, at: p)
        report.check(
            "q-is-concave",
            value: .matrix((0..<3).map { i in (0..<3).map { $0 == i ? curvatures[i] : 0 } }),
            again: .difference(
                .matrix(hessian), "second differences of equation 23 in all three directions", tolerance: .hessian,
                relative: true))
    }
}

extension TenFlips {
    /// Exercise 4.3 for any number of coins: Gibbs' inequality in place of derivatives.
    func algebraOfExercise4(in report: inout Report) {
        report.prose(
            #"""
            *The weights.* Only $\sumclasses \effcount{k} \nlog \weight{k}$ depends on them, with $\effcount{k} = \sumobs \resp{n}{k}$. Divide by
            $\obscount$: the shares $\effcount{k} / \obscount$ sum to 1, and by Gibbs' inequality (section 4) no weights do better than the
            shares themselves,
            """#)
        report.formula(
            #"""
            \sumclasses \frac{\effcount{k}}{\obscount} \nlog \weight{k} \le \sumclasses \frac{\effcount{k}}{\obscount} \nlog \frac{\effcount{k}}{\obscount},
            \qquad \text{equal only for } \weight{k} = \frac{\effcount{k}}{\obscount}
            """#)
        report.prose(
            #"""
            *The coins.* Only $h_{\classindex} \nlog \headprob{k} + t_{\classindex} \nlog (1 - \headprob{k})$ depends on $\headprob{k}$, where
            $h_{\classindex} = \sumobs \resp{n}{k} \thinspace \headcount{n}$ counts the coin's heads and
            $t_{\classindex} = \sumobs \resp{n}{k} (\flips - \headcount{n})$ its tails. Its derivative, set to zero and multiplied by
            $\headprob{k} (1 - \headprob{k})$, is the equation of Exercise 3 with larger counts:
            """#)
        report.formula(
            #"""
            \frac{h_{\classindex}}{\headprob{k}} - \frac{t_{\classindex}}{1 - \headprob{k}} = 0 \quad \Longrightarrow \quad
            h_{\classindex} = (h_{\classindex} + t_{\classindex}) \thinspace \headprob{k} \quad \Longrightarrow \quad
            \headprob{k} = \frac{h_{\classindex}}{h_{\classindex} + t_{\classindex}}
            = \frac{\sumobs \resp{n}{k} \thinspace \headcount{n}}{\flips \sumobs \resp{n}{k}}
            """#)
        report.prose(
            #"""
            The same inequality, with heads and tails for the classes, says that this is the maximum. It does not ask how many coins there are, nor
            whether the number of flips is the same in every set (where it is not, the last denominator is the sum of $\resp{n}{k}$ times the flips
            of each set).
            """#)
    }
}

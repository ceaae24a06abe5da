import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

// The M-step for single numbers, as STAT 215A has it.

extension MStep {
    func oneDimension(in report: inout Report) throws {
        let start = try study.univariateStart()
        let em = try EM(data: study.values, start: start)
        let q = try em.eStep(start)
        let new = try em.mStep(q)
        report.prose(
            #"""
            **In one dimension.** The \#(study.columnName) alone, from the same guess, with the M-step of the STAT 215A slides. What
            was a matrix is a number, and each parameter can be found by a search that never heard of derivatives.
            """#)
        let means = new.components.map(\.mean)
        let variances = new.components.map(\.variance)
        let counts = Self.columnSums(q)
        // The searches look at the data in the units of the second routes.
        let (centre, unit, values) = study.standardColumn
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        /// Q's terms with the parameters of class k.
        func ownQ(_ k: Int, mean: Double, variance: Double) -> Double {
            zip(values, q.column(k)).reduce(0) {
                $0 + $1.1 * logNormalDensity($1.0, mean: mean, variance: variance)
            }
        }
        func searchedMeans() throws -> [Double] {
            try means.indices.map { k in
                let variance = study.isOldFaithful ? start.components[k].variance : 1
                return centre + unit
                    * (try GoldenSection.maximum(of: { ownQ(k, mean: $0, variance: variance) }, in: low...high).argument)
            }
        }
        report.equation(
            "stat215a.m-mu",
            formula: #"""
                \mean{k}^{(t+1)} = \frac{\sumobs \resp{n}{k} \thinspace \obs{n}}{\sumobs \resp{n}{k}}
                """#,
            numbers: list(means, counts, start.components.map(\.mean)) { #"\mean{\#($0)}"# },
            value: .vector(means),
            again: .search(
                .vector(try searchedMeans()),
                "golden-section search on the expected complete-data log-likelihood, one mean at a time, between the smallest value and the largest",
                tolerance: .goldenSection, relative: true),
            telling: .entry(0, #"$\mean{1}^{(1)}$"#),
            note: #"""
                Where a mean is best does not depend on the variance: that divides every term alike. So it does not matter which variance
                the search used (it used the \#(study.isOldFaithful ? "old one" : "whole column's")).
                """#)
        func searchedVariances() throws -> [Double] {
            try variances.indices.map { k in
                let (mean, top) = ((means[k] - centre) / unit, (high - low) * (high - low))
                return unit * unit
                    * (try GoldenSection.maximum(of: { ownQ(k, mean: mean, variance: $0) }, in: 0...top).argument)
            }
        }
        report.equation(
            "stat215a.m-sigma",
            formula: #"""
                (\variance{k})^{(t+1)} = \frac{\sumobs \resp{n}{k} \thinspace (\obs{n} - \mean{k}^{(t+1)})^{2}}
                {\sumobs \resp{n}{k}}
                """#,
            numbers: list(variances, counts, start.components.map(\.variance)) { #"\variance{\#($0)}"# },
            value: .vector(variances),
            again: .search(
                .vector(try searchedVariances()),
                "golden-section search on the expected complete-data log-likelihood, one variance at a time, with the new means",
                tolerance: .goldenSection, relative: true),
            telling: .entry(0, #"$\variance{1}$"#),
            note: #"""
                Standard deviations: \#(variances.map { $0.squareRoot() }, .significant(5)). The slides differentiate with respect to $\sd{k}$, not to
                $\variance{k}$; the root is the same, because one is a rising function of the other.
                """#)
    }

    private func list(_ new: [Double], _ counts: [Double], _ old: [Double], name: (Int) -> String) -> TeX {
        let format = NumberFormat.significant(6)
        let parts = new.indices.prefix(3).map { k in
            #"\#(name(k + 1)): \thinspace \#(format.tex(old[k])) \to \frac{\#(format.tex(new[k] * counts[k]))}{\#(format.tex(counts[k]))} = \#(format.tex(new[k]))"#
        }
        return TeX(parts.joined(separator: #", \qquad "#))
    }
}

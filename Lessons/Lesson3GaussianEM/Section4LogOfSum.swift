import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 4: without labels the likelihood of each point is a sum over classes, and the logarithm stops in front of it.
struct LogOfSum {
    private let study: Study

    init(_ study: Study) { self.study = study }

    func explain(in report: inout Report) throws {
        report.section("Without labels: the log of a sum")
        introduce(in: &report)
        try logLikelihood(in: &report)
        try whyNot(in: &report)
    }

    private func introduce(in report: inout Report) {
        report.prose(
            #"""
            \#(study.isOldFaithful
                ? "Back to the geyser, and now to both columns: the length of each eruption and the wait after it. We suppose two kinds of eruptions, each with a Gaussian cloud of its own."
                : "Back to your data, now with all columns. We suppose \(study.classCount) kinds of rows, each with a Gaussian cloud of its own.")
            Which kind a point belongs to is not in the record, so its density is an average over the kinds,
            $p(\obsvec{n}) = \sumclasses \weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}$. To have numbers we
            need parameters; here is a guess, and we shall improve it later.
            """#)
        report.table(
            [
                #"class $\classindex$"#, #"weight $\weight{k}$"#, #"mean $\meanvec{k}$"#, "standard deviations",
                "correlations",
            ],
            rows: study.start.components.indices.map { k in parameterRow(study.start, k) },
            caption: Prose(
                "The guess from which EM will start"
                    + (study.isOldFaithful
                        ? ", chosen by hand." : study.ends.isEmpty ? "." : ", the best of those that were tried.")
                    + (study.dimension > 2 ? " Correlations: of column 2 with 1, 3 with 1, 3 with 2, and so on." : "")))
        startsTried(in: &report)
    }

    private func startsTried(in report: inout Report) {
        guard !study.ends.isEmpty else { return }
        let reached = study.ends.compactMap { $0 }
        let best = reached.max() ?? 0
        let same = reached.count { abs($0 - best) <= 1e-4 * max(1, abs(best)) }
        report.prose(
            #"""
            (EM was run from \#(study.ends.count) starts before this report was written. \#(same) of them ended within a
            ten-thousandth of the best log-likelihood, \#(best, .significant(6)); \#(reached.count - same) ended
            elsewhere\#(study.ends.count > reached.count ? ", and \(study.ends.count - reached.count) failed, because a covariance collapsed" : "").
            The report follows the start that led to the best.\#(
                study.stepsOfStarts.map { " With so many rows and classes each start was given \($0) steps at most, and may not have come to its end." } ?? ""))
            """#)
    }

    // MARK: The log-likelihood

    private func logLikelihood(in report: inout Report) throws {
        let rows = Array(study.rows.prefix(1000))
        let value = study.start.logLikelihood(of: rows)
        let product = Result { try study.productOfDensities(rows: rows.count) }
        let shown = (try? product.get()).map { product -> TeX in
            let (digits, power) = product.decimal
            return #"\nlog \left( \#(digits, .fixed(3)) \times 10^{\#(power)} \right) ="#
        }
        let which = rows.count == study.rows.count ? "all \(rows.count)" : "the first \(rows.count)"
        report.equation(
            "orie4742.log-likelihood",
            formula: #"""
                \loglik{\params} = \sumobs \nlog \left[ \sumclasses \weight{k} \thinspace
                \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}} \right]
                """#,
            numbers: #"""
                \nlog \prod_{\text{\#(which) rows}} p(\obsvec{n}) = \#(shown ?? "") \#(value, .significant(6))
                """#,
            value: .number(value),
            again: .exact(
                .number(try product.get().logarithm),
                """
                multiplying the densities of \(which) rows in numbers with an unlimited exponent, each by Gaussian \
                elimination, and taking one logarithm at the end
                """, tolerance: study.rounding(of: value)),
            note: #"""
                Doubles keep all their digits from about $10^{-308}$ to $10^{308}$ only, and below $5 \times 10^{-324}$ there is nothing but 0; the likelihood of a few hundred points is soon outside. So nobody
                multiplies densities; one adds logarithms. The check does multiply, in numbers with unlimited exponent.
                """#)
    }

    // MARK: Jensen

    private func whyNot(in report: inout Report) throws {
        let rows = study.fewRows
        let start = study.start
        let value = start.logLikelihood(of: rows)
        let wished = rows.reduce(0) { sum, row in
            zip(start.weights, start.components).reduce(sum) { $0 + $1.0 * $1.1.logDensity(at: row) }
        }
        let stories = power(study.classCount, rows.count)
        report.prose(
            #"""
            How would you maximise this? Differentiate, and every parameter appears inside every fraction, together with all
            others: a logarithm takes products apart, not sums. If only we could write $\sum_{\classindex} \weight{k} \nlog \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}$
            in place of $\nlog \sum_{\classindex} \weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}$! That would be quadratic in each mean. But it is another
            number. The logarithm bends downwards, so the average of logarithms is never above the logarithm of the
            average (Jensen's inequality).
            """#)
        if study.classCount > 1 {
            let jensen = JensenFigure(rows, start)
            report.figure(jensen.figure(report), caption: jensen.caption)
        }
        report.equation(
            "cs181.2",
            formula: #"""
                \loglik{\params} = \sumobs \nlog \sumclasses p(\obsvec{n}, \isclass{n}{k} \pgiven \params)
                \quad \ge \quad \sumobs \sumclasses \weight{k} \nlog \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}
                """#,
            numbers: #"""
                \text{first } \#(rows.count) \text{ rows:} \quad \#(value, .fixed(4)) \ge \#(wished, .significant(6)), \qquad
                \text{gap } \#(value - wished, .significant(5))
                """#,
            value: .number(value),
            again: .exact(
                .number(try study.enumeratedLogLikelihood(rows: rows.count)),
                """
                enumeration: the logarithm of the sum of the joint probabilities of all \(stories) ways to give the first \
                \(rows.count) rows their classes
                """, tolerance: study.enumeration(of: value, rows: rows.count)),
            note: #"""
                The enumeration is the definition: add up every possible story, then take the logarithm. It is possible for
                \#(rows.count) rows\#(stories > 1 ? ", with \(stories) stories" : "")\#(storiesInWords). EM takes another way: it keeps the sum
                of logarithms, but puts better weights into it, point by point. How, is the next section.
                """#)
    }

    private var storiesInWords: String {
        let digits = Double(study.rows.count) * log10(Double(study.classCount))
        return study.classCount == 1
            ? "; there is one story only, since there is one class"
            : "; for all \(study.rows.count) the number of stories has \(Int(digits) + 1) digits"
    }
}

/// base to the power of `exponent`, for small whole numbers.
func power(_ base: Int, _ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * base } }

/// One component's parameters as cells of a table: class, weight, mean, standard deviations, correlations.
func parameterRow(_ mixture: Mixture<MultivariateNormal>, _ k: Int) -> [Prose] {
    let component = mixture.components[k]
    let sd = component.covariance.diagonal.map { $0.squareRoot() }
    let correlations = sd.indices.flatMap { i in (0..<i).map { component.covariance[i, $0] / (sd[i] * sd[$0]) } }
    return [
        "\(k + 1)", "\(mixture.weights[k], .fixed(4))", listed(component.mean), listed(sd),
        correlations.isEmpty ? "none" : listed(correlations, .fixed(3)),
    ]
}

/// At most six numbers; of more, the first and the last few.
private func listed(_ numbers: [Double], _ format: NumberFormat = .significant(5)) -> Prose {
    if numbers.count == 1 { return "\(numbers[0], format)" }
    if numbers.count <= 6 { return "\(numbers, format)" }
    let (head, tail) = (Array(numbers.prefix(3)), Array(numbers.suffix(2)))
    let text = (head.map { format.string($0) } + ["…"] + tail.map { format.string($0) }).joined(separator: ", ")
    return Prose("(\(text))")
}

import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 7: the average over what is hidden. Four sources write the expected complete-data log-likelihood four ways.
struct Expectation {
    private let study: Study
    private let rows: [[Double]]
    /// The responsibilities of the few rows under the start.
    private let q: Matrix
    /// The parameters after one step of EM on all rows.
    private let updated: Mixture<MultivariateNormal>

    init(_ study: Study) throws {
        self.study = study
        rows = study.fewRows
        let em = try EM(data: study.rows, start: study.start, estimator: .covariance(study.shape))
        q = Matrix(try rows.map { try study.start.responsibilities(at: $0) })
        updated = try em.mStep(em.eStep(study.start))
    }

    private var stories: Int { power(study.classCount, rows.count) }

    func explain(in report: inout Report) throws {
        report.section("Averaging over the labels")
        report.prose(
            #"""
            We do not know the labels, but given a guess of the parameters we know how probable each is: the *responsibilities*
            $\resp{n}{k}$ of the E-step, which [lesson:2] is about. What does that buy? Now that the rounds are known, this section and the next say
            why they climb. These are the first \#(rows.count) \#(study.noun) with theirs, under
            the guess above.
            """#)
        report.formula(
            #"""
            \resp{n}{k} = \frac{\weight{k} \thinspace \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}}
            {\sum_{\otherindex} \weight{j} \thinspace \normal{\obsvec{n}}{\meanvec{j}}{\cov{j}}}
            """#)
        table(in: &report)
        report.define(
            #"\Q{\params}{\paramsat{t}}"#, "expected complete-data log-likelihood",
            #"what the M-step maximises: labels are averaged under $\paramsat{t}$, logarithms taken under $\params$"#)
        try asExpectation(in: &report)
        try asDoubleSum(in: &report)
        try missingIndex(in: &report)
        try atNewParameters(in: &report)
        try report.folded("The same Q in one dimension, as a law of total expectation (STAT 215A)") {
            try totalExpectation(in: &$0)
        }
    }

    private func table(in report: inout Report) {
        let shown = study.columns.prefix(4)
        report.table(
            ["row"] + shown.map { Prose($0) } + study.start.weights.indices.map { #"$\resp{n}{\#($0 + 1)}$"# },
            rows: rows.indices.map { n in
                ["\(n + 1)"] + rows[n].prefix(shown.count).map { "\($0, .significant(6))" }
                    + q.row(n).map { "\($0, .fixed(4))" }
            },
            caption: "Each row of responsibilities sums to 1.")
    }

    // MARK: Under the guess

    /// E[ln p(X, Z given `parameters`)] over all assignments, under the posterior of the start.
    private func enumerated(at parameters: Mixture<MultivariateNormal>) throws -> Double {
        try study.enumeratedExpectation(of: parameters, rows: rows.count)
    }

    private func asExpectation(in report: inout Report) throws {
        let value = study.start.expectedCompleteLogLikelihood(of: rows, responsibilities: q)
        report.prose(
            #"""
            If labels were given, we would maximise the *complete-data* log-likelihood, the logarithm of the joint probability of
            points and labels. They are not given; so we maximise its average over all possible labels, each weighed by how
            probable it is under the guess. ($\latentvec{n}$ is the label of point $\obsindex$, and $\latents$ are the labels of all.)
            """#)
        report.equation(
            "cs181.6",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \expectationat{\paramsat{t}} \left[ \sumobs \nlog p(\obsvec{n}, \latentvec{n} \pgiven \params) \right]
                """#,
            printed: #"""
                \mathbb{E}_{\mathbf{Z} \mid \mathbf{X}} [ \mathcal{L} ] = \mathbb{E}_{\mathbf{Z} \mid \mathbf{X}} \left[
                \sum_{n=1}^{N} \ln (p(\mathbf{x}_{n}, \mathbf{z}_{n}; \pi,
                \lbrace \boldsymbol{\mu}_{k}, \boldsymbol{\Sigma}_{k} \rbrace_{k})) \right]
                """#,
            numbers: #"""
                \text{first } \#(rows.count) \text{ rows:} \quad
                \Q{\paramsat{0}}{\paramsat{0}} = \sum_{\text{\#(stories) \#(stories == 1 ? "story" : "stories")}} p(\latents \mid \data \cgiven \paramsat{0})
                \thinspace \completeloglik{\paramsat{0}}
                = \#(value, .significant(6))
                """#,
            value: .number(value),
            again: .exact(
                .number(try enumerated(at: study.start)),
                "enumeration: the average over all \(stories) ways to label the first \(rows.count) rows",
                tolerance: study.enumeration(of: value, rows: rows.count)))
        if let distribution = try StoriesFigure(
            Assignments(items: rows.count, classes: study.classCount), mean: value,
            logJoint: study.start.logJointByElimination(rows))
        {
            report.figure(try distribution.figure(report), caption: distribution.caption)
        }
    }

    private func asDoubleSum(in report: inout Report) throws {
        // The two terms of the formula: logarithms of weights, and logarithms of Gaussians.
        var parts = [0.0, 0.0]
        let plain = try study.standard.mixture(study.start).plain
        for (n, row) in study.standard.rows.prefix(rows.count).enumerated() {
            for (k, weight) in study.start.weights.enumerated() where q[n, k] > 0 {
                parts[0] += q[n, k] * log(weight)
                parts[1] += q[n, k] * (try plain[k].logJoint(at: row) - log(weight) - study.standard.logUnit)
            }
        }
        let value = parts.reduce(0, +)
        let terms = parts.map { "(\(NumberFormat.significant(6).tex($0)))" }
        report.equation(
            "cs181.7",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \sumobs \sumclasses \resp{n}{k} \nlog \weight{k}
                + \resp{n}{k} \nlog \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}
                """#,
            printed: #"""
                \mathbb{E}_{\mathbf{Z} \mid \mathbf{X}} [ \mathcal{L} ] = \sum_{n=1}^{N} \sum_{k=1}^{K} q_{n,k} \ln \pi_{k}
                + q_{n,k} \ln \mathcal{N}(\mathbf{x}_{n}; \boldsymbol{\mu}_{k}, \boldsymbol{\Sigma}_{k})
                """#,
            numbers: #"""
                \text{first } \#(rows.count) \text{ rows:} \quad
                \Q{\paramsat{0}}{\paramsat{0}} = \#(terms.joined(separator: " + ")) = \#(value, .significant(6))
                """#,
            value: .number(value),
            again: .exact(
                .number(try enumerated(at: study.start)), "equation 6, by enumeration of all \(stories) labellings",
                tolerance: study.enumeration(of: value, rows: rows.count)),
            note: #"""
                In the first pair of brackets are the terms with a weight, in the second those with a Gaussian. The average over \#(stories) \#(stories == 1 ? "story" : "stories") has become
                \#(rows.count) × \#(study.classCount) such pairs of terms, because $\completeloglik{\params}$ is a sum over points, and an expectation goes
                through sums. And look where the logarithm stands now: directly in front of the Gaussian. The quadratics are back.
                """#)
    }

    private func missingIndex(in report: inout Report) throws {
        let right = study.start.expectedCompleteLogLikelihood(of: rows, responsibilities: q)
        let plain = try study.standard.mixture(study.start).plain
        let first = try study.start.weights.indices.reduce(0) {
            $0 + q[0, $1] * (try plain[$1].logJoint(at: study.standard.rows[0]) - study.standard.logUnit)
        }
        report.erratum(
            "errata.cs181.eq4",
            printed:
                #"$\log p(\mathbf{x}, \mathbf{z}; \mathbf{w}, \boldsymbol{\theta})$ inside the sum over $n$, without an index $n$"#,
            corrected:
                #"$\log p(\mathbf{x}_{n}, \mathbf{z}_{n}; \mathbf{w}, \boldsymbol{\theta})$, as in the handout's own equation 6"#,
            shown: #"""
                as printed all \#(rows.count) terms of the sum are the same: with the first row for all of them the expectation is
                \#(rows.count) × \#(first, .significant(5)) = \#(first * Double(rows.count), .significant(6)), where it is
                \#(right, .significant(6))
                """#)
    }

    // MARK: Under new parameters

    private func atNewParameters(in report: inout Report) throws {
        let old = study.start.expectedCompleteLogLikelihood(of: rows, responsibilities: q)
        let new = updated.expectedCompleteLogLikelihood(of: rows, responsibilities: q)
        report.prose(
            #"""
            There are two sets of parameters in this average, and it pays to keep them apart. The *old* ones decide how probable each
            labelling is; they are in the responsibilities, and stand still. The *new* ones are inside the logarithm, and
            are ours to choose. Hence the two places in $\Q{\params}{\paramsat{t}}$. PRML writes
            $\mathcal{Q}(\boldsymbol{\theta}, \boldsymbol{\theta}^{\text{old}})$ for that. Here are the
            same responsibilities with the parameters that one step of EM will lead to.
            """#)
        report.equation(
            "prml.9.40",
            formula: #"""
                \expectation [ \completeloglik{\params} ] = \sumobs \sumclasses \resp{n}{k}
                \left\lbrace \nlog \weight{k} + \nlog \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}} \right\rbrace
                """#,
            numbers: #"""
                \text{first } \#(rows.count) \text{ rows:} \quad \Q{\paramsat{1}}{\paramsat{0}} = \#(new, .significant(6)), \qquad
                \Q{\paramsat{0}}{\paramsat{0}} = \#(old, .significant(6))
                """#,
            value: .number(new),
            again: .exact(
                .number(try enumerated(at: updated)),
                """
                enumeration of all \(stories) labellings: probabilities under the old parameters, logarithms under the new
                """, tolerance: study.enumeration(of: new, rows: rows.count, at: updated)),
            note: #"""
                On these \#(rows.count) rows the step \#(new > old ? "gains" : "loses") \#(abs(new - old), .significant(4))\#(
                    new > old ? "" : " (a few rows may lose; all rows together gain, as the M-step below shows)").
                """#)
    }

    // MARK: In one dimension

    private func totalExpectation(in report: inout Report) throws {
        let start = try study.univariateStart()
        let values = rows.map { $0[study.column] }
        let gamma = try values.map { try start.responsibilities(at: $0) }
        let terms = start.weights.indices.map { k in
            zip(values, gamma).reduce(0) { $0 + $1.1[k] * start.logJoint(at: $1.0)[k] }
        }
        let value = terms.reduce(0, +)
        // In the units of the second routes.
        let (centre, unit) = (study.standard.centre[study.column], study.standard.unit[study.column])
        func logJoint(_ classes: [Int]) -> Double {
            zip(study.standard.rows, classes).reduce(0) { sum, pair in
                let (x, k) = (pair.0[study.column], pair.1)
                let component = start.components[k]
                return sum + log(start.weights[k])
                    + logNormalDensity(
                        x, mean: (component.mean - centre) / unit, variance: component.variance / unit / unit)
            }
        }
        func enumerated() throws -> Double {
            try Assignments(items: values.count, classes: study.classCount)
                .expectation(of: logJoint, logJoint: logJoint) - (unit == 1 ? 0 : Double(values.count) * log(unit))
        }
        let shown =
            terms.prefix(4).map { "(\(NumberFormat.significant(6).tex($0)))" } + (terms.count > 4 ? [#"\ldots"#] : [])
        report.equation(
            "stat215a.total-expectation",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \sumobs \sumclasses
                \nlog p(\obs{n}, \isclass{n}{k} \mid \params) \thinspace \resp{n}{k}
                """#,
            numbers: #"\#(shown.joined(separator: " + ")) = \#(value, .significant(6))"#,
            value: .number(value),
            again: .exact(
                .number(try enumerated()),
                "enumeration of all \(power(study.classCount, values.count)) labellings of the same rows",
                tolerance: study.enumeration(of: value, rows: rows.count)),
            note: #"""
                The \#(study.columnName) alone, for those who like one dimension better: the slides take the expectation given each
                class, times the probability of the class, and add. That is the law of total expectation. (Its next line, where
                a pair of brackets is missing, is a matter for [lesson:6].)
                """#)
    }
}

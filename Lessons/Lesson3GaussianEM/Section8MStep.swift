import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 8: one M-step in full, for vectors and for single numbers.
struct MStep {
    let study: Study
    /// The responsibilities of all rows under the start.
    let q: Matrix
    let updated: Mixture<MultivariateNormal>
    let effectiveCounts: [Double]

    init(_ study: Study) throws {
        self.study = study
        let em = try EM(data: study.rows, start: study.start, estimator: .covariance(study.shape))
        q = try em.eStep(study.start)
        updated = try em.mStep(q)
        effectiveCounts = Self.columnSums(q)
    }

    static func columnSums(_ q: Matrix) -> [Double] {
        (0..<q.columns).map { k in q.column(k).reduce(0, +) }
    }

    func explain(in report: inout Report) throws {
        report.section("The M-step")
        report.prose(
            #"""
            Now we hold the responsibilities fixed and choose the parameters. Compare $\Qname$ with the log-likelihood of labelled
            points: it is the same, except that a point is not *in* a class but belongs to each by a share. So the
            solution is the same, too: each class takes its weighted count, its weighted mean, its weighted covariance.
            """#)
        Derivation().explain(in: &report)
        report.prose(
            #"""
            Here are the formulas, parameter by parameter, each with its numbers and a check, by a search or by the slopes of $\Qname$; then why nothing is
            higher, and a table of what other parameters would cost.
            """#)
        try weights(in: &report)
        try means(in: &report)
        try covariances(in: &report)
        try Concavity(self).explain(in: &report)
        try whole(in: &report)
        try report.folded("The updates in one dimension, as the slides of STAT 215A have them") { report in
            do {
                try oneDimension(in: &report)
            } catch let error as MixtureError where !study.isOldFaithful {
                report.prose(
                    "**In one dimension** this step cannot be shown with \(study.columnName) alone: \(error.withoutRemedy)."
                )
            }
        }
    }

    /// Q per row as a function of the free parameters about the update, with the responsibilities of the start.
    func meanQ(_ mixture: Mixture<MultivariateNormal>) -> Double {
        mixture.expectedCompleteLogLikelihood(of: study.rows, responsibilities: q) / Double(study.rows.count)
    }

    /// The same in the units of the second routes, where it is higher by ``Standardised/logUnit``.
    func standardMeanQ(_ mixture: Mixture<MultivariateNormal>) -> Double {
        mixture.expectedCompleteLogLikelihood(of: study.standard.rows, responsibilities: q) / Double(study.rows.count)
    }

    /// The steepest slope of Q per row by some of the free parameters, at the update.
    private func steepestSlope(_ part: KeyPath<GaussianCoordinates, Range<Int>>) throws -> Double {
        try study.slopes(part, at: updated) { mixture, _ in standardMeanQ(mixture) }.map(abs).max() ?? 0
    }

    // MARK: Weights

    private func weights(in report: inout Report) throws {
        let value = updated.weights
        let rows = Double(study.rows.count)
        let numbers = zip(effectiveCounts, value).prefix(3).enumerated().map { k, pair -> String in
            let count = NumberFormat.significant(6).tex(pair.0)
            let share = NumberFormat.fixed(5).tex(pair.1)
            return #"\weight{\#(k + 1)} = \frac{\#(count)}{\#(study.rows.count)} = \#(share)"#
        }
        report.equation(
            "cs181.8",
            formula: #"\weight{k}^{(t+1)} = \frac{\sumobs \resp{n}{k}}{\obscount}"#,
            numbers: TeX(numbers.joined(separator: #", \qquad "#)),
            value: .vector(value),
            again: .search(
                .vector(try searchedWeights(rows)),
                "a search over all weights that sum to 1, for the largest sum of effective counts times log weights"),
            telling: .entry(0, #"$\weight{1}^{(1)}$"#),
            note: #"""
                The numerator is the *effective count* $\effcount{k}$: how many points the class is responsible for, in shares. That the
                weights have to sum to 1 is what makes this more than setting a derivative to zero; [lesson:6] does it with a Lagrange
                multiplier.
                """#)
    }

    /// Weights as shares of odds, so that every point of the search is on the simplex. From seven classes on, where that search
    /// gets slow, one weight after the other, the others in proportion.
    private func searchedWeights(_ rows: Double) throws -> [Double] {
        let counts = effectiveCounts
        if counts.count == 1 { return [1] }
        if counts.count <= 7 {
            func shares(_ logits: [Double]) -> [Double] {
                let odds = (logits + [0]).map { exp($0) }
                let total = odds.reduce(0, +)
                return odds.map { $0 / total }
            }
            let best = try NelderMead.maximum(
                of: { logits in zip(counts, shares(logits)).reduce(0) { $0 + $1.0 / rows * log($1.1) } },
                from: counts.dropLast().map { _ in 0 })
            return shares(best.argument)
        }
        let total = counts.reduce(0, +)
        return try counts.map { count in
            try GoldenSection.maximum(
                of: { count / total * log($0) + (total - count) / total * log(1 - $0) }, in: 1e-12...(1 - 1e-12)
            ).argument
        }
    }

    // MARK: Means and covariances

    private func means(in report: inout Report) throws {
        let (before, after) = (study.start.components[0].mean, updated.components[0].mean)
        report.equation(
            "cs181.9",
            formula: #"""
                \meanvec{k}^{(t+1)} = \frac{\sumobs \resp{n}{k} \thinspace \obsvec{n}}{\sumobs \resp{n}{k}}
                """#,
            numbers: #"""
                \meanvec{1}: \quad \#(shortColumn(before)) \quad \to \quad
                \frac{1}{\#(effectiveCounts[0], .significant(6))} \sum_{\obsindex} \resp{n}{1} \thinspace \obsvec{n} = \#(shortColumn(after))
                """#,
            value: .matrix(updated.components.map(\.mean)),
            again: .property(
                "no slope is left at these means",
                by: """
                    central differences of the expected complete-data log-likelihood with respect to all \
                    \(study.classCount * study.dimension) of their entries
                    """,
                the: "steepest slope, per row and standard deviation,", is: try steepestSlope(\.means),
                tolerance: .centralDifference),
            telling: .entry(0, #"first entry of $\meanvec{1}^{(1)}$"#),
            note: "The numbers are those of class 1; `results.json` has the new means of all classes, a row for each.")
    }

    private func covariances(in report: inout Report) throws {
        report.folded("How covariances and weights are moved in the checks") {
            $0.prose(
                #"""
                To check that no other covariances would be better we move them a little, and not every
                movement leaves a covariance a covariance. So what is moved is the *Cholesky factor*, the lower triangular matrix
                $\mathbf{L}$ with $\cov{k} = \mathbf{L} \mathbf{L}^{\top}$: that product is symmetric and has no negative variances, whatever the
                entries of $\mathbf{L}$ are. (In one dimension it is the standard deviation.) Weights are moved in the same spirit, by way of
                their *logits*, the logarithms of their ratios to the last weight: whatever these are, the weights are positive, and sum to 1.
                """#)
        }
        let (before, after) = (study.start.components[0].covariance, updated.components[0].covariance)
        let numbers: TeX =
            study.dimension <= 3
            ? #"""
            \cov{1}: \quad \#(matrix: before.rowList, .significant(4)) \quad \to \quad \#(matrix: after.rowList, .significant(5))
            """#
            : #"""
            \text{variances of } \cov{1}: \quad \#(shortColumn(before.diagonal)) \quad \to \quad \#(shortColumn(after.diagonal))
            """#
        report.equation(
            "cs181.10",
            formula: #"""
                \cov{k}^{(t+1)} = \frac{\sumobs \resp{n}{k} \thinspace (\obsvec{n} - \meanvec{k}^{(t+1)})
                (\obsvec{n} - \meanvec{k}^{(t+1)})^{\top}}{\sumobs \resp{n}{k}}
                """#,
            numbers: numbers,
            value: .matrix(updated.components.map(\.covariance.values)),
            again: .property(
                "no slope is left at these covariances",
                by: """
                    central differences of the expected complete-data log-likelihood with respect to the entries of their \
                    Cholesky factors
                    """,
                the: "steepest slope, per row and standard deviation,", is: try steepestSlope(\.covariances),
                tolerance: .centralDifference),
            telling: .entry(0, #"first entry of $\cov{1}^{(1)}$"#),
            note: #"""
                \#(shapeNote)Mind the superscript of the mean: the *new* mean, as the handout has it. With the old one the
                result would be too large by the outer product of the mean's move. (The numbers are those of class 1; `results.json` has the new covariances of all
                classes, a row for each.) In code, mean and covariance are collected in one pass, moving the mean along, so that no digits get
                lost.
                """#)
        try report.folded("In code: how a point joins a class") {
            try $0.code(
                "private mutating func include(mean other: [Double]",
                in: "Sources/MixtureModels/MultivariateNormal.swift",
                caption: "A point joins a class with its responsibility as `weight`:")
        }
    }

    private var shapeNote: Prose {
        switch study.shape {
        case .full: ""
        case .diagonal: "Here the covariances are diagonal: of the matrix above only the diagonal is kept. "
        case .spherical:
            "Here the covariances are multiples of the identity: the mean of the matrix's diagonal is kept. "
        case .tied: "Here all classes share one covariance: the average of the matrices above, by effective counts. "
        }
    }

    private func shortColumn(_ numbers: [Double]) -> TeX {
        let format = NumberFormat.significant(6)
        if numbers.count <= 5 { return #"\#(column: numbers, format)"# }
        let shown = numbers.prefix(2).map(format.tex) + [#"\vdots"#] + numbers.suffix(1).map(format.tex)
        return #"\begin{bmatrix} \#(shown.joined(separator: #" \cr "#)) \end{bmatrix}"#
    }

    // MARK: All together

    private func whole(in report: inout Report) throws {
        let rows = Double(study.rows.count)
        let (before, after) = (rows * meanQ(study.start), rows * meanQ(updated))
        let coordinates = GaussianCoordinates(try study.standard.mixture(updated), shape: study.shape)
        func moved(_ range: Range<Int>, by size: Double) throws -> Double {
            var offsets = coordinates.origin
            for index in range { offsets[index] = size }
            return rows * (standardMeanQ(try coordinates.mixture(at: offsets)) - study.standard.logUnit)
        }
        let all = 0..<coordinates.count
        var perturbed: [(name: Prose, value: Double)] = [
            ("the guess", before), ("the update", after),
            ("means moved up by 0.1 of their component's standard deviations", try moved(coordinates.means, by: 0.1)),
            ("covariances' Cholesky factors moved by 0.1", try moved(coordinates.covariances, by: 0.1)),
            ("everything moved by 0.01", try moved(all, by: 0.01)),
        ]
        if study.classCount > 1 {
            let value = try moved(coordinates.weights, by: 0.1)
            perturbed.append((name: "weights moved by 0.1 in logits", value: value))
        }
        let lines: [[Prose]] = perturbed.map { line in
            [line.name, "\(line.value, .significant(6))", "\(max(0, after - line.value), .significant(3))"]
        }
        report.table(
            ["parameters", #"$\Qname$"#, "below the update"], rows: lines,
            caption:
                """
                The expected complete-data log-likelihood of all \(study.rows.count) rows, with the responsibilities of the guess. (Logits and Cholesky \
                factors: see the fold before [eq:cs181.10].)
                """
        )
        report.equation(
            "cs181.4",
            formula: #"""
                \paramsat{t+1} = \arg \max_{\params} \thinspace \expectationat{\paramsat{t}}
                \left[ \sumobs \nlog p(\obsvec{n}, \latentvec{n} \pgiven \params) \right]
                """#,
            printed: #"""
                \mathbf{w}^{(t+1)}, \boldsymbol{\theta}^{(t+1)} = \arg \max_{\mathbf{w}, \boldsymbol{\theta}} \thinspace
                \mathbb{E}_{\mathbf{Z} \mid \mathbf{X}} \left[ \sum_{n=1}^{N}
                \log p(\mathbf{x}_{n}, \mathbf{z}_{n}; \mathbf{w}, \boldsymbol{\theta}) \right]
                """#,
            numbers:
                #"\text{all } \#(study.rows.count) \text{ rows:} \quad \Q{\paramsat{1}}{\paramsat{0}} = \#(after, .significant(6)), \qquad \Q{\paramsat{0}}{\paramsat{0}} = \#(before, .significant(6))"#,
            value: .number(after), again: try maximum(after, coordinates),
            note: """
                The update is not just a step in the right direction: it is the summit of what it maximises, in one go. (It is not the summit of the \
                log-likelihood. With the new parameters the responsibilities are no longer right.)
                """)
        try report.folded("In code: the M-step") {
            try $0.code(
                "private func mStep(_ statistics", in: "Sources/MixtureModels/EM.swift",
                caption: """
                    The M-step that ran here, as for every other kind of mixture. `statistics` are the sums that were collected for each class:
                    """)
        }
    }
}

import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 2: a single Gaussian by maximum likelihood, and why it is not enough.
struct OneGaussian {
    private let study: Study
    private let fitted: Normal

    init(_ study: Study) throws {
        self.study = study
        var statistics = Normal.Statistics(like: 0)
        for x in study.values { statistics.add(x, weight: 1) }
        fitted = try Normal.estimate(from: statistics)
    }

    func explain(in report: inout Report) throws {
        report.section("One Gaussian is not enough")
        introduce(in: &report)
        try estimate(in: &report)
        if study.isOldFaithful {
            report.predict(
                "Where will the peak of that Gaussian be, beside the data?",
                answer:
                    "At their mean: between the two kinds of eruptions, where there are few of either. The figure shows it."
            )
        }
        report.figure(
            try figure(report),
            caption: #"""
                \#(study.values.count) values, and the Gaussian that fits them best. Within half a standard deviation of its mean it expects
                \#(centre.expected, .percent(0)) of the data; there are \#(centre.observed, .percent(0)).
                """#)
        verdict(in: &report)
    }

    private func introduce(in report: inout Report) {
        if study.isOldFaithful {
            report.prose(
                #"""
                Old Faithful is a geyser in Yellowstone. It erupts for a few minutes, then rests for about an hour, and people
                wait. For \#(study.rows.count) eruptions somebody noted how long each lasted, and how long the wait for the next
                one was (Härdle, 1991; the set `faithful` of R). Many a textbook tries mixture models on these two columns of numbers, and they will be with us through
                this lesson.

                Let us begin where one always begins: with one Gaussian, and with one column, the waiting times.
                """#)
        } else {
            report.prose(
                #"""
                Here your own data take Old Faithful's place: \#(study.rows.count) rows of
                \#(study.columns.count == 1 ? "one column" : "\(study.columns.count) columns")
                (\#(study.columns.joined(separator: ", "))). Let us begin where one always begins: with one Gaussian, and with
                one column, \#(study.columnName).
                """#)
            if let remarks = study.remarks { report.prose(remarks) }
            if let all = study.all {
                report.prose(
                    #"""
                    There are \#(all.count) rows in all. What follows goes through its rows hundreds of times and draws each of them, so it
                    takes \#(study.rows.count), drawn at random. EM itself fits all rows, at the end of “EM in action”.
                    """#)
            }
        }
        report.prose(
            #"""
            Which $\mu$ and $\sigma$ make the log-likelihood largest? (These two are all of $\params$ here.)
            """#)
    }

    // MARK: The estimate

    private func estimate(in report: inout Report) throws {
        let values = study.values
        let likelihood = try Mixture(weights: [1], components: [fitted]).logLikelihood(of: values)
        // The search begins at the first value, in units of the range, and knows nothing of means.
        func searched() throws -> [Double] {
            let standard = study.standard
            let values = standard.rows.map { $0[study.column] }
            let range = (values.max() ?? 1) - (values.min() ?? 0)
            let best = try WorkLimit.run(study.workLimit) { spend in
                try NelderMead.maximum(
                    of: { p in
                        try spend(values.count)
                        let guess = try Normal(mean: values[0] + range * p[0], variance: range * range * exp(2 * p[1]))
                        return try Mixture(weights: [1], components: [guess]).logLikelihood(of: values)
                    }, from: [0, 0]
                ).argument
            }
            let unit = standard.unit[study.column]
            return [
                standard.centre[study.column] + unit * (values[0] + range * best[0]), unit * (range * exp(best[1])),
            ]
        }
        report.equation(
            "stat215a.mle",
            formula: #"""
                \loglik{\params} = \sumobs \nlog p(\obs{n} \mid \params), \qquad
                \hat{\mu} = \frac{1}{\obscount} \sumobs \obs{n}, \qquad
                \hat{\sigma}^{2} = \frac{1}{\obscount} \sumobs (\obs{n} - \hat{\mu})^{2}
                """#,
            numbers: #"""
                \hat{\mu} = \#(fitted.mean, .significant(6)), \qquad
                \hat{\sigma} = \#(fitted.standardDeviation, .significant(6)), \qquad
                \loglik{\hat{\params}} = \#(likelihood, .significant(6))
                """#,
            value: [fitted.mean, fitted.standardDeviation],
            again: .search(
                .vector(try searched()),
                "Nelder and Mead's search on the log-likelihood, over mean and standard deviation",
                relative: true),
            telling: .entry(0, "mean"),
            note: #"""
                The derivative with respect to $\mu$ is 0 at the mean of the data, the one with respect to $\sigma$ at their root mean square deviation
                (divided by $\obscount$, not $\obscount - 1$: that is what maximum likelihood gives). Nobody has to search. That this is so
                easy is the reason why the rest of the lesson takes such trouble to get back to it.
                """#)
    }

    // MARK: What it looks like

    /// How many of the values lie within half a standard deviation of the mean, and how many the Gaussian expects there.
    private var centre: (observed: Double, expected: Double) {
        let half = fitted.standardDeviation / 2
        let inside = study.values.count { abs($0 - fitted.mean) <= half }
        return (Double(inside) / Double(study.values.count), erf(0.5 / 2.0.squareRoot()))
    }

    private func verdict(in report: inout Report) {
        let (observed, expected) = centre
        let lacks = observed < 0.8 * expected
        report.prose(
            #"""
            Within half a standard deviation of its mean, where a Gaussian is highest, it expects
            \#(expected, .percent(0)) of the data. There are \#(observed, .percent(0)).
            \#(lacks
                ? "It puts its peak where the data have a valley: the best single Gaussian is a bad description, and no other single Gaussian is better."
                : "So there, at least, one Gaussian is not refuted; whether several describe the data better is what the rest will tell.")
            """#)
        if study.isOldFaithful {
            report.prose(
                #"""
                There seem to be two kinds of eruptions, and the record does not say which is which. That missing column is
                the subject of this lesson.
                """#)
        }
    }

    private func figure(_ report: Report) throws -> Figure {
        let values = study.values
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        let margin = 0.1 * (high - low)
        let (observed, expected) = centre
        return Figure(
            id: "one-gaussian",
            title: study.isOldFaithful
                ? "One Gaussian has its peak where the data have a valley" : "One Gaussian for everything",
            subtitle: Label(
                study.isOldFaithful
                    ? "Old Faithful: \(values.count) waiting times, and the Gaussian that fits them best"
                    : "\(values.count) values of \(study.columnName), and the Gaussian that fits them best"),
            alt: report.words(
                #"""
                Histogram of \#(values.count) values with one Gaussian of mean \#(fitted.mean, .significant(4)) and standard deviation
                \#(fitted.standardDeviation, .significant(4)). Within half a standard deviation of the mean it expects
                \#(expected, .percent(0)) of the data; there are \#(observed, .percent(0)).
                """#),
            panels: [
                Panel(
                    x: Axis(Label(study.isOldFaithful ? "waiting time, minutes" : study.columnName)),
                    y: Axis("density", includesZero: true),
                    layers: [
                        .histogram(values, bins: study.bins, scale: .density),
                        .function(over: (low - margin)...(high + margin), style: LineStyle(.vermillion, width: 2.2)) {
                            exp(fitted.logDensity(at: $0))
                        },
                        .annotation(
                            "one Gaussian",
                            at: Point(
                                fitted.mean - 0.35 * fitted.standardDeviation,
                                1.3 * exp(fitted.logDensity(at: fitted.mean))),
                            anchor: .center,
                            pointingAt: Point(fitted.mean, exp(fitted.logDensity(at: fitted.mean))),
                            color: .vermillion),
                    ], legend: .none)
            ])
    }
}

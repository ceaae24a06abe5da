import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 2: why the log-likelihood always grows with the number of classes, and what overfits.
struct Growth {
    private let fits: [Fit<MultivariateNormal>]
    private let train: [[Double]]
    private let test: [[Double]]
    private static let most = 8
    /// No variance of standardised columns may become smaller: classes on single rows would make the log-likelihood as large as one likes.
    private static let floor = 0.01

    init(_ rows: [[Double]], seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed).stream(0)
        var order = Array(rows.indices)
        generator.shuffle(&order)
        let half = rows.count / 2
        (train, test) = (order.prefix(half).map { rows[$0] }, order.dropFirst(half).map { rows[$0] })
        var search = Search(
            data: train, estimator: try .covariance(.full, floor: Self.floor),
            stop: .any(.relativeChange(1e-8), .maximumSteps(150)))
        (search.starts, search.trial, search.followed) = (3, 8, 1)
        fits = search.fits(upTo: Self.most, using: &generator).compactMap { $0 }
    }

    private var gained: [Double] { fits.map { $0.mixture.logLikelihood(of: train) } }
    private var held: [Double] { fits.map { $0.mixture.logLikelihood(of: test) } }

    /// Where the held-out log-likelihood is largest: a number of classes.
    private var best: Int { (Rule.least(held.map { -$0 }) ?? 0) + 1 }

    /// What the last number of classes is compared with: the best for the other half, unless that is the last one.
    private var base: Int { best == fits.count ? 0 : best - 1 }

    /// What becomes of the other half after its best number of classes.
    private var after: Prose {
        guard best < fits.count else { return ", and ends there: with this split of the rows it has not lost yet" }
        let worst = (best..<fits.count).min { held[$0] < held[$1] } ?? best
        return worst == fits.count - 1
            ? #", and falls to \#(held[worst], .fixed(1))"#
            : #", falls to \#(held[worst], .fixed(1)) with \#(worst + 1), and ends at \#(held[held.count - 1], .fixed(1))"#
    }

    /// A sentence for the summary.
    var oneNumber: Prose {
        """
        Half of Old Faithful: from \(best == fits.count ? 1 : best) to \(fits.count) classes the log-likelihood of the rows that were fitted grows by \(gained[fits.count - 1] - gained[base], .fixed(1)), and \
        that of the other half changes by \(held[fits.count - 1] - held[base], .fixed(1)).
        """
    }

    func explain(in report: inout Report) throws {
        let (gained, held) = (gained, held)
        report.section("Why the likelihood cannot choose")
        report.prose(
            #"""
            Among the hyperparameters of a mixture, the ORIE 4742 notes list the number of classes $\classcount$ first, and after it weights, means and covariances. EM finds all of them but the first. Why not that one, too, by maximising
            the log-likelihood once more? Because it never votes against one more class. Let $\hat{\params}_{\classcount}$ be the best mixture with $\classcount$ classes. Cut one of its classes in two: both halves keep
            its mean and its covariance, and they share its weight. Now there are $\classcount + 1$ classes, and the density is the same at every point. The best mixture with $\classcount + 1$ classes is at least as good as this one.
            That is the whole proof:
            """#)
        try equation(in: &report)
        report.prose(
            #"""
            As a rule it is strictly better, since each further class has numbers that can be turned to please the data. Take the 272 eruptions of Old Faithful, columns standardised, and put half of them, drawn at random, aside. The other
            \#(train.count) are fitted with one class to \#(fits.count), each with a covariance of its own (whose variance is kept at \#(Self.floor, .fixed(2)) or more in every direction; without that the log-likelihood would have no bound at all: [lesson:10]).
            """#)
        report.predict(
            "The fitted half and the half that was put aside: how will the log-likelihood of each change from one class to \(fits.count)?",
            answer:
                #"The fitted half can only gain: \#(gained[0], .fixed(1)) to \#(gained[gained.count - 1], .fixed(1)). The other half begins at \#(held[0], .fixed(1)), is best with \#(best) \#(best == 1 ? "class" : "classes") at \#(held[best - 1], .fixed(1))\#(after)."#
        )
        report.figure(
            try figure(report),
            caption: #"""
                Old Faithful, cut into two halves at random. The log-likelihood of the half that was fitted grows with every class; that of the other half is largest with \#(best) \#(best == 1 ? "class" : "classes").
                """#)
        report.check(
            "growth-path", value: .vector(gained),
            again: .nonDecreasing(
                gained, "no further class lowers the log-likelihood of the rows that are fitted",
                by: "comparing each number of classes with the one before", tolerance: .rounding(scale: 1000)))
        let smallest = fits[fits.count - 1].last.effectiveCounts.min() ?? 0
        report.prose(
            #"""
            **Overfitting.** Every class has numbers that fit where its rows happen to lie, and a small class most of all. With \#(fits.count) classes the smallest holds only \#(smallest, .fixed(1)) rows (responsibilities added up), and yet has five numbers of its own: two for the mean, three for the covariance.
            New rows lie elsewhere, and find that the density has moved away from them. Whoever wants to predict must judge by the *held-out log-likelihood*, that of rows that were not fitted. Two of the rules below estimate it from the rows at hand, AIC and cross-validation. BIC and ICL have other goals, and stop the growth for other reasons.
            """#)
        report.define(nil, "overfitting", "to follow what the rows at hand happen to do, at the cost of rows to come")
        report.define(nil, "held-out log-likelihood", "the log-likelihood of rows that were not fitted")
    }

    private func equation(in report: inout Report) throws {
        // The class that is cut, and the share of the first half, differ from one number of classes to the next.
        let again = try fits.enumerated().map { place, fit -> Double in
            let mixture = try fit.mixture.split(place % fit.mixture.weights.count, share: 0.3)
            return DirectLikelihood.logLikelihood(mixture, train)
        }
        report.equation(
            "beyond.growth",
            formula: #"""
                \max_{\params} \loglik{\params_{\classcount + 1}} \ge \loglik{\hat{\params}_{\classcount} \text{, one class cut in two}} = \loglik{\hat{\params}_{\classcount}}
                = \max_{\params} \loglik{\params_{\classcount}}
                """#,
            numbers: #"""
                \text{1, 2, 3, 4 classes:} \quad \loglik{\hat{\params}} = \#(Array(gained.prefix(4)), .fixed(2))
                """#,
            value: .vector(gained),
            again: .exact(
                .vector(again),
                "the density formula for the mixtures with one more class, one of the old ones cut in two, 30 to 70",
                tolerance: .rounding(scale: 1000)),
            telling: .last("with \(fits.count) classes"),
            note: #"""
                The values are the log-likelihoods of the \#(train.count) eruptions that are fitted below, with one class to \#(fits.count). Cutting a class changes none of them.
                """#)
    }

    private func figure(_ report: Report) throws -> Figure {
        func line(_ values: [Double], _ rows: Int, _ style: LineStyle, _ marker: Marker, _ label: String) -> Layer {
            .line(
                values.enumerated().map { Point(Double($0 + 1), $1 / Double(rows)) }, style: style,
                marker: marker, label: Label(label))
        }
        return Figure(
            id: "growth", title: "The fitted rows never lose by a class; the other rows do best with \(best)",
            subtitle: "Log-likelihood per eruption, standardised columns",
            alt: report.words(
                #"""
                Two lines over the number of classes. Fitted half: from \#(gained[0] / Double(train.count), .fixed(3)) up to \#(gained[gained.count - 1] / Double(train.count), .fixed(3)) per row. Other half:
                from \#(held[0] / Double(test.count), .fixed(3)) to its largest, \#(held[best - 1] / Double(test.count), .fixed(3)), with \#(best) classes, and \#(held[held.count - 1] / Double(test.count), .fixed(3)) at the end.
                """#),
            panels: [
                Panel(
                    x: Axis("number of classes", ticks: .integers), y: Axis("log-likelihood per eruption"),
                    layers: [
                        line(gained, train.count, LineStyle(.blue, width: 2), .circle, "fitted half"),
                        line(held, test.count, LineStyle(.vermillion, width: 2, dash: .dashed), .square, "other half"),
                    ])
            ], size: Size(width: 720, height: 380))
    }
}

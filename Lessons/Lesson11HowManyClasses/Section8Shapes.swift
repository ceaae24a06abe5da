import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 8: the number of classes and the shape of their covariances together, on Old Faithful or the reader's own data.
struct Shapes {
    let study: Study

    /// A sentence for the summary.
    var oneNumber: Prose {
        let words = Rule.allCases.compactMap { rule in
            study.choice(rule).map { "\(rule.rawValue) \($0.classes) (\($0.shape.rawValue))" }
        }
        return "\(study.isOwn ? "The file" : "Old Faithful"): the classes chosen are \(words.joined(separator: ", "))."
    }

    func explain(in report: inout Report) throws {
        report.section(study.isOwn ? "Your data" : "Old Faithful, with six shapes")
        if study.isOwn {
            report.prose(
                #"""
                The file has \#(study.fileRows ?? study.measured.count) rows\#(study.fileRows == nil ? "" : ", of which \(grouped(study.measured.count)), drawn at random, are followed here"). Mixtures of up to \#(study.most) Gaussians are fitted to \#(study.columns.count == 1 ? "the column" : "the columns")
                \#(study.columns.joined(separator: ", ")), with covariances of each of \#(study.shapes.count) shapes.
                """#)
            if let remarks = study.remarks { report.prose(remarks) }
        } else {
            report.prose(
                #"""
                Now the whole of it, on the \#(study.measured.count) eruptions: six shapes, one class to \#(study.most). More freedom in the covariances and more classes can stand in for each other: two classes with free ellipses, or three that share one. So shape and number are chosen together.
                (Classes with covariances of their own count only if each holds more than \#(2 * (study.dimension + 1)) rows; below that they live off a few rows on a line, as [lesson:10] shows.)
                """#)
            report.predict(
                "The eye sees two groups. How many classes will BIC choose?",
                answer:
                    #"\#(study.choice(.bic).map { "\($0.classes)" } ?? "None"), and ICL \#(study.choice(.icl).map { "\($0.classes)" } ?? "none"). Why they differ is told below."#
            )
        }
        table(in: &report)
        report.figure(try ShapesFigure(study).criteria(report), caption: ShapesFigure(study).criteriaCaption)
        try equation(in: &report)
        choices(in: &report)
        if study.dimension > 1, let figure = try ShapesFigure(study).classes(report) {
            report.figure(figure.figure, caption: figure.caption)
        }
        if !study.isOwn { interpretation(in: &report) }
        summarise(in: &report)
    }

    // MARK: Tables

    private func table(in report: inout Report) {
        let best = study.choice(.bic)
        report.table(
            ["classes"] + study.shapes.map { Prose($0.rawValue) },
            rows: (1...study.most).map { count in
                ["\(count)"]
                    + study.shapes.map { shape in
                        guard let candidate = study.candidate(shape, count) else { return "–" }
                        let isBest = candidate.shape == best?.shape && candidate.classes == best?.classes
                        let mark = isBest ? "**" : ""
                        return "\(mark)\(candidate.criteria.bic, .fixed(1))\(mark)"
                    }
            },
            caption: """
                BIC; the least is bold.\(study.all.count < study.most * study.shapes.count ? " A dash: no start gave a better fit than one class fewer, with rows enough in each class." : "")
                """)
    }

    private func choices(in report: inout Report) {
        report.table(
            ["rule", "classes", "shape", "its value", "ahead of the best with another number of classes by"],
            rows: Rule.allCases.compactMap { rule in
                guard let choice = study.choice(rule), let value = choice.value(rule) else { return nil }
                let other = study.all.filter { $0.classes != choice.classes && $0.value(rule) != nil }
                    .min { ($0.value(rule) ?? 0) < ($1.value(rule) ?? 0) }
                let lead = other.map { NumberFormat.fixed(1).string(($0.value(rule) ?? 0) - value) } ?? "–"
                let error = rule == .crossValidation ? other.flatMap { study.errorOfLead(choice, $0) } : nil
                return [
                    Prose(rule.rawValue), "\(choice.classes)", Prose(choice.shape.rawValue), "\(value, .fixed(1))",
                    "\(lead)\(error.map { " (standard error \(NumberFormat.fixed(1).string($0)))" } ?? "")",
                ]
            },
            caption:
                #"What each rule chooses, of all. For cross-validation (\#(Study.parts) parts) the value is $-2 \ell_{\text{cv}}$, an estimate of what AIC estimates, so these two can be compared; BIC and ICL estimate something else. Its lead has a standard error, over the rows; no such thing is known here for the leads of the others."#
        )
        guard let best = study.choice(.bic) else { return }
        report.table(
            ["classes", #"$\loglik{\hat{\params}}$"#, #"$\nu$"#, "AIC", "BIC", "ICL", "cross-validation"],
            rows: (1...study.most).compactMap { count in
                guard let c = study.candidate(best.shape, count) else { return nil }
                return [
                    "\(count)", "\(c.criteria.logLikelihood, .fixed(1))", "\(c.criteria.parameters)",
                    "\(c.criteria.aic, .fixed(1))",
                    "\(c.criteria.bic, .fixed(1))", "\(c.criteria.icl, .fixed(1))",
                    c.crossValidated.map { "\(-2 * $0, .fixed(1))" } ?? "–",
                ]
            }, caption: "All criteria for the shape that BIC prefers, \(best.shape.rawValue).")
    }

    // MARK: Equation

    private func equation(in report: inout Report) throws {
        guard let best = study.choice(.bic) else { return }
        let direct = DirectLikelihood.logLikelihood(try study.inOwnUnits(best), study.measured)
        let again = -2 * direct + Double(best.criteria.parameters) * log(Double(study.measured.count))
        report.equation(
            "beyond.shapes",
            formula:
                #"(\hat{\classcount}, \text{shape}) = \arg \min \text{BIC}"#,
            numbers: #"""
                \text{\#(best.shape.rawValue), \#(best.classesInWords):} \quad -2 \cdot (\#(best.criteria.logLikelihood, .fixed(2))) + \#(best.criteria.parameters) \cdot \#(log(Double(study.measured.count)), .fixed(4)) = \#(best.criteria.bic, .fixed(2))
                """#,
            value: .number(best.criteria.bic),
            again: .exact(
                .number(again),
                "the density formula in the columns' own units, and the price of \(best.criteria.parameters) parameters",
                relative: true),
            note: best.criteria.bic.isFinite && !study.isOwn
                ? #"R's package mclust counts BIC with the opposite sign: there the largest wins."# : nil)
        guard !study.isOwn else { return }
        report.published(
            [(GaussianShape.EEE, 3, -2314.3), (.VVV, 2, -2322.2)].compactMap { shape, count, figure in
                study.candidate(shape, count).map {
                    PublishedFigure(
                        id: "mclust", quantity: "mclust: BIC of \(shape.rawValue) with \(count) classes, in its sign",
                        published: figure,
                        decimals: 1, ours: -$0.criteria.bic)
                }
            })
    }

    // MARK: What it means

    private func interpretation(in report: inout Report) {
        guard let bic = study.choice(.bic), let icl = study.choice(.icl), let aic = study.choice(.aic) else { return }
        let doubt = (bic.criteria.icl - bic.criteria.bic) / 2
        let own = study.all.filter { $0.shape == .VVV }
        let free = own.min { $0.criteria.bic < $1.criteria.bic }
        let asMany = own.first { $0.classes == bic.classes }
        let fewer = bic.shape.isShared && free.map { $0.classes < bic.classes } ?? false
        report.prose(
            #"""
            **Components are not groups.** BIC takes \#(bic.classesInWords) of shape \#(bic.shape.rawValue), ICL \#(icl.classes) of shape \#(icl.shape.rawValue). AIC takes \#(aic.classes)\#(aic.classes == study.most ? ", the most that were offered" : "")\#(aic.classes > bic.classes ? ": its price is lower" : "").
            """#)
        guard bic.classes > icl.classes else { return }
        report.prose(
            #"""
            \#(fewer ? "Does BIC's last class stand for a group? Where each class has a covariance of its own (VVV), BIC prefers \(free?.classesInWords ?? "")\(asMany.map { ", if only by \(NumberFormat.fixed(1).string($0.criteria.bic - (free?.criteria.bic ?? 0)))" } ?? ""). So the further class of shape \(bic.shape.rawValue) may only make up for one covariance that does not suit all classes. " : "")The density is the better for it, says BIC. But which class an eruption belongs to cannot always be told: the labels cost \#(doubt, .fixed(1)) in log-likelihood there, and ICL does not pay that.
            """#)
    }

    private func summarise(in report: inout Report) {
        guard let best = study.choice(.bic), let own = try? study.inOwnUnits(best) else { return }
        report.fit = FitSummary(
            model:
                "mixture of \(best.classes) \(best.classes == 1 ? "Gaussian" : "Gaussians") of \(study.dimension) variables, \(best.shape.rawValue), chosen by BIC",
            weights: own.weights,
            parameters: [
                "means": .matrix(own.components.map(\.mean)),
                "covariances": .matrix(own.components.map { $0.covariance.values }),
                "bic": .number(best.criteria.bic), "aic": .number(best.criteria.aic), "icl": .number(best.criteria.icl),
                "classes": .vector(Rule.allCases.map { Double(study.choice($0)?.classes ?? 0) }),
            ],
            logLikelihood: best.criteria.logLikelihood, iterations: best.fit.iterations,
            trace: best.fit.trace.map { $0.logLikelihood + best.criteria.logLikelihood - best.fit.last.logLikelihood },
            converged: best.fit.converged, stoppedBy: best.fit.stoppedBy)
    }
}

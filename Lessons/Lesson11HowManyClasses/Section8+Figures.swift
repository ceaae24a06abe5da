import Figures
import MixtureModels
import Notebook

/// BIC by number of classes and shape, and the classes that two rules choose.
struct ShapesFigure {
    private let study: Study
    private static let mostPoints = 1500

    init(_ study: Study) { self.study = study }

    var criteriaCaption: Prose {
        let best = study.choice(.bic)
        return """
            BIC for each shape, by number of classes; smaller is better. \(best.map { "The least is that of \($0.shape.rawValue) with \($0.classesInWords)." } ?? "")\
            \(hidden.isEmpty ? "" : " \(hidden.map(\.rawValue).joined(separator: " and ")) lie far above, and are left out.")\(leastOfOne.map { " One class, from \(NumberFormat.fixed(0).string($0)) on, is left out, too." } ?? "")
            """
    }

    /// Shapes whose best value is so much worse that the others would not be told apart beside them.
    private var hidden: [GaussianShape] {
        let values = study.all.map(\.criteria.bic).sorted()
        guard let least = values.first else { return [] }
        let bests = study.shapes.map { shape in
            study.all.filter { $0.shape == shape }.map(\.criteria.bic).min() ?? least
        }
        let near = bests.filter { $0 - least < 150 }
        return near.count >= 2 ? zip(study.shapes, bests).filter { $0.1 - least >= 150 }.map(\.0) : []
    }

    /// The least BIC of one class among the shapes that are shown; nil where one class is shown, too.
    private var leastOfOne: Double? {
        study.isOwn
            ? nil
            : study.all.filter { $0.classes == 1 && !hidden.contains($0.shape) }.map(\.criteria.bic).min()
    }

    func criteria(_ report: Report) throws -> Figure {
        let shown = study.shapes.filter { !hidden.contains($0) }
        let lines = shown.enumerated().map { place, shape in
            Layer.line(
                study.all.filter { $0.shape == shape && (!study.isOwn ? $0.classes > 1 : true) }.map {
                    Point(Double($0.classes), $0.criteria.bic)
                },
                style: LineStyle(
                    Palette.series(place), width: 2, dash: shape.isShared ? .solid : .dashed),
                marker: shape.isShared ? .circle : .square, label: Label(shape.rawValue))
        }
        let best = study.choice(.bic)
        let mark = best.map {
            Layer.scatter([Point(Double($0.classes), $0.criteria.bic)], style: MarkerStyle(.ink, .ring, size: 18))
        }
        return Figure(
            id: "bic", title: "The best number of classes depends on their shape",
            subtitle:
                "BIC, smaller is better; solid: one covariance for all classes, dashed: one each; ring: the least",
            alt: report.words(
                #"""
                Lines of BIC over the number of classes for \#(shown.map(\.rawValue).joined(separator: ", ")). \#(best.map { "The least, \(NumberFormat.fixed(1).string($0.criteria.bic)), belongs to \($0.shape.rawValue) with \($0.classesInWords)." } ?? "")
                """#),
            panels: [
                Panel(
                    x: Axis("number of classes", ticks: .integers), y: Axis("BIC"),
                    layers: (mark.map { [$0] } ?? []) + lines,
                    legend: .above)
            ], size: Size(width: 720, height: 400))
    }

    /// The classes of BIC's choice beside ICL's; nil if there is no choice.
    func classes(_ report: Report) throws -> (figure: Figure, caption: Prose)? {
        guard let bic = study.choice(.bic), let icl = study.choice(.icl) else { return nil }
        let isSame = bic.shape == icl.shape && bic.classes == icl.classes
        let shown = isSame ? [("BIC and ICL", bic)] : [("BIC", bic), ("ICL", icl)]
        let names = shown.map { "\($0.0): \($0.1.classesInWords), \($0.1.shape.rawValue)" }
        let panels = try zip(names, shown).map { name, choice in try panel(name, choice.1) }
        let figure = Figure(
            id: "choices",
            title: isSame ? "BIC and ICL choose the same classes" : "The classes that BIC chooses, and those of ICL",
            subtitle: "Colours: the most probable class; ellipses: 90 % of each Gaussian",
            alt: report.words(#"Scatter plots of the first two columns: \#(names.joined(separator: "; "))."#),
            panels: panels, columns: 2, sharedX: true, sharedY: true,
            size: isSame ? Size(width: 560, height: 400) : Size(width: 860, height: 400))
        let caption: Prose =
            isSame
            ? "BIC and ICL agree on \(bic.classesInWords) of shape \(bic.shape.rawValue)."
            : """
            Left: what BIC chooses, \(bic.classesInWords) of shape \(bic.shape.rawValue). Right: what ICL chooses, \(icl.classes) of shape \(icl.shape.rawValue).\
            \(study.dimension > 2 ? " Only the first two of \(study.dimension) columns are shown." : "")
            """
        return (figure, caption)
    }

    private func panel(_ name: String, _ candidate: Study.Candidate) throws -> Panel {
        let mixture = try study.inOwnUnits(candidate)
        let found = try study.classes(candidate)
        // Old Faithful's columns are named after what they measure, without its unit.
        let axes = study.isOwn ? study.columns : ["length of the eruption, minutes", "wait for the next, minutes"]
        let step = max(1, study.measured.count / Self.mostPoints)
        let places = stride(from: 0, to: study.measured.count, by: step)
        // From left to right: the same group has the same colour beside another number of classes, as far as there are as many.
        let order = mixture.components.indices.sorted {
            mixture.components[$0].mean[0] < mixture.components[$1].mean[0]
        }
        let clouds = order.enumerated().map { rank, k in
            Layer.scatter(
                places.filter { found[$0] == k }.map { Point(study.measured[$0][0], study.measured[$0][1]) },
                style: MarkerStyle(Palette.series(rank).opacity(0.65), Marker.allCases[rank % 4], size: 5))
        }
        let outlines = order.enumerated().map { rank, k in
            let component = mixture.components[k]
            return Layer.ellipse(
                mean: Point(component.mean[0], component.mean[1]),
                covariance: [0, 1].map { a in [0, 1].map { component.covariance[a, $0] } }, level: 0.9,
                style: LineStyle(Palette.series(rank), width: 2.2))
        }
        return Panel(
            title: Label(name), x: Axis(Label(axes[0]), ticks: .wanted(5)),
            y: Axis(Label(axes[1]), ticks: .wanted(5)), layers: clouds + outlines, legend: .none)
    }
}

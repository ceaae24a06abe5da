import Figures
import Foundation
import LessonKit
import MixtureModels
import Notebook
import Verification

/// Section 3: if somebody told us the labels. Three clusters in the plane, each estimated by itself.
struct KnownLabels {
    private let plane: Plane
    private let isOldFaithful: Bool
    /// Weights, means and covariances, each class estimated from its own points.
    private let perClass: Mixture<MultivariateNormal>

    init(_ plane: Plane, isOldFaithful: Bool) throws {
        self.plane = plane
        self.isOldFaithful = isOldFaithful
        let counts = (0..<plane.classCount).map { Double(plane.members(of: $0).count) }
        perClass = try Mixture(
            weights: counts.map { $0 / Double(plane.rows.count) },
            components: (0..<plane.classCount).map { k in
                let points = plane.members(of: k)
                let mean: [Double] = [0, 1].map { d in points.reduce(0) { $0 + $1[d] } / counts[k] }
                func covariance(_ i: Int, _ j: Int) -> Double {
                    points.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) } / counts[k]
                }
                return try MultivariateNormal(
                    mean: mean,
                    covariance: [[covariance(0, 0), covariance(0, 1)], [covariance(1, 0), covariance(1, 1)]])
            })
    }

    func explain(in report: inout Report) throws {
        report.section("If somebody told us the labels")
        report.prose(
            #"""
            Let us leave \#(isOldFaithful ? "the geyser" : "your data") for a moment, for an example in which the missing column is not missing. We draw
            \#(plane.rows.count) points from three Gaussians in the plane and write down which Gaussian each came from. (Another
            `--seed` draws other points.) With the labels, at the left of [fig:labels], there is nothing to it: sort the points by colour, and
            fit one Gaussian to each heap, as above. Without them, at the right, all that remains is a cloud.
            """#)
        report.figure(
            try figure(report),
            caption: #"""
                The same \#(plane.rows.count) points twice. Left: with their labels, and with the Gaussian that was fitted to each class (an ellipse
                holds 90 % of it); rings mark the points that lie where another class is more probable. Right: without, which is all that EM will get.
                """#)
        report.prose(
            #"""
            Some letters before we write that down. The label of point $\obsindex$ is $\latentvec{n}$, and $\isclass{n}{k}$ says that the
            point belongs to class $\classindex$. In sums, $\latent{n}{k}$ is 1 if it does, and 0 if not. (CS 181 writes labels as one-hot
            vectors, with a 1 at the class and 0 elsewhere; that of class $\classindex$ is called $\classvec{k}$.) $\effcount{k}$ is the number of points in that class. The parameters $\params$ are from
            now on the weights, means and covariances of all classes together.
            """#)
        report.define(#"\latentvec{n}"#, "label", #"the class of observation $\obsindex$, which nobody wrote down"#)
        report.define(nil, "complete data", "the observations together with their labels")
        report.define(#"\weight{k}"#, "weight", #"share of class $\classindex$ among all that the model draws"#)
        report.define(#"\meanvec{k}, \cov{k}"#, "mean and covariance", #"those of the Gaussian of class $\classindex$"#)
        report.define(
            #"\effcount{k}"#, "number of points of a class",
            #"with responsibilities in place of labels its *effective count*, in shares"#)
        report.define(
            #"\resp{n}{k}"#, "responsibility",
            #"probability of class $\classindex$ for observation $\obsindex$, given where it lies"#)
        try separate(in: &report)
        try report.folded("The same in one dimension: two easy problems (STAT 215A)") { try twoProblems(in: &$0) }
        try classify(in: &report)
    }

    // MARK: Equations

    private func separate(in report: inout Report) throws {
        let general = try EM(data: plane.rows, start: plane.start).mStep(plane.oneHot)
        func parameters(_ mixture: Mixture<MultivariateNormal>) -> [[Double]] {
            mixture.components.indices.map { k in
                let component = mixture.components[k]
                return [mixture.weights[k]] + component.mean
                    + [component.covariance[0, 0], component.covariance[0, 1], component.covariance[1, 1]]
            }
        }
        let first = perClass.components[0]
        report.equation(
            "cs229.supervised",
            formula: #"""
                \weight{k} = \frac{\effcount{k}}{\obscount}, \qquad
                \meanvec{k} = \frac{1}{\effcount{k}} \sum_{\text{class } \classindex} \obsvec{n}, \qquad
                \cov{k} = \frac{1}{\effcount{k}} \sum_{\text{class } \classindex} (\obsvec{n} - \meanvec{k})(\obsvec{n} - \meanvec{k})^{\top}
                """#,
            numbers: #"""
                \weight{1} = \frac{\#(plane.members(of: 0).count)}{\#(plane.rows.count)} = \#(perClass.weights[0], .fixed(4)), \qquad
                \meanvec{1} = \#(column: first.mean, .fixed(3)), \qquad
                \cov{1} = \#(matrix: first.covariance.rowList, .fixed(3))
                """#,
            value: .matrix(parameters(perClass)),
            again: .exact(
                .matrix(parameters(general)), "the M-step that EM will use below, fed with responsibilities of 0 and 1",
                tolerance: .enumeration),
            telling: .entry(0, #"$\weight{1}$"#),
            note: #"""
                The numbers are those of class 1; `results.json` has a row for each class: weight, mean, and the three distinct entries of the covariance. The log-likelihood of points
                *and* labels is a sum over points of logarithms of products, so it falls apart into one piece for each class, and the
                pieces are maximised separately. Keep an eye on the check: the M-step is nothing but this, with shares in place of 0
                and 1.
                """#)
    }

    private func twoProblems(in report: inout Report) throws {
        let samples = [0, 1].map { k in plane.members(of: k).map { $0[0] } }
        let estimates = samples.flatMap { x in
            let mean = x.reduce(0, +) / Double(x.count)
            return [mean, (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot()]
        }
        let searched = try NelderMead.maximum(
            of: { p in
                zip(samples, [0, 2]).reduce(0) { sum, part in
                    let (points, i) = part
                    return points.reduce(sum) { $0 + logNormalDensity($1, mean: p[i], variance: exp(2 * p[i + 1])) }
                }
            }, from: [0, 0, 0, 0])
        let found = [searched.argument[0], exp(searched.argument[1]), searched.argument[2], exp(searched.argument[3])]
        report.equation(
            "stat215a.two-mles",
            formula: #"""
                \obs{n} \mid \isclass{n}{1} \sim \gauss{\mean{1}}{\variance{1}}, \qquad
                \obs{n} \mid \isclass{n}{2} \sim \gauss{\mean{2}}{\variance{2}}
                """#,
            numbers: #"""
                \mean{1} = \#(estimates[0], .fixed(4)), \quad \sd{1} = \#(estimates[1], .fixed(4)), \qquad
                \mean{2} = \#(estimates[2], .fixed(4)), \quad \sd{2} = \#(estimates[3], .fixed(4))
                """#,
            value: .vector(estimates),
            again: .search(
                .vector(found),
                "Nelder and Mead's search on the log-likelihood of both classes together, over all four parameters"),
            telling: .entry(0, #"$\mean{1}$"#),
            note: """
                The same in one dimension: the horizontal coordinate of the points of classes 1 and 2. Two easy exercises, say
                the slides. The search was not told that they are two; it finds the same four numbers.
                """)
    }

    private func classify(in report: inout Report) throws {
        let posteriors = try plane.rows.map { try perClass.responsibilities(at: $0) }
        let best = posteriors.map { $0.max() ?? 0 }
        let count = Double(plane.rows.count)
        let expected = best.reduce(0) { $0 + (1 - $1) } / count
        let wrong = try mistakes().count
        // The standard error of the share of mistakes, if point n is a mistake with probability 1 - max γ.
        let error = best.reduce(0) { $0 + $1 * (1 - $1) }.squareRoot() / count
        report.equation(
            "orie4742.supervised",
            formula: #"""
                \text{class of } \obsvec{n} = \arg \max_{\classindex} \thinspace \weight{k} \thinspace
                \normal{\obsvec{n}}{\meanvec{k}}{\cov{k}}, \qquad
                \text{expected share of mistakes} = \frac{1}{\obscount} \sumobs \left( 1 - \max_{\classindex} \resp{n}{k} \right)
                """#,
            numbers: #"""
                \frac{\#(expected * count, .fixed(2))}{\#(plane.rows.count)} = \#(expected, .fixed(4)), \qquad
                \text{counted: } \frac{\#(wrong)}{\#(plane.rows.count)} = \#(Double(wrong) / count, .fixed(4))
                """#,
            value: .number(expected),
            again: .simulation(
                SimulationEstimate(
                    mean: Double(wrong) / count, standardError: error, count: plane.rows.count),
                "counting the points that the model gets wrong"),
            note: #"""
                With labels, the task is *classification*: learn from labelled points, then guess the label of the others.
                The *responsibility* $\resp{n}{k}$ is the probability of class $\classindex$ once the position of point $\obsindex$ is
                known ([lesson:2] is about it, and the E-step below); the best guess is the class for which it is largest, and
                one minus that is the probability of a mistake. So the model says itself how often it expects to be wrong, here for \#(expected * count, .fixed(1)) of the points. The labels say that it is wrong for \#(wrong). (These are the
                points that it was fitted to. On new ones it would, as a rule, be wrong a little more often.)
                """#)
        report.exercise(
            #"""
            Suppose that the labels are known for half of the points only. Which formula would you use for the weights, and what
            would you put into it for the other half?
            """#,
            answer: #"""
                The same one. $\effcount{1}$ is a sum over points of “is it in class 1?”. For a labelled point that is 0 or 1. For
                the others it is the probability that it is, given where the point lies: the responsibility. That is EM, with some
                of the E-step's answers known in advance.
                """#)
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let classes = (0..<plane.classCount).flatMap { k -> [Layer] in
            let component = perClass.components[k]
            return [
                .scatter(
                    plane.members(of: k).map { Point($0[0], $0[1]) }, style: .series(k, size: 5),
                    label: Label("class \(k + 1)")),
                .ellipse(
                    mean: Point(component.mean[0], component.mean[1]), covariance: component.covariance.rowList,
                    level: 0.9, style: LineStyle(Palette.series(k), width: 2)),
            ]
        }
        // Some points lie under those of another class: the ones that the model would get wrong come last, with a ring.
        let wrong = try mistakes().map { n in (point: Point(plane.rows[n][0], plane.rows[n][1]), label: plane.labels[n])
        }
        let rings =
            [
                Layer.scatter(
                    wrong.map(\.point), style: MarkerStyle(.ink, .ring, size: 11),
                    label: wrong.isEmpty ? nil : "ring: another class is more probable")
            ]
            + wrong.map { .scatter([$0.point], style: .series($0.label, size: 6)) }
        let cloud = Layer.scatter(plane.rows.map { Point($0[0], $0[1]) }, style: MarkerStyle(.grey, .circle, size: 5))
        func panel(_ title: Label, _ layers: [Layer], _ legend: LegendPlacement) -> Panel {
            Panel(
                title: title, x: Axis("first coordinate", ticks: Plane.ticks),
                y: Axis("second coordinate", ticks: Plane.ticks),
                layers: layers, legend: legend, aspect: .equal)
        }
        let counts = (0..<plane.classCount).map { Double(plane.members(of: $0).count) }
        return Figure(
            id: "labels", title: "The same points, with the labels and without",
            subtitle: "Ellipses hold 90 % of the Gaussian that was fitted to each class",
            alt: report.words(
                #"""
                Two panels with the same \#(plane.rows.count) points. Left: three classes of \#(counts, .fixed(0)) points, with a
                90 % ellipse each, around \#(perClass.components[0].mean, .fixed(1)), \#(perClass.components[1].mean, .fixed(1)) and
                \#(perClass.components[2].mean, .fixed(1)). Rings mark the \#(wrong.count) points that lie where another class is more probable. Right: the points all in grey.
                """#),
            panels: [panel("With labels", classes + rings, .automatic), panel("Without", [cloud], .none)], columns: 2,
            sharedX: true, sharedY: true)
    }

    /// The points whose most probable class is not their own.
    private func mistakes() throws -> [Int] {
        try plane.rows.indices.filter { n in
            let q = try perClass.responsibilities(at: plane.rows[n])
            return q.firstIndex(of: q.max() ?? 0) != plane.labels[n]
        }
    }
}

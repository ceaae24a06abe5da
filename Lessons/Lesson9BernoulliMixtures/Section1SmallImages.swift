import Figures
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 1: images of three pixels, of which there are only eight. Everything can be counted out.
struct SmallImages {
    let mixture: Mixture<BernoulliVector>
    private let seed: UInt64
    private let vectors = PlainBernoullis.allVectors(3)

    init(seed: UInt64) throws {
        self.seed = seed
        mixture = try Mixture(
            weights: [0.4, 0.6],
            components: [[0.9, 0.8, 0.1], [0.2, 0.3, 0.7]].map(BernoulliVector.init(probabilities:)))
    }

    private var plain: PlainBernoullis { PlainBernoullis(mixture) }
    var covariance: [[Double]] { mixture.moments.covariance.lines }

    func explain(in report: inout Report) throws {
        report.section("Three pixels, eight images")
        report.prose(
            #"""
            Take the smallest image that is of any use: three pixels in a row, each on (1) or off (0). Think of each pixel as a coin of its own. The
            first coin falls on heads with probability $\elementprob{1}{1}$, the second with $\elementprob{1}{2}$, the third with $\elementprob{1}{3}$, and they know nothing of each
            other. That is a *Bernoulli vector*. Its probability is a product, with a factor $\elementprob{k}{d}$ for a pixel that is on, and
            $1 - \elementprob{k}{d}$ for one that is off:
            """#)
        report.formula(
            #"""
            p(\obsvec{n} \mid \meanvec{k}) = \prodelements \elementprob{k}{d}^{\element{n}{d}} \thinspace \notelementprob{k}{d}^{\notelement{n}{d}}
            """#)
        report.prose(
            #"""
            Here $\obsindex$ counts the images, $\elementindex$ the pixels, and $\classindex$ the classes. An exponent of 1 keeps a factor and an exponent of 0 drops
            it, so the formula is only a short way to write “this one or that one”.
            """#)
        report.define(
            #"\element{n}{d}"#, "pixel", #"1 if pixel $\elementindex$ of image $\obsindex$ is on, else 0"#)
        report.define(
            #"\elementprob{k}{d}"#, "pixel's probability",
            #"how often pixel $\elementindex$ is on in images of class $\classindex$; together the mean $\meanvec{k}$"#)
        report.define(#"\meanvec{k}"#, "mean image", #"the probabilities of all pixels in class $\classindex$"#)
        report.define(
            nil, "Bernoulli vector", "a vector of independent 0/1 variables, each with a probability of its own")
        single(in: &report)
        report.prose(
            #"""
            So one Bernoulli vector cannot say “where the first pixel is on, the second is on more often than elsewhere”. Real images are full of such
            sentences: that is what a stroke is. Now let there be two classes of images, with probabilities of their own, and let somebody pick a class first
            and then flip its coins. We see the image, and never the class. Let class 1 be the one above, with the weight $\weight{1} = \#(mixture.weights[0], .fixed(1))$, and let class 2 have the weight
            $\weight{2} = \#(mixture.weights[1], .fixed(1))$ and the probabilities $\meanvec{2} = \#(mixture.means[1], .fixed(1))$.
            """#)
        marginal(in: &report)
        report.predict(
            "Within each class the pixels are independent. Are they independent in the mixture, where the class is not seen?",
            answer: """
                No. A pixel that is on says something about the class, and the class says something about every other pixel. Two pixels
                have no covariance only if both classes treat one of them alike.
                """)
        mean(in: &report)
        try covariances(in: &report)
        report.figure(
            try figure(report),
            caption: #"""
                Left and middle: inside a class only the diagonal, the pixels' own variances. Right: the mixture. \#(signs) Nothing was
                added to the model for that but the hidden class.
                """#)
        report.exercise(
            #"""
            Two classes, both with weight 1/2, and two pixels. In class 1 both are on with probability 0.9, in class 2 both with probability 0.1. What is the
            covariance of the two pixels in the mixture, and what is their correlation?
            """#, answer: Self.exerciseAnswer)
    }

    private static var exerciseAnswer: Prose {
        let (high, low) = (0.9, 0.1)
        let covariance = 0.25 * (high - low) * (high - low)
        let mean = (high + low) / 2
        return #"""
            Each class deviates from the overall mean \#(mean, .significant(3)) by ±\#((high - low) / 2, .significant(3)) in both pixels, so the covariance is
            \#(covariance, .significant(3)). The variance of a pixel is \#(mean * (1 - mean), .significant(3)), as for any coin with that mean, and the correlation
            \#(covariance / (mean * (1 - mean)), .significant(3)).
            """#
    }

    // MARK: One class

    private func single(in report: inout Report) {
        let first = mixture.components[0]
        let own = PlainBernoullis(weights: [1], probabilities: [first.probabilities])
        let counted = PlainBernoullis.covariance(vectors, vectors.map(own.density))
        let format = NumberFormat.fixed(1)
        let variances = first.probabilities.map { p -> String in format.tex(p) + #" \cdot "# + format.tex(1 - p) }
        report.equation(
            "prml.9.46",
            formula: #"""
                \cov{k} = \text{cov}[\obsvec{n} \mid \meanvec{k}] = \text{diag} \left( \elementprob{k}{1} (1 - \elementprob{k}{1}), \ldots, \elementprob{k}{\dimension} (1 - \elementprob{k}{\dimension}) \right)
                """#,
            numbers: #"""
                \meanvec{1} = \#(first.probabilities, .fixed(1)): \quad \text{variances } \#(variances.joined(separator: #", \quad "#)), \quad
                \text{cov}[\obsvec{n} \mid \meanvec{1}] = \#(matrix: first.moments.covariance.lines, .fixed(2))
                """#,
            value: .matrix(first.moments.covariance.lines),
            again: .exact(
                .matrix(counted), "adding up all eight images, each with its probability as a plain product"),
            telling: .entry(0, 0, "variance of the first pixel"),
            note: #"""
                The variance of a coin, $\elementprob{k}{d} (1 - \elementprob{k}{d})$, is largest for a fair one, and 0 for one that always falls alike. The rest of the matrix is 0:
                independent pixels do not vary together.
                """#)
    }

    // MARK: The mixture

    /// p(x) from the probabilities that all pixels of a set are on, by inclusion and exclusion: the factors 1 - μ never occur.
    private func byInclusionAndExclusion(_ x: [Bool]) -> Double {
        var sum = 0.0
        for set in vectors where zip(x, set).allSatisfy({ !$0 || $1 }) {
            let extra = set.count { $0 } - x.count { $0 }
            for (weight, own) in zip(plain.weights, plain.probabilities) {
                let allOn = set.indices.filter { set[$0] }.reduce(weight) { $0 * own[$1] }
                sum += extra % 2 == 0 ? allOn : -allOn
            }
        }
        return sum
    }

    private func marginal(in report: inout Report) {
        let value = vectors.map(mixture.density)
        let shown = vectors.firstIndex(of: [true, true, false]) ?? 0
        let joint = mixture.logJoint(at: vectors[shown]).map { exp($0) }
        let format = NumberFormat.fixed(1)
        let spelled = zip(mixture.weights, mixture.means).map { weight, own -> String in
            let factors = zip(vectors[shown], own).map { isOn, p in format.tex(isOn ? p : 1 - p) }
            return ([format.tex(weight)] + factors).joined(separator: #" \cdot "#)
        }
        report.equation(
            "prml.9.47",
            formula: #"""
                p(\obsvec{n} \mid \params) = \sum_{\latentvec{n}} p(\latentvec{n} \mid \weights) \thinspace p(\obsvec{n} \mid \latentvec{n}, \params) = \sumclasses \weight{k} \thinspace p(\obsvec{n} \mid \meanvec{k})
                """#,
            numbers: #"""
                p(\text{\#(digits(vectors[shown]))}) = \#(spelled.joined(separator: " + ")) = \#(joint[0], .fixed(4)) + \#(joint[1], .fixed(4)) = \#(value[shown], .fixed(4))
                """#,
            value: .vector(value),
            again: .exact(
                .vector(vectors.map(byInclusionAndExclusion)),
                "inclusion and exclusion, from the probabilities that all pixels of a set are on"),
            telling: .entry(shown, "probability of \(digits(vectors[shown]))"),
            note: #"""
                The sum goes over all ways to pick one class. All eight images, in the order 000, 001, 010, …, 111, have the probabilities
                \#(value, .fixed(4)). They sum to 1.
                """#)
        report.check(
            "sum-of-all-images", value: .vector(value),
            again: .property(
                "the probabilities of all eight images sum to 1", by: "adding them up", the: "distance from 1",
                is: abs(value.reduce(-1, +))))
    }

    private func mean(in report: inout Report) {
        let value = mixture.moments.mean
        let means = mixture.means
        report.equation(
            "prml.9.49",
            formula: #"\mathbb{E}[\obsvec{n}] = \sumclasses \weight{k} \thinspace \meanvec{k}"#,
            numbers: #"""
                \#(mixture.weights[0], .fixed(1)) \#(column: means[0], .fixed(1)) + \#(mixture.weights[1], .fixed(1)) \#(column: means[1], .fixed(1))
                = \#(column: value, .fixed(2))
                """#,
            value: .vector(value),
            again: .exact(
                .vector(PlainBernoullis.moments(vectors, vectors.map(byInclusionAndExclusion)).mean),
                "adding up all eight images, each times its probability"),
            telling: .entry(0, "first pixel"),
            note: "The mean of the mixture is the average of the mean images, each with its weight: a blur of both.")
    }

    private func covariances(in report: inout Report) throws {
        let value = covariance
        let counted = PlainBernoullis.covariance(vectors, vectors.map(byInclusionAndExclusion))
        let (w, m) = (mixture.weights, mixture.means)
        let steps = [0, 1].map { m[0][$0] - m[1][$0] }
        let product = w[0] * w[1] * steps[0] * steps[1]
        let spelled = (w + steps).map { NumberFormat.fixed(1).string($0) }.joined(separator: " · ")
        report.equation(
            "prml.9.50",
            formula: #"""
                \text{cov}[\obsvec{n}] = \sumclasses \weight{k} \left( \cov{k} + \meanvec{k} \meanvec{k}^{\top} \right)
                - \mathbb{E}[\obsvec{n}] \thinspace \mathbb{E}[\obsvec{n}]^{\top}
                """#,
            numbers: #"\text{cov}[\obsvec{n}] = \#(matrix: value, .fixed(4))"#,
            value: .matrix(value),
            again: .exact(.matrix(counted), "adding up all eight images, each with its probability"),
            telling: .entry(0, 1, "covariance of the first two pixels"),
            note: #"""
                Here $\cov{k}$ is the diagonal matrix of [eq:prml.9.46]. The entries beside the diagonal are not 0. With two classes they have a short form: take the *difference* of the mean images in
                both pixels, and multiply the two by $\weight{1} \weight{2}$. For the first two pixels:
                \#(spelled) = \#(product, .fixed(4)).
                """#)
        let draws = 20_000
        let (plain, centre) = (plain, mixture.moments.mean)
        report.check(
            "covariance-by-drawing", value: .vector(value.flatMap { $0 }),
            again: .simulation(
                try Simulation.means(count: draws, seed: seed) { random in
                    let k = random.uniform() < plain.weights[0] ? 0 : 1
                    let deviations = zip(plain.probabilities[k], centre).map { p, mean -> Double in
                        (random.uniform() < p ? 1 : 0) - mean
                    }
                    return deviations.flatMap { one in deviations.map { other in one * other } }
                }, "drawing \(draws) images, the class first, and averaging products of deviations"))
        report.folded("Where the covariance of a mixture comes from") { inner in
            inner.prose(
                #"""
                Write $\mathbf{m} = \mathbb{E}[\obsvec{n}]$. Given its class, $\obsvec{n}$ has the second moments $\cov{k} + \meanvec{k} \meanvec{k}^{\top}$, and averaging over the class gives
                $\mathbb{E}[\obsvec{n} {\obsvec{n}}^{\top}]$. Take away $\mathbf{m} \mathbf{m}^{\top}$, and sort by what comes from inside the classes and what from between them:
                """#)
            inner.formula(
                #"""
                \text{cov}[\obsvec{n}] = \sumclasses \weight{k} \thinspace \cov{k} + \sumclasses \weight{k} (\meanvec{k} - \mathbf{m}) (\meanvec{k} - \mathbf{m})^{\top}
                """#)
            inner.prose(
                #"""
                The first sum is diagonal. The second has rank at most $\classcount - 1$, since the deviations from $\mathbf{m}$, with their weights, sum to 0. So with two classes the dependence of all pairs of pixels comes from one
                vector, and with more classes the model can say more.
                """#)
        }
    }

    private var signs: String {
        let c = covariance
        let pairs = [(0, 1), (0, 2), (1, 2)]
        let names = ["the first and second", "the first and third", "the second and third"]
        let together = zip(pairs, names).filter { c[$0.0.0][$0.0.1] > 0 }.map(\.1)
        let against = zip(pairs, names).filter { c[$0.0.0][$0.0.1] < 0 }.map(\.1)
        return
            "Pixels that tend to be on together: \(together.joined(separator: ", ")); one instead of the other: \(against.joined(separator: ", "))."
    }

    // MARK: Figure

    private func figure(_ report: Report) throws -> Figure {
        let matrices = mixture.components.map(\.moments.covariance.lines) + [covariance]
        let titles = ["inside class 1", "inside class 2", "the mixture"]
        let panels = zip(matrices, titles).map { matrix, title -> Panel in
            let labels = (0..<3).map { (value: 2.5 - Double($0), label: Label("pixel \($0 + 1)")) }
            return Panel(
                title: Label(title),
                x: Axis(
                    "pixel", range: 0...3, ticks: .labelled((0..<3).map { (Double($0) + 0.5, Label("\($0 + 1)")) }),
                    hasLine: false),
                y: Axis(range: 0...3, ticks: .labelled(labels)),
                layers: [
                    .image(
                        PixelImage(columns: 3, values: matrix.flatMap { $0 }), x: 0...3, y: 0...3,
                        scale: .diverging(from: .vermillion, to: .blue), range: -0.5...0.5)
                ]
                    + (0..<9).map { place in number(matrix[place / 3][place % 3], row: place / 3, column: place % 3) },
                legend: .none, aspect: .equal)
        }
        return Figure(
            id: "covariance", title: "A hidden class makes pixels depend on each other",
            subtitle: "Covariances of three pixels; blue: above 0, orange: below 0",
            alt: report.words(
                #"""
                Three 3 × 3 matrices of covariances. Inside both classes all entries beside the diagonal are 0. In the mixture they are
                \#(covariance[0][1], .fixed(3)), \#(covariance[0][2], .fixed(3)) and \#(covariance[1][2], .fixed(3)).
                """#),
            panels: panels, columns: 3, sharedY: true, size: Size(width: 820, height: 372))
    }

    private func number(_ value: Double, row: Int, column: Int) -> Layer {
        .annotation(
            Label(value == 0 ? "0" : NumberFormat.fixed(3).string(value)),
            at: Point(Double(column) + 0.5, 2.5 - Double(row)), anchor: .center)
    }
}

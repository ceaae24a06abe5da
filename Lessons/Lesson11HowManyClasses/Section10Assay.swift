import Datasets
import Files
import Foundation
import MixtureModels
import Notebook
import Verification

/// Section 10: the blood test of Reaven and Miller, where a diagnosis is known and not shown.
struct Assay {
    let study: Study
    private let labels: LabelColumn

    /// The starts are the same for every seed of the report, since the data are, and what others found.
    init(seed: UInt64 = 3) throws {
        let path = PackageFiles.path("Lessons/Data/diabetes.csv")
        let columns = ["glucose", "insulin", "sspg"]
        let rows = try NumericTable.read(path: path, columns: columns.map { .init($0) }).vectors
        labels = try LabelColumn.read(path: path, column: "class")
        study = try Study(
            rows, columns: columns, most: 5, starts: 16, trial: 20, shapes: [.VVI, .EEE, .VVV], seed: seed)
    }

    /// Hubert and Arabie's adjusted Rand index, from the table of counts.
    static func index(_ first: [Int], _ second: [Int]) -> Double {
        func pairs(_ keys: [[Int]]) -> Double {
            let counts: [[Int]: Double] = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
            return counts.values.reduce(0.0) { (sum: Double, count: Double) in sum + count * (count - 1) / 2 }
        }
        let both = pairs(zip(first, second).map { [$0, $1] })
        let (one, other) = (pairs(first.map { [$0] }), pairs(second.map { [$0] }))
        let expected = one * other / pairs(first.map { _ in [0] })
        let largest = (one + other) / 2
        return largest == expected ? 1 : (both - expected) / (largest - expected)
    }

    func explain(in report: inout Report) throws {
        guard let best = study.choice(.bic) else { return }
        report.section("A blood test: as many classes as diagnoses?")
        report.prose(
            #"""
            The \#(study.measured.count) people of [lesson:3] have three measurements each, and one of \#(labels.classes.count) diagnoses, which is not shown to the program. How many classes do the numbers show? Three shapes that leave the classes room, upright ellipses (VVI), one ellipse for all (EEE), any (VVV):
            """#)
        report.predict(
            "Doctors distinguish three diagnoses. How many classes will BIC find with one ellipse for all, and how many with any ellipses?",
            answer:
                #"\#(inWords(.EEE)) with one ellipse for all, \#(inWords(.VVV)) with any. The sick lie in long arms; classes that must all look alike need several of them to cover an arm."#
        )
        let indices = try (1...study.most).map { count in
            try study.candidate(best.shape, count).map { Self.index(labels.indices, try study.classes($0)) }
        }
        report.table(
            ["classes"] + study.shapes.map { Prose("BIC, \($0.rawValue)") } + [
                "ICL, \(best.shape.rawValue)", "cross-validation, \(best.shape.rawValue)",
                "agreement with the doctors, \(best.shape.rawValue)",
            ],
            rows: (1...study.most).map { count in
                let own = study.candidate(best.shape, count)
                return ["\(count)"]
                    + study.shapes.map { shape in
                        study.candidate(shape, count).map { "\($0.criteria.bic, .fixed(1))" } ?? "–"
                    }
                    + [
                        own.map { "\($0.criteria.icl, .fixed(1))" } ?? "–",
                        own?.crossValidated.map { "\(-2 * $0, .fixed(1))" } ?? "–",
                        indices[count - 1].map { "\($0, .fixed(3))" } ?? "–",
                    ]
            },
            caption: """
                Agreement is the adjusted Rand index ([lesson:7]). BIC chooses \(best.shape.rawValue) with \(best.classes) classes, \
                \(best.classes == labels.classes.count ? "as many as there are diagnoses" : "the doctors have \(labels.classes.count)").\
                \(study.all.count < study.most * study.shapes.count ? " A dash: no start gave a better fit than one class fewer, with rows enough in each class." : "")
                """)
        let direct = DirectLikelihood.logLikelihood(try study.inOwnUnits(best), study.measured)
        report.equation(
            "beyond.assay",
            formula: #"(\hat{\classcount}, \text{shape}) = \arg \min \text{BIC}"#,
            numbers: #"""
                \text{\#(best.shape.rawValue), \#(best.classes) classes:} \quad -2 \cdot (\#(best.criteria.logLikelihood, .fixed(2))) + \#(best.criteria.parameters) \nlog \#(study.measured.count) = \#(best.criteria.bic, .fixed(2))
                """#,
            value: .number(best.criteria.bic),
            again: .exact(
                .number(-2 * direct + Double(best.criteria.parameters) * log(Double(study.measured.count))),
                "the density formula in the columns' own units, and the price of \(best.criteria.parameters) parameters",
                relative: true),
            note: #"""
                The agreement of \#((indices[best.classes - 1] ?? 0), .fixed(3)) is far from 1. BIC says how many Gaussians the numbers support, and nothing about whether these are the doctors' groups. It was not asked.
                """#)
        if let candidate = study.candidate(.VVV, 3) {
            report.published([
                PublishedFigure(
                    id: "mclust", quantity: "mclust: BIC of VVV with 3 classes for the blood test, in its sign",
                    published: -4751.3, decimals: 1,
                    ours: -candidate.criteria.bic)
            ])
        }
    }

    /// The last number that was tried may not be the best of all.
    private func inWords(_ shape: GaussianShape) -> String {
        least(shape) == study.most ? "At least \(study.most), the most that were tried," : "\(least(shape))"
    }

    private func least(_ shape: GaussianShape) -> Int {
        study.all.filter { $0.shape == shape }.min { $0.criteria.bic < $1.criteria.bic }?.classes ?? 0
    }
}

import Foundation
import Verification

/// `results.json`: a report's numbers in full precision, for machines and graders.
///
/// Keys are sorted. Differences are rounded up to the bounds that the Markdown prints (see
/// ``NumberFormat/bound(_:)``), because the noise below them is not the same on every machine.
struct Results: Codable {
    let lesson: String
    let title: String
    let seed: UInt64
    let notation: String
    let equations: [Equation]
    /// Checks in the text that belong to no numbered equation.
    let checks: [FurtherCheck]
    let errata: [Erratum]
    let published: [Published]
    let fit: Fit?
    let figures: [FigureFile]

    struct Equation: Codable {
        let id: String
        let title: String
        let value: JSONValue
        /// Of several numbers, the one that the tables show.
        let telling: Telling?
        let check: CheckResult
    }

    struct Telling: Codable {
        let name: String
        let value: Double
    }

    struct FurtherCheck: Codable {
        let name: String
        let value: JSONValue
        let check: CheckResult
    }

    struct CheckResult: Codable {
        /// What sort of second route it was.
        let kind: SecondRoute.Kind
        /// Of a property, what has to be true.
        let claim: String?
        let how: String
        let value: JSONValue
        let difference: Double
        let tolerance: Double
        let passed: Bool
    }

    struct Erratum: Codable { let id, printed, corrected, shown: String }

    struct Published: Codable {
        let id: String
        let quantity: String
        let published: Double
        let decimals: Int
        let ours: Double
        let agrees: Bool
    }

    struct Fit: Codable {
        let model: String
        let weights: [Double]
        let parameters: [String: JSONValue]
        let logLikelihood: Double
        let iterations: Int
        let trace: [Double]
    }

    struct FigureFile: Codable { let file, alt: String }

    /// A number, a vector or a matrix, as plain JSON.
    struct JSONValue: Codable {
        let value: CheckedValue

        init(value: CheckedValue) { self.value = value }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = .number(number)
            } else if let vector = try? container.decode([Double].self) {
                value = .vector(vector)
            } else {
                value = .matrix(try container.decode([[Double]].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch value {
            case .number(let number): try container.encode(number)
            case .vector(let vector): try container.encode(vector)
            case .matrix(let matrix): try container.encode(matrix)
            }
        }
    }
}

extension Results {
    /// Collects a report's numbers; prose is written with its macros expanded.
    init(_ report: Report, figureFiles: [(file: String, alt: String)]) throws {
        func text(_ prose: Prose) throws -> String { try report.notation.expand(prose) }
        lesson = report.lesson
        title = report.title
        seed = report.seed
        notation = report.notation.id
        func result(_ check: Check) throws -> CheckResult {
            CheckResult(
                kind: check.kind, claim: try check.claim.map { try text(Prose($0)) }, how: try text(Prose(check.how)),
                value: JSONValue(value: check.value),
                difference: NumberFormat.bound(check.difference, within: check.tolerance, of: check.kind),
                tolerance: check.tolerance, passed: check.passed)
        }
        equations = try report.equations.map {
            Equation(
                id: $0.entry.id, title: $0.entry.title, value: JSONValue(value: $0.check.ours),
                telling: try CheckWords.telling($0).map { Telling(name: try text($0.name), value: $0.value) },
                check: try result($0.check))
        }
        checks = try report.furtherChecks.map {
            FurtherCheck(name: $0.name, value: JSONValue(value: $0.check.ours), check: try result($0.check))
        }
        errata = try report.errata.map {
            Erratum(
                id: $0.entry.id, printed: try text($0.printed), corrected: try text($0.corrected),
                shown: try text($0.shown))
        }
        published = try report.publishedFigures.map {
            Published(
                id: $0.id, quantity: try text($0.quantity), published: $0.published, decimals: $0.decimals,
                ours: $0.ours, agrees: $0.agrees)
        }
        fit = report.fit.map {
            Fit(
                model: $0.model, weights: $0.weights, parameters: $0.parameters.mapValues { JSONValue(value: $0) },
                logLikelihood: $0.logLikelihood, iterations: $0.iterations, trace: $0.trace)
        }
        figures = figureFiles.map { FigureFile(file: $0.file, alt: $0.alt) }
    }

    /// The file's bytes. JSON has no infinities: the logarithm of 0, and the difference of two values that cannot be
    /// compared, are written as the strings `"-Infinity"` and `"Infinity"`, which most languages read back as numbers.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// What ``json()`` wrote.
    init(json: Data) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        self = try decoder.decode(Results.self, from: json)
    }
}

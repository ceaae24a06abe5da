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
    let fit: FitSummary?
    /// Other runs that can be followed step by step; missing if there are none.
    let furtherFits: [FitSummary]?
    /// What makes the fit suspicious; empty, if nothing does. Missing in files of earlier versions.
    let warnings: [String]?
    let figures: [FigureFile]
    /// The report's files, this one included, by their paths in its folder: what the next run may replace or remove.
    let files: [String]

    struct Equation: Codable {
        let id: String
        let title: String
        let value: CheckedValue
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
        let value: CheckedValue
        let check: CheckResult
    }

    struct CheckResult: Codable {
        /// What sort of second route it was.
        let kind: SecondRoute.Kind
        /// Of a property, what has to be true.
        let claim: String?
        /// The route; where there was none, why.
        let how: String
        /// This and the rest is missing if the check could not be made.
        let value: CheckedValue?
        let difference: Double?
        let tolerance: Double?
        let passed: Bool?
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

    struct FigureFile: Codable { let file, alt: String }
}

extension Results {
    /// Collects a report's numbers; prose is written with its macros expanded and its references in words.
    init(_ report: Report, figureFiles: [(file: String, alt: String)], files: [String]) throws {
        let references = References(of: report, lessons: [])
        func text(_ prose: Prose) throws -> String { try references.inWords(report.notation.expand(prose)) }
        lesson = report.lesson
        title = report.title
        seed = report.seed
        notation = report.notation.id
        func result(_ check: Check) throws -> CheckResult {
            CheckResult(
                kind: check.kind, claim: try check.claim.map { try text(Prose($0)) }, how: try text(Prose(check.how)),
                value: check.wasMade ? check.value : nil,
                difference: check.wasMade
                    ? NumberFormat.bound(check.difference, within: check.tolerance, of: check.kind) : nil,
                tolerance: check.wasMade ? check.tolerance : nil, passed: check.wasMade ? check.passed : nil)
        }
        equations = try report.equations.map {
            Equation(
                id: $0.id, title: try Ledger.known($0.id).title, value: $0.check.ours,
                telling: try CheckWords.telling($0).map { Telling(name: try text($0.name), value: $0.value) },
                check: try result($0.check))
        }
        checks = try report.furtherChecks.map {
            FurtherCheck(name: $0.name, value: $0.check.ours, check: try result($0.check))
        }
        errata = try report.errata.map {
            Erratum(
                id: $0.id, printed: try text($0.printed), corrected: try text($0.corrected),
                shown: try text($0.shown))
        }
        published = try report.publishedFigures.map {
            Published(
                id: $0.id, quantity: try text($0.quantity), published: $0.published, decimals: $0.decimals,
                ours: $0.ours, agrees: $0.agrees)
        }
        fit = report.fit
        furtherFits = report.furtherFits.isEmpty ? nil : report.furtherFits
        warnings = try report.warnings.map(text)
        figures = figureFiles.map { FigureFile(file: $0.file, alt: $0.alt) }
        self.files = files
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

    /// The paths that ``json()`` listed as the report's files; none if it is no such file.
    static func files(ofJSON json: Data) -> [String] {
        struct List: Decodable { let files: [String] }
        return (try? JSONDecoder().decode(List.self, from: json))?.files ?? []
    }

    /// What ``json()`` wrote.
    init(json: Data) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        self = try decoder.decode(Results.self, from: json)
    }
}

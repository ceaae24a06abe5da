import Figures
import Verification

/// One piece of a report. A report is a list of cells, in the order in which they are read.
indirect enum Cell: Sendable {
    case section(title: String)
    case prose(Prose)
    case formula(TeX)
    case equation(EquationCell)
    case check(CheckCell)
    case code(CodeCell)
    case table(TableCell)
    case figure(FigureCell)
    case erratum(ErratumCell)
    case published([PublishedFigure])
    case exercise(question: Prose, answer: Prose)
    case prediction(question: Prose, answer: Prose)
    case definition(Definition)
    case box(title: Prose, [Cell])
    case folded(title: Prose, [Cell])
}

/// A numbered equation of a source with this lesson's numbers and an independent check.
struct EquationCell: Sendable {
    /// The ledger's id.
    let id: String
    /// The formula, in semantic macros.
    let formula: TeX
    /// The formula as its source prints it, where that is more than other letters for the same.
    let printed: TeX?
    /// The formula with the lesson's numbers put in, and the result.
    let numbers: TeX?
    /// The result, in full precision, as `results.json` gives it, and its comparison with a second route.
    let check: Check
    /// Which of several numbers stands in the closing table and in the index.
    let telling: TellingNumber?
    /// What a number in the closing table means, where the title does not say it.
    let note: Prose?
    /// What the check compares, and how, where its route needs more than a few words; it is folded with the check.
    let details: Prose?
}

/// A check of something that the text says and that is no numbered equation.
struct CheckCell: Sendable {
    /// A name, unique in the report: `em-monotone`.
    let name: String
    let check: Check
}

/// One number out of several, for places where there is room for one: the closing table and the index.
///
/// It is named by its place in the value, so it is one of the numbers that were checked.
public struct TellingNumber: Sendable {
    /// What the number is, in a few words: `$\weight{1}$`.
    let name: Prose
    private let place: @Sendable (CheckedValue) -> Double?

    /// An entry of a vector, counted from 0; of a matrix, counted row by row.
    public static func entry(_ index: Int, _ name: Prose) -> TellingNumber {
        TellingNumber(name: name) { value in
            value.entries.indices.contains(index) ? value.entries[index] : nil
        }
    }

    /// An entry of a matrix, row and column counted from 0.
    public static func entry(_ row: Int, _ column: Int, _ name: Prose) -> TellingNumber {
        TellingNumber(name: name) { value in
            guard case .matrix(let rows) = value, rows.indices.contains(row), rows[row].indices.contains(column)
            else { return nil }
            return rows[row][column]
        }
    }

    /// The last entry.
    public static func last(_ name: Prose) -> TellingNumber { TellingNumber(name: name) { $0.entries.last } }

    /// The number, or nil if the value has no such place.
    func number(in value: CheckedValue) -> Double? { place(value) }
}

/// Lines of the very source that ran.
struct CodeCell: Sendable {
    let file: String
    let lines: String
    let caption: Prose
}

/// A table. The header and the cells are prose.
struct TableCell: Sendable {
    let header: [Prose]
    let rows: [[Prose]]
    let caption: Prose?
}

/// A figure, and what stands under it.
struct FigureCell: Sendable {
    let figure: Figure
    /// What is seen, and what it shows.
    let caption: Prose
}

/// Something that a source prints wrongly or loosely.
struct ErratumCell: Sendable {
    /// The ledger's id.
    let id: String
    let printed: Prose
    let corrected: Prose
    let shown: Prose
}

/// A number from the literature beside ours.
public struct PublishedFigure: Sendable {
    /// The publication: `do-batzoglou-2008`, an id of the report's references.
    public let id: String
    /// What was published, in a few words.
    public let quantity: Prose
    /// The number as printed there.
    public let published: Double
    /// How many decimals are printed there.
    public let decimals: Int
    /// The lesson's own number.
    public let ours: Double
    /// Whether the number was printed by another program when this course was made, and published nowhere.
    public let isByAnotherProgram: Bool

    /// A published number with the number of its printed decimals, and ours.
    public init(
        id: String, quantity: Prose, published: Double, decimals: Int, ours: Double, isByAnotherProgram: Bool = false
    ) {
        self.id = id
        self.quantity = quantity
        self.published = published
        self.decimals = decimals
        self.ours = ours
        self.isByAnotherProgram = isByAnotherProgram
    }

    /// What a column with such numbers is called.
    static func heading(of figures: [PublishedFigure]) -> String {
        let programs = figures.count(where: \.isByAnotherProgram)
        if programs == 0 { return "published" }
        return programs == figures.count ? "by another program" : "published, or by another program"
    }

    /// The two numbers as a report prints them: the published one with its own decimals, ours with at least as many.
    var shown: (published: String, ours: String) {
        Self.shown(published: published, decimals: decimals, ours: ours)
    }

    /// Ours in six significant digits, or with as many decimals as were published, where those are more: -1034.0018 beside
    /// -1034 would compare nothing.
    static func shown(published: Double, decimals: Int, ours: Double) -> (published: String, ours: String) {
        let fixed = NumberFormat.fixed(decimals)
        let short = NumberFormat.significant(6).string(ours)
        let digits = short.split(separator: ".").dropFirst().first?.count ?? 0
        return (fixed.string(published), digits < decimals ? fixed.string(ours) : short)
    }

    /// Whether ours rounds to the published number: the two differ by no more than half a unit of the last printed
    /// decimal.
    public var agrees: Bool {
        var unit = 1.0
        for _ in 0..<max(0, decimals) { unit /= 10 }
        // Half a unit is exact in neither number: the slack is rounding of the subtraction.
        return abs(ours - published) <= unit / 2 + 1e-12
    }
}

/// The fit that a lesson ends with, for `results.json`.
public struct FitSummary: Codable, Sendable {
    /// The model in words: `mixture of 2 binomials, 10 flips`.
    public let model: String
    /// The mixing weights.
    public let weights: [Double]
    /// The components' parameters by name.
    public let parameters: [String: CheckedValue]
    /// ℓ at the end.
    public let logLikelihood: Double
    /// The number of M-steps.
    public let iterations: Int
    /// ℓ at every iterate, the start first.
    public let trace: [Double]
    /// Whether EM came to its end: the parameters, or ℓ, stand still. If not, the numbers may be far from the maximum.
    public let converged: Bool?
    /// Why the run ended.
    public let stoppedBy: String?
    /// What the run is called beside others of its lesson. This and the rest is missing where a run cannot be followed.
    public internal(set) var name: String?
    /// The observations, unless there are very many.
    public internal(set) var data: FitData?
    /// What the run keeps as it is at the start.
    public internal(set) var held: FitHeld?
    /// Every iterate with its parameters, the start first: the first ``mostSteps`` or fewer, plain steps of EM only.
    public internal(set) var path: [FitStep]?
    /// Why the step after the last one could not be taken; missing if the run ended by a rule.
    public internal(set) var failure: String?

    /// A fit, ready to be written.
    public init(
        model: String, weights: [Double], parameters: [String: CheckedValue], logLikelihood: Double, iterations: Int,
        trace: [Double], converged: Bool? = nil, stoppedBy: String? = nil
    ) {
        self.model = model
        self.weights = weights
        self.parameters = parameters
        self.logLikelihood = logLikelihood
        self.iterations = iterations
        self.trace = trace
        self.converged = converged
        self.stoppedBy = stoppedBy
    }
}

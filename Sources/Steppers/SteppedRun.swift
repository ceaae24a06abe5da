import Foundation
import Notebook
import Verification

/// One run as the page reads it: what `em.js` calls data and parameters.
struct SteppedRun: Encodable {
    let name: String
    let see: String
    let picture: String
    let data: PageData
    let path: [Parameters]
    /// ℓ of each iterate.
    let logLikelihoods: [Double]
    /// `rest` if nothing moves any more at the end; `stopped` if something does; else why the next step could not be taken.
    let ending: String
    /// How many steps the page takes itself, from a start of the reader's.
    let most: Int

    struct PageData: Encodable {
        let family: String
        let columns: [String]
        let rows: [[Double]]?
        /// Rows of zeros and ones, four in a hexadecimal digit, the first in its highest bit.
        let bits: [String]?
        let counts: [Double]?
        let held: FitHeld
    }
    struct Parameters: Encodable {
        let weights: [Double]
        let components: [Component]
    }
    struct Component: Encodable {
        var mean: [Double]?
        var covariance: [[Double]]?
        var heads: Double?
        var probabilities: [Double]?
    }

    /// More iterates than this are not shown: half-steps would be too narrow on the slider, and nothing is seen to move.
    static let mostSteps = 100
    /// Data with more numbers than this, times classes, are large: what is dragged shall follow the finger.
    private static let largeSize = 20_000
    private static let mostStepsOfLarge = 40
    /// The page has so many colours and signs.
    private static let mostClasses = 8

    /// - Throws: ``StepperError`` if the run cannot be followed on a page.
    init(_ fit: FitSummary, _ stepper: Stepper, file: String) throws {
        func refused(_ reason: String) -> StepperError {
            StepperError(file: file, reason: "“\(fit.name ?? fit.model)” cannot be stepped through: \(reason)")
        }
        guard let path = fit.path, let data = fit.data, let first = path.first, let row = data.rows.first else {
            throw refused(
                fit.path == nil
                    ? "its iterates are not in the file; run the lesson again"
                    : "it has more than \(FitSummary.mostRows) rows")
        }
        guard first.weights.count <= Self.mostClasses else {
            throw refused("it has more than \(Self.mostClasses) classes")
        }
        let family = Self.family(of: first)
        if family == "coins" {
            guard data.rows.allSatisfy({ $0.count == 2 && $0[1] == row[1] }) else {
                throw refused("its sets have different numbers of flips")
            }
        } else if row.count < 2 {
            throw refused("it has one column, and the picture needs two")
        }
        name = fit.name ?? fit.model
        see = stepper.see(fit)
        picture = stepper.picture(fit).rawValue
        let table = family == "coins" ? Self.counted(data) : (rows: data.rows, counts: data.counts)
        self.data = PageData(
            family: family, columns: data.columns, rows: data.isBinary ? nil : table.rows,
            bits: data.isBinary ? data.rows.map(Self.bits) : nil, counts: table.counts, held: fit.held ?? FitHeld())
        let shown = path.prefix(Self.mostSteps + 1)
        self.path = shown.map(Parameters.init)
        logLikelihoods = shown.map(\.logLikelihood)
        let isWhole = shown.count == fit.iterations + 1
        ending = !isWhole ? "stopped" : fit.failure ?? (fit.converged ?? true ? "rest" : "stopped")
        let size = data.rows.count * row.count * first.weights.count
        most = size > Self.largeSize ? Self.mostStepsOfLarge : Self.mostSteps
    }
}

extension SteppedRun {
    /// What `em.js` calls the distribution.
    private static func family(of step: FitStep) -> String {
        let names = [("headProbabilities", "coins"), ("centres", "kmeans"), ("probabilities", "bernoullis")]
        return names.first { step.parameters[$0.0] != nil }?.1 ?? "gaussians"
    }

    /// Zeros and ones as hexadecimal digits.
    private static func bits(_ row: [Double]) -> String {
        stride(from: 0, to: row.count, by: 4).map { start in
            let digit = (0..<4).reduce(0) { value, place in
                2 * value + (start + place < row.count && row[start + place] != 0 ? 1 : 0)
            }
            return String(digit, radix: 16)
        }.joined()
    }

    /// Equal sets of flips counted once, so that each number of heads has one bar.
    private static func counted(_ data: FitData) -> (rows: [[Double]], counts: [Double]?) {
        var occurrences: [[Double]: Double] = [:]
        for (n, row) in data.rows.enumerated() { occurrences[row, default: 0] += data.counts?[n] ?? 1 }
        let rows = occurrences.keys.sorted { $0[0] < $1[0] }
        return (rows, rows.map { occurrences[$0] ?? 0 })
    }
}

extension SteppedRun.Parameters {
    init(_ step: FitStep) {
        weights = step.weights
        let means = (step.parameters["means"] ?? step.parameters["centres"])?.rows ?? []
        let covariances = step.parameters["covariances"]?.rows ?? []
        let heads = step.parameters["headProbabilities"]?.entries ?? []
        let probabilities = step.parameters["probabilities"]?.rows ?? []
        components = weights.indices.map { k in
            var component = SteppedRun.Component()
            if heads.indices.contains(k) { component.heads = heads[k] }
            if means.indices.contains(k) { component.mean = means[k] }
            // Twelve digits: more than the page's own EM is held to. Not twelve decimals: the logarithm of a 0 has no bound.
            if probabilities.indices.contains(k) {
                component.probabilities = probabilities[k].map { Double(String(format: "%.12g", $0)) ?? $0 }
            }
            if covariances.indices.contains(k), let size = component.mean?.count {
                component.covariance = stride(from: 0, to: size * size, by: size).map {
                    Array(covariances[k][$0..<min($0 + size, covariances[k].count)])
                }
            }
            return component
        }
    }
}

extension CheckedValue {
    /// The rows of a matrix; a vector is one row.
    fileprivate var rows: [[Double]] { if case .matrix(let rows) = self { rows } else { [entries] } }
}

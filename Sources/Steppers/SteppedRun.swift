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
    /// `rest` if nothing moves any more at the end; `stopped` if something does.
    let ending: String
    /// How many steps the page takes itself, from a start of the reader's.
    let most: Int

    struct PageData: Encodable {
        let family: String
        let columns: [String]
        let rows: [[Double]]
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
    }

    /// More iterates than this are not shown: half-steps would be too narrow on the slider, and nothing is seen to move.
    static let mostSteps = 100
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
        let family =
            first.parameters["headProbabilities"] != nil
            ? "coins"
            : first.parameters["centres"] != nil ? "kmeans" : "gaussians"
        if family == "coins" {
            guard data.rows.allSatisfy({ $0.count == 2 && $0[1] == row[1] }) else {
                throw refused("its sets have different numbers of flips")
            }
        } else if row.count < 2 {
            throw refused("it has one column, and the picture needs two")
        }
        name = fit.name ?? fit.model
        see = stepper.see(fit)
        picture = stepper.picture.rawValue
        let table = family == "coins" ? Self.counted(data) : (rows: data.rows, counts: data.counts)
        self.data = PageData(
            family: family, columns: data.columns, rows: table.rows, counts: table.counts, held: fit.held ?? FitHeld())
        let shown = path.prefix(Self.mostSteps + 1)
        self.path = shown.map(Parameters.init)
        logLikelihoods = shown.map(\.logLikelihood)
        let isWhole = shown.count == fit.iterations + 1
        ending = isWhole && (fit.converged ?? true) ? "rest" : "stopped"
        most = Self.mostSteps
    }
}

extension SteppedRun {
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
        components = weights.indices.map { k in
            var component = SteppedRun.Component()
            if heads.indices.contains(k) { component.heads = heads[k] }
            if means.indices.contains(k) { component.mean = means[k] }
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

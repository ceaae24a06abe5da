import Foundation
import MixtureModels

/// A start for EM as a JSON file has it: `{"means": [[2, 55], [4, 80]]}`, and if wanted weights and covariances.
package struct StartFile: Decodable {
    private let weights: [Double]?
    private let means: [[Double]]
    private let covariances: [[[Double]]]?
    private var path = ""

    private enum CodingKeys: CodingKey {
        case weights, means, covariances
    }

    /// Reads a file.
    ///
    /// - Throws: `LessonError`, which names the file and what is wrong with it.
    package static func read(_ path: String) throws -> StartFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LessonError.file(path, "the file with the start cannot be read")
        }
        return try parse(data, path: path)
    }

    /// Reads the bytes of a file.
    ///
    /// - Throws: `LessonError`, which names the file and what is wrong with it.
    package static func parse(_ data: Data, path: String) throws -> StartFile {
        do {
            var start = try JSONDecoder().decode(StartFile.self, from: data)
            start.path = path
            return start
        } catch DecodingError.keyNotFound(let key, _) {
            throw LessonError.file(path, "“\(key.stringValue)” is missing; \(form)")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            let place = context.codingPath.map { $0.intValue.map { "entry \($0 + 1)" } ?? "“\($0.stringValue)”" }
            throw LessonError.file(
                path, "\(place.isEmpty ? "the file" : place.joined(separator: ", ")) is not what is due; \(form)")
        } catch {
            throw LessonError.file(path, "it is not valid JSON; \(form)")
        }
    }

    private static let form = #"""
        the form is {"means": [[2, 55], [4, 80]]}, with "weights": [0.4, 0.6] and "covariances": [[[1, 0], [0, 9]], …] \#
        if wanted
        """#

    /// The start as a mixture. Weights that are missing are equal; covariances that are missing are those of all the data.
    ///
    /// - Throws: `LessonError` if numbers do not fit each other, `--components`, the data or `--covariance`.
    package func mixture(
        components count: Int?, dimension: Int, shape: CovarianceShape, pooled: Matrix
    ) throws -> Mixture<MultivariateNormal> {
        func require(_ holds: Bool, _ rule: String) throws {
            if !holds { throw LessonError.file(path, "the start: \(rule)") }
        }
        try require(!means.isEmpty, "there are no means")
        try require(count == nil || count == means.count, "\(means.count) means for \(count ?? 0) components")
        for (k, mean) in means.enumerated() {
            try require(
                mean.count == dimension, "mean \(k + 1) has \(mean.count) numbers, but there are \(dimension) columns")
        }
        let covariances: [Matrix] =
            try self.covariances.map { all in
                try require(all.count == means.count, "\(all.count) covariances for \(means.count) means")
                return try all.enumerated().map { k, rows in
                    try require(
                        rows.count == dimension && rows.allSatisfy { $0.count == dimension },
                        "covariance \(k + 1) is not a \(dimension) × \(dimension) matrix")
                    return Matrix(rows)
                }
            } ?? means.map { _ in pooled.projected(to: shape) }
        for (k, covariance) in covariances.enumerated() {
            try require(
                covariance == covariance.projected(to: shape), "covariance \(k + 1) is not \(shape.rawValue)")
        }
        if shape == .tied {
            try require(covariances.allSatisfy { $0 == covariances[0] }, "tied covariances must be equal")
        }
        do {
            return try Mixture(
                weights: weights ?? means.map { _ in 1 / Double(means.count) },
                components: zip(means, covariances).map { try MultivariateNormal(mean: $0, covariance: $1) })
        } catch let error as MixtureError {
            throw LessonError.file(path, "the start: \(error)")
        }
    }
}

extension Matrix {
    /// The nearest matrix that a component of this shape may have.
    fileprivate func projected(to shape: CovarianceShape) -> Matrix {
        switch shape {
        case .full, .tied: self
        case .diagonal: Matrix(diagonal: diagonal)
        // The mean of equal numbers need not be the number itself: 0.1 + 0.1 + 0.1 is more than 0.3.
        case .spherical where diagonal.allSatisfy { $0 == diagonal[0] }: Matrix(diagonal: diagonal)
        case .spherical: Matrix(diagonal: diagonal.map { _ in diagonal.reduce(0, +) / Double(rows) })
        }
    }
}

import ExerciseProtocol
import Grading
import MixtureModels

/// A number of classes and a number of coordinates.
struct Size {
    let k: Int
    let d: Int

    /// Sizes in which no two ways of counting agree.
    static func all(_ student: Student, _ stream: Int) -> [Size] {
        var random = student.fresh(stream)
        return [(3, 2), (5, 3), (2, 7), (40, 12)].map { k, d in
            Size(k: k + random.integer(below: 3), d: d + random.integer(below: 3))
        }
    }

    /// The numbers in a symmetric matrix, added up row by row.
    var matrix: Int { (1...d).reduce(0, +) }

    /// The free parameters of a mixture of Gaussians with covariances of this shape.
    func count(_ shape: String) -> Int {
        let covariances =
            switch shape {
            case "full": k * matrix
            case "diagonal": k * d
            case "spherical": k
            default: matrix
            }
        return k - 1 + k * d + covariances
    }
}

/// A slip that goes through the counts of all shapes. It costs the check of the full shape, and is then taken as given.
enum Slip: CaseIterable {
    case allWeights, noWeights, noMeans, squareMatrices

    var words: String {
        switch self {
        case .allWeights: "all K weights are counted; one of them is what the others leave"
        case .noWeights: "the weights are missing"
        case .noMeans: "K times D numbers are missing: the means, or the variances on the diagonals"
        case .squareMatrices: "a covariance is counted as D² numbers; it is symmetric"
        }
    }

    /// What somebody who makes it counts.
    func count(_ size: Size, _ shape: String) -> Int {
        let right = size.count(shape)
        let half = size.d * size.d - size.matrix
        switch self {
        case .allWeights: return right + 1
        case .noWeights: return right - size.k + 1
        case .noMeans: return right - size.k * size.d
        case .squareMatrices: return right + (shape == "full" ? size.k * half : shape == "tied" ? half : 0)
        }
    }

    /// The one that explains the student's counts for the full shape, if there is any.
    static func found(in student: Student) async throws -> Slip? {
        let sizes = Size.all(student, 0)
        let got = try await student.calls("parameterCount", sizes.map { [$0.k, $0.d, "full"] as [any Exchangeable] })
            .map { try $0.as(Int.self) }
        return allCases.first { slip in got == sizes.map { slip.count($0, "full") } }
    }
}

/// A matrix of doubles, stored row by row. Vectors are plain `[Double]`.
public struct Matrix: Sendable, Equatable, ExpressibleByArrayLiteral {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// The elements, row by row: element (i, j) is at index i · columns + j.
    public private(set) var values: [Double]

    /// The matrix with the given elements, row by row.
    public init(rows: Int, columns: Int, values: [Double]) {
        precondition(values.count == rows * columns, "a matrix needs rows · columns elements")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// The matrix with one value everywhere.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.init(rows: rows, columns: columns, values: Array(repeating: value, count: rows * columns))
    }

    /// The matrix with the given rows, all of one length.
    public init(_ rows: [[Double]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, values: Array(rows.joined()))
    }

    /// `let covariance: Matrix = [[2, 1], [1, 3]]`
    public init(arrayLiteral rows: [Double]...) {
        self.init(rows)
    }

    /// The square matrix with these values on its diagonal, and 0 elsewhere.
    public init(diagonal: [Double]) {
        self.init(rows: diagonal.count, columns: diagonal.count)
        for (index, value) in diagonal.enumerated() { self[index, index] = value }
    }

    /// The identity of the given size.
    public static func identity(_ size: Int) -> Matrix {
        Matrix(diagonal: Array(repeating: 1, count: size))
    }

    /// The element in row i and column j, both counted from 0.
    public subscript(i: Int, j: Int) -> Double {
        get {
            precondition(j >= 0 && j < columns, "no such column")
            return values[i * columns + j]
        }
        set {
            precondition(j >= 0 && j < columns, "no such column")
            values[i * columns + j] = newValue
        }
    }

    /// Row i, counted from 0, where it lies: nothing is copied.
    subscript(i: Int) -> ArraySlice<Double> { values[i * columns..<(i + 1) * columns] }

    /// Row i, counted from 0.
    public func row(_ i: Int) -> [Double] {
        Array(values[i * columns..<(i + 1) * columns])
    }

    /// Column j, counted from 0.
    public func column(_ j: Int) -> [Double] {
        (0..<rows).map { self[$0, j] }
    }

    /// The elements with equal row and column.
    public var diagonal: [Double] {
        (0..<min(rows, columns)).map { self[$0, $0] }
    }

    /// Whether the matrix is square and equals its transpose, exactly.
    public var isSymmetric: Bool {
        rows == columns && (0..<rows).allSatisfy { i in (0..<i).allSatisfy { j in self[i, j] == self[j, i] } }
    }

    /// Adds scale · v vᵀ, the outer product of a vector with itself.
    public mutating func addOuterProduct(of vector: [Double], scaledBy scale: Double) {
        precondition(rows == vector.count && columns == vector.count, "the vector must fit the matrix")
        guard scale != 0 else { return }  // 0 · ∞ is no part of any sum here
        for i in 0..<rows {
            for j in 0..<columns {
                // The product of the two components first: so the sum stays exactly symmetric.
                values[i * columns + j] += scale * (vector[i] * vector[j])
            }
        }
    }

    /// The sum, element by element, of two matrices of one shape.
    public static func + (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.rows == right.rows && left.columns == right.columns, "the matrices must have one shape")
        return Matrix(rows: left.rows, columns: left.columns, values: zip(left.values, right.values).map(+))
    }

    /// The matrix with every element multiplied by the factor.
    public static func * (factor: Double, matrix: Matrix) -> Matrix {
        Matrix(rows: matrix.rows, columns: matrix.columns, values: matrix.values.map { factor * $0 })
    }
}

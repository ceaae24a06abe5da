/// A number, a vector or a matrix: what an equation of the course comes to, and what its second route gives.
public enum CheckedValue: Sendable, Equatable {
    /// One number.
    case number(Double)
    /// A vector, in the order of the quantity's index.
    case vector([Double])
    /// A matrix, row by row. Rows may have different lengths; two matrices are comparable if all row lengths agree.
    case matrix([[Double]])

    /// One number.
    public init(_ number: Double) { self = .number(number) }

    /// A vector.
    public init(_ vector: [Double]) { self = .vector(vector) }

    /// A matrix, row by row.
    public init(_ matrix: [[Double]]) { self = .matrix(matrix) }

    /// All entries, row by row.
    public var entries: [Double] {
        switch self {
        case .number(let number): [number]
        case .vector(let vector): vector
        case .matrix(let rows): rows.flatMap { $0 }
        }
    }

    /// "one number", "a vector of 3", "a matrix with rows of 2, 2": for messages, and to tell whether two values can be
    /// compared entry by entry.
    package var shape: String {
        switch self {
        case .number: "one number"
        case .vector(let vector): "a vector of \(vector.count)"
        case .matrix(let rows):
            rows.isEmpty
                ? "an empty matrix" : "a matrix with rows of \(rows.map { "\($0.count)" }.joined(separator: ", "))"
        }
    }
}

extension CheckedValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// `let value: CheckedValue = 0.3` is one number.
    public init(floatLiteral value: Double) { self = .number(value) }

    /// `let value: CheckedValue = 3` is one number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }

    /// `let value: CheckedValue = [0.3, 0.7]` is a vector.
    public init(arrayLiteral elements: Double...) { self = .vector(elements) }
}

/// A number, a vector or a matrix, as plain JSON.
extension CheckedValue: Codable {
    /// Reads a number, a list of numbers, or a list of such lists.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let vector = try? container.decode([Double].self) {
            self = .vector(vector)
        } else {
            self = .matrix(try container.decode([[Double]].self))
        }
    }

    /// Writes what ``init(from:)`` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .vector(let vector): try container.encode(vector)
        case .matrix(let matrix): try container.encode(matrix)
        }
    }
}

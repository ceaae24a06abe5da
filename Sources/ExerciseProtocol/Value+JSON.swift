import Foundation

/// In JSON a record is an object, and the numbers that JSON lacks are spelled `{"number": "nan"}`: a record has no such part.
extension Value: Codable {
    /// Reads any JSON.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let x = try? container.decode(Bool.self) {
            self = .boolean(x)
        } else if let x = try? container.decode(Double.self) {
            self = .number(x)
        } else if let x = try? container.decode(String.self) {
            self = .text(x)
        } else if let x = try? container.decode([Value].self) {
            self = .list(x)
        } else {
            let parts = try container.decode([String: Value].self)
            if parts.count == 1, case .text(let word)? = parts["number"], let x = Double(word) {
                self = .number(x)
            } else {
                self = .record(parts)
            }
        }
    }

    /// Writes JSON; numbers that are not finite as an object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let x) where !x.isFinite: try container.encode(["number": x.description])
        case .number(let x): try container.encode(x)
        case .boolean(let x): try container.encode(x)
        case .text(let x): try container.encode(x)
        case .list(let items): try container.encode(items)
        case .record(let parts): try container.encode(parts)
        }
    }
}

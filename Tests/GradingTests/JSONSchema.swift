import Foundation

/// Any JSON value, with true and 1 kept apart.
enum JSONValue: Decodable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(_ text: String) throws { self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let x = try? container.decode(Bool.self) {
            self = .boolean(x)
        } else if let x = try? container.decode(Double.self) {
            self = .number(x)
        } else if let x = try? container.decode(String.self) {
            self = .text(x)
        } else if let x = try? container.decode([JSONValue].self) {
            self = .list(x)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var list: [JSONValue] { if case .list(let items) = self { items } else { [] } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let x) = self { x } else { nil } }
}

/// A JSON schema, of which the words below are understood, and any other is an error rather than ignored.
struct JSONSchema {
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    let rules: [String: JSONValue]

    init(_ value: JSONValue) throws {
        guard case .object(let rules) = value else { throw Mistake(description: "a schema is an object") }
        self.rules = rules
    }

    /// What is wrong with a value; empty if nothing is.
    func violations(_ value: JSONValue, at place: String = "$") throws -> [String] {
        try rules.sorted { $0.key < $1.key }.flatMap {
            try violations(value, keyword: $0.key, rule: $0.value, at: place)
        }
    }

    private func violations(_ value: JSONValue, keyword: String, rule: JSONValue, at place: String) throws -> [String] {
        func unless(_ holds: Bool) -> [String] { holds ? [] : ["\(place): \(keyword)"] }
        switch (keyword, value) {
        case ("$schema", _), ("title", _), ("description", _): return []
        case ("type", _): return unless(try Self.isOfType(value, named: rule.text ?? ""))
        case ("const", _): return unless(value == rule)
        case ("enum", _): return unless(rule.list.contains(value))
        case ("minimum", .number(let x)): return unless(x >= rule.number ?? .nan)
        case ("maximum", .number(let x)): return unless(x <= rule.number ?? .nan)
        case ("minLength", .text(let text)): return unless(Double(text.unicodeScalars.count) >= rule.number ?? .nan)
        case ("minItems", .list(let items)): return unless(Double(items.count) >= rule.number ?? .nan)
        case ("items", .list(let items)):
            let schema = try JSONSchema(rule)
            return try items.enumerated().flatMap { try schema.violations($0.element, at: "\(place)[\($0.offset)]") }
        case ("required", .object(let members)): return unless(rule.list.allSatisfy { members[$0.text ?? ""] != nil })
        case ("properties", .object(let members)):
            return try members.sorted { $0.key < $1.key }.flatMap { name, member in
                try rule[name].map { try JSONSchema($0).violations(member, at: "\(place).\(name)") } ?? []
            }
        case ("additionalProperties", .object(let members)):
            guard rule == .boolean(false) else { throw Mistake(description: "additionalProperties other than false") }
            return unless(members.keys.allSatisfy { rules["properties"]?[$0] != nil })
        case ("minimum", _), ("maximum", _), ("minLength", _), ("minItems", _), ("items", _), ("required", _),
            ("properties", _), ("additionalProperties", _):
            return []  // These say something of one kind of value only; `type` says which kind it must be.
        default: throw Mistake(description: "unknown keyword \(keyword) at \(place)")
        }
    }

    private static func isOfType(_ value: JSONValue, named type: String) throws -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .list), ("string", .text), ("boolean", .boolean), ("number", .number),
            ("null", .null):
            true
        case ("integer", .number(let x)): x == x.rounded()
        case ("object", _), ("array", _), ("string", _), ("boolean", _), ("number", _), ("integer", _), ("null", _):
            false
        default: throw Mistake(description: "unknown type \(type)")
        }
    }
}

/// The observations of a run, for `results.json`.
public struct FitData: Sendable {
    /// The names of the columns.
    public let columns: [String]
    /// The observations, N × D. Of head counts, the numbers of heads and of flips; of images, 0 and 1.
    public let rows: [[Double]]
    /// How often each row occurs; nil if once.
    public let counts: [Double]?
    /// Whether the rows are zeros and ones, which are written as words: a row of 64 numbers would take 64 lines.
    public let isBinary: Bool

    /// Observations, ready to be written.
    public init(columns: [String], rows: [[Double]], counts: [Double]? = nil) {
        (self.columns, self.rows, self.counts, isBinary) = (columns, rows, counts, false)
    }

    /// Rows of zeros and ones.
    public init(columns: [String], patterns: [[Bool]]) {
        self.columns = columns
        rows = patterns.map { $0.map { $0 ? 1 : 0 } }
        counts = nil
        isBinary = true
    }
}

extension FitData: Codable {
    private enum Key: String, CodingKey {
        case columns, rows, counts
        /// Rows of zeros and ones, each as a word such as `0110`.
        case patterns
    }

    /// What ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let columns = try values.decode([String].self, forKey: .columns)
        guard let words = try values.decodeIfPresent([String].self, forKey: .patterns) else {
            self.init(
                columns: columns, rows: try values.decode([[Double]].self, forKey: .rows),
                counts: try values.decodeIfPresent([Double].self, forKey: .counts))
            return
        }
        guard words.allSatisfy({ $0.utf8.count == columns.count && $0.allSatisfy("01".contains) }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .patterns, in: values, debugDescription: "a pattern is a 0 or a 1 for each column")
        }
        self.init(columns: columns, patterns: words.map { $0.map { $0 == "1" } })
    }

    /// Writes rows of numbers, or words of zeros and ones.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(columns, forKey: .columns)
        if isBinary {
            try values.encode(patterns, forKey: .patterns)
        } else {
            try values.encode(rows, forKey: .rows)
            try values.encodeIfPresent(counts, forKey: .counts)
        }
    }

    /// The rows as words of zeros and ones.
    private var patterns: [String] { rows.map { String($0.map { $0 == 0 ? "0" : "1" }) } }
}

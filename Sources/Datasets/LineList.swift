/// Lines of a file that have something in common: how many they are, and the first of them.
public struct LineList: Sendable, Equatable {
    /// How many lines there are.
    public private(set) var count = 0
    /// The first of them, at most ``kept``.
    public private(set) var first: [Int] = []

    /// How many lines are kept by number.
    public static let kept = 100

    /// None yet.
    init() {}

    /// The line that was added last.
    private var last: Int?

    /// Adds a line; one that was added just before counts once.
    mutating func append(_ line: Int) {
        guard line != last else { return }
        last = line
        count += 1
        if first.count < Self.kept { first.append(line) }
    }

    /// Adds lines that follow those here.
    mutating func append(contentsOf others: LineList) {
        count += others.count
        first = Array((first + others.first).prefix(Self.kept))
    }

    /// The lines in words: "line 7", "lines 7, 9 and 12", "lines 7, 8, 9, 10, 11, 12 and 29 more".
    public var words: String {
        if count == 1, let only = first.first { return "line \(only)" }
        let shown = first.prefix(count > 8 ? 6 : 8).map(String.init)
        let rest = count - shown.count
        let last = rest > 0 ? "\(rest) more" : shown.last ?? ""
        return "lines \(shown.dropLast(rest > 0 ? 0 : 1).joined(separator: ", ")) and \(last)"
    }
}

extension LineList {
    /// The others, when one of the lines turns out to be something else.
    func without(_ line: Int) -> LineList {
        guard first.contains(line) else { return self }
        var others = self
        others.first.removeAll { $0 == line }
        others.count -= 1
        return others
    }
}

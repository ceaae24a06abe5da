/// What a day costs: "10% per day, at most 50%", or "10% per day, nothing after 5 days".
public struct LateRule: Sendable, Equatable {
    /// The part of the points that a day costs, in percent.
    public var perDay = 0.0
    /// The part that is lost at most, in percent.
    public var most = 100.0
    /// After so many days nothing is left; nil if that never happens.
    public var lastDay: Int?

    /// Nothing is ever lost.
    public init() {}

    /// Reads a rule; nil if it is none.
    public init?(_ text: String) {
        var clauses = text.lowercased().split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
        guard !clauses.isEmpty,
            let first = clauses.removeFirst().wholeMatch(of: /(\d+(?:\.\d+)?) ?% (?:per|a) day/),
            let perDay = Double(first.1), perDay <= 100
        else { return nil }
        self.perDay = perDay
        for clause in clauses {
            if let match = clause.wholeMatch(of: /at most (\d+(?:\.\d+)?) ?%/), let most = Double(match.1),
                most <= 100
            {
                self.most = most
            } else if let match = clause.wholeMatch(of: /nothing after (\d+) days?/), let day = Int(match.1) {
                lastDay = day
            } else {
                return nil
            }
        }
    }

    /// What remains of some points, rounded to whole points, halves up.
    public func points(_ points: Int, after days: Int) -> Int {
        if let lastDay, days > lastDay { return 0 }
        let lost = min(most, perDay * Double(days))
        return Int((Double(points) * (100 - lost) / 100).rounded(.toNearestOrAwayFromZero))
    }
}

/// Who handed in late.
public struct Lateness: Sendable, Equatable {
    private let rule: LateRule
    private let late: [String: Int]
    /// Whether there is anything to reckon with.
    public let isUsed: Bool

    /// Nobody was late.
    public init() { (rule, late, isUsed) = (LateRule(), [:], false) }

    /// - Parameters:
    ///   - rule: what a day costs.
    ///   - days: days after the deadline, by the submission's name; a day that has begun counts.
    ///   - extensions: days that somebody was granted.
    public init(rule: LateRule, days: [String: Double], extensions: [String: Double] = [:]) {
        self.rule = rule
        late = days.reduce(into: [:]) { $0[$1.key] = Int(max(0, $1.value - (extensions[$1.key] ?? 0)).rounded(.up)) }
        isUsed = true
    }

    /// The names for which something was said.
    public var names: [String] { late.keys.sorted() }

    /// How many days after the deadline, or the end of the extension, a submission came.
    public func days(of name: String) -> Int { late[name] ?? 0 }

    /// The points that remain.
    public func points(of submission: GradedSubmission) -> Int {
        rule.points(submission.score, after: days(of: submission.name))
    }
}

/// What a class got right and wrong: what an instructor wants to know before the next lecture.
public struct GradingStatistics: Sendable {
    /// How an exercise went.
    public struct Item: Sendable {
        /// The exercise's number.
        public let number: Int
        /// What it is about.
        public let title: String
        /// What could be had.
        public let points: Int
        /// How many have begun it: something else than “not attempted” or “not handed in” came of one of its checks.
        public let attempts: Int
        /// The mean share of its points, among all: the *difficulty* of test theory, which is high where an exercise is easy.
        public let difficulty: Double
        /// The correlation of its points with all other points (the corrected item-total correlation; for an exercise that gives all
        /// its points or none, the point-biserial one); nil if one of them is the same for all.
        public let discrimination: Double?
        /// Whether all have the same points in it.
        public let isSameForAll: Bool
        /// Its checks, in their order.
        public let checks: [Check]
    }

    /// How a check went, among those who have begun its exercise.
    public struct Check: Sendable {
        /// What is checked.
        public let title: String
        /// How many passed.
        public let passed: Int
        /// How many did not.
        public let failed: Int
        /// What those were told, and how many of them; the commonest first.
        public let told: [(message: String, count: Int)]
    }

    /// The total of each submission, in the order of the submissions.
    public let totals: [Int]
    /// What could be had.
    public let maximum: Int
    /// How many have begun no exercise.
    public let idle: Int
    /// The exercises.
    public let items: [Item]
    /// Submissions that are the same.
    public let pairs: [EqualSubmissions.Pair]

    /// Counts.
    public init(_ records: [GradingRecord]) {
        let submissions = records.map(\.submission)
        totals = submissions.map(\.score)
        maximum = submissions.first?.maximum ?? 0
        idle = submissions.count { !$0.exercises.contains(where: \.isBegun) }
        pairs = EqualSubmissions.pairs(among: records)
        mistakes = Self.mistakes(submissions)
        items = (submissions.first?.exercises ?? []).indices.map { place in
            Item(
                submissions.compactMap { $0.exercises.indices.contains(place) ? $0.exercises[place] : nil }, submissions
            )
        }
    }

    /// The totals below which a share of the submissions lies; the nearest one.
    public func quantile(_ share: Double) -> Int {
        let sorted = totals.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }

    /// What a submission was told about an exercise, and by how many checks does not matter: who is told six times that a file does
    /// not compile has made one mistake.
    public struct Mistake: Sendable {
        /// The exercise's number.
        public let exercise: Int
        /// The first line of what was told.
        public let message: String
        /// The title of the first check that told it.
        public let check: String
        /// How many submissions were told.
        public let count: Int
    }

    /// The mistakes that most submissions share, over all exercises.
    public let mistakes: [Mistake]

    private static func mistakes(_ submissions: [GradedSubmission]) -> [Mistake] {
        var told: [String: (first: Mistake, count: Int)] = [:]
        for exercise in submissions.flatMap(\.exercises) where exercise.isBegun {
            var own = Set<String>()
            for outcome in exercise.outcomes where outcome.status != .passed && own.insert(outcome.told).inserted {
                let mistake = Mistake(
                    exercise: exercise.number, message: outcome.told, check: outcome.title, count: 0)
                told["\(exercise.number) \(outcome.told)", default: (mistake, 0)].count += 1
            }
        }
        return told.values
            .map { Mistake(exercise: $0.exercise, message: $0.message, check: $0.check, count: $1) }
            .sorted { ($1.count, $0.exercise, $0.message) < ($0.count, $1.exercise, $1.message) }
    }
}

extension GradingStatistics.Item {
    fileprivate init(_ results: [GradedExercise], _ submissions: [GradedSubmission]) {
        let begun = results.filter(\.isBegun)
        number = results.first?.number ?? 0
        title = results.first?.title ?? ""
        points = results.first?.maximum ?? 0
        attempts = begun.count
        let earned = results.map { Double($0.score) }
        difficulty = results.isEmpty || points == 0 ? 0 : earned.reduce(0, +) / Double(results.count * points)
        isSameForAll = Set(results.map(\.score)).count < 2
        discrimination = correlation(earned, zip(submissions, earned).map { Double($0.score) - $1 })
        checks = (results.first?.outcomes ?? []).indices.map { place in
            let outcomes = begun.map { $0.outcomes[place] }
            let failed = outcomes.filter { $0.status != .passed }
            let told = Dictionary(grouping: failed, by: \.told)
            return GradingStatistics.Check(
                title: results.first?.outcomes[place].title ?? "", passed: outcomes.count - failed.count,
                failed: failed.count,
                told: told.map { (message: $0.key, count: $0.value.count) }
                    .sorted { ($1.count, $0.message) < ($0.count, $1.message) })
        }
    }
}

extension CheckOutcome {
    /// The first line of what was told, which names the mistake; the lines below are about one submission.
    fileprivate var told: String {
        let line = String(message.lines.first ?? "")
        return line.hasSuffix(":") ? String(line.dropLast()) : line
    }
}

extension GradedExercise {
    fileprivate var isBegun: Bool {
        outcomes.contains { outcome in
            switch outcome.status {
            case .notAttempted, .notRun: false
            case .passed, .failed: true
            case .stopped: outcome.message != RunFailure.missing.description
            }
        }
    }
}

/// Pearson's correlation of two lists of one length; nil if one of them is constant.
func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    let count = Double(x.count)
    guard count > 1 else { return nil }
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(x, y) {
        xx += (x - meanX) * (x - meanX)
        yy += (y - meanY) * (y - meanY)
        xy += (x - meanX) * (y - meanY)
    }
    guard xx > 0, yy > 0 else { return nil }
    return xy / (xx * yy).squareRoot()
}

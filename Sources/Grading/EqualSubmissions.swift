/// Which submissions of a class are the same up to names, comments and layout.
public enum EqualSubmissions {
    /// A pair is named if so many of its files are the same …
    static let fewestFiles = 3
    /// … with so many tokens in them, beyond those of the stubs. A short function can be written in one way only.
    static let fewestTokens = 300
    /// What so many submissions share was in a lecture, or is the only way.
    static let mostSharers = 4

    /// Two submissions with files that are the same.
    public struct Pair: Sendable, Equatable {
        /// The names of the submissions, in alphabetical order.
        public let names: [String]
        /// The exercises whose files are the same.
        public let exercises: [String]
        /// How many exercises both have handed in.
        public let inCommon: Int
    }

    /// The pairs, those with most files in common first.
    ///
    /// - Parameter records: those of the class.
    public static func pairs(among records: [GradingRecord]) -> [Pair] {
        var sharers: [String: [Int]] = [:]
        for (place, record) in records.enumerated() {
            for (exercise, print) in record.fingerprints {
                sharers["\(exercise) \(print.digest)", default: []].append(place)
            }
        }
        var shared: [[Int]: Set<String>] = [:]
        for (key, places) in sharers where (2...mostSharers).contains(places.count) {
            let exercise = String(key.prefix { $0 != " " })
            for (index, first) in places.enumerated() {
                for second in places[(index + 1)...] { shared[[first, second], default: []].insert(exercise) }
            }
        }
        return shared.compactMap { places, exercises -> Pair? in
            let (first, second) = (records[places[0]], records[places[1]])
            let tokens = exercises.reduce(0) { $0 + (first.fingerprints[$1]?.tokens ?? 0) }
            guard exercises.count >= fewestFiles, tokens >= fewestTokens else { return nil }
            return Pair(
                names: [first.submission.name, second.submission.name].sorted(),
                exercises: first.submission.exercises.map(\.name).filter(exercises.contains),
                inCommon: Set(first.fingerprints.keys).intersection(second.fingerprints.keys).count)
        }.sorted { (-$0.exercises.count, $0.names[0], $0.names[1]) < (-$1.exercises.count, $1.names[0], $1.names[1]) }
    }

    /// What is to be noted of each submission, for the instructor only: never in what a student is given to read.
    static func notes(among records: [GradingRecord]) -> [String: [String]] {
        var notes: [String: [String]] = [:]
        for pair in pairs(among: records) {
            for (name, other) in zip(pair.names, pair.names.reversed()) {
                notes[name, default: []].append(
                    "\(pair.exercises.count) of \(pair.inCommon) files are those of \(other) up to names, comments and layout"
                )
            }
        }
        return notes
    }
}

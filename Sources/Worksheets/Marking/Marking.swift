import Files
import Foundation

/// A class's marked answers.
public struct Marking: Sendable {
    /// What became of an answer.
    public enum Verdict: String, Sendable, CaseIterable {
        /// Within the tolerance.
        case right
        /// The number of a known mistake, or a wrong option of which something is said.
        case mistake = "known mistake"
        /// Another number, or an option of which nothing is said.
        case wrong
        /// There is something, but it could not be read; a person has to look.
        case unread = "not read"
        /// Nothing was answered.
        case missing = "no answer"
        /// A drawing, which a person has to mark.
        case byHand = "by hand"
        /// It belongs to no student, or to no part of the sheet, or is a second answer.
        case stray
    }

    /// An answer and what became of it.
    public struct Mark: Sendable, Equatable {
        /// The student's id.
        public let student: String
        /// The part of the sheet.
        public let part: String
        /// What was answered, as it was written.
        public let answer: String
        /// As what it was read: a number, or a letter.
        public let readAs: String
        /// What became of it.
        public let verdict: Verdict
        /// The points for it.
        public let points: Int
        /// The points that there were to get.
        public let most: Int
        /// What is said about it.
        public let says: String
    }

    /// A mark for each part of each student's sheet, in the order of the key; then the answers that belong nowhere.
    public let marks: [Mark]
    /// What is wrong with the file of answers: each names the file, the line and the rule.
    public let complaints: [String]
    private let key: KeyTable

    /// Marks answers. Every answer gets a row, whatever is wrong with it.
    public init(_ file: AnswerFile, key: KeyTable) {
        self.key = key
        var complaints: [String] = []
        var given: [String: [String: String]] = [:]
        var strays: [Mark] = []
        var seen: [String: Int] = [:]
        func complain(_ line: Int, _ column: String, _ rule: String) {
            let text = "\(shown(file.file)), line \(line), column \"\(column)\": \(rule)"
            if complaints.last != text { complaints.append(text) }
        }
        func stray(_ answer: AnswerFile.Answer, _ says: String) {
            strays.append(
                Mark(
                    student: answer.student, part: answer.part, answer: answer.text, readAs: "", verdict: .stray,
                    points: 0,
                    most: 0, says: says))
        }
        for (id, line) in file.students where key.expected[id] == nil && seen[id] == nil {
            seen[id] = line
            complain(line, "student", id.isEmpty ? "the cell is empty" : "the key has no student “\(shown(id))”")
        }
        for answer in file.answers {
            guard let parts = key.expected[answer.student] else {
                stray(answer, "The key has no such student.")
                continue
            }
            guard parts[answer.part] != nil else {
                complain(
                    answer.line, "part",
                    "the sheet has no part “\(shown(answer.part))”; it has \(key.parts.joined(separator: ", "))")
                stray(answer, "The sheet has no such part.")
                continue
            }
            if let first = given[answer.student]?[answer.part], first != answer.text {
                complain(
                    answer.line, "student",
                    "“\(shown(answer.student))” has answered part \(answer.part) before, and otherwise; the first answer was marked"
                )
                stray(answer, "A second answer; the first one was marked.")
                continue
            }
            given[answer.student, default: [:]][answer.part] = answer.text
        }
        marks =
            key.students.flatMap { student in
                key.parts.compactMap { part in
                    key.expected[student]?[part].map { Self.mark(given[student]?[part] ?? "", student, part, $0) }
                }
            } + strays
        self.complaints = complaints
    }

    private static func mark(
        _ text: String, _ student: String, _ part: String, _ expected: [KeyTable.Expected]
    ) -> Mark {
        let most = expected.map(\.points).max() ?? 0
        func mark(_ verdict: Verdict, readAs: String = "", points: Int = 0, says: String = "") -> Mark {
            Mark(
                student: student, part: part, answer: text, readAs: readAs, verdict: verdict, points: points,
                most: most,
                says: says)
        }
        if expected.contains(where: { $0.kind == .drawing }) {
            return mark(.byHand, says: expected.first?.says ?? "")
        }
        if text.isEmpty { return mark(.missing) }
        if expected.contains(where: { $0.kind == .option }) {
            let letter = text.uppercased().filter { !"().: ".contains($0) }
            guard let option = expected.first(where: { $0.value == letter }) else {
                return mark(.unread, says: "Options are given by their letters.")
            }
            let verdict = option.points > 0 ? Verdict.right : option.says.isEmpty ? .wrong : .mistake
            return mark(verdict, readAs: letter, points: option.points, says: option.says)
        }
        guard let number = AnswerNumber.read(text) else {
            return mark(.unread, says: "This was not read as one number.")
        }
        let readAs = decimal(number)
        let found = expected.first { value in
            // A little more, so that an answer exactly on the edge, such as 0.451 for 0.45 ± 0.001, is within it.
            Double(value.value).map { abs(number - $0) <= value.tolerance * (1 + 1e-6) } ?? false
        }
        switch found?.kind {
        case .answer: return mark(.right, readAs: readAs, points: found?.points ?? 0)
        case .slip: return mark(.mistake, readAs: readAs, points: found?.points ?? 0, says: found?.says ?? "")
        default: return mark(.wrong, readAs: readAs)
        }
    }

    /// A row for each answer, as CSV.
    public var csv: String {
        let header = ["student", "part", "answer", "read as", "verdict", "points", "of", "says"]
        return CSVText.text(
            [header]
                + marks.map {
                    [
                        CSVText.harmless($0.student), CSVText.harmless($0.part), CSVText.harmless($0.answer), $0.readAs,
                        $0.verdict.rawValue,
                        $0.verdict == .byHand ? "" : String($0.points), String($0.most), $0.says,
                    ]
                })
    }

    /// A row for each student, as CSV: the points for what a machine can mark, and how many parts a person has to look at.
    public var totals: String {
        let header = ["student", "points", "of"] + key.parts + ["to look at"]
        let own = Dictionary(grouping: marks.filter { $0.verdict != .stray }, by: \.student)
        return CSVText.text(
            [header]
                + key.students.map { student in
                    let marks = own[student] ?? []
                    let byMachine = marks.filter { $0.verdict != .byHand }
                    let parts = key.parts.map { part in
                        byMachine.first { $0.part == part }.map { String($0.points) } ?? ""
                    }
                    let open = marks.count { $0.verdict == .byHand || $0.verdict == .unread }
                    return [
                        student, String(byMachine.reduce(0) { $0 + $1.points }),
                        String(byMachine.reduce(0) { $0 + $1.most }),
                    ] + parts + [String(open)]
                })
    }

    /// For each part, how often each verdict was given, and each known mistake: for the terminal.
    public var summary: String {
        var lines: [String] = []
        for part in key.parts {
            let own = marks.filter { $0.part == part && $0.verdict != .stray }
            let counts = Verdict.allCases.compactMap { verdict -> String? in
                let count = own.count { $0.verdict == verdict }
                return count == 0 ? nil : "\(count) \(verdict.rawValue)"
            }
            lines.append("(\(part)) \(counts.joined(separator: ", "))")
            let mistakes = Dictionary(grouping: own.filter { $0.verdict == .mistake }, by: \.says).mapValues(\.count)
            for (says, count) in mistakes.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                lines.append("    \(count) × \(says)")
            }
        }
        return lines.joined(separator: "\n")
    }
}

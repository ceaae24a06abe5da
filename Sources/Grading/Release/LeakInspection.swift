// BEGIN HIDDEN TESTS
import Foundation

/// Looks for anything in a student's copy that students must not see. It looks at the finished copy, and does not trust the
/// cutting: a misspelt marker, a solution pasted into a lesson, a hidden check mentioned in a guide.
struct LeakInspection {
    /// What is to stay hidden, and where it comes from.
    private struct Secret {
        let text: String
        let what: String
        /// Only files with this in their paths are searched; all if nil.
        var place: [String]?
    }

    private let secrets: [Secret]

    /// - Parameters:
    ///   - masters: the exercise files of the master, by name.
    ///   - exercises: all exercises with their hidden checks.
    init(masters: [String: String], exercises: [Exercise]) throws {
        var secrets: [Secret] = []
        for (name, text) in masters.sorted(by: { $0.key < $1.key }) {
            let stub = try Markers.stub(of: text, file: name)
            let known = Set(Self.lines(of: stub))
            let lines = Self.lines(of: text).filter { !known.contains($0) && $0.count >= 24 && !$0.hasPrefix("//") }
            // A single line of a solution may also be written by somebody who solves another task: it is looked for near the
            // exercises only. A whole solution must be nowhere.
            secrets += lines.map {
                Secret(
                    text: $0, what: "has a line of the solution of \(name)",
                    place: ["Lessons/Exercises/\(name)", ".stubs/\(name)"])
            }
            secrets += try Markers.solutions(in: text, file: name).map { Self.squeezed($0) }.filter { $0.count >= 60 }
                .map {
                    Secret(text: $0, what: "has a solution of \(name)")
                }
        }
        let told = Set(exercises.flatMap(\.checks).filter { $0.visibility == .shown }.map(\.title))
        for exercise in exercises {
            for check in exercise.checks where check.visibility == .hidden {
                if !told.contains(check.title) {
                    secrets.append(
                        Secret(
                            text: Self.squeezed(check.title), what: "tells what the hidden check “\(check.id)” checks"))
                }
                secrets.append(
                    Secret(
                        text: "\"\(check.id)\"", what: "names the hidden check “\(check.id)”",
                        place: ["Exercise\(exercise.number)Checks", exercise.name, "ExerciseTests/"]))
            }
        }
        self.secrets = secrets
    }

    /// Searches one file of the copy.
    ///
    /// - Throws: `ReleaseError.leak`.
    func inspect(_ text: String, path: String) throws {
        if let found = text.firstMatch(of: /(?i)\b(BEGIN|END)[ \t]+(SOLUTION|HIDDEN[ \t]+TESTS)\b/) {
            throw ReleaseError.leak(file: path, why: "has a marker, “\(found.output.0)”")
        }
        let squeezed = Self.squeezed(text)
        for secret in secrets where secret.place?.contains(where: path.contains) ?? true {
            if squeezed.contains(secret.text) { throw ReleaseError.leak(file: path, why: secret.what) }
        }
    }

    /// Checks that each function of a stub is empty: a marker that is missing or misspelt leaves a body as it was.
    ///
    /// - Throws: `ReleaseError.leak`.
    static func inspect(stub: String, name: String) throws {
        let functions = stub.matches(of: /public\s+static\s+func\s/).count
        let bodies = stub.matches(of: /fatalError\("YOUR CODE HERE"\)/).count
        guard functions > 0, functions == bodies else {
            throw ReleaseError.leak(
                file: name,
                why: "has \(functions) public functions, and \(bodies) of them are cut to a stub: is a marker missing?")
        }
    }

    /// The text without white space, so that indenting a solution otherwise does not hide it.
    private static func squeezed(_ text: some StringProtocol) -> String {
        String(decoding: text.utf8.filter { $0 > UInt8(ascii: " ") }, as: UTF8.self)
    }

    private static func lines(of text: String) -> [String] { text.split(whereSeparator: \.isNewline).map(squeezed) }
}
// END HIDDEN TESTS

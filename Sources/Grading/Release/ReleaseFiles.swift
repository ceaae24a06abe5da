// BEGIN HIDDEN TESTS
import Files
import Foundation

/// Which files of the package go into which copy. A list of what goes, not of what stays: a file that nobody thought of stays.
struct ReleaseFiles {
    /// What a student gets, solutions apart.
    static let student = ReleaseFiles(
        from: [
            "Package.swift", "LICENSE", ".gitignore", ".swift-format", "Sources", "Lessons", "Output",
            "Tests/ExerciseTests",
        ],
        without: ["Sources/Course/Autograder", "Sources/Worksheets", "Lessons/Exercises/INSTRUCTORS.md"])

    /// What grading needs: no lessons, no drawing library, and no solutions that a submission could read.
    static let autograder = ReleaseFiles(
        from: [
            "Sources/CFastEM", "Sources/MixtureModels", "Sources/Verification", "Sources/ExerciseProtocol",
            "Sources/ExerciseRunner", "Sources/Datasets", "Sources/Files", "Sources/CFiles", "Sources/CLauncher",
            "Sources/Grading", "Sources/ExerciseChecks",
            "Sources/Course/GradeCommand.swift", "Sources/Course/LatenessFile.swift", "Sources/Course/OutputFile.swift",
            "Lessons/Exercises",
        ],
        without: ["Lessons/Exercises/INSTRUCTORS.md", "Sources/Grading/Release", "Sources/Grading/Specimens"])

    /// What may be released by its ending: an editor's backup of a solution, say, is none of these.
    private static let endings: Set<String> = [
        "swift", "md", "c", "cpp", "h", "modulemap", "csv", "json", "svg", "png", "py", "R", "gitignore",
        "swift-format", "LICENSE", "html", "css", "js",
    ]

    let included: [String]
    let excluded: [String]

    init(from included: [String], without excluded: [String]) {
        self.included = included
        self.excluded = excluded
    }

    /// The files below `root`, as paths relative to it, in alphabetical order. Links and hidden files in folders are left out.
    func paths(in root: URL) throws -> [String] {
        try included.flatMap { try paths(at: $0, in: root) }.filter { path in
            let ending = path.split(separator: ".").last.map(String.init) ?? ""
            return Self.endings.contains(ending) && !excluded.contains { path == $0 || path.hasPrefix($0 + "/") }
        }.sorted()
    }

    private func paths(at path: String, in root: URL) throws -> [String] {
        let url = root.appending(path: path)
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path(percentEncoded: false))
        switch attributes?[.type] as? FileAttributeType {
        case .typeRegular: return [path]
        case .typeDirectory:
            return try names(inFolder: url.filePath)
                .filter { !$0.hasPrefix(".") }.flatMap { try paths(at: "\(path)/\($0)", in: root) }
        case nil: throw ReleaseError.unreadable(path)
        default: return []
        }
    }
}
// END HIDDEN TESTS

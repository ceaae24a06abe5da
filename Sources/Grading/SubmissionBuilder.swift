import ExerciseProtocol
import Files
import Foundation

/// Makes the program that holds a student's functions: their files, the stub for each file that is missing or does not compile, and
/// the package's own runner. Nothing else of what was handed in is used.
///
/// What nobody hands in is compiled once: the protocol, and the runner, against the stubs. A student's functions have the stubs'
/// symbols if they have their names and types, which contain nothing but Swift's own; so it is enough to link them. Where that fails,
/// the runner is compiled again, against what was handed in: the compiler then accepts what differs harmlessly, or says what is wrong.
struct SubmissionBuilder: Sendable {
    private let compiler: Compiler
    /// What no student writes, compiled once.
    private let shared: SharedParts
    /// The text of each stub, by the exercise's name.
    private let stubs: [String: String]
    /// The text of each given file, by its name.
    let given: [String: String]
    /// The runner's sources.
    private let runner: [String]
    /// Of all that this grades with: this program, and what it compiles for everybody.
    let digest: String

    /// Reads the package's own parts and compiles those which are the same for everybody.
    ///
    /// - Parameter root: the package's folder. Stubs are taken from `.stubs` in it, or cut from the master.
    /// - Throws: `GradingError`, `Markers.Unbalanced`.
    init(root: URL) async throws {
        compiler = try Compiler()
        let exercises = root.appending(path: "Lessons/Exercises")
        let kept = root.appending(path: ".stubs")
        if FileManager.default.fileExists(atPath: kept.filePath) {
            stubs = try Self.swiftFiles(in: kept)
        } else {
            stubs = try Self.swiftFiles(in: exercises).reduce(into: [:]) {
                $0[$1.key] = try Markers.stub(of: $1.value, file: "\($1.key).swift")
            }
        }
        given = try Self.swiftFiles(in: exercises.appending(path: "Support")).reduce(into: [:]) {
            $0["\($1.key).swift"] = $1.value
        }
        func paths(_ folder: String) throws -> [String] {
            let url = root.appending(path: folder)
            return try Self.swiftFiles(in: url).keys.sorted().map { url.appending(path: "\($0).swift").filePath }
        }
        runner = try paths("Sources/ExerciseRunner") + paths("Sources/ExerciseRunner/Calls")
        var digest = Digest()
        if let program = Bundle.main.executablePath { digest.add(try readFile(program)) }
        for (name, text) in (stubs.merging(given) { $1 }).sorted(by: { $0.key < $1.key }) { digest.add(name + text) }
        for path in try runner + paths("Sources/ExerciseProtocol") { digest.add(try readText(path)) }
        self.digest = digest.text
        shared = try await SharedParts(
            protocol: paths("Sources/ExerciseProtocol"), runner: runner,
            exercises: Self.files(stubs, given: given, with: [:]), by: compiler)
    }

    /// The Swift files of a folder, not of those in it, by name without ".swift".
    private static func swiftFiles(in folder: URL) throws -> [String: String] {
        guard FileKind(of: folder.plainPath) == .folder else { throw GradingError.noFile(folder.plainPath) }
        return try names(inFolder: folder.plainPath).filter { $0.hasSuffix(".swift") }.reduce(into: [:]) {
            $0[String($1.dropLast(6))] = try readText(folder.appending(path: $1).filePath)
        }
    }

    /// Whether somebody has written something into an exercise's file that is more than a comment or a line end.
    func isChanged(_ text: String, for exercise: String) -> Bool {
        stubs[exercise].map { Fingerprint(of: $0) != Fingerprint(of: text) } ?? true
    }

    /// What came of compiling.
    struct Built: Sendable {
        /// The program for each exercise that compiles; mostly the same for all.
        var programs: [String: RunnerProgram] = [:]
        /// Why an exercise does not compile.
        var failures: [String: RunFailure] = [:]
    }

    /// Compiles what was handed in.
    ///
    /// All files are compiled together. If that fails, each file that is suspected is compiled alone among stubs: so nobody pays for
    /// another file's error, nor for a name that two of the files share.
    ///
    /// - Parameters:
    ///   - texts: the text of each exercise's file, by the exercise's name.
    ///   - folder: where to work.
    func build(_ texts: [String: String], in folder: URL) async throws -> Built {
        var built = Built()
        var together = texts
        while !together.isEmpty {
            let (program, outcome) = try await compile(together, in: folder)
            if let program {
                for name in together.keys { built.programs[name] = program }
                break
            }
            var suspects = together.keys.filter { Self.messages(in: outcome, concerning: $0).isEmpty == false }
            if suspects.isEmpty { suspects = Array(together.keys) }
            let wasAlone = together.count == 1
            for name in suspects.sorted() {
                guard let text = together.removeValue(forKey: name) else { continue }
                let alone = wasAlone ? (program, outcome) : try await compile([name: text], in: folder)
                if let program = alone.0 {
                    built.programs[name] = program
                } else {
                    // Not a word about this file: then it must not be blamed for what is wrong with the package.
                    if Self.messages(in: alone.1, concerning: name).isEmpty,
                        case (nil, let outcome) = try await compile([:], in: folder)
                    {
                        throw GradingError.packageDoesNotCompile(Self.explanation(of: outcome, in: ""))
                    }
                    built.failures[name] = .doesNotCompile(Self.explanation(of: alone.1, in: name))
                }
            }
        }
        return built
    }

    /// Compiles some files among the stubs of all others.
    private func compile(
        _ texts: [String: String], in folder: URL
    ) async throws -> (RunnerProgram?, Compiler.Outcome) {
        let place = folder.appending(path: "build-\(UUID().uuidString)")
        let files = try Self.write(Self.files(stubs, given: given, with: texts), in: place)
        let program = place.appending(path: ShortWay.program)
        var outcome = try await shared.compile(files, in: place)
        guard case .compiled = outcome else { return (nil, outcome) }
        outcome = try await shared.link(in: place)
        if case .broken = outcome {
            outcome = try await compiler.run(
                Link.module + ["-emit-module-path", "Exercises.swiftmodule", "-emit-object", "-o", ShortWay.object]
                    + files, in: place)
            guard case .compiled = outcome else { return (nil, outcome) }
            outcome = try await compiler.run(
                ["-module-name", "ExerciseRunner", "-I", ".", "-I", shared.path, "-o", ShortWay.program] + runner
                    + [ShortWay.object, shared.values], in: place)
        }
        guard case .compiled = outcome else { return (nil, outcome) }
        return (try await RunnerProgram(at: program), outcome)
    }

    /// The sources of the module `Exercises`, by their names: some exercises' files among the stubs of all others.
    private static func files(
        _ stubs: [String: String], given: [String: String], with texts: [String: String]
    ) -> [String: String] {
        given.merging(stubs.map { ("\($0.key).swift", texts[$0.key] ?? $0.value) }) { $1 }
    }

    /// Writes the sources of the module `Exercises` into a folder.
    ///
    /// - Returns: their paths in the folder, in alphabetical order.
    static func write(_ files: [String: String], in folder: URL) throws -> [String] {
        try FolderTree(files.mapValues { Array($0.utf8) }).write(into: folder.appending(path: "Exercises").filePath)
        return files.keys.sorted().map { "Exercises/\($0)" }
    }

    /// The compiler's messages about an exercise: in its file, or where its functions are called.
    private static func messages(in outcome: Compiler.Outcome, concerning name: String) -> [Compiler.Message] {
        guard case .failed(let all) = outcome else { return [] }
        return all.filter { $0.file == "\(name).swift" || $0.file == callsFile(of: name) }
    }

    /// The file in which the functions of "Exercise3SingleFlips" are called: "Exercise3Calls.swift".
    private static func callsFile(of name: String) -> String {
        (name.prefixMatch(of: /Exercise\d+/).map { String($0.0) } ?? name) + "Calls.swift"
    }

    /// The messages, in words for the student: few, with the line in their file, without the paths of this machine.
    static func explanation(of outcome: Compiler.Outcome, in name: String) -> String {
        switch outcome {
        case .compiled: return ""
        case .broken(let why), .overtime(let why): return why
        case .failed(let messages):
            let shown = messages.prefix(4).map { message in
                message.file == "\(name).swift"
                    ? "\(message.file):\(message.line): \(message.text)"
                    : "a declaration is not the one of the task, so that it cannot be called: \(message.text)"
            }
            let more = messages.count > shown.count ? ["… and \(messages.count - shown.count) more"] : []
            return (shown + more).joined(separator: "\n")
        }
    }
}

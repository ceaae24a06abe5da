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
    private let shared: TemporaryFolder
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
        shared = try TemporaryFolder()
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
        try await compileShared(protocol: paths("Sources/ExerciseProtocol"))
    }

    /// Without optimisation: it takes 3 seconds in place of 10, and what the runner does is little beside starting it.
    private func compileShared(protocol sources: [String]) async throws {
        func compile(_ name: String, _ arguments: [String]) async throws {
            let outcome = try await compiler.run(["-module-name", name] + arguments, in: shared.url)
            guard case .compiled = outcome else {
                throw GradingError.packageDoesNotCompile(Self.explanation(of: outcome, in: name))
            }
        }
        let files = try writeSources([:], in: shared.url)
        async let values: Void = compile(
            "ExerciseProtocol",
            ["-emit-module-path", "ExerciseProtocol.swiftmodule", "-emit-object", "-parse-as-library"]
                + ["-o", "ExerciseProtocol.o"] + sources)
        async let stubs: Void = compile("Exercises", ["-emit-module", "-parse-as-library"] + files)
        _ = try await (values, stubs)
        try await compile(
            "ExerciseRunner", ["-I", ".", "-emit-object", "-o", "ExerciseRunner.o"] + Link.arguments + runner)
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
        let files = try writeSources(texts, in: place)
        let module = ["-module-name", "Exercises", "-parse-as-library"]
        let values = shared.url.appending(path: "ExerciseProtocol.o").filePath
        var outcome = try await compiler.run(
            module + Link.arguments + files + [shared.url.appending(path: "ExerciseRunner.o").filePath, values]
                + Link.libraries + ["-o", "ExerciseRunner"], in: place)
        if case .broken = outcome {
            outcome = try await compiler.run(
                module + ["-emit-module-path", "Exercises.swiftmodule", "-emit-object", "-o", "Exercises.o"] + files,
                in: place)
            guard case .compiled = outcome else { return (nil, outcome) }
            outcome = try await compiler.run(
                ["-module-name", "ExerciseRunner", "-I", ".", "-I", shared.url.filePath, "-o", "ExerciseRunner"]
                    + runner + ["Exercises.o", values],
                in: place)
        }
        guard case .compiled = outcome else { return (nil, outcome) }
        return (try await RunnerProgram(at: place.appending(path: "ExerciseRunner")), outcome)
    }

    /// Writes the sources of the module `Exercises` into a folder: some files among the stubs of all others.
    ///
    /// - Returns: their paths in the folder.
    private func writeSources(_ texts: [String: String], in folder: URL) throws -> [String] {
        var files = given
        for (name, stub) in stubs { files["\(name).swift"] = texts[name] ?? stub }
        try FolderTree(files.mapValues { Array($0.utf8) }).write(into: folder.appending(path: "Exercises").filePath)
        return files.keys.sorted().map { "Exercises/\($0)" }
    }

    /// How a program is linked.
    private enum Link {
        #if os(Linux)
            /// An object names no libraries, so that `libraries` decides.
            static let arguments = ["-Xfrontend", "-disable-all-autolinking"]
            /// Only what is used is linked: nearly every student imports Foundation, for the sake of `log` alone, and a process
            /// that need not load it begins in half the time. (`swiftc` puts what it says to the linker behind the libraries that
            /// it knows of; so they are all said to the linker.) Whoever uses yet another library gets it by the longer way.
            static let libraries = [
                "--as-needed", "-lFoundation", "-lFoundationEssentials", "-lFoundationInternationalization",
                "-lswift_Concurrency", "-lswift_StringProcessing", "-lswiftGlibc", "-lswiftDispatch",
                "-lswiftSwiftOnoneSupport", "-ldispatch", "-lm",
            ].flatMap { ["-Xlinker", $0] }
        #else
            static let arguments: [String] = []
            static let libraries: [String] = []
        #endif
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
    private static func explanation(of outcome: Compiler.Outcome, in name: String) -> String {
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

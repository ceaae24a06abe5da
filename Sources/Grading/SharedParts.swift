import Foundation

/// What nobody hands in, compiled once: the protocol, the runner against the stubs, and how a submission is compiled and linked with
/// them.
struct SharedParts: Sendable {
    private let compiler: Compiler
    private let folder: TemporaryFolder
    /// How a submission is compiled and linked most quickly; nil where that does not work.
    private let shortWay: ShortWay?

    /// The folder with the modules.
    var path: String { folder.path }
    /// The object file of the protocol.
    var values: String { "\(path)/ExerciseProtocol.o" }
    private var runner: String { "\(path)/ExerciseRunner.o" }

    /// Compiles, without optimisation: it takes 3 seconds in place of 10, and what the runner does is little beside starting it.
    ///
    /// - Parameters:
    ///   - sources: the files of the protocol.
    ///   - runner: those of the runner.
    ///   - exercises: the texts of the stubs and of what students get beside them, by name.
    ///   - compiler: the compiler.
    /// - Throws: `GradingError`, `FileError`.
    init(
        protocol sources: [String], runner: [String], exercises: [String: String], by compiler: Compiler
    ) async throws {
        let folder = try TemporaryFolder()
        (self.compiler, self.folder) = (compiler, folder)
        let files = try SubmissionBuilder.write(exercises, in: folder.url)
        async let values: Void = Self.compile(
            "ExerciseProtocol",
            ["-emit-module-path", "ExerciseProtocol.swiftmodule", "-emit-object", "-parse-as-library"]
                + ["-o", "ExerciseProtocol.o"] + sources, by: compiler, in: folder)
        async let stubs: Void = Self.compile(
            "Exercises", ["-emit-module", "-parse-as-library"] + files, by: compiler, in: folder)
        _ = try await (values, stubs)
        try await Self.compile(
            "ExerciseRunner", ["-I", ".", "-emit-object", "-o", "ExerciseRunner.o"] + Link.arguments + runner,
            by: compiler, in: folder)
        let objects = ["ExerciseRunner.o", "ExerciseProtocol.o"].map { "\(folder.path)/\($0)" }
        let trial = try TemporaryFolder()
        shortWay = try await ShortWay(
            asking: compiler, module: Link.module + Link.arguments, objects: objects, in: trial.url)
        withExtendedLifetime(trial) {}
    }

    private static func compile(
        _ name: String, _ arguments: [String], by compiler: Compiler, in folder: TemporaryFolder
    ) async throws {
        let outcome = try await compiler.run(["-module-name", name] + arguments, in: folder.url)
        guard case .compiled = outcome else {
            throw GradingError.packageDoesNotCompile(SubmissionBuilder.explanation(of: outcome, in: name))
        }
    }

    /// Compiles the module of the exercises in a folder.
    func compile(_ files: [String], in folder: URL) async throws -> Compiler.Outcome {
        if let shortWay { return try await shortWay.compile(files, in: folder) }
        return try await compiler.run(
            Link.module + Link.arguments + ["-emit-object", "-o", ShortWay.object] + files, in: folder)
    }

    /// Links what was compiled in a folder.
    func link(in folder: URL) async throws -> Compiler.Outcome {
        if case .compiled? = try await shortWay?.link(in: folder) { return .compiled }
        return try await compiler.run(
            [ShortWay.object, runner, values] + Link.libraries + ["-o", ShortWay.program], in: folder)
    }
}

/// How programs are compiled and linked.
enum Link {
    /// How the module of the exercises is compiled.
    static let module = ["-module-name", "Exercises", "-parse-as-library"]
    #if os(Linux)
        /// An object names no libraries, so that `libraries` decides.
        static let arguments = ["-Xfrontend", "-disable-all-autolinking"]
        /// Only what is used is linked: nearly every student imports Foundation, for the sake of `log` alone, and a process that
        /// need not load it begins in half the time. (`swiftc` puts what it says to the linker behind the libraries that it knows
        /// of; so they are all said to the linker.) Whoever uses yet another library gets it by the longer way.
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

import Files
import Foundation

/// The two commands to which the compiler's driver comes for a submission: one that compiles, one that links. They are asked of it once,
/// and then run without it, which saves a quarter of a second each time.
///
/// The program is linked with all that it needs. A process of such a program begins in a quarter of the time that it takes to load
/// Swift's libraries, and more than a hundred begin for a submission. Foundation is not in it: nearly everybody imports it for the sake
/// of the C library's `log` alone. Who uses more of it is linked by the driver, with libraries that are loaded.
struct ShortWay: Sendable {
    private let compiler: Compiler
    /// The command that compiles, without files, and where they go.
    private let compiling: [String], place: Int
    private let linking: [String]

    /// What the second command makes.
    static let program = "ExerciseRunner"
    /// What the first command makes.
    static let object = "Exercises.o"

    /// Asks the driver, and tries what it says.
    ///
    /// - Parameters:
    ///   - compiler: where it is.
    ///   - module: how the module of the exercises is compiled.
    ///   - objects: what every program has.
    ///   - folder: an empty folder to work in.
    /// - Returns: nil if it does not answer as expected, or its commands do not work here.
    /// - Throws: errors of writing.
    init?(asking compiler: Compiler, module: [String], objects: [String], in folder: URL) async throws {
        #if os(Linux)
            let source = "Trial.swift"
            try writeAtomically(
                "@_cdecl(\"main\") public func main() -> Int32 { [1, 2].reduce(-3, +) }",
                to: folder.appending(path: source).filePath)
            let compiling = try await compiler.commands(
                module + ["-emit-object", "-o", Self.object, source], in: folder)
            guard let command = compiling?.first, compiling?.count == 1, let place = command.firstIndex(of: source),
                case .compiled = try await compiler.run(command: command, in: folder)
            else { return nil }
            // The driver wants to see the objects that it is asked of.
            let linking = try await compiler.commands(
                Self.options + [Self.object] + objects + Self.libraries + ["-o", Self.program], in: folder)
            guard let link = linking?.last, link.contains(Self.object), link.last == Self.program else { return nil }
            (self.compiler, self.place) = (compiler, place)
            self.compiling = command.filter { $0 != source }
            // The objects are compiled so that they name no libraries: nobody need ask them.
            self.linking = link.filter { !($0.hasPrefix("@") && $0.hasSuffix(".autolink")) }
            guard case .compiled = try await self.link(in: folder, without: objects),
                case .compiled = try await compiler.run(command: ["./\(Self.program)"], in: folder)
            else { return nil }
        #else
            return nil
        #endif
    }

    /// Compiles files to one object.
    func compile(_ files: [String], in folder: URL) async throws -> Compiler.Outcome {
        try await compiler.run(command: compiling[..<place] + files + compiling[place...], in: folder)
    }

    /// Links that object to a program.
    ///
    /// - Parameter others: what the program does not get.
    func link(in folder: URL, without others: [String] = []) async throws -> Compiler.Outcome {
        try await compiler.run(command: linking.filter { !others.contains($0) }, in: folder)
    }

    private static let options = [
        "-static-executable", "-use-ld=lld", "-Xlinker", "--strip-all", "-Xlinker", "--threads=1",
    ]
    private static let libraries = [
        "swiftSwiftOnoneSupport", "swift_Concurrency", "swift_StringProcessing", "swift_RegexParser", "swiftGlibc",
        "swiftDispatch",
    ].flatMap { ["-Xlinker", "-l\($0)"] }
}

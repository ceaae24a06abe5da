import Files
import Foundation

/// A zip file, unpacked by the program `unzip`, under limits, after its table of contents has been looked at.
struct Archive {
    /// Where it is.
    let file: URL

    /// How large a zip file may become.
    struct Size: Sendable {
        /// How many files.
        var entries: Int
        /// How many megabytes in all.
        var megabytes: Int

        /// One student's.
        static let submission = Size(entries: 5_000, megabytes: 64)
        /// A whole class's, from a platform.
        static let wholeClass = Size(entries: 100_000, megabytes: 4_096)
    }

    /// Unpacks it into an empty folder. Nothing gets outside of the folder, and no links get into it.
    ///
    /// - Parameters:
    ///   - folder: where to.
    ///   - size: how large it may become.
    ///   - program: the program that unpacks.
    /// - Throws: `ArchiveError`.
    func unpack(into folder: URL, size: Size = .submission, by program: String = "unzip") async throws {
        guard let path = Self.path(of: program) else { throw ArchiveError.noProgram(program) }
        func run(_ arguments: [String]) async throws -> LimitedProcess.Result {
            // A damaged table of contents can lie about sizes; these limits hold all the same.
            try await LimitedProcess(
                program: path, arguments: arguments, environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"],
                folder: folder.filePath,
                limits: Limits(
                    processorSeconds: 5 + size.megabytes / 16, clockSeconds: 600, memory: 1024, fileSize: size.megabytes
                )
            ).run()
        }
        let listed = try await run(["-Z", "-l", file.filePath])
        let lines = String(decoding: listed.output, as: UTF8.self).lines
        guard [.exited(0), .exited(1)].contains(listed.status), let totals = lines.last(where: { !$0.isEmpty }),
            let match = totals.prefixMatch(of: /(\d+) files?, (\d+) bytes uncompressed/), let count = Int(match.1),
            let bytes = Int(match.2)
        else { throw ArchiveError.damaged }
        guard count <= size.entries else { throw ArchiveError.tooMany(count, most: size.entries) }
        guard bytes <= size.megabytes << 20 else { throw ArchiveError.tooLarge(most: size.megabytes) }
        if lines.contains(where: { $0.hasPrefix("l") }) { throw ArchiveError.link }
        let names = try await run(["-Z", "-1", file.filePath])
        for name in String(decoding: names.output, as: UTF8.self).lines {
            let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
            if name.hasPrefix("/") || parts.contains("..") { throw ArchiveError.outside }
        }
        // The password keeps it from asking for one.
        let unpacked = try await run(["-q", "-o", "-P", "none", file.filePath, "-d", folder.filePath])
        switch unpacked.status {
        case .exited(0), .exited(1): break
        case .exited(82), .exited(81): throw ArchiveError.locked
        case .signaled: throw ArchiveError.tooLarge(most: size.megabytes)
        default: throw ArchiveError.damaged
        }
    }

    /// Where a program is, among the folders in which programs are looked for.
    static func path(of program: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(program)" }.first(where: FileManager.default.isExecutableFile(atPath:))
    }
}

/// Why a zip file is not unpacked.
public enum ArchiveError: Error, Equatable, CustomStringConvertible {
    /// There is no such program.
    case noProgram(String)
    /// It is no zip file, or not all of one.
    case damaged
    /// It needs a password.
    case locked
    /// It holds a symbolic link.
    case link
    /// A path in it leads out of the folder.
    case outside
    /// It holds too many files.
    case tooMany(Int, most: Int)
    /// It becomes larger than so many megabytes.
    case tooLarge(most: Int)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .noProgram(let name): "\(name) is needed for zip files: `sudo apt-get install \(name)`"
        case .damaged: "it is no zip file, or a damaged one"
        case .locked: "it is locked with a password"
        case .link: "it holds a symbolic link, which is refused"
        case .outside: "a path in it leads out of its folder"
        case .tooMany(let count, let most): "it holds \(count) files, and at most \(most) are taken"
        case .tooLarge(let most): "it would become larger than \(most) megabytes"
        }
    }
}

import Files
import Foundation
import Subprocess

/// Zip files, made by the program `zip`.
public enum ZipFile {
    /// The bytes of a zip file. The same files give the same bytes: in alphabetical order, all of one time.
    ///
    /// - Parameters:
    ///   - files: texts by their paths.
    ///   - program: the program that packs.
    /// - Throws: ``WorksheetError/tool(_:advice:)``; errors of reading and writing.
    public static func bytes(of files: [String: String], program: String = "zip") async throws -> [UInt8] {
        let scratch = try ScratchFolder()
        try FolderTree(files.mapValues { Array($0.utf8) }).write(into: scratch.path + "/files")
        for path in files.keys {
            let place = "\(scratch.path)/files/\(path)"
            // The first day that zip files know is 1 January 1980; the day after is one in every time zone.
            var times = [timeval(tv_sec: 315_662_400, tv_usec: 0), timeval(tv_sec: 315_662_400, tv_usec: 0)]
            guard utimes(place, &times) == 0 else { throw FileError(.write, place, code: errno) }
        }
        let file = scratch.path + "/packed.zip"
        let result: ExecutionResult<Void, StringOutput<UTF8>, StringOutput<UTF8>>
        do {
            result = try await run(
                .name(program), arguments: ["-X", "-q", "-D", "-@", file],
                environment: .inherit.updating(["TZ": "UTC", "ZIPOPT": ""]),
                workingDirectory: .init(scratch.path + "/files"),
                input: .string(files.keys.sorted().joined(separator: "\n") + "\n"), output: .string(limit: 1 << 16),
                error: .string(limit: 1 << 16))
        } catch {
            throw WorksheetError.tool(
                program, advice: "is needed for Canvas's zip file: sudo apt-get install \(program)")
        }
        guard result.terminationStatus.isSuccess else {
            throw WorksheetError.tool(program, advice: "failed: \(result.standardError)")
        }
        defer { withExtendedLifetime(scratch) {} }
        return try readFile(file)
    }
}

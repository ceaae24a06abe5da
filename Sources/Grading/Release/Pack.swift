// BEGIN HIDDEN TESTS
import Files
import Foundation

extension Release {
    /// Packs the autograder for Gradescope: a zip file with `setup.sh` and `run_autograder` at its top.
    ///
    /// The same package gives the same bytes: files in alphabetical order, all of one time.
    ///
    /// - Parameters:
    ///   - file: the zip file.
    ///   - program: the program that packs.
    /// - Returns: how many bytes it has.
    /// - Throws: `ReleaseError`, if there is no such program; errors of reading and writing. An earlier file stays whole.
    @discardableResult
    public func packGradescope(to file: URL, program: String = "zip") async throws -> Int {
        let scratch = try TemporaryFolder()
        let work = scratch.url
        let tree = try autograder()
        let folder = work.appending(path: "autograder")
        try tree.write(to: folder)
        for path in tree.files.keys {
            let place = folder.appending(path: path).path(percentEncoded: false)
            var times = [Self.packTime, Self.packTime]
            guard utimes(place, &times) == 0 else { throw FileError(.write, place, code: errno) }
        }
        try await zip(tree.files.keys.sorted(), in: folder, to: work.appending(path: "autograder.zip"), by: program)
        // A full disk leaves the earlier file.
        let bytes = try readFile(work.appending(path: "autograder.zip").filePath)
        try writeAtomically(bytes, to: file.filePath)
        withExtendedLifetime(scratch) {}
        return bytes.count
    }

    /// 1 January 1980 is the first day that zip files know; the day after is the same in all time zones' reckoning.
    private static let packTime = timeval(tv_sec: 315_662_400, tv_usec: 0)

    private func zip(_ paths: [String], in folder: URL, to file: URL, by program: String) async throws {
        guard let path = Archive.path(of: program) else {
            throw ReleaseError.tool(program, advice: "is needed for packing: `sudo apt-get install \(program)`")
        }
        let result = try await LimitedProcess(
            program: path, arguments: ["-X", "-q", "-@", file.filePath],
            environment: ProcessInfo.processInfo.environment.merging(["TZ": "UTC", "ZIPOPT": ""]) { $1 },
            folder: folder.filePath, limits: .compiler
        ).run(input: Array((paths.joined(separator: "\n") + "\n").utf8))
        guard result.status == .exited(0) else {
            let words = String(decoding: result.errors, as: UTF8.self)
            throw ReleaseError.tool(program, advice: "failed: \(words)")
        }
    }
}
// END HIDDEN TESTS

import ArgumentParser
import Files
import Foundation

/// A file for results, in a folder which is made if it is not there.
///
/// - Throws: `ValidationError` if there is a folder of that name; `FileError` if it cannot be written otherwise.
func outputFile(_ path: String) throws -> URL {
    if FileKind(of: path) == .folder {
        throw ValidationError("\(path) is a folder, where a file is due: name a file, such as \(path)/results")
    }
    try makeFolder(of: path)
    try checkWritable(path)
    return URL(filePath: path, directoryHint: .notDirectory)
}

/// A seed as a command line has it.
///
/// - Throws: `ValidationError`, which says what is wrong.
func seed(_ text: String) throws -> UInt64 {
    do throws(SeedError) { return try UInt64(seed: text) } catch { throw ValidationError("\(error)") }
}

import ArgumentParser
import Files
import Foundation

/// A file for results, in a folder which is made if it is not there.
///
/// - Parameter makesFolder: whether the folder is made now, or by what writes the file.
/// - Throws: `ValidationError` if there is a folder of that name; `FileError` if it cannot be written otherwise.
func outputFile(_ path: String, makesFolder: Bool = true) throws -> URL {
    if FileKind(of: path) == .folder {
        throw ValidationError(
            "\(shown(path)) is a folder, where a file is due: name a file, such as \(shown(path))/results")
    }
    try checkWritable(path)
    if makesFolder { try makeFolder(of: path) }
    return URL(filePath: path, directoryHint: .notDirectory)
}

/// Refuses a name of blanks, or of nothing: as a path it would be the current folder, which nobody has named.
///
/// - Throws: `ValidationError`, which says for what a name is due.
func requireName(_ path: String?, _ what: String) throws {
    if let path, path.allSatisfy(\.isWhitespace) { throw ValidationError("\(what) needs a name, which is empty") }
}

/// A seed as a command line has it.
///
/// - Throws: `ValidationError`, which says what is wrong.
func seed(_ text: String) throws -> UInt64 {
    do throws(SeedError) { return try UInt64(seed: text) } catch { throw ValidationError("\(error)") }
}

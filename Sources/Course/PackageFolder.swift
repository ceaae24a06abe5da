import ArgumentParser
import Files
import Foundation

/// Where the package lies: the folder that holds this program's build, or the one from which the program was compiled.
func packageFolder() -> URL {
    let compiled = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    var folder = Bundle.main.executableURL?.resolvingSymlinksInPath() ?? compiled
    while folder.pathComponents.count > 1 {
        folder = folder.deletingLastPathComponent()
        let marks = ["Package.swift", "Lessons/Exercises"].map {
            folder.appending(path: $0).path(percentEncoded: false)
        }
        if marks.allSatisfy(FileManager.default.fileExists(atPath:)) { return folder }
    }
    return compiled
}

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

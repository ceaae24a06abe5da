import ArgumentParser
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
/// - Throws: `ValidationError` if there is a folder of that name, or if its folder cannot be made.
func outputFile(_ path: String) throws -> URL {
    let file = URL(filePath: path, directoryHint: .notDirectory).standardizedFileURL
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: file.path(percentEncoded: false), isDirectory: &isFolder),
        isFolder.boolValue
    {
        throw ValidationError("\(path) is a folder, where a file is due: name a file, such as \(path)/results")
    }
    let folder = file.deletingLastPathComponent()
    do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
        throw ValidationError("the folder \(folder.path(percentEncoded: false)) cannot be made")
    }
    return file
}

/// Says something on standard error, where it does not mix with results.
func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

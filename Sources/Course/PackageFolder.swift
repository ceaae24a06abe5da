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

/// Says something on standard error, where it does not mix with results.
func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

import Foundation

/// Where the package's own files are, so that a program finds them from whatever folder it is run in.
public enum PackageFiles {
    /// The folder of Package.swift: the one that holds this program's build, or else the one from which it was compiled.
    public static let root: URL = {
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
    }()

    /// The absolute path of a file of the package: `path("Lessons/Data/faithful.csv")`.
    public static func path(_ relative: String) -> String { root.appending(path: relative).path(percentEncoded: false) }
}

import Foundation

/// Where the package's own files are, so that a lesson finds its data from whatever folder it is run in.
public enum PackageFiles {
    /// The absolute path of a file of the package: `path("Lessons/Data/faithful.csv")`.
    public static func path(_ relative: String) -> String { root.appending(path: relative).path(percentEncoded: false) }

    /// The folder of Package.swift: three levels above this file.
    static var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }
}

import Files
import Foundation

extension Ledger {
    /// The names of this package's lessons, in the order of the course; none where its folder is not there any more.
    public static let lessons = (try? lessons(in: PackageFiles.root)) ?? []

    /// The names of a package's lessons, in the order of the course: those of their folders.
    ///
    /// - Throws: `FileError` if the folder `Lessons` cannot be listed.
    public static func lessons(in package: URL) throws -> [String] {
        try names(inFolder: package.appending(path: "Lessons").path(percentEncoded: false))
            .compactMap { name in lessonNumber(of: name).map { (number: $0, name: name) } }
            .sorted { $0.number < $1.number }.map(\.name)
    }
}

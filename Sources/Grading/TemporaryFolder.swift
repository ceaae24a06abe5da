import Files
import Foundation

/// A folder of its own in the system's folder for temporary files; it goes when nobody holds it any more, or when the program ends.
final class TemporaryFolder: Sendable {
    /// Where it is.
    let url: URL
    private let folder: ScratchFolder

    /// Makes an empty folder that nobody else can list.
    ///
    /// - Parameter owner: whose it is, if not this user's.
    /// - Throws: `FileError`.
    init(for owner: uid_t? = nil) throws {
        folder = try ScratchFolder(for: owner)
        url = URL(filePath: folder.path, directoryHint: .isDirectory)
    }
}

extension URL {
    /// The path, as system calls and programs want it.
    var filePath: String { path(percentEncoded: false) }
}

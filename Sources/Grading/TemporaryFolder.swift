import Foundation

/// A folder of its own in the system's folder for temporary files; it goes when nobody holds it any more.
final class TemporaryFolder: Sendable {
    /// Where it is.
    let url: URL

    /// Makes an empty folder that nobody else can list.
    ///
    /// - Parameter owner: whose it is, if not this user's.
    init(for owner: uid_t? = nil) throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "MixtureCourse-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        if let owner { chown(url.filePath, owner, owner) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

extension URL {
    /// The path, as system calls and programs want it.
    var filePath: String { path(percentEncoded: false) }
}

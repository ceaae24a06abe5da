import Files
import Foundation
import Synchronization

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

    /// The path, without a slash at its end.
    var path: String { folder.path }
}

/// Makes empty folders for a program's runs, one after another, in a temporary folder of its own: that is cheaper than a temporary
/// folder for each.
final class FolderMaker: Sendable {
    private let parent: TemporaryFolder
    private let made = Mutex(0)
    private let owner: uid_t?

    /// - Parameter owner: whose the folders are, if not this user's; then only this user can list them.
    /// - Throws: `FileError`.
    init(for owner: uid_t?) throws {
        parent = try TemporaryFolder()
        self.owner = owner
    }

    /// An empty folder; it goes when nobody holds it any more.
    final class Folder: Sendable {
        /// Where it is. No other folder of a run has a path that begins so.
        let path: String
        /// Holds what it lies in.
        private let parent: TemporaryFolder

        fileprivate init(_ path: String, in parent: TemporaryFolder) { (self.path, self.parent) = (path, parent) }

        deinit { removeTree(path) }
    }

    /// Makes an empty folder.
    ///
    /// - Throws: `FileError`.
    func make() throws -> Folder {
        let number = made.withLock { count in
            count += 1
            return count
        }
        let path = "\(parent.path)/\(number)-"
        if mkdir(path, 0o711) == 0 {
            chmod(path, 0o711)
            if let owner { chown(path, owner, owner) }
            return Folder(path, in: parent)
        }
        // Student code that has the grader's rights can remove all of its folders. That shall cost it no other check.
        let other = try TemporaryFolder(for: owner)
        return Folder(other.path, in: other)
    }
}

extension URL {
    /// The path, as system calls and programs want it.
    var filePath: String { path(percentEncoded: false) }
}

import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of many files that is this program's own from top to bottom, and takes the place of an earlier one as a whole.
///
/// It is made under another name beside the place where it will stand, and then the two names are exchanged in one step (where the
/// system has no such step, the old folder is moved away first). So at each moment the one or the other is there, and a signal that
/// ends the program leaves nothing else.
public struct FolderTree: Sendable {
    /// The files by their paths in the folder.
    public var files: [String: [UInt8]]
    /// Those of them that are programs.
    public var executables: Set<String>

    /// - Parameters:
    ///   - files: the files by their paths in the folder.
    ///   - executables: those of them that are programs.
    public init(_ files: [String: [UInt8]], executables: Set<String> = []) {
        self.files = files
        self.executables = executables
    }

    /// Writes the folder, in place of one that is there.
    ///
    /// - Parameters:
    ///   - folder: the folder's path. Symbolic links are followed.
    ///   - last: a file that is written after all others.
    /// - Throws: `FileError`. The earlier folder is whole.
    public func replace(_ folder: String, last: String? = nil) throws(FileError) {
        var place = folder
        while place.count > 1, place.hasSuffix("/") { place.removeLast() }
        for _ in 0..<40 where FileKind(of: place) == .link {
            place = Paths.join(Paths.folder(of: place), Destination.target(ofLink: place) ?? "")
        }
        if FileKind(of: place) == .folder, let real = realpath(place, nil) {
            place = String(cString: real)
            free(real)
        }
        if let kind = FileKind(of: place), kind != .folder {
            throw FileError(.replace, folder, code: ENOTDIR, reason: "it is \(kind.rawValue), and no folder")
        }
        try makeFolder(of: place)
        sweepTrees(in: Paths.folder(of: place))
        let (fresh, lock) = try makeLockedTree(
            in: Paths.folder(of: place), mode: 0o777, kind: Int32(files_folder), name: folder)
        defer { close(lock) }
        defer { clearAway(fresh) }
        try makeFolders(in: fresh, name: folder)
        for path in files.keys.sorted(by: { ($0 == last ? 1 : 0, $0) < ($1 == last ? 1 : 0, $1) }) {
            try write(path, into: fresh, name: Paths.join(folder, path))
        }
        files_hold()
        defer { files_release() }
        guard Self.exchange(fresh, place) else { throw FileError(.replace, folder, code: errno) }
        // What now has the temporary name is the old folder, which goes with all that is in it; the new one's files are to stay.
        forget(fresh)
        _ = files_remember(fresh, Int32(files_tree))
    }

    /// Removes what has the temporary name: an unfinished new folder, or the old one. Signals wait for it.
    private func clearAway(_ fresh: String) {
        files_hold()
        defer { files_release() }
        removeTree(fresh)
        forget(fresh)
    }

    private func forget(_ fresh: String) {
        for path in files.keys { files_forget(Paths.join(fresh, path)) }
        for path in folders { files_forget(Paths.join(fresh, path)) }
        files_forget(fresh)
    }

    /// Writes the files into a folder that nobody else uses.
    ///
    /// - Throws: `FileError`.
    public func write(into folder: String) throws(FileError) {
        try makeFolder(folder)
        for path in files.keys.sorted() {
            try makeFolder(of: Paths.join(folder, path))
            try write(path, into: folder, name: Paths.join(folder, path), makesFolders: false)
        }
    }

    /// The folders of the files, each after the one that it lies in.
    private var folders: [String] {
        var found: Set<String> = []
        for path in files.keys {
            for end in path.indices where path[end] == "/" { found.insert(String(path[..<end])) }
        }
        return found.sorted()
    }

    /// Makes the folders inside the new folder.
    private func makeFolders(in fresh: String, name: String) throws(FileError) {
        for path in folders.map({ Paths.join(fresh, $0) }) {
            files_hold()
            defer { files_release() }
            guard mkdir(path, 0o777) == 0, files_remember(path, Int32(files_folder)) == 0 else {
                throw FileError(.makeFolder, name, code: errno)
            }
        }
    }

    private func write(
        _ path: String, into folder: String, name: String, makesFolders: Bool = true
    ) throws(FileError) {
        let file = Paths.join(folder, path)
        files_hold()
        let descriptor = open(
            file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, executables.contains(path) ? 0o777 : 0o666)
        let code = errno
        if descriptor >= 0, makesFolders { _ = files_remember(file, Int32(files_file)) }
        files_release()
        guard descriptor >= 0 else { throw FileError(.write, name, code: code) }
        defer { close(descriptor) }
        try writeAll(files[path] ?? [], to: descriptor, name: name)
    }

    /// Gives the new folder the old one's name. Between `files_hold` and `files_release`.
    private static func exchange(_ fresh: String, _ place: String) -> Bool {
        if rename(fresh, place) == 0 { return true }  // nothing was there, or an empty folder
        if files_exchange(fresh, place) == 0 { return true }
        guard [ENOSYS, EINVAL, ENOTSUP].contains(errno) else { return false }
        let old = temporaryTree(in: Paths.folder(of: place))
        guard rename(place, old) == 0 else { return false }
        guard rename(fresh, place) == 0 else {
            let code = errno
            rename(old, place)
            errno = code
            return false
        }
        rename(old, fresh)
        return true
    }
}

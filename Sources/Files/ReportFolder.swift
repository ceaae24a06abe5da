import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that holds a report of several files, which becomes visible as a whole.
///
/// All new files are complete on the disk, beside the old ones, before the first is replaced. Then a journal is written that
/// lists them, the files are renamed one after another, and the journal goes. A signal that ends the program waits until that is
/// over; where there is no waiting (SIGKILL, a power failure), the next run finds the journal first, and finishes what it says.
/// So a report is whole exactly if there is no journal beside it.
///
/// Why not a new folder in exchange for the old one: the folder is the user's. A shell may stand in it, it may be a link, a mounted
/// disk, or hold files and folders of others, which would have to move to a new folder and be lost if something went wrong.
public struct ReportFolder: Sendable {
    /// The folder's path.
    public let path: String

    /// - Parameter path: the folder; it need not be there.
    public init(_ path: String) { self.path = path }

    /// A file of the report, by its path in the folder.
    public typealias File = (path: String, bytes: [UInt8])

    /// Replaces the report, or writes the first.
    ///
    /// While this runs it holds a lock on the folder: of two runs into one folder the second waits, and then replaces the report of the
    /// first.
    ///
    /// - Parameters:
    ///   - files: the new report.
    ///   - earlier: the paths of the report that is there, from its own list. Whatever of these is not in the new report is removed;
    ///     nothing else ever is. Called when the folder is ours.
    /// - Throws: `FileError`. The earlier report is whole, and no folder was made.
    public func replace(with files: [File], earlier: () -> [String]) throws(FileError) {
        var made: [String] = []
        do throws(FileError) {
            made += try makeFolder(path)
            for file in files { made += try makeFolder(of: Paths.join(path, file.path)) }
            try write(files, earlier: earlier)
        } catch {
            removeEmpty(made)
            throw error
        }
    }

    private func write(_ files: [File], earlier: () -> [String]) throws(FileError) {
        let lock = try FolderLock(path)
        finish(lock)
        var sweptFolders: Set<String> = []
        // A folder cannot be replaced by a file: better found now than after half of the renames.
        var places: [(file: File, place: Destination)] = []
        for file in files { places.append((file, try Destination(Paths.join(path, file.path)))) }
        for case .file(let final, _) in places.map(\.place) { sweptFolders.insert(Paths.folder(of: final)) }
        for folder in sweptFolders { sweep(folder, owner: lock.identity) }
        var staged: [(temporary: Temporary, name: String)] = []
        for (file, place) in places {
            guard case .file(let final, let mode) = place else { continue }
            let name = Paths.join(path, file.path)
            staged.append(
                (try Temporary(for: final, mode: mode, owner: lock.identity, name: name, bytes: file.bytes), name))
        }
        let new = Set(files.map(\.path))
        let journal = Journal(
            renamings: staged.map {
                .init(temporary: relative($0.temporary.path), final: relative($0.temporary.final))
            },
            removals: earlier().filter { !new.contains($0) && Journal.isPlainFile($0, in: path) })
        let journalPath = Paths.join(path, Journal.name)
        let written = try Temporary(
            for: journalPath, mode: nil, owner: lock.identity, name: journalPath, bytes: journal.bytes)
        for (file, place) in places {
            guard case .stream(let stream) = place else { continue }
            try writeThrough(file.bytes, to: stream, name: Paths.join(path, file.path))
        }
        try commit(staged, journal, written, lock)
    }

    private func commit(
        _ staged: [(temporary: Temporary, name: String)], _ journal: Journal, _ written: Temporary, _ lock: FolderLock
    ) throws(FileError) {
        files_hold()
        defer {
            unlink(written.final)
            files_release()
        }
        try written.takePlace(name: written.final)
        lock.synchronize()
        for (temporary, name) in staged { try temporary.takePlace(name: name) }
        for path in journal.removals { unlink(Paths.join(self.path, path)) }
        lock.synchronize()
    }

    /// Finishes what an earlier run had begun to put in place when it was killed, and clears its temporaries away.
    public func finishInterrupted() {
        guard FileKind(of: path) == .folder, let lock = try? FolderLock(path) else { return }
        finish(lock)
    }

    private func finish(_ lock: FolderLock) {
        let journalPath = Paths.join(path, Journal.name)
        var folders: Set<String> = [path.hasSuffix("/") ? path : path + "/"]
        var status = stat()
        if lstat(journalPath, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() {
            let journal = readOwnFile(journalPath).flatMap(Journal.init)
            files_hold()
            // Whatever could not be done will be replaced by the next report.
            _ = journal?.finish(in: path, owner: lock.identity)
            lock.synchronize()
            unlink(journalPath)
            files_release()
            for step in journal?.renamings ?? [] { folders.insert(Paths.folder(of: Paths.join(path, step.final))) }
        }
        for name in Paths.names(in: path) ?? [] where FileKind(of: Paths.join(path, name)) == .folder {
            folders.insert(Paths.join(path, name) + "/")
        }
        for folder in folders { sweep(folder, owner: lock.identity) }
    }

    /// A path as the journal has it: in the folder, or absolute, so that the journal means the same from any current folder.
    private func relative(_ path: String) -> String {
        let start = self.path.hasSuffix("/") ? self.path : self.path + "/"
        return path.hasPrefix(start) ? String(path.dropFirst(start.count)) : Paths.absolute(path)
    }
}

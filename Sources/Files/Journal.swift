#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is left to do to make a report visible: complete files that lie ready, to be renamed, and files of the report before, to
/// be removed. It stands on the disk from before the first of these steps until after the last, so that a run which was killed between
/// them can be finished by the next.
struct Journal: Equatable {
    /// The journal's name in the report's folder. It is hidden, and only there while a report is being put in place.
    static let name = ".MixtureCourse-journal"
    private static let title = "MixtureCourse journal 1"

    /// One file: the temporary beside it, and its own path; relative to the report's folder where it lies in it.
    struct Renaming: Equatable {
        let temporary: String
        let final: String
    }

    var renamings: [Renaming]
    /// Files of the earlier report that the new one does not have, relative to its folder.
    var removals: [String]

    /// The journal as it is written. Paths may hold any byte but 0.
    var bytes: [UInt8] {
        var words = [Self.title]
        for renaming in renamings { words += ["rename", renaming.temporary, renaming.final] }
        for path in removals { words += ["remove", path] }
        words.append("end")
        return words.flatMap { Array($0.utf8) + [0] }
    }

    init(renamings: [Renaming], removals: [String]) {
        self.renamings = renamings
        self.removals = removals
    }

    /// Reads a journal; nil if it is none.
    init?(_ bytes: [UInt8]) {
        var words = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }[...]
        self.init(renamings: [], removals: [])
        guard words.popFirst() == Self.title else { return nil }
        while let word = words.popFirst() {
            switch word {
            case "rename":
                guard let temporary = words.popFirst(), let final = words.popFirst() else { return nil }
                renamings.append(Renaming(temporary: temporary, final: final))
            case "remove":
                guard let path = words.popFirst() else { return nil }
                removals.append(path)
            case "end": return
            default: return nil
            }
        }
        return nil
    }

    /// Does what is left to do in a report's folder, as far as it has not been done.
    ///
    /// A journal is obeyed like an order, so only what this program can have written is: a temporary of this very report takes the place
    /// of a file beside it, and no removal leads out of the folder.
    ///
    /// - Parameter owner: the name that the report gives its temporaries.
    /// - Returns: whether all of it could be done.
    func finish(in folder: String, owner: String) -> Bool {
        var isDone = true
        for step in renamings {
            let (temporary, final) = (Paths.join(folder, step.temporary), Paths.join(folder, step.final))
            guard Paths.folder(of: temporary) == Paths.folder(of: final),
                isTemporary(Paths.name(of: temporary), owner: owner)
            else { continue }
            var status = stat()
            // What is not there any more has been renamed.
            guard lstat(temporary, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            if rename(temporary, final) != 0 { isDone = false }
        }
        for path in removals where Self.isPlainFile(path, in: folder) { unlink(Paths.join(folder, path)) }
        return isDone
    }

    /// Whether a path leads to a regular file in a folder, over no link.
    static func isPlainFile(_ path: String, in folder: String) -> Bool {
        guard Paths.staysWithin(path) else { return false }
        var place = folder
        let parts = path.split(separator: "/")
        for (position, part) in parts.enumerated() {
            place = Paths.join(place, String(part))
            var status = stat()
            let kind = position == parts.count - 1 ? S_IFREG : S_IFDIR
            guard lstat(place, &status) == 0, status.st_mode & S_IFMT == kind else { return false }
        }
        return true
    }
}

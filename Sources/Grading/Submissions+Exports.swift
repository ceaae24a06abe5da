import Files
import Foundation

/// What a platform has exported, as submissions: in a folder or in a zip file; a folder for each student, or all students' files
/// beside each other with the names in front; with zip files in it, or without.
public final class SubmissionExport: Sendable {
    /// The submissions, in the order of their names.
    public let submissions: [Submission]
    /// Whether they are those of a class, be it of one student; not if a single submission was named.
    public let isClass: Bool
    /// Holds what had to be unpacked or sorted, as long as this lives.
    private let scratch: [TemporaryFolder]

    /// Finds the submissions in a folder or a zip file.
    ///
    /// - Parameters:
    ///   - place: the folder or the zip file.
    ///   - exercises: what the files may be called.
    ///   - asOne: whether it is certainly one submission, however deep in folders its files lie.
    /// - Throws: `SubmissionError`, `ArchiveError`.
    public init(at place: URL, exercises: [Exercise], asOne: Bool = false) async throws {
        guard Self.isArchive(place) else {
            (submissions, scratch) = try Self.find(in: place, exercises: exercises, asOne: asOne)
            isClass = !asOne && submissions[0].folder != place
            return
        }
        let unpacked = try TemporaryFolder()
        do {
            try await Archive(file: place).unpack(into: unpacked.url, size: .wholeClass)
        } catch let error as ArchiveError {
            throw SubmissionError.archive(place.plainPath, error)
        }
        // Most programs pack a folder with everything in it.
        var folder = unpacked.url
        let own = place.deletingPathExtension().lastPathComponent
        while case let inside = try Self.contents(of: folder), inside.count == 1, Self.isFolder(folder, inside[0]),
            PlatformName(inside[0]) == nil
        {
            folder.append(path: inside[0])
        }
        var found: (submissions: [Submission], scratch: [TemporaryFolder])
        do {
            found = try Self.find(in: folder, exercises: exercises, asOne: asOne)
        } catch SubmissionError.empty {
            throw SubmissionError.empty(place.plainPath)
        }
        isClass = !asOne && found.submissions[0].folder != folder
        if !isClass {
            found.submissions[0] = Submission(name: own, folder: folder, archives: found.submissions[0].archives)
        }
        (submissions, scratch) = (found.submissions, found.scratch + [unpacked])
    }

    private static func find(
        in folder: URL, exercises: [Exercise], asOne: Bool
    ) throws -> ([Submission], [TemporaryFolder]) {
        let files = Set(exercises.map { "\($0.name).swift" })
        let loose = (try? contents(of: folder))?.filter { !isFolder(folder, $0) } ?? []
        let archives = loose.filter { isArchive(folder.appending(path: $0)) }
        let named = loose.compactMap { file in PlatformName(file).map { (file, $0) } }
            .filter { !$0.1.file.isEmpty && (files.contains($0.1.file) || archives.contains($0.0)) }
        var found: [Submission] = []
        do {
            found = try Submission.find(in: folder, exercises: exercises, asOne: asOne)
        } catch SubmissionError.empty where !archives.isEmpty || !named.isEmpty {}
        if asOne || found.first?.folder == folder {
            return (
                [
                    Submission(
                        name: found[0].name, folder: folder, archives: archives.map { folder.appending(path: $0) })
                ], []
            )
        }
        let people =
            (try? readText(folder.appending(path: "submission_metadata.yml").filePath))
            .map(PlatformName.gradescope) ?? [:]
        found = found.map { submission in
            let inside = (try? contents(of: submission.folder)) ?? []
            let packed = inside.map { submission.folder.appending(path: $0) }.filter(isArchive)
            let name = people[submission.name] ?? PlatformName(submission.name)?.owner ?? submission.name
            return Submission(name: name, folder: submission.folder, archives: packed)
        }
        // Files beside each other: a folder for each owner.
        let scratch = try TemporaryFolder()
        let owners = Dictionary(grouping: named, by: { "\($0.1.owner) \($0.1.number)" })
        for (owner, own) in owners.sorted(by: { $0.key < $1.key }) {
            let place = scratch.url.appending(path: "\(found.count)")
            try makeFolder(place.filePath)
            for (file, name) in own.sorted(by: { $0.0 < $1.0 }) where files.contains(name.file) {
                try? FileManager.default.copyItem(
                    at: folder.appending(path: file), to: place.appending(path: name.file))
            }
            let packed = own.map(\.0).filter(archives.contains).sorted().map { folder.appending(path: $0) }
            found.append(Submission(name: own.first?.1.owner ?? owner, folder: place, archives: packed))
        }
        for file in archives where !named.contains(where: { $0.0 == file }) {
            let place = scratch.url.appending(path: "\(found.count)")
            try makeFolder(place.filePath)
            found.append(
                Submission(name: String(file.dropLast(4)), folder: place, archives: [folder.appending(path: file)]))
        }
        return (distinct(found), [scratch])
    }

    /// In alphabetical order; who shares a name with somebody gets a number behind it, in the order in which they were found.
    private static func distinct(_ submissions: [Submission]) -> [Submission] {
        var seen: [String: Int] = [:]
        let sorted = submissions.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        return sorted.map(\.element).map { submission in
            seen[submission.name, default: 0] += 1
            guard let count = seen[submission.name], count > 1 else { return submission }
            return Submission(
                name: "\(submission.name) (\(count))", folder: submission.folder, archives: submission.archives)
        }
    }

    private static func contents(of folder: URL) throws -> [String] {
        try names(inFolder: folder.filePath).filter { !$0.hasPrefix(".") && $0 != "__MACOSX" }
    }

    private static func isFolder(_ folder: URL, _ name: String) -> Bool {
        FileKind(of: folder.appending(path: name).plainPath) == .folder
    }

    /// Whether it is a zip file, and not a link to somebody else's.
    private static func isArchive(_ url: URL) -> Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: url.plainPath)[.type] as? FileAttributeType
        return url.plainPath.lowercased().hasSuffix(".zip") && type == .typeRegular
    }
}

extension Submission {
    /// Unpacks the zip files that were handed in.
    ///
    /// - Returns: the folders in which the files are, what holds them, and what is to be said of zip files that could not be unpacked.
    func unpacked() async throws -> (folders: [URL], scratch: [TemporaryFolder], notes: [String]) {
        var (folders, scratch, notes) = ([folder], [TemporaryFolder](), [String]())
        for archive in archives {
            let place = try TemporaryFolder()
            do {
                try await Archive(file: archive).unpack(into: place.url)
                folders.append(place.url)
                scratch.append(place)
            } catch let error as ArchiveError {
                if case .noProgram = error { throw error }
                notes.append("\(shown(archive.lastPathComponent)) was not unpacked: \(error)")
            }
        }
        return (folders, scratch, notes)
    }
}

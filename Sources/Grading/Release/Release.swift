// BEGIN HIDDEN TESTS
import Files
import Foundation

/// Makes the copies of a course that go to others, from the master.
///
/// - `student`: lessons, core, shown checks, and stubs to fill in;
/// - `solution`: the same, with the solutions, to be handed out after the deadline;
/// - `autograder`: what grading needs, hidden checks included, solutions excluded.
public struct Release: Sendable {
    /// The file by which a release is known, so that nothing else is ever overwritten.
    static let mark = ".release"

    let root: URL
    let exercises: [Exercise]

    /// - Parameters:
    ///   - root: the package's folder.
    ///   - exercises: all exercises of the master, with the hidden checks.
    public init(root: URL, exercises: [Exercise]) {
        self.root = root
        self.exercises = exercises
    }

    /// Writes the three copies into a folder, in place of an earlier release.
    ///
    /// They are written beside it and put in its place when complete: if anything fails, the folder is as it was.
    ///
    /// - Parameters:
    ///   - folder: where they go.
    ///   - force: whether a folder that is not an earlier release may be replaced, too.
    /// - Throws: `ReleaseError`; `Markers.Unbalanced`; errors of reading and writing.
    public func write(to folder: URL, force: Bool = false) throws {
        let target = folder.standardizedFileURL
        try checkReplaceable(target, force: force)
        // Where nothing can be written is told now, and not after half a minute.
        try checkFolder(target.deletingLastPathComponent().plainPath)
        try checkFolder(target.plainPath)
        let copies = ["student": try student(), "solution": try solution(), "autograder": try autograder()]
        var all = FolderTree([:])
        for (name, copy) in copies {
            for (path, data) in copy.files { all.files["\(name)/\(path)"] = Array(data) }
            for path in copy.executables { all.executables.insert("\(name)/\(path)") }
        }
        let paths = all.files.keys.sorted().joined(separator: "\n")
        all.files[Self.mark] = Array(
            "Written by `swift run Course assign`, which may replace these files:\n\(paths)\n".utf8)
        try all.replace(target.plainPath, last: Self.mark)
    }

    /// The student's copy.
    ///
    /// - Throws: `ReleaseError.leak` if it would contain what students must not see.
    func student() throws -> FileTree {
        var tree = try cutTree(ReleaseFiles.student)
        let masters = try masterFiles()
        for (name, text) in masters {
            let stub = try self.stub(of: text, file: name)
            try LeakInspection.inspect(stub: stub, name: name)
            tree["Lessons/Exercises/\(name)"] = Data(stub.utf8)
            tree[".stubs/\(name)"] = Data(stub.utf8)
        }
        tree["README.md"] = tree["Lessons/Exercises/README.md"]
        let inspection = try LeakInspection(masters: masters, exercises: exercises)
        for (path, data) in tree.files.sorted(by: { $0.key < $1.key })
        where !path.hasSuffix(".png") && !path.hasSuffix(".svg") {
            guard let text = String(data: data, encoding: .utf8) else { throw ReleaseError.unreadable(path) }
            try inspection.inspect(text, path: path)
        }
        return tree
    }

    /// The student's copy with solutions in the place of stubs.
    func solution() throws -> FileTree {
        var tree = try student()
        for (name, text) in try masterFiles() {
            tree["Lessons/Exercises/\(name)"] = Data(try Markers.solved(text, file: name).utf8)
        }
        return tree
    }

    /// What grading needs, as a package of its own that builds without the lessons and without Cairo.
    func autograder() throws -> FileTree {
        var tree = FileTree()
        for path in try ReleaseFiles.autograder.paths(in: root) {
            tree[path] = try Data(readFile(root.appending(path: path).filePath))
        }
        for (name, text) in try masterFiles() {
            let stub = Data(try self.stub(of: text, file: name).utf8)
            tree["Lessons/Exercises/\(name)"] = stub
            tree[".stubs/\(name)"] = stub
        }
        let templates = [
            "Package.swift.txt": "Package.swift", "Course.swift.txt": "Sources/Course/Course.swift",
            "setup.sh": "setup.sh", "run_autograder": "run_autograder",
        ]
        for (source, path) in templates {
            tree[path] = try Data(readFile(root.appending(path: "Sources/Course/Autograder/\(source)").filePath))
        }
        tree.executables = ["setup.sh", "run_autograder"]
        return tree
    }

    /// The files of a copy, hidden regions cut from Swift files; a file of which nothing remains is left out.
    private func cutTree(_ files: ReleaseFiles) throws -> FileTree {
        var tree = FileTree()
        for path in try files.paths(in: root) {
            let data = try Data(readFile(root.appending(path: path).filePath))
            guard path.hasSuffix(".swift") else {
                tree[path] = data
                continue
            }
            guard let text = String(data: data, encoding: .utf8) else { throw ReleaseError.unreadable(path) }
            let rest = try Markers.withoutHiddenTests(text, file: path)
            if !rest.allSatisfy(\.isWhitespace) { tree[path] = Data(rest.utf8) }
        }
        return tree
    }

    private func stub(of master: String, file: String) throws -> String {
        try Markers.stub(of: Markers.withoutHiddenTests(master, file: file), file: file)
    }

    /// The files of the master with solutions in them, by name: those of all exercises, and any other beside them.
    private func masterFiles() throws -> [String: String] {
        let folder = root.appending(path: "Lessons/Exercises")
        let others = try names(inFolder: folder.filePath)
            .filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") }
        return try Set(others + exercises.map { "\($0.name).swift" }).reduce(into: [:]) { files, name in
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
                throw ReleaseError.unreadable("Lessons/Exercises/\(name)")
            }
            files[name] = text
        }
    }

    private func checkReplaceable(_ folder: URL, force: Bool) throws {
        let path = folder.plainPath
        let (here, package) = (
            folder.resolvingSymlinksInPath().pathComponents, root.resolvingSymlinksInPath().pathComponents
        )
        if package.starts(with: here) { throw ReleaseError.unsafe(path, why: "this package lies in it") }
        let sources = ["Sources", "Lessons", "Output", "Tests", ".git", ".build"]
        if here.starts(with: package), here.count > package.count, sources.contains(here[package.count]) {
            throw ReleaseError.unsafe(path, why: "it is a part of this package")
        }
        guard let kind = FileKind(of: path), kind != .link else { return }
        guard kind == .folder else { throw ReleaseError.unsafe(path, why: "it is \(kind.rawValue)") }
        let names = try names(inFolder: path)
        if names.isEmpty || force { return }
        guard names.contains(Self.mark) else { throw ReleaseError.notARelease(path) }
        let others = try addedSince(folder)
        guard others.isEmpty else { throw ReleaseError.holdsOthers(path, others) }
    }

    /// Files in an earlier release that are not as they were written: added or changed, builds aside.
    private func addedSince(_ release: URL) throws -> [String] {
        let files = FileManager.default
        let mark = release.appending(path: Self.mark)
        let written = try Set(readText(mark.filePath).split(separator: "\n").map(String.init))
        /// A file whose date cannot be read, or which cannot be listed, counts as somebody else's.
        func changed(_ url: URL) -> Date {
            (try? files.attributesOfItem(atPath: url.filePath))?[.modificationDate] as? Date ?? .distantFuture
        }
        guard let finished = try? files.attributesOfItem(atPath: mark.filePath)[.modificationDate] as? Date,
            let paths = try? files.subpathsOfDirectory(atPath: release.plainPath)
        else { throw ReleaseError.unsafe(release.plainPath, why: "not all of it can be read") }
        return paths.sorted().filter { path in
            let parts = path.split(separator: "/")
            if path == Self.mark || parts.contains(".build") || parts.last == "Package.resolved" { return false }
            let url = release.appending(path: path)
            var isFolder: ObjCBool = false
            if files.fileExists(atPath: url.filePath, isDirectory: &isFolder), isFolder.boolValue { return false }
            return !written.contains(path) || changed(url) > finished
        }
    }
}

/// Files that are to be written, by their paths.
struct FileTree {
    var files: [String: Data] = [:]
    var executables: Set<String> = []

    subscript(path: String) -> Data? {
        get { files[path] }
        set { files[path] = newValue }
    }

    /// Writes all files into a folder, which is made.
    ///
    /// - Throws: `FileError`.
    func write(to folder: URL) throws {
        try FolderTree(files.mapValues(Array.init), executables: executables).write(into: folder.filePath)
    }
}
// END HIDDEN TESTS

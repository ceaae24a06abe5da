// BEGIN HIDDEN TESTS
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
    /// They are written beside it and moved when complete: if anything fails, the folder is as it was.
    ///
    /// - Parameters:
    ///   - folder: where they go.
    ///   - force: whether a folder that is not an earlier release may be replaced, too.
    /// - Throws: `ReleaseError`; `Markers.Unbalanced`; errors of reading and writing.
    public func write(to folder: URL, force: Bool = false) throws {
        let target = folder.standardizedFileURL
        try checkReplaceable(target, force: force)
        let copies = ["student": try student(), "solution": try solution(), "autograder": try autograder()]
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        let fresh = beside(target, "new")
        defer { try? FileManager.default.removeItem(at: fresh) }
        for (name, files) in copies { try files.write(to: fresh.appending(path: name)) }
        let paths = copies.flatMap { name, files in files.files.keys.map { "\(name)/\($0)" } }.sorted()
        try Data(
            "Written by `swift run Course assign`, which may replace these files:\n\(paths.joined(separator: "\n"))\n"
                .utf8
        )
        .write(to: fresh.appending(path: Self.mark))
        try replace(target, by: fresh)
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
            tree[path] = try Data(contentsOf: root.appending(path: path))
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
            tree[path] = try Data(contentsOf: root.appending(path: "Sources/Course/Autograder/\(source)"))
        }
        tree.executables = ["setup.sh", "run_autograder"]
        return tree
    }

    /// The files of a copy, hidden regions cut from Swift files; a file of which nothing remains is left out.
    private func cutTree(_ files: ReleaseFiles) throws -> FileTree {
        var tree = FileTree()
        for path in try files.paths(in: root) {
            let data = try Data(contentsOf: root.appending(path: path))
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
        let others = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            .filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") }
        return try Set(others + exercises.map { "\($0.name).swift" }).reduce(into: [:]) { files, name in
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
                throw ReleaseError.unreadable("Lessons/Exercises/\(name)")
            }
            files[name] = text
        }
    }

    private func beside(_ folder: URL, _ word: String) -> URL {
        folder.deletingLastPathComponent()
            .appending(path: ".\(folder.lastPathComponent).\(word)-\(ProcessInfo.processInfo.processIdentifier)")
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
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else { throw ReleaseError.unsafe(path, why: "it is a file") }
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        if names.isEmpty || force { return }
        guard names.contains(Self.mark) else { throw ReleaseError.notARelease(path) }
        let others = try addedSince(folder)
        guard others.isEmpty else { throw ReleaseError.holdsOthers(path, others) }
    }

    /// Files in an earlier release that are not as they were written: added or changed, builds aside.
    private func addedSince(_ release: URL) throws -> [String] {
        let files = FileManager.default
        let mark = release.appending(path: Self.mark)
        let written = try Set(String(contentsOf: mark, encoding: .utf8).split(separator: "\n").map(String.init))
        func changed(_ url: URL) throws -> Date {
            try files.attributesOfItem(atPath: url.filePath)[.modificationDate] as? Date ?? .distantPast
        }
        let finished = try changed(mark)
        return try files.subpathsOfDirectory(atPath: release.plainPath).sorted().filter { path in
            let parts = path.split(separator: "/")
            if path == Self.mark || parts.contains(".build") || parts.last == "Package.resolved" { return false }
            let url = release.appending(path: path)
            var isFolder: ObjCBool = false
            if files.fileExists(atPath: url.filePath, isDirectory: &isFolder), isFolder.boolValue { return false }
            return try !written.contains(path) || changed(url) > finished
        }
    }

    private func replace(_ folder: URL, by fresh: URL) throws {
        let old = beside(folder, "old")
        let exists = FileManager.default.fileExists(atPath: folder.path(percentEncoded: false))
        if exists { try FileManager.default.moveItem(at: folder, to: old) }
        do {
            try FileManager.default.moveItem(at: fresh, to: folder)
        } catch {
            if exists { try FileManager.default.moveItem(at: old, to: folder) }
            throw error
        }
        if exists { try FileManager.default.removeItem(at: old) }
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
    func write(to folder: URL) throws {
        for (path, data) in files {
            let url = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url)
            if executables.contains(path) {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: url.path(percentEncoded: false))
            }
        }
    }
}
// END HIDDEN TESTS

import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The rule for every write, for each way of writing: a single file, and a file of a report.
@Suite struct DestinationTests {
    /// The ways of writing a file.
    enum Way: CaseIterable {
        case alone, inReport

        func write(_ text: String, to name: String, in folder: String) throws {
            switch self {
            case .alone: try writeAtomically(text, to: "\(folder)/\(name)")
            case .inReport:
                try ReportFolder(folder).replace(with: [("other", [1]), (name, Array(text.utf8))]) { [] }
            }
        }
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        try body(folder)
        #expect(try names(in: folder).filter { $0.hasPrefix(".") } == [])
    }

    @Test("A link stays, and its target is replaced, over any number of links", arguments: Way.allCases, [1, 2, 7])
    func links(way: Way, count: Int) throws {
        try inFolder { folder in
            mkdir("\(folder)/far", 0o755)
            try put("old", "\(folder)/far/target")
            symlink(count % 2 == 0 ? "far/target" : "\(folder)/far/target", "\(folder)/link0")
            for i in 1..<max(count, 2) { symlink("link\(i - 1)", "\(folder)/link\(i)") }
            let before = try number("\(folder)/far/target")
            try way.write("new", to: "link\(count - 1)", in: folder)
            for i in 0..<count { #expect(kind("\(folder)/link\(i)") == .link) }
            #expect(try text(of: "\(folder)/far/target") == "new")
            #expect(try number("\(folder)/far/target") != before)
            #expect(try names(in: "\(folder)/far") == ["target"])
        }
    }

    @Test("A link to nothing makes its target", arguments: Way.allCases)
    func danglingLink(way: Way) throws {
        try inFolder { folder in
            mkdir("\(folder)/far", 0o755)
            symlink("far/../far/target", "\(folder)/link")
            try way.write("new", to: "link", in: folder)
            #expect(kind("\(folder)/link") == .link)
            #expect(try text(of: "\(folder)/far/target") == "new")
            symlink("nowhere/target", "\(folder)/lost")
            let error = #expect(throws: FileError.self) { try way.write("new", to: "lost", in: folder) }
            #expect(error?.description == "cannot write \(folder)/lost: No such file or directory")
        }
    }

    @Test("Links that lead in a circle are called that", arguments: Way.allCases, [1, 2, 5])
    func circles(way: Way, count: Int) throws {
        try inFolder { folder in
            for i in 0..<count { symlink("link\((i + 1) % count)", "\(folder)/link\(i)") }
            let error = #expect(throws: FileError.self) { try way.write("new", to: "link0", in: folder) }
            #expect(error?.description == "cannot write \(folder)/link0: its symbolic links lead in a circle")
            for i in 0..<count { #expect(kind("\(folder)/link\(i)") == .link) }
            let inside = #expect(throws: FileError.self) { try makeFolder("\(folder)/link0/deeper") }
            #expect(
                inside?.description
                    == "cannot make the folder \(folder)/link0: it is a symbolic link that leads in a circle")
        }
    }

    @Test("Through a named pipe the bytes go to its reader, and it stays", arguments: Way.allCases, ["pipe", "link"])
    func pipes(way: Way, name: String) throws {
        try inFolder { folder in
            mkfifo("\(folder)/pipe", 0o600)
            symlink("pipe", "\(folder)/link")
            // Opened for reading and writing, a pipe waits for nobody; and the text fits into it.
            let reader = open("\(folder)/pipe", O_RDWR)
            defer { close(reader) }
            try way.write("through", to: name, in: folder)
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = read(reader, &bytes, bytes.count)
            #expect(String(decoding: bytes[..<max(0, count)], as: UTF8.self) == "through")
            #expect(kind("\(folder)/pipe") == .pipe && kind("\(folder)/link") == .link)
        }
    }

    @Test("A pipe whose reader goes away is an error, and no signal")
    func brokenPipe() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            close(ends[0])
            let error = #expect(throws: FileError.self) { try writeAll([1], to: ends[1], name: "n") }
            #expect(error?.code == EPIPE)
            // What another part of the program does about the signal is as it was.
            var pending = sigset_t()
            sigpending(&pending)
            #expect(sigismember(&pending, SIGPIPE) == 0)
        }
    }

    @Test("Through a device it is written, and it stays", arguments: Way.allCases)
    func devices(way: Way) throws {
        try inFolder { folder in
            guard let null = makeDevice(nullDevice, at: "\(folder)/null"),
                let full = makeDevice(fullDevice, at: "\(folder)/full")
            else { return }
            try way.write("new", to: "null", in: folder)
            #expect(kind(null) == .device)
            let error = #expect(throws: FileError.self) { try way.write("new", to: "full", in: folder) }
            #expect(error?.description == "cannot write \(full): No space left on device")
            #expect(kind(full) == .device)
        }
    }

    @Test("Folders and sockets are refused by name, and stay", arguments: Way.allCases)
    func refused(way: Way) throws {
        try inFolder { folder in
            mkdir("\(folder)/folder", 0o755)
            let refused = #expect(throws: FileError.self) { try way.write("new", to: "folder", in: folder) }
            #expect(refused?.description == "cannot write \(folder)/folder: it is a folder")
            #expect(kind("\(folder)/folder") == .folder)
            guard mknod("\(folder)/socket", S_IFSOCK | 0o600, 0) == 0 else { return }
            symlink("socket", "\(folder)/link")
            for name in ["socket", "link"] {
                let refused = #expect(throws: FileError.self) { try way.write("new", to: name, in: folder) }
                #expect(refused?.description == "cannot write \(folder)/\(name): it is a socket")
            }
            #expect(kind("\(folder)/socket") == .socket)
        }
    }

    @Test(
        "A file that is replaced keeps its permissions", arguments: Way.allCases,
        [0o600, 0o640, 0o444, 0o755] as [mode_t])
    func permissions(way: Way, mode: mode_t) throws {
        try inFolder { folder in
            try put("old", "\(folder)/a")
            chmod("\(folder)/a", mode)
            try way.write("new", to: "a", in: folder)
            var status = stat()
            #expect(stat("\(folder)/a", &status) == 0 && status.st_mode & 0o777 == mode)
            #expect(try text(of: "\(folder)/a") == "new")
        }
    }

    @Test("Folders are made over links, and what is in the way is named")
    func folders() throws {
        try inFolder { folder in
            symlink("real", "\(folder)/link")
            try makeFolder("\(folder)/link/a//b/")
            #expect(kind("\(folder)/real/a/b") == .folder && kind("\(folder)/link") == .link)
            try makeFolder("\(folder)/link/a/b")
            for (name, words) in [("file", "a file"), ("pipe", "a named pipe")] {
                if name == "file" { try put("x", "\(folder)/file") } else { mkfifo("\(folder)/pipe", 0o600) }
                let error = #expect(throws: FileError.self) { try makeFolder("\(folder)/\(name)/below") }
                #expect(error?.description == "cannot make the folder \(folder)/\(name): it is \(words)")
                // Whoever only asks is told the same.
                for place in [name, name + "/below"] {
                    let asked = #expect(throws: FileError.self) { try checkFolder("\(folder)/\(place)") }
                    #expect(asked == error)
                }
            }
            let long = String(repeating: "n", count: 300)
            #expect(throws: FileError.self) { try checkFolder("\(folder)/\(long)/below") }
            try checkFolder("\(folder)/link/a//new/er/")
            try checkFolder("\(folder)/new/er")
            #expect(kind("\(folder)/link/a/new") == nil && kind("\(folder)/new") == nil)
        }
    }

    @Test("Folders that were made for nothing are gone again; those of others stay")
    func foldersForNothing() throws {
        try inFolder { folder in
            // Each name is short enough, but not the whole path.
            let long = String(repeating: "n/", count: 2500)
            #expect(throws: FileError.self) { try makeFolder("\(folder)/\(long)") }
            #expect(throws: FileError.self) { try makeFolder("\(folder)/a/b/\(String(repeating: "n", count: 300))") }
            #expect(try names(in: folder) == [])
            // A report that has no place in its folder.
            #expect(try makeFolder("\(folder)/mine/README.md") == ["\(folder)/mine", "\(folder)/mine/README.md"])
            let report = ReportFolder("\(folder)/mine")
            #expect(throws: FileError.self) {
                try report.replace(with: [("figures/1.svg", [1]), ("README.md", [1])], earlier: { [] })
            }
            #expect(try names(in: "\(folder)/mine") == ["README.md"])
            try put("x", "\(folder)/file")
            #expect(throws: FileError.self) {
                try ReportFolder("\(folder)/new").replace(with: [("a", [1]), ("a/b", [1])], earlier: { [] })
            }
            #expect(try names(in: folder) == ["file", "mine"])
        }
    }

    @Test("Whether a file can be written is known before the work, and nothing is made")
    func writable() throws {
        try inFolder { folder in
            try put("x", "\(folder)/file")
            try checkWritable("\(folder)/new/er/file")
            try checkWritable("\(folder)/file")
            for path in ["file/below", "file/deep/er"] {
                let error = #expect(throws: FileError.self) { try checkWritable("\(folder)/\(path)") }
                #expect(error?.description == "cannot make the folder \(folder)/file: it is a file")
            }
            #expect(try names(in: folder) == ["file"])
        }
    }
}

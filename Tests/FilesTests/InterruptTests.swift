import CFiles
import Testing

@testable import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Programs that are ended while they write. No test waits for a moment: each holds at whatever moment the signal comes.
@Suite struct InterruptTests {
    /// Signals that a program can obey in order.
    static let orderly = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ]
    /// One that it obeys, for all of them, and the one that it cannot: what happens then does not depend on the number.
    static let either = [SIGTERM, SIGKILL]

    @Test("Ended at any moment, a report is the old or the new one", arguments: either)
    func anyMoment(signal: Int32) async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        try ReportFolder(folder).replace(with: report("a")) { [] }
        for round in 0..<3 {
            await #expect(processExitsWith: .signal(signal)) {
                [folder = folder as String, signal, round = round as Int] in
                let rounds = UInt32(round)
                let end = try spawnThread {
                    usleep(rounds * 3000 + UInt32.random(in: 0..<3000))
                    kill(getpid(), signal)
                }
                while true {
                    for letter in "bcd" { try ReportFolder(folder).replace(with: report(letter)) { [] } }
                    _ = end
                }
            }
            // A signal that can be obeyed leaves nothing to be cleared away.
            if signal != SIGKILL { #expect(try rubbish(in: folder) == []) }
            // Where a journal says that a report is half in place, the next run begins by finishing it.
            if try names(in: folder).contains(Journal.name) { ReportFolder(folder).finishInterrupted() }
            #expect(try letter(in: folder) != nil)
            try ReportFolder(folder).replace(with: report("e")) { [] }
            #expect(try letter(in: folder) == "e")
            #expect(try rubbish(in: folder) == [])
        }
    }

    @Test("Ended while all temporaries lie ready, none stays, and the old report is whole", arguments: orderly)
    func staged(signal: Int32) async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        try ReportFolder(folder).replace(with: report("a")) { [] }
        await #expect(processExitsWith: .signal(signal)) { [folder = folder as String, signal] in
            try ReportFolder(folder).replace(with: report("b")) {
                // As many temporaries as files: the signal finds something to do.
                if (try? rubbish(in: folder).count) == report("b").count { raiseHere(signal) }
                return []
            }
        }
        #expect(try rubbish(in: folder) == [])
        #expect(try letter(in: folder) == "a")
    }

    @Test("A file that grows beyond a limit ends the program by that signal, and leaves the old report")
    func fileSize() async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        try ReportFolder(folder).replace(with: report("a")) { [] }
        await #expect(processExitsWith: .signal(SIGXFSZ)) { [folder = folder as String] in
            var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
            setrlimit(fileSizeLimit, &limit)
            letIn(SIGXFSZ)
            try ReportFolder(folder).replace(with: report("b") + [("large", [UInt8](repeating: 0, count: 20_000))]) {
                []
            }
        }
        #expect(try rubbish(in: folder) == [])
        #expect(try letter(in: folder) == "a")
    }

    @Test("While names change, a signal waits; then it is obeyed", arguments: orderly)
    func postponed(signal: Int32) async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        await #expect(processExitsWith: .signal(signal)) { [folder = folder as String, signal] in
            files_hold()
            raiseHere(signal)
            try put("still here", "\(folder)/written")
            files_release()
            try put("too late", "\(folder)/late")
        }
        #expect(try names(in: folder) == ["written"])
    }

    @Test("A signal that was ignored from the start, as with nohup, stays ignored")
    func ignored() async throws {
        await #expect(processExitsWith: .success) {
            let folder = try makeFolder()
            defer { removeFolder(folder) }
            signal(SIGHUP, SIG_IGN)
            try ReportFolder(folder).replace(with: report("a")) {
                raiseHere(SIGHUP)
                return []
            }
            #expect(try letter(in: folder) == "a")
        }
    }

    @Test("What is cleared away after a signal does not come back, whoever is at work")
    func stillAtWork() async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        await #expect(processExitsWith: .signal(SIGTERM)) { [folder = folder as String] in
            setenv("TMPDIR", folder, 1)
            let own = try ScratchFolder()
            // So many that whoever makes folders meanwhile would be seen to.
            for number in 0..<100 { try put("x", "\(own.path)/\(number)") }
            for number in 0..<3 {
                _ = try spawnThread {
                    while true {
                        _ = try? Files.makeFolder("\(own.path)/\(number)-\(UInt32.random(in: 0..<100))/deep/er")
                    }
                }
            }
            raiseHere(SIGTERM)
            // Whoever makes a folder at this moment obeys, as soon as it is made.
            while true { withExtendedLifetime(own) { _ = pause() } }
        }
        #expect(try names(in: folder) == [])
    }

    @Test(
        "A folder of many files is the old or the new one, and a folder for temporary files goes",
        arguments: either)
    func trees(signal: Int32) async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        let scratch = folder + "/scratch"
        mkdir(scratch, 0o755)
        func tree(_ letter: Character) -> FolderTree {
            FolderTree(Dictionary(uniqueKeysWithValues: report(letter).map { ($0.path, $0.bytes) }))
        }
        try tree("a").replace(folder + "/dist")
        for round in 0..<2 {
            await #expect(processExitsWith: .signal(signal)) {
                [folder = folder as String, signal, round = round as Int] in
                setenv("TMPDIR", folder + "/scratch", 1)
                let rounds = UInt32(round)
                let end = try spawnThread {
                    usleep(rounds * 5000 + UInt32.random(in: 0..<5000))
                    kill(getpid(), signal)
                }
                while true {
                    // The handler may be clearing away at this very moment: then the end is near.
                    do {
                        let own = try ScratchFolder()
                        try makeFolder(own.path + "/a/b")
                        try writeAtomically([1], to: own.path + "/a/b/c")
                        for letter in "bcd" {
                            try FolderTree(Dictionary(uniqueKeysWithValues: report(letter).map { ($0.path, $0.bytes) }))
                                .replace(folder + "/dist")
                        }
                    } catch { while true { pause() } }
                    _ = end
                }
            }
            #expect(try letter(in: folder + "/dist") != nil)
            if signal != SIGKILL {
                #expect(try names(in: folder) == ["dist", "scratch"])
                #expect(try names(in: scratch) == [])
            }
        }
        // The next run clears away what the killed ones have left; this one's own go in turn.
        try tree("e").replace(folder + "/dist")
        #expect(try letter(in: folder + "/dist") == "e")
        #expect(try names(in: folder) == ["dist", "scratch"])
        sweepTrees(in: scratch + "/")
        #expect(try names(in: scratch) == [])
    }
}

/// Lets a signal in, where the thread of a pool would not.
func letIn(_ signal: Int32) {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
}

/// Sends a signal to this thread, which has got it when this returns.
func raiseHere(_ signal: Int32) {
    letIn(signal)
    raise(signal)
}

/// Does something on a thread of its own.
func spawnThread(_ work: @escaping @Sendable () -> Void) throws -> pthread_t {
    final class Box: Sendable {
        let work: @Sendable () -> Void
        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
    #if canImport(Glibc)
        var thread = pthread_t()
    #else
        var thread: pthread_t?
    #endif
    let box = Unmanaged.passRetained(Box(work)).toOpaque()
    let code = pthread_create(
        &thread, nil,
        {
            #if canImport(Glibc)
                guard let context = $0 else { return nil }
            #else
                let context = $0
            #endif
            Unmanaged<Box>.fromOpaque(context).takeRetainedValue().work()
            return nil
        }, box)
    try #require(code == 0)
    #if canImport(Glibc)
        return thread
    #else
        return try #require(thread)
    #endif
}

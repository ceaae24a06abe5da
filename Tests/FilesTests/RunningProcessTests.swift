import Foundation
import Testing

@testable import Files

/// Processes that lead a group of their own, as student code does.
@Suite struct RunningProcessTests {
    @Test(
        "A signal that ends the program ends its processes with what they have started", arguments: [SIGINT, SIGTERM])
    func signal(signal: Int32) async throws {
        let folder = try makeFolder()
        defer { removeFolder(folder) }
        await #expect(processExitsWith: .signal(signal)) { [folder = folder as String, signal] in
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "sleep 54 & echo $$ > \(folder)/pid; sleep 54"]
            try process.run()
            while FileKind(of: folder + "/pid") == nil { usleep(1000) }
            usleep(5000)
            _ = rememberProcess { process.processIdentifier }
            raiseHere(signal)
        }
        let pid = try #require(pid_t(readText(folder + "/pid").filter(\.isNumber)))
        // A group that is empty, or holds only what nobody has buried yet, takes no more signals from us.
        var left = 200
        while kill(-pid, 0) == 0, left > 0 {
            usleep(5000)
            left -= 1
        }
        #expect(left > 0)
    }

    @Test("A process that is forgotten is left alone")
    func forgotten() async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        // On a busy machine the other process begins late.
        process.arguments = ["900"]
        try process.run()
        // For good: a child of a test inherits which signals are put off.
        defer { kill(process.processIdentifier, SIGKILL) }
        let number = process.processIdentifier
        await #expect(processExitsWith: .signal(SIGTERM)) { [number = number as Int32] in
            _ = rememberProcess { number }
            forgetProcess(number)
            raiseHere(SIGTERM)
        }
        #expect(process.isRunning)
    }
}

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
        var left = 200
        while Self.works(group: pid), left > 0 {
            usleep(5000)
            left -= 1
        }
        #expect(left > 0)
    }

    /// Whether a group has a member that is not dead. (The dead that nobody has buried yet still take signals; where the system has no
    /// list of processes, nobody leaves them long.)
    private static func works(group: pid_t) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        guard names.contains("self") else { return kill(-group, 0) == 0 }
        return names.contains { name in
            guard pid_t(name) != nil, let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
                let end = text.lastIndex(of: ")")
            else { return false }
            // State, parent, group.
            let fields = text[text.index(after: end)...].split(separator: " ")
            return fields.count > 2 && fields[0] != "Z" && pid_t(fields[2]) == group
        }
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

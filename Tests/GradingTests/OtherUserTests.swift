import Foundation
import Testing

@testable import Grading

/// Programs that run as somebody else, which only the superuser can arrange.
@Suite(.enabled(if: geteuid() == 0)) struct OtherUserTests {
    /// Many at once, while threads come and go: changing the user between `fork` and `exec` would hang in some of them.
    @Test(.timeLimit(.minutes(2)))
    func `A program can run as nobody, in no other group, with its limits`() async throws {
        let nobody: uid_t = 65_534
        let folder = try TemporaryFolder(for: nobody)
        let said = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    let result = try await LimitedProcess(
                        program: "/bin/sh", arguments: ["-c", "id -u; id -G; ulimit -t; ulimit -H -t"],
                        environment: ["PATH": "/usr/bin:/bin"], folder: folder.path, limits: .studentCode, user: nobody
                    ).run()
                    return String(decoding: result.output, as: UTF8.self)
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        let seconds = Limits.studentCode.processorSeconds
        #expect(said == ["65534\n65534\n\(seconds)\n\(seconds + 1)\n"])
    }
}

import Foundation
import Testing

@testable import Grading

@Suite struct CompilerTests {
    @Test(.timeLimit(.minutes(1)))
    func `What a compiler leaves that was stopped lies in the folder that goes away`() async throws {
        let (tools, folder) = (try TemporaryFolder(), try TemporaryFolder())
        let program = tools.url.appending(path: "swiftc")
        try Data("#!/bin/sh\necho half > \"$TMPDIR/half\"\nkill -XCPU $$\n".utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.filePath)
        let outcome = try await Compiler(path: program.filePath).run([], in: folder.url)
        guard case .overtime = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.filePath) == ["half"])
    }
}

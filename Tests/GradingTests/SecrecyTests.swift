import Foundation
import Testing

@testable import Grading

@Suite struct SecrecyTests {
    @Test func `A folder is open to all if it and every folder above it are`() throws {
        let folder = try HandedIn(["a/b/x": ""])
        let (outer, inner) = (folder.url.appending(path: "a"), folder.url.appending(path: "a/b"))
        func isOpen(_ modes: [Int]) throws -> Bool {
            for (url, mode) in zip([folder.url, outer, inner], modes) {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.plainPath)
            }
            return Secrecy.isOpenToAll(inner.plainPath)
        }
        // Where the folder for temporary files is closed, nothing in it is open.
        let isTemporaryOpen = Secrecy.isOpenToAll(folder.url.deletingLastPathComponent().plainPath)
        #expect(try isOpen([0o755, 0o755, 0o755]) == isTemporaryOpen)
        #expect(
            try !isOpen([0o755, 0o700, 0o755]) && !isOpen([0o755, 0o755, 0o700]) && !isOpen([0o700, 0o755, 0o755]))
        #expect(try isOpen([0o755, 0o711, 0o755]) == isTemporaryOpen)
        #expect(!Secrecy.isOpenToAll(folder.url.appending(path: "none").plainPath))
    }
}

import Files
import Foundation
import Testing

@testable import Worksheets

@Suite("The seeds of worksheets")
struct SeedsTests {
    @Test("A student's seed is what Python's hmac makes of secret, worksheet and id: it must never change")
    func stable() throws {
        let secret = try Seeds(secret: "0123456789abcdef")
        #expect(secret.seed(worksheet: "coin-flips", student: "ada") == 10613845164667061055)
        #expect(Seeds(seed: 7).seed(worksheet: "coin-flips", student: "ada") == 7974971201362991326)
    }

    @Test("Another secret, worksheet or id gives another seed; so does a boundary in another place")
    func different() throws {
        let (one, other) = (try Seeds(secret: "0123456789abcdef"), try Seeds(secret: "0123456789abcdeF"))
        let seeds = [
            one.seed(worksheet: "coin-flips", student: "ada"), other.seed(worksheet: "coin-flips", student: "ada"),
            one.seed(worksheet: "lagrange", student: "ada"), one.seed(worksheet: "coin-flips", student: "Ada"),
            one.seed(worksheet: "coin-flipsa", student: "da"),
        ]
        #expect(Set(seeds).count == seeds.count)
    }

    @Test("An accent in one character or in two makes no difference")
    func accents() {
        let seeds = Seeds(seed: 7)
        #expect(
            seeds.seed(worksheet: "a", student: "J\u{F6}rg") == seeds.seed(worksheet: "a", student: "Jo\u{308}rg"))
    }

    @Test("A seed that is no secret is none by its digits either")
    func seedIsNoSecret() throws {
        let secret = try Seeds(secret: "1234567890123456")
        #expect(
            secret.seed(worksheet: "a", student: "b")
                != Seeds(seed: 1_234_567_890_123_456).seed(worksheet: "a", student: "b"))
    }

    @Test("A short secret is refused")
    func weak() { #expect(throws: WorksheetError.weakSecret) { try Seeds(secret: "2026") } }

    @Test("The file of the secret is made once, for its owner only, and then read")
    func file() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "seeds-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/deep/secret.txt"
        let (made, isNew) = try Seeds.read(path)
        #expect(isNew)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let (read, isNewAgain) = try Seeds.read(path)
        #expect(!isNewAgain && read == made)
        #expect(try readText(path).count == 65)
        try writeAtomically("abc\n", to: path)
        #expect(throws: WorksheetError.weakSecret) { try Seeds.read(path) }
    }
}

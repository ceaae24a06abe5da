import Files
import Foundation

/// What the numbers of a course's sheets are drawn from: a secret, so that a student's sheet can be made again, and nobody can
/// guess another's.
public struct Seeds: Sendable, Equatable {
    private let key: [UInt8]

    /// From a course's secret.
    ///
    /// - Throws: ``WorksheetError/weakSecret``, if it has less than 16 characters: whoever has one sheet could try them all.
    public init(secret: String) throws(WorksheetError) {
        guard secret.unicodeScalars.count >= Self.shortest else { throw .weakSecret }
        key = Array("secret ".utf8) + Array(secret.utf8)
    }

    /// From a number that is no secret, for question banks and for trying out.
    public init(seed: UInt64) { key = Array("seed \(seed)".utf8) }

    /// The fewest characters of a secret.
    static let shortest = 16

    /// The seed of one student's numbers: the first 64 bits of HMAC-SHA256 under the secret, of the worksheet's name and the
    /// student's id. No name and no id has a NUL in it, so that no two pairs make the same message.
    ///
    /// The version changes when the drawing of numbers does, since then an old sheet cannot be made again. Letters with accents are taken
    /// in their composed form: a list from another machine, where they look the same and have other bytes, makes the same sheets.
    func seed(worksheet: String, student: String) -> UInt64 {
        let student = student.precomposedStringWithCanonicalMapping
        let message = "mixture course worksheets, version 1\0\(worksheet)\0\(student)"
        return SHA256.authenticationCode(of: Array(message.utf8), key: key).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension Seeds {
    /// From the file with the course's secret, which is made if it is not there.
    ///
    /// - Parameter path: the file; blanks at its end do not count.
    /// - Returns: the seeds, and whether the file was made.
    /// - Throws: `FileError`; ``WorksheetError/weakSecret``.
    public static func read(_ path: String) throws -> (seeds: Seeds, isNew: Bool) {
        if FileKind(of: path) == nil {
            var generator = SystemRandomNumberGenerator()
            let words = (0..<4).map { _ in UInt64.random(in: .min ... .max, using: &generator) }
            let secret = words.map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
            try makeFolder(of: path)
            try writePrivately(Array((secret + "\n").utf8), to: path)
            return (try Seeds(secret: secret), true)
        }
        var text = try readText(path)
        while text.last?.isWhitespace == true { text.removeLast() }
        return (try Seeds(secret: text), false)
    }
}

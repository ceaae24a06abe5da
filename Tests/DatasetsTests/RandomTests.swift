import Testing

@testable import Datasets

@Suite("Random files")
struct RandomTests {
    @Test("Random tables are read back whatever way each cell and line is written", arguments: 0..<100)
    func roundTrip(_ seed: UInt64) throws {
        var random = SmallGenerator(seed: seed)
        let rows = 1 + random.below(20)
        let numbers = (0..<rows).map { _ in Double(random.below(2_000_001) - 1_000_000) / 1000 }
        let lineEnd = ["\n", "\r\n", "\r"][random.below(3)]
        var text = ["\u{FEFF}", ""][random.below(2)] + "note,x" + lineEnd
        var line = 2
        var lines: [Int] = []
        for number in numbers {
            lines.append(line)
            let note = (0..<random.below(6)).map { _ in ["a", ",", "\"\"", lineEnd, " ", "é"][random.below(6)] }
            line += 1 + note.count { $0 == lineEnd }
            let cell = ["\(number)", " \(number)\t", "\"\(number)\"", " \" \(number)\" "][random.below(4)]
            text += "\"\(note.joined())\",\(cell)\(lineEnd)"
        }
        text += String(repeating: lineEnd, count: random.below(3))

        let table = try TemporaryFile.table(text.utf8, columns: [.init("x")])
        #expect(table.numbers(at: 0) == numbers)
        #expect((0..<rows).map(table.line(ofRow:)) == lines)
    }

    @Test("Random bytes are read or refused with a sentence, never with a crash", arguments: 0..<20)
    func garbage(_ seed: UInt64) throws {
        let alphabet: [UInt8] = Array("\"\",,\r\n\n\n 01.5e-\tx".utf8) + [0xEF, 0xBB, 0xBF, 0xFF]
        var random = SmallGenerator(seed: seed)
        var read = 0
        for _ in 0..<50 {
            let bytes = (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }
            let message = try TemporaryFile.message("x\n".utf8 + bytes, columns: [.init("x", .count)])
            if let message { #expect(message.hasPrefix("file.csv") && message.hasSuffix(".")) } else { read += 1 }
        }
        #expect(read < 50)
    }
}

/// A small generator for test inputs (Lehmer's multiplicative one, modulo 2³¹ - 1).
struct SmallGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed * 7919 + 12345 }

    mutating func below(_ bound: Int) -> Int {
        state = state * 48271 % 0x7FFF_FFFF
        return Int(state >> 8) % bound
    }
}

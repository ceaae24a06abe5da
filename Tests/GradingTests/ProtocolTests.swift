import ExerciseProtocol
import Testing

/// What passes between the grader and the process that runs a student's functions.
@Suite struct ProtocolTests {
    @Test(arguments: [
        Value.number(0.1), .number(-0.0), .number(.leastNonzeroMagnitude), .number(1.7976931348623157e308),
        .number(.infinity),
        .number(-.infinity), .boolean(true), .text(""), .text("two words, 100 %\n\u{0}[ ] é"), .list([]),
        .list([.number(1), .list([.boolean(false)]), .text("]")]), .record([:]),
        .record(["a b": .number(2), "}": .list([.record(["": .text("'")])])]),
    ])
    func `What is written is read again`(value: Value) throws {
        #expect(try Value(text: value.text) == value)
        let request = Request(function: "Exercise3.f g", calls: [[value, value], []])
        #expect(try Request(text: request.text) == request)
        #expect(try Reply(text: Reply.returned(value).text) == .returned(value))
        #expect(!Reply.returned(value).text.contains("\n"))
    }

    @Test func `NaN is a number`() throws {
        #expect(try Double(value: Value(text: Value.number(-.nan).text)).isNaN)
        #expect(try Reply(text: Reply.threw("no, \n not").text) == .threw("no, \n not"))
    }

    @Test(arguments: [
        "", " ", "[", "]", "[ 1", "[ 1 ] ]", "1 2", "{ a }", "{ 'a }", "{ 'a 1", "{ a 1 }", "}", "tru", "0x", "'%",
        "'%zz", "'%ff", "[1]",
        "{\"a\":1}",
        String(repeating: "[ ", count: 100_000),
    ])
    func `Anything else is refused, however deep`(text: String) {
        #expect(throws: Malformed.self) { try Value(text: text) }
        #expect(throws: Malformed.self) { try Reply(text: "returned " + text) }
        #expect(throws: Malformed.self) { try Reply(text: text) }
    }
}

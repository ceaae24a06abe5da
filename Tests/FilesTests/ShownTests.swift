import Testing

@testable import Files

/// How names stand in messages.
@Suite struct ShownTests {
    @Test(
        "What breaks a line, orders a terminal or hides is written out; everything else stays",
        arguments: [
            ("a\nb\r\u{1B}[31m\u{7F}\u{9B}", #"a\nb\r\u{1B}[31m\u{7F}\u{009B}"#),
            ("\u{202E}x\u{2028}\u{2029}\u{FEFF}\u{AD}", #"\u{202E}x\u{2028}\u{2029}\u{FEFF}\u{00AD}"#),
            ("1\u{A0}000\u{2009}x\u{3000}", #"1\u{00A0}000\u{2009}x\u{3000}"#),
            ("ü \"x\" 'y' \\n 日本 👩‍👩‍👧 e\u{301}", "ü \"x\" 'y' \\n 日本 👩‍👩‍👧 e\u{301}"), ("", ""),
        ])
    func names(name: String, text: String) {
        #expect(shown(name) == text)
        #expect(shown(name[...]) == text)
    }

    @Test("Of a name that nobody would read to its end, both ends are shown")
    func long() {
        let path = "/start" + String(repeating: "/folder", count: 1000) + "/end.csv"
        #expect(shown(path).unicodeScalars.count == 1001)
        #expect(shown(path).hasPrefix("/start/folder/") && shown(path).hasSuffix("/folder/end.csv"))
        // One character of a million scalars is long, too.
        #expect(shown("e" + String(repeating: "\u{301}", count: 1_000_000)).utf8.count < 2100)
        let whole = String(repeating: "x", count: 1000)
        #expect(shown(whole) == whole)
    }

    @Test("A message keeps its own lines, and quotes the words of the command line as they are shown")
    func messages() {
        let message = "Error: The value 'a\nb' is invalid\nUsage: \u{1B}[1mx"
        let lines = ["Error: The value 'a\\nb' is invalid", "Usage: \\u{1B}[1mx"]
        for words in [["x", "a\nb"], ["--seed=a\nb"], ["--seed=1", "a\nb"]] {
            #expect(visibleMessage(message, quoting: words).split(separator: "\n").map(String.init) == lines)
        }
        #expect(visibleMessage(message).split(separator: "\n").count == 3)
        let long = String(repeating: "z", count: 100_000)
        #expect(visibleMessage("Unexpected argument '\(long)'", quoting: [long]).utf8.count < 1100)
    }

    @Test("Errors name files in this way")
    func errors() {
        #expect("\(FileError(.read, "a\nb", code: 2))" == #"cannot read a\nb: No such file or directory"#)
    }
}

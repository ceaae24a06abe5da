import Files
import Foundation
import Testing

@testable import Notebook

struct ChromiumTests {
    @Test("A browser keeps its settings and caches in the scratch folder, and leaves the user's home alone")
    func home() throws {
        let scratch = try ScratchFolder()
        // In the browser's place, a program that says where it would keep what. A child writes it: while this process held it open, none that
        // another test starts could be told from one that still writes, and the system would refuse to run it.
        let program = "\(scratch.path)/browser"
        let script = "#!/bin/sh\nprintf '%s\\n' \"$XDG_CONFIG_HOME\" \"$XDG_CACHE_HOME\" \"$@\"\n"
        let writer = try Process.run(
            URL(filePath: "/bin/sh"),
            arguments: ["-c", #"printf '%s' "$1" > "$2" && chmod 755 "$2""#, "sh", script, program])
        writer.waitUntilExit()
        let run = try Chromium(program: URL(filePath: program)).run(["--dump"], on: "/page.html", in: scratch)
        #expect(run.code == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.prefix(2) == ["\(scratch.path)/settings", "\(scratch.path)/cache"])
        #expect(lines.contains("--user-data-dir=\(scratch.path)/profile"))
        #expect(lines.suffix(2) == ["--dump", "file:///page.html"])
    }
}

// Hostile: puts a program of its own in the place of the one that runs it.
// Told: ended, with another program in place
import Foundation
let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
if program.path.contains("MixtureCourse-") {
    try? FileManager.default.removeItem(at: program)
    try? Data("#!/bin/sh\nexit 0\n".utf8).write(to: program)
    chmod(program.path, 0o755)
}
fatalError("ended, with another program in place")

// Hostile: deletes its folder, and the program. (Only folders of the grader's own: this must do no harm if isolation fails.)
// Told: ended, with everything deleted
import Foundation
let folder = FileManager.default.currentDirectoryPath
let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
for path in [folder, program.path] where path.contains("/MixtureCourse-") {
    try? FileManager.default.removeItem(atPath: path)
}
fatalError("ended, with everything deleted")

// Hostile: writes a file of a gigabyte.
// Told: wrote more than
import Foundation
let block = Data(count: 1 << 20)
FileManager.default.createFile(atPath: "large", contents: nil)
let file = FileHandle(forWritingAtPath: "large")
for _ in 0..<1024 { file?.write(block) }

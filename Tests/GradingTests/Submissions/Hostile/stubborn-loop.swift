// Hostile: loops without end, and ignores every signal that can be ignored.
// Told: it went on after its
import Foundation
for number in 1..<32 { signal(Int32(number), SIG_IGN) }
var x = 0.5
while x < 1 { x *= 0.5 }

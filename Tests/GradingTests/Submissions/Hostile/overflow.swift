// Hostile: computes a whole number that is too large.
// Told: a number too large for Int
import Foundation
var product = Int(ProcessInfo.processInfo.processIdentifier) + 1
for _ in 0..<100 { product *= 7 }

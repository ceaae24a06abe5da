// Hostile: closes every descriptor, and stops.
// Told: without a message
import Foundation
for descriptor in 0..<Int32(256) { close(descriptor) }
fatalError("nobody hears this")

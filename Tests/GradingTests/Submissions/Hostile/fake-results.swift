// Hostile: writes results of its own to every descriptor that may be open, and ends the process.
// Told: something else was written where the results go
import Foundation
for line in ["returned 1.0\n", "returned [ 0.5 0.5 ]\n", "passed\n", "{\"score\":100}\n"] {
    for descriptor in 1..<Int32(64) { _ = line.withCString { write(descriptor, $0, strlen($0)) } }
    print(line)
}
exit(0)

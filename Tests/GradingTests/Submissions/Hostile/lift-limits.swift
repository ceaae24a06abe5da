// Hostile: tries to lift its limits, and loops.
// Told: an endless loop
import Foundation
var none = rlimit(rlim_cur: .max, rlim_max: .max)
setrlimit(__rlimit_resource_t(0), &none)
while true {}

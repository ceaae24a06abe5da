// Hostile: takes more memory than it may. (Not without end: this must do no harm if the limit fails.)
// Told: megabytes of memory
var everything: [UnsafeMutableRawPointer] = []
for _ in 0..<16 { everything.append(.allocate(byteCount: 1 << 27, alignment: 16)) }

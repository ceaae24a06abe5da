// Hostile: prints a gigabyte.
// Told: wrote more than
let line = String(repeating: "x", count: 1 << 16)
for _ in 0..<(1 << 14) { print(line) }

#if canImport(Glibc)
    @preconcurrency import Glibc  // for `stdout`, which C declares as a variable
#else
    @preconcurrency import Darwin
#endif

/// Lets what student code prints go to standard error, line by line, so that nothing is lost when it traps.
///
/// - Returns: the file descriptor of the former standard output, for results only.
func divertPrinting() -> Int32 {
    let results = dup(1)
    dup2(2, 1)
    setvbuf(stdout, nil, _IOLBF, 0)
    return results
}

/// All bytes that can be read from a descriptor.
func everything(from descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
        let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
        guard !part.isEmpty else { return bytes }
        bytes += part
    }
}

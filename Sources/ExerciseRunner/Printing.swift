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

/// All text that can be read from a descriptor.
func everything(from descriptor: Int32) -> String {
    var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while true {
        let count = read(descriptor, &part, part.count)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += part[..<count]
    }
}

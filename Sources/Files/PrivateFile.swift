import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes a new file that only its owner can read, completely or not at all.
///
/// - Throws: `FileError`.
public func writePrivately(_ bytes: [UInt8], to path: String) throws(FileError) {
    guard case .file(let final, _) = try Destination(path) else {
        throw FileError(.write, path, code: EINVAL, reason: "a secret is kept in a file, and in nothing else")
    }
    sweep(Paths.folder(of: final))
    // It has its permissions before it has its bytes.
    let temporary = try Temporary(for: final, mode: 0o600, name: path, bytes: bytes)
    files_hold()
    defer { files_release() }
    try temporary.takePlace(name: path)
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Every program that this module is linked into ends with code 74 if what it printed could not be written; see the end of CFiles.c.
// A pipe whose reader has gone ends it by the signal SIGPIPE, as usual.

/// Says something on standard error, where it does not mix with results. A terminal that is gone is no reason to stop.
public func say(_ text: String) { sayPart(visibleMessage(text) + "\n") }

/// Says something on standard error, without an end of line.
public func sayPart(_ text: String) { _ = try? writeAll(Array(text.utf8), to: STDERR_FILENO, name: "standard error") }

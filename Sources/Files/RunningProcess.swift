import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Starts a process that leads a group of its own, and so hears of no Ctrl-C, and notes it: if a signal ends this program, it ends with
/// its group. No signal comes between the two.
///
/// - Parameters:
///   - clearsUp: Whether it is a program that, told to end, clears up and ends what it has started; it gets three seconds to do so.
///   - start: starts it.
/// - Returns: its number, or -1 with `errno`.
public func rememberProcess(clearsUp: Bool = false, _ start: () -> pid_t) -> pid_t {
    files_hold()
    let number = start()
    let code = errno
    if number > 0 { _ = files_remember(String(number), Int32(clearsUp ? files_program : files_process)) }
    files_release()
    errno = code
    return number
}

/// The opposite of `rememberProcess`.
public func forgetProcess(_ number: pid_t) {
    files_hold()
    files_forget(String(number))
    files_release()
}

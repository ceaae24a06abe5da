import CFiles

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Notes a process that leads a group of its own, and so hears of no Ctrl-C: if a signal ends this program, it ends with its group.
public func rememberProcess(_ number: pid_t) {
    files_hold()
    _ = files_remember(String(number), Int32(files_process))
    files_release()
}

/// The opposite of `rememberProcess`.
public func forgetProcess(_ number: pid_t) {
    files_hold()
    files_forget(String(number))
    files_release()
}

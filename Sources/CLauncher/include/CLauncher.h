/// Starts programs under limits. In C, since between the splitting off of a process and the beginning of its program only
/// functions may be called that take no lock: another thread may have held it, and is not there to release it.

#ifndef CLAUNCHER_H
#define CLAUNCHER_H

#include <sys/types.h>

/// What a program may use; what is larger than this process itself may have is cut to that.
struct launcher_limits {
    /// Seconds of processor time until the signal that names the reason, and until the one that nothing survives.
    long processor_seconds, last_processor_second;
    /// Bytes of address space.
    long memory;
    /// Bytes in any one file that it writes.
    long file_size;
    /// How many files it may have open.
    long open_files;
};

/// Starts a program in a session of its own: with its limits, in its folder, as another user if one is given, with these three
/// descriptors as its standard input, output and error, with no others, and with no signal ignored or put off.
///
/// If the program cannot be started, the process ends with exit code 127, as a shell's would.
///
/// Parameters: the user's number, which is the group's, too, or -1 for this process' own.
/// Returns: the process' number, or -1 with `errno`.
pid_t launcher_start(
    const char *program, char *const arguments[], char *const environment[], const char *folder,
    const int descriptors[3], const struct launcher_limits *limits, long user);

/// How a process has ended: what `waitid` tells of it, without taking note of it (its number stays taken).
///
/// Returns: the exit code, or minus the signal's number.
int launcher_wait(pid_t process);

/// Takes note of the end of a process, whose number then may become another's.
void launcher_reap(pid_t process);

#endif

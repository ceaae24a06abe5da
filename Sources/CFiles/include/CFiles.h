/// The part of `Files` that has to be C: what runs inside a signal handler may call only functions that are safe there, and
/// must find its list in memory that nobody allocates, moves or initialises at that moment.

#ifndef CFILES_H
#define CFILES_H

#include <stddef.h>
#include <sys/types.h>

/// Puts off signals that end the program until `files_release`, and keeps other threads out. What is created, renamed or removed
/// between the two is done wholly, together with its entry in the list, or not at all.
///
/// If the program is being ended already, this never returns.
void files_hold(void);

/// Ends `files_hold`; if a signal came meanwhile, it is obeyed now.
void files_release(void);

/// What is to be removed: a file, a folder that is empty by then, a folder with everything in it. Or what is to be ended: a process
/// that leads a group, with the group, at once or, if it is a program that clears up after itself, when it has had the time to; in
/// place of a path its number, in decimal digits.
enum { files_file, files_folder, files_tree, files_process, files_program };

/// Notes what has to go if the program is ended by a signal; the latest goes first. Between `files_hold` and `files_release`.
///
/// Returns 0, or -1 without memory.
int files_remember(const char *path, int kind);

/// The opposite of `files_remember`.
void files_forget(const char *path);

/// Exchanges two names in one step. Returns 0, or -1 with `errno`: ENOSYS or EINVAL where the system cannot.
int files_exchange(const char *first, const char *second);

/// As `write`, but a pipe that nobody reads any more is the error EPIPE, and not a signal.
ssize_t files_write(int descriptor, const void *bytes, size_t count);

#endif

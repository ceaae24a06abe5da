#define _GNU_SOURCE
#include "CFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

// The list. It changes only between files_hold and files_release, when no handler reads it.

struct entry {
    char *path;
    int kind;
};

static struct entry *entries;
static size_t count, capacity;

// Whether the list may be read: nobody is at work; somebody is; or a handler has it, and nobody else ever will.
enum { idle, held, ending };
static atomic_int state = idle;
static atomic_int postponed;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int is_installed;

static void die(int number) {
    struct sigaction usual;
    memset(&usual, 0, sizeof usual);
    usual.sa_handler = SIG_DFL;
    sigaction(number, &usual, NULL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

// In the child only this thread lives on, and whatever lock another one held is never released: so nothing may be asked for
// that takes one, as `fork` itself may when it prepares the allocator.
#ifdef __GLIBC_PREREQ
#if __GLIBC_PREREQ(2, 34)
#define fork _Fork
#endif
#endif

// Walking through a folder takes functions that are not safe here; starting a program does not. Another thread, or a program that
// was started, may still put something into the folder behind its back: then once more, but not for ever.
static void remove_tree(const char *path) {
    for (int i = 0; i < 20; i++) {
        pid_t child = fork();
        if (child < 0) return;
        if (child == 0) {
            char *const arguments[] = {"rm", "-rf", "--", (char *)path, NULL};
            char *const environment[] = {NULL};
            execve("/bin/rm", arguments, environment);
            _exit(127);
        }
        int status;
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
        if (access(path, F_OK) != 0) return;
    }
}

// The group of a process whose number is written here in decimal digits. (No function of the C library that reads numbers is safe.)
// Patience is the time in centiseconds in which the process may end by itself, with what it has started and written.
static void end_group(const char *digits, int patience) {
    pid_t number = 0;
    for (; *digits != 0; digits++) number = 10 * number + (*digits - '0');
    if (number <= 1) return;
    if (patience > 0) kill(number, SIGTERM);
    // Gone, or buried by the thread that waited for it.
    for (; patience > 0 && waitpid(number, NULL, WNOHANG) == 0; patience--) {
        struct timespec pause = {0, 10000000};
        nanosleep(&pause, NULL);
    }
    kill(-number, SIGKILL);
}

// Removes what would stay behind, and then lets the signal do what it does without a handler: so that a shell, or whoever waits,
// is told the truth about how the program ended.
static void handle(int number) {
    int before = errno;
    int expected = idle;
    while (!atomic_compare_exchange_strong(&state, &expected, ending)) {
        if (expected == ending) {
            errno = before;
            return;
        }
        atomic_store(&postponed, number);
        if (atomic_load(&state) == held) {
            errno = before;
            return;
        }
        expected = idle;
    }
    // Backwards, so that files go before their folders.
    for (size_t i = count; i > 0; i--) {
        switch (entries[i - 1].kind) {
        case files_file: unlink(entries[i - 1].path); break;
        case files_folder: rmdir(entries[i - 1].path); break;
        case files_process: end_group(entries[i - 1].path, 0); break;
        case files_program: end_group(entries[i - 1].path, 300); break;
        default: remove_tree(entries[i - 1].path);
        }
    }
    die(number);
}

// Signals that somebody ignores (nohup), or handles, stay as they are.
static void install(void) {
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action;
        if (sigaction(numbers[i], NULL, &action) != 0 || action.sa_flags & SA_SIGINFO || action.sa_handler != SIG_DFL)
            continue;
        memset(&action, 0, sizeof action);
        action.sa_handler = handle;
        action.sa_flags = SA_RESTART;
        sigfillset(&action.sa_mask);
        sigaction(numbers[i], &action, NULL);
    }
}

void files_hold(void) {
    pthread_mutex_lock(&turn);
    int expected = idle;
    // The handler of another thread is at work, and after it there is no program any more.
    while (!atomic_compare_exchange_strong(&state, &expected, held)) {
        pause();
        expected = idle;
    }
    if (!is_installed) install();
    is_installed = 1;
}

void files_release(void) {
    atomic_store(&state, idle);
    // While this thread still has its turn: else another could begin, and the signal would be put off again, by each in turn.
    int number = atomic_exchange(&postponed, 0);
    // Not by `raise`: this may be a thread that lets no signals in, as those of a thread pool are.
    if (number != 0) handle(number);
    pthread_mutex_unlock(&turn);
}

int files_remember(const char *path, int kind) {
    if (count == capacity) {
        size_t larger = capacity == 0 ? 64 : 2 * capacity;
        struct entry *grown = realloc(entries, larger * sizeof *grown);
        if (grown == NULL) return -1;
        entries = grown;
        capacity = larger;
    }
    char *copy = strdup(path);
    if (copy == NULL) return -1;
    entries[count++] = (struct entry){copy, kind};
    return 0;
}

void files_forget(const char *path) {
    // The latest first: it is nearly always one of those.
    for (size_t i = count; i > 0; i--) {
        if (strcmp(entries[i - 1].path, path) != 0) continue;
        free(entries[i - 1].path);
        memmove(&entries[i - 1], &entries[i], (count - i) * sizeof *entries);
        count--;
        return;
    }
}

int files_exchange(const char *first, const char *second) {
#if defined(__APPLE__)
    return renamex_np(first, second, RENAME_SWAP);
#elif defined(SYS_renameat2)
    return (int)syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, 2u /* RENAME_EXCHANGE */);
#else
    errno = ENOSYS;
    return -1;
#endif
}

ssize_t files_write(int descriptor, const void *bytes, size_t size) {
    sigset_t set, before, waiting;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    sigpending(&waiting);
    int was_waiting = sigismember(&waiting, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, &before);
    ssize_t written = write(descriptor, bytes, size);
    int error = errno;
    if (written < 0 && error == EPIPE && !was_waiting) {
        // The signal came to this thread and waits; it has been understood.
        sigpending(&waiting);
        int number;
        if (sigismember(&waiting, SIGPIPE)) sigwait(&set, &number);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return written;
}

// Standard input, output and error, for every program that this is linked into.

// A program whose words could not be printed (a full disk, a closed descriptor) must not end as if they had been. What `print`
// writes waits in a buffer of the C library, and its errors are known for certain only when the program ends.
static void check_output(int status) {
    int failed = ferror(stdout);
    errno = 0;
    if (fflush(stdout) != 0) failed = 1;
    if (failed) {
        static const char start[] = "Error: what was to be printed could not be written to standard output";
        const char *reason = errno != 0 ? strerror(errno) : NULL;
        fprintf(stderr, "%s%s%s\n", start, reason ? ": " : "", reason ? reason : "");
    }
    if (fflush(stderr) != 0 || ferror(stderr)) failed = 1;
    if (failed && status == EXIT_SUCCESS) _exit(EX_IOERR);
}

#ifdef __GLIBC__
static void at_end(int status, void *unused) {
    (void)unused;
    check_output(status);
}
#else
static void at_end(void) { check_output(EXIT_SUCCESS); }
#endif

__attribute__((constructor)) static void at_start(void) {
    // Where a standard descriptor is closed, the next file to be opened would get its number, and what is printed would land in that
    // file. A descriptor that refuses to be written (or, for input, read) keeps the place.
    for (int i = 0; i <= 2; i++) {
        if (fcntl(i, F_GETFD) != -1 || errno != EBADF) continue;
        if (open("/dev/null", i == 0 ? O_WRONLY : O_RDONLY) < 0) break;
    }
#ifdef __GLIBC__
    on_exit(at_end, NULL);
#else
    atexit(at_end);
#endif
}

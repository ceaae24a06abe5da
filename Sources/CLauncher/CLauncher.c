#define _GNU_SOURCE
#include "CLauncher.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

struct plan {
    const char *program;
    char *const *arguments;
    char *const *environment;
    const char *folder;
    const int *descriptors;
    const struct launcher_limits *limits;
    long user;
};

static void set_limit(int kind, long soft, long hard) {
    struct rlimit limit;
    if (getrlimit(kind, &limit) != 0) return;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > (rlim_t)hard) limit.rlim_max = (rlim_t)hard;
    limit.rlim_cur = limit.rlim_max < (rlim_t)soft ? limit.rlim_max : (rlim_t)soft;
    setrlimit(kind, &limit);
}

static void close_others(void) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 3u, ~0u, 0u) == 0) return;
#endif
    struct rlimit limit;
    int last = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? (int)limit.rlim_cur : 65536;
    for (int i = 3; i < last; i++) close(i);
}

// The system's calls themselves: the C library's functions tell every thread of the process, and wait for them.
static int become(long user) {
#ifdef __linux__
    return syscall(SYS_setgroups, 0L, NULL) != 0 || syscall(SYS_setresgid, user, user, user) != 0
        || syscall(SYS_setresuid, user, user, user) != 0;
#else
    return setgroups(0, NULL) != 0 || setgid((gid_t)user) != 0 || setuid((uid_t)user) != 0;
#endif
}

static void begin(const struct plan *plan) {
    setsid();
    // What this process handles goes back to the system's ways with the new program, but what it ignores stays ignored.
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigemptyset(&usual.sa_mask);
    for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
    if (chdir(plan->folder) != 0) return;
    for (int i = 0; i < 3; i++)
        if (dup2(plan->descriptors[i], i) < 0) return;
    close_others();
    const struct launcher_limits *limits = plan->limits;
    set_limit(RLIMIT_CPU, limits->processor_seconds, limits->last_processor_second);
    set_limit(RLIMIT_CORE, 0, 0);
    set_limit(RLIMIT_FSIZE, limits->file_size, limits->file_size);
    set_limit(RLIMIT_NOFILE, limits->open_files, limits->open_files);
    set_limit(RLIMIT_AS, limits->memory, limits->memory);
    if (plan->user >= 0 && become(plan->user) != 0) return;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // A program that has just been written is busy as long as a process that another thread splits off holds its descriptor.
    for (int i = 0; i < 1000; i++) {
        execve(plan->program, plan->arguments, plan->environment);
        if (errno != ETXTBSY) return;
        struct timespec moment = {0, 1000000};
        nanosleep(&moment, NULL);
    }
}

pid_t launcher_start(
    const char *program, char *const arguments[], char *const environment[], const char *folder,
    const int descriptors[3], const struct launcher_limits *limits, long user) {
    const struct plan plan = {program, arguments, environment, folder, descriptors, limits, user};
    // Until the new process has put the handlers away, no signal may come to it: they would do their work there, too.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#ifdef __linux__
    // The new process works in the memory of this one, which waits: so nothing is copied, however large this one is.
    pid_t process = vfork();
#else
    pid_t process = fork();
#endif
    if (process == 0) {
        begin(&plan);
        _exit(127);
    }
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return process;
}

int launcher_wait(pid_t process) {
    siginfo_t how;
    while (waitid(P_PID, (id_t)process, &how, WEXITED | WNOWAIT) != 0)
        if (errno != EINTR) return 127;
    return how.si_code == CLD_EXITED ? how.si_status : -how.si_status;
}

void launcher_reap(pid_t process) {
    int status;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
}

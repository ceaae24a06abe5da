#include "CFastEM.h"

#include <math.h>

#define INLINE static inline __attribute__((always_inline))

/// Vectors that are worked on side by side, so that each parameter is loaded once for all of them.
enum { TILE = 4 };

long fast_em_sums(enum fast_em_shape shape, long columns) {
    return 1 + columns + (shape == FAST_EM_FULL ? columns * (columns + 1) / 2 : shape == FAST_EM_DIAGONAL ? columns : 0);
}

long fast_em_scratch(enum fast_em_shape shape, long columns, long components) {
    // With vectors of eight: a vector per sum, the logits of a block, and the deviations of a tile.
    return components * fast_em_sums(shape, columns) * 8 + components * FAST_EM_BLOCK + columns * TILE * 8;
}

// A package cannot assume a processor. So the pass is compiled for three of them, and the choice is made when it runs.

#define NAME(x) x##_baseline
#define TARGET
#define LANES 2
#include "Pass.h"

#if defined(__x86_64__)
#define NAME(x) x##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define LANES 4
#include "Pass.h"

#define NAME(x) x##_avx512
#define TARGET __attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma")))
#define LANES 8
#include "Pass.h"

int fast_em_levels(void) {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 1;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") ? 3 : 2;
}

void fast_em_run(const struct fast_em_pass *pass, int level) {
    const int best = fast_em_levels() - 1;
    if (level > best) level = best;
    if (level == 2) run_avx512(pass);
    else if (level == 1) run_avx2(pass);
    else run_baseline(pass);
}
#else
int fast_em_levels(void) { return 1; }

void fast_em_run(const struct fast_em_pass *pass, int level) {
    (void)level;
    run_baseline(pass);
}
#endif

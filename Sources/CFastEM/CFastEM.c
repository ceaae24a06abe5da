#include "CFastEM.h"

#include <math.h>

// Everything here is inlined into the functions at the end of the file, each of which is compiled for another processor: then
// the tile, the shape and perhaps D are constants, the short loops are unrolled, and a vec becomes one register, two or four.
#define INLINE static inline __attribute__((always_inline))

/// Eight doubles: the widest vector of any processor, and one line of the cache.
typedef double vec __attribute__((ext_vector_type(8)));
typedef long bits __attribute__((ext_vector_type(8)));
/// V: the vectors in a column of a block. A tile of them is worked on side by side, so that a parameter is loaded once for all;
/// it takes up to four, as many as the registers hold.
enum { LANES = 8, V = FAST_EM_BLOCK / LANES, MOST = 4 };
/// Something for each vector of a tile.
#define EACH(u) for (int u = 0; u < tile; u++)

long fast_em_sums(enum fast_em_shape shape, long columns) {
    return 1 + columns + (shape == FAST_EM_FULL ? columns * (columns + 1) / 2 : shape == FAST_EM_DIAGONAL ? columns : 0);
}

long fast_em_scratch(enum fast_em_shape shape, long columns, long components) {
    // A vector per sum, the logits of a block, and the deviations of a tile.
    return LANES * (components * (fast_em_sums(shape, columns) + V) + columns * MOST);
}

/// y = 2^x for x ≤ 0, with a relative error below 6e-16; 0 below 2^-1020, and x is raised to -1020 there.
///
/// Adding 1.5 · 2^52 leaves no bits for a fraction: it rounds x to a whole number, which stands in the lowest bits of the sum.
/// 2^fraction is a polynomial (the best of degree 10 on ±½); the whole number is added to its exponent.
INLINE void raise(int tile, vec *x, vec *y) {
    static const double coefficients[] = {
        0x1.b6740fc28f781p-24, 0x1.62c157ee59177p-20, 0x1.ffcb55e82f22cp-17, 0x1.4309126056718p-13, 0x1.5d87fe9cc5d6fp-10,
        0x1.3b2ab6fbde0f7p-7, 0x1.c6b08d703d48ap-5, 0x1.ebfbdff82c3b9p-3, 0x1.62e42fefa3a17p-1, 1,
    };
    const vec magic = 0x1.8p52, least = -1020.0;
    vec whole[MOST], f[MOST], p[MOST];
    EACH(u) x[u] = x[u] > least ? x[u] : least, whole[u] = x[u] + magic;
    EACH(u) f[u] = x[u] - (whole[u] - magic), p[u] = 0x1.e3991e644e6abp-28;
#pragma unroll
    for (int i = 0; i < 10; i++) EACH(u) p[u] = p[u] * f[u] + coefficients[i];
    EACH(u) y[u] = x[u] > least ? (vec)((bits)p[u] + ((bits)whole[u] << 52)) : (vec)0.0;
}

/// Adds a tile to a running total, which is touched once per tile only: each touch waits for the one before.
INLINE void add(int tile, const vec *x, vec *total) {
    vec sum = x[0];
    for (int u = 1; u < tile; u++) sum += x[u];
    *total += sum;
}

/// A block of rows goes through three phases: logits, responsibilities, sums. Within a phase, neighbouring iterations do not
/// depend on each other, so the processor can overlap them; one loop that did everything for a row would wait for each
/// result in turn.
INLINE void pass(const struct fast_em_pass *pass, const int tile, const enum fast_em_shape shape, const long D) {
    const long K = pass->components, count = fast_em_sums(shape, D);
    const long stride = D + count;  // constant, centre, shift, W: as many as sums, and the shift
    const vec *x = (const vec *)pass->blocks;
    vec *sums = (vec *)pass->scratch, *logits = sums + K * count, *deviations = logits + K * V;
    vec level = 0.0, product = 1.0, certainty = 0.0;
    bits exponent = 0;
    vec small[2 * MOST];  // for one or two columns the deviations fit into registers
    vec *d = D <= 2 ? small : deviations;

    for (long row = 0; row < pass->rows; row += FAST_EM_BLOCK, x += D * V) {
        vec inverse[V];
        // 1. The logits.
        for (long k = 0; k < K; k++) {
            const double *p = pass->parameters + k * stride, *centre = p + 1, *shift = centre + D;
            for (long v = 0; v < V; v += tile) {
                const double *w = shift + D;
                vec s[MOST], y[MOST];
                EACH(u) s[u] = p[0];
                for (long i = 0; i < D; i++) {
                    const vec *column = x + i * V + v;
                    if (shape == FAST_EM_BERNOULLI) {
                        EACH(u) s[u] += column[u] > 0.5 ? (vec)centre[i] : (vec)shift[i];
                        continue;
                    }
                    EACH(u) d[i * tile + u] = column[u] - centre[i], y[u] = shift[i];
                    for (long j = shape == FAST_EM_FULL ? 0 : i; j <= i; j++, w++) EACH(u) y[u] += *w * d[j * tile + u];
                    EACH(u) s[u] -= y[u] * y[u];
                }
                EACH(u) logits[k * V + v + u] = s[u];
            }
        }
        // Rows that only fill up the last block: certain to be of component 0, they add nothing to the logarithms.
        const long filled = pass->rows - row;
        for (long n = filled; n < FAST_EM_BLOCK; n++)
            for (long k = 0; k < K; k++) ((double *)(logits + k * V))[n] = k == 0 ? 0 : -INFINITY;
        // 2. Exponentials and normalisation. The largest logit of a row is taken out, so that 2^logit lies in [0, 1] and the
        // sum in [1, K]. Instead of a logarithm per row there is one of their product.
        for (long v = 0; v < V; v += tile) {
            vec m[MOST], z[MOST], h[MOST], logit[MOST];
            // While there is only arithmetic to do, the next block can come closer.
            for (long i = 0; i < D; i++) EACH(u) __builtin_prefetch(x + (D + i) * V + v + u);
            EACH(u) m[u] = logits[v + u], z[u] = 0.0, h[u] = 0.0;
            for (long k = 1; k < K; k++)
                EACH(u) m[u] = logits[k * V + v + u] > m[u] ? logits[k * V + v + u] : m[u];
            if (K == 2) {  // The better of two has 2^0 = 1: a single exponential will do.
                vec *a = logits + v, *b = a + V, q[MOST];
                EACH(u) logit[u] = (a[u] < b[u] ? a[u] : b[u]) - m[u];
                raise(tile, logit, q);
                EACH(u) {
                    bits first = a[u] >= b[u];
                    a[u] = first ? (vec)1.0 : q[u];
                    b[u] = first ? q[u] : (vec)1.0;
                    z[u] = 1.0 + q[u];
                    h[u] = q[u] * logit[u];
                }
            } else for (long k = 0; k < K; k++) {
                vec *e = logits + k * V + v;
                EACH(u) logit[u] = e[u] - m[u];
                raise(tile, logit, e);
                EACH(u) z[u] += e[u], h[u] += e[u] * logit[u];
            }
            EACH(u) {
                inverse[v + u] = 1.0 / z[u];
                level += m[u];
                product *= z[u];
                certainty += h[u] * inverse[v + u];
            }
        }
        // Before it overflows, the product's exponent is moved aside.
        exponent += ((bits)product >> 52) - 1023;
        product = (vec)(((bits)product & 0x000fffffffffffff) | 0x3ff0000000000000);
        // 3. The sums.
        for (long n = filled; n < FAST_EM_BLOCK; n++) ((double *)logits)[n] = 0;
        for (long k = 0; k < K; k++) {
            const double *centre = pass->parameters + k * stride + 1, *shift = centre + D;
            for (long v = 0; v < V; v += tile) {
                vec q[MOST], g[MOST], *to = sums + k * count;
                EACH(u) q[u] = logits[k * V + v + u] * inverse[v + u];
                add(tile, q, to);
                for (long i = 0; i < D; i++) {
                    // Of a flip the likelier side counts as 0, so that the rare one is summed by itself.
                    const double origin = shape == FAST_EM_BERNOULLI ? centre[i] > shift[i] : centre[i];
                    EACH(u) {
                        d[i * tile + u] = x[i * V + v + u] - origin;
                        g[u] = q[u] * d[i * tile + u];
                    }
                    add(tile, g, ++to);
                    for (long j = shape == FAST_EM_FULL ? 0 : i; j <= i && shape != FAST_EM_BERNOULLI; j++) {
                        vec sum = g[0] * d[j * tile];
                        for (int u = 1; u < tile; u++) sum += g[u] * d[j * tile + u];
                        *++to += sum;
                    }
                }
            }
        }
    }

    double logarithms = 0;
    for (int lane = 0; lane < LANES; lane++) {
        logarithms += (double)exponent[lane] + log2(product[lane]);
        pass->sums[0] += level[lane];
        pass->sums[1] -= certainty[lane];
    }
    pass->sums[0] += logarithms;
    pass->sums[1] += logarithms;
    for (long i = 0; i < K * count; i++)
        for (int lane = 0; lane < LANES; lane++) pass->sums[2 + i] += sums[i][lane];
}

/// The common small shapes have loops of their own, unrolled by the compiler.
INLINE void run(const struct fast_em_pass *p, const int tile) {
    if (p->shape == FAST_EM_BERNOULLI) pass(p, tile, FAST_EM_BERNOULLI, p->columns);
    else if (p->columns == 1) pass(p, tile, FAST_EM_DIAGONAL, 1);
    else if (p->shape == FAST_EM_DIAGONAL) pass(p, tile, FAST_EM_DIAGONAL, p->columns);
    else if (p->columns == 2) pass(p, tile, FAST_EM_FULL, 2);
    else pass(p, tile, FAST_EM_FULL, p->columns);
}

static void run_baseline(const struct fast_em_pass *p) { run(p, 1); }

#if defined(__x86_64__)
// A package cannot assume a processor. So the pass is compiled for three of them, and the choice is made when it runs.
__attribute__((target("avx2,fma"))) static void run_avx2(const struct fast_em_pass *p) { run(p, 2); }
__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))) static void run_avx512(const struct fast_em_pass *p) { run(p, 4); }

int fast_em_levels(void) {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 1;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") ? 3 : 2;
}

void fast_em_run(const struct fast_em_pass *p, int level) {
    const int best = fast_em_levels() - 1;
    if (level > best) level = best;
    (level == 2 ? run_avx512 : level == 1 ? run_avx2 : run_baseline)(p);
}
#else
int fast_em_levels(void) { return 1; }
void fast_em_run(const struct fast_em_pass *p, int level) { (void)level, run_baseline(p); }
#endif

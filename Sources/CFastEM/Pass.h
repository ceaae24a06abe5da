// The pass, written once with vectors of LANES doubles and compiled for each instruction set by CFastEM.c.
//
// A block of rows goes through three phases: logits, responsibilities, sums. Within a phase, neighbouring
// iterations do not depend on each other, so the processor can overlap them; one loop that did everything for a row would
// wait for each result in turn. TILE vectors are worked on side by side, so that a parameter is loaded once for all.

typedef double NAME(vec) __attribute__((ext_vector_type(LANES)));
typedef long NAME(bits) __attribute__((ext_vector_type(LANES)));
#define vec NAME(vec)
#define bits NAME(bits)

/// y = 2^x for x ≤ 0, with a relative error below 6e-16; 0 below 2^-1020, and x is raised to -1020 there.
///
/// Adding 1.5 · 2^52 leaves no bits for a fraction: it rounds x to a whole number, which stands in the lowest bits of the sum.
/// 2^fraction is a polynomial (the best of degree 10 on ±½); the whole number is added to its exponent.
TARGET INLINE void NAME(raise)(vec x[TILE], vec y[TILE]) {
    static const double coefficients[] = {
        0x1.b6740fc28f781p-24, 0x1.62c157ee59177p-20, 0x1.ffcb55e82f22cp-17, 0x1.4309126056718p-13, 0x1.5d87fe9cc5d6fp-10,
        0x1.3b2ab6fbde0f7p-7, 0x1.c6b08d703d48ap-5, 0x1.ebfbdff82c3b9p-3, 0x1.62e42fefa3a17p-1, 1,
    };
    const vec magic = 0x1.8p52, least = -1020.0;
    vec whole[TILE], f[TILE], p[TILE];
    for (int u = 0; u < TILE; u++) x[u] = x[u] > least ? x[u] : least, whole[u] = x[u] + magic;
    for (int u = 0; u < TILE; u++) f[u] = x[u] - (whole[u] - magic), p[u] = 0x1.e3991e644e6abp-28;
#pragma unroll
    for (int i = 0; i < 10; i++)
        for (int u = 0; u < TILE; u++) p[u] = p[u] * f[u] + coefficients[i];
    for (int u = 0; u < TILE; u++)
        y[u] = x[u] > least ? (vec)((bits)p[u] + ((bits)whole[u] << 52)) : (vec)0.0;
}

/// The sum of a tile. A running total is touched once per tile only: each touch waits for the one before.
TARGET INLINE vec NAME(total)(const vec x[TILE]) {
    vec total = x[0];
    for (int u = 1; u < TILE; u++) total += x[u];
    return total;
}

/// The pass for one shape. D and the shape are constants wherever this is inlined with constants.
TARGET INLINE void NAME(pass)(const struct fast_em_pass *pass, enum fast_em_shape shape, long D) {
    enum { V = FAST_EM_BLOCK / LANES };
    const long K = pass->components, count = fast_em_sums(shape, D);
    const long stride = D + count;  // constant, centre, shift, W: as many as sums, and the shift
    const vec *x = (const vec *)pass->blocks;
    vec *sums = (vec *)pass->scratch, *logits = sums + K * count, *deviations = logits + K * V;
    vec level = 0.0, product = 1.0, certainty = 0.0;
    bits exponent = 0;
    vec small[2 * TILE];  // for one or two columns the deviations fit into registers
    vec *d = D <= 2 ? small : deviations;

    for (long row = 0; row < pass->rows; row += FAST_EM_BLOCK, x += D * V) {
        vec inverse[V];
        // 1. The logits.
        for (long k = 0; k < K; k++) {
            const double *p = pass->parameters + k * stride, *centre = p + 1, *shift = centre + D;
            for (long v = 0; v < V; v += TILE) {
                const double *w = shift + D;
                vec s[TILE], y[TILE];
                for (int u = 0; u < TILE; u++) s[u] = p[0];
                for (long i = 0; i < D; i++) {
                    if (shape == FAST_EM_BERNOULLI) {
                        for (int u = 0; u < TILE; u++) s[u] += x[i * V + v + u] > 0.5 ? (vec)centre[i] : (vec)shift[i];
                        continue;
                    }
                    for (int u = 0; u < TILE; u++) d[i * TILE + u] = x[i * V + v + u] - centre[i], y[u] = shift[i];
                    for (long j = shape == FAST_EM_FULL ? 0 : i; j <= i; j++, w++)
                        for (int u = 0; u < TILE; u++) y[u] += *w * d[j * TILE + u];
                    for (int u = 0; u < TILE; u++) s[u] -= y[u] * y[u];
                }
                for (int u = 0; u < TILE; u++) logits[k * V + v + u] = s[u];
            }
        }
        // Rows that only fill up the last block: certain to be of component 0, they add nothing to the logarithms.
        const long filled = pass->rows - row;
        for (long n = filled; n < FAST_EM_BLOCK; n++)
            for (long k = 0; k < K; k++) ((double *)(logits + k * V))[n] = k == 0 ? 0 : -INFINITY;
        // 2. Exponentials and normalisation. The largest logit of a row is taken out, so that 2^logit lies in [0, 1] and the
        // sum in [1, K]. Instead of a logarithm per row there is one of their product.
        for (long v = 0; v < V; v += TILE) {
            vec m[TILE], z[TILE], h[TILE];
            // While there is only arithmetic to do, the next block can come closer.
            for (long i = 0; i < D; i++)
                for (int u = 0; u < TILE; u++) __builtin_prefetch(x + (D + i) * V + v + u);
            for (int u = 0; u < TILE; u++) m[u] = logits[v + u], z[u] = 0.0, h[u] = 0.0;
            for (long k = 1; k < K; k++)
                for (int u = 0; u < TILE; u++) m[u] = logits[k * V + v + u] > m[u] ? logits[k * V + v + u] : m[u];
            if (K == 2) {  // The better of two has 2^0 = 1: a single exponential will do.
                vec *a = logits + v, *b = a + V, logit[TILE], q[TILE];
                for (int u = 0; u < TILE; u++) logit[u] = (a[u] < b[u] ? a[u] : b[u]) - m[u];
                NAME(raise)(logit, q);
                for (int u = 0; u < TILE; u++) {
                    bits first = a[u] >= b[u];
                    a[u] = first ? (vec)1.0 : q[u];
                    b[u] = first ? q[u] : (vec)1.0;
                    z[u] = 1.0 + q[u];
                    h[u] = q[u] * logit[u];
                }
            } else for (long k = 0; k < K; k++) {
                vec *e = logits + k * V + v, logit[TILE];
                for (int u = 0; u < TILE; u++) logit[u] = e[u] - m[u];
                NAME(raise)(logit, e);
                for (int u = 0; u < TILE; u++) z[u] += e[u], h[u] += e[u] * logit[u];
            }
            for (int u = 0; u < TILE; u++) {
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
            const double *centre = pass->parameters + k * stride + 1;
            for (long v = 0; v < V; v += TILE) {
                vec q[TILE], g[TILE];
                for (int u = 0; u < TILE; u++) q[u] = logits[k * V + v + u] * inverse[v + u];
                vec *to = sums + k * count;
                *to += NAME(total)(q);
                for (long i = 0; i < D; i++) {
                    for (int u = 0; u < TILE; u++) {
                        d[i * TILE + u] = x[i * V + v + u] - (shape == FAST_EM_BERNOULLI ? 0.0 : centre[i]);
                        g[u] = q[u] * d[i * TILE + u];
                    }
                    *++to += NAME(total)(g);
                    for (long j = shape == FAST_EM_FULL ? 0 : i; j <= i && shape != FAST_EM_BERNOULLI; j++) {
                        vec total = g[0] * d[j * TILE];
                        for (int u = 1; u < TILE; u++) total += g[u] * d[j * TILE + u];
                        *++to += total;
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
TARGET static void NAME(run)(const struct fast_em_pass *pass) {
    if (pass->shape == FAST_EM_BERNOULLI) NAME(pass)(pass, FAST_EM_BERNOULLI, pass->columns);
    else if (pass->columns == 1) NAME(pass)(pass, FAST_EM_DIAGONAL, 1);
    else if (pass->shape == FAST_EM_DIAGONAL) NAME(pass)(pass, FAST_EM_DIAGONAL, pass->columns);
    else if (pass->columns == 2) NAME(pass)(pass, FAST_EM_FULL, 2);
    else NAME(pass)(pass, FAST_EM_FULL, pass->columns);
}

#undef vec
#undef bits
#undef NAME
#undef TARGET
#undef LANES

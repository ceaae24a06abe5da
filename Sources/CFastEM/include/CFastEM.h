#ifndef CFASTEM_H
#define CFASTEM_H

/// Rows are taken in blocks of this many, stored column by column: a block's numbers stay in the first-level cache while
/// the phases of the pass work on them one after the other.
enum { FAST_EM_BLOCK = 128 };

/// What the components look like, and so which loops the pass runs.
enum fast_em_shape { FAST_EM_FULL, FAST_EM_DIAGONAL, FAST_EM_BERNOULLI };

/// One pass over some rows: the E-step, and the sums that the M-step needs.
///
/// Logarithms are to base 2, because 2^x is cheaper than e^x. Component k gives row x the logit log2(π_k p_k(x)) =
///     Gaussian:   constant - Σ_i (shift_i + Σ_j W_ij (x_j - centre_j))²     j ≤ i if full, j = i if diagonal
///     Bernoulli:  constant + Σ_i (x_i ? centre_i : shift_i)
struct fast_em_pass {
    enum fast_em_shape shape;
    /// Rows, columns (D) and components (K).
    long rows, columns, components;
    /// Blocks of FAST_EM_BLOCK rows, column by column; the last one is filled up with any finite numbers. 64-byte aligned.
    const double *blocks;
    /// For each component: constant, D times centre, D times shift, and for Gaussians W by rows without the zeros.
    const double *parameters;
    /// Room for the pass, 64-byte aligned, all zeros: fast_em_scratch() doubles.
    double *scratch;
    /// Out: Σ log2 p(x_n), the entropy of the responsibilities q in bits, and then for each component with d = x - centre
    /// Σ q, and for i = 0, 1, …: Σ q d_i, followed by Σ q d_i d_j for the same j as above (Bernoulli: no products, and
    /// d = x - 1 where centre_i > shift_i, which is to say heads are likelier; d = x elsewhere).
    double *sums;
};

/// The sums of one component.
long fast_em_sums(enum fast_em_shape shape, long columns);
/// The doubles of scratch that a pass needs.
long fast_em_scratch(enum fast_em_shape shape, long columns, long components);
/// Instruction sets this processor can run, as numbers 0 ..< the result: 0 the baseline, 1 AVX2 with FMA, 2 AVX-512.
int fast_em_levels(void);
/// Runs the pass with the given instruction set, or with the best one there is below it.
void fast_em_run(const struct fast_em_pass *pass, int level);

#endif

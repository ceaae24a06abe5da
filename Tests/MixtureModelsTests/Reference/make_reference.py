"""Makes the JSON files beside it: values of this package's quantities, computed by other implementations.

Run with Python 3.11, and from PyPI numpy 2.4.6, scipy 1.17.1, mpmath 1.4.1, scikit-learn 1.9.1:

    python make_reference.py

faithful.csv: Old Faithful geyser, W. Härdle, "Smoothing Techniques with Implementation in S" (1991), as R's data set
`faithful`.
"""

import csv
import json
import pathlib

import mpmath
import numpy
import scipy.stats
from sklearn.mixture import GaussianMixture

mpmath.mp.dps = 50
HERE = pathlib.Path(__file__).parent


def write(name, value):
    (HERE / name).write_text(json.dumps(value, indent=1, sort_keys=True) + "\n")


def number(x):
    """A double, or the string "-inf", which JSON has no number for."""
    return "-inf" if x == mpmath.ninf or x == -numpy.inf else float(x)


def log_or_minus_infinity(x):
    return mpmath.log(x) if x > 0 else mpmath.ninf


def binomial(n, h, p):
    """ln of the binomial probability, to 50 digits; p is taken as the exact value of the double."""
    p = mpmath.mpf(p)
    tails = mpmath.mpf(0) if n == h else (n - h) * log_or_minus_infinity(1 - p)
    heads = mpmath.mpf(0) if h == 0 else h * log_or_minus_infinity(p)
    return mpmath.log(mpmath.binomial(n, h)) + heads + tails


def normal(x, mean, variance):
    x, mean, variance = map(mpmath.mpf, (x, mean, variance))
    return -(mpmath.log(2 * mpmath.pi * variance) + (x - mean) ** 2 / variance) / 2


def densities():
    binomials = [
        {"flips": n, "heads": h, "probability": p, "value": number(binomial(n, h, p))}
        for n, h in [(0, 0), (1, 0), (1, 1), (10, 0), (10, 7), (10, 10), (300, 100), (5000, 4999), (1000000, 499000)]
        for p in [0.0, 1e-300, 1e-17, 0.3, 0.5, 0.999, 1.0]
    ]
    normals = [
        {"x": x, "mean": m, "variance": v, "value": number(normal(x, m, v))}
        for x in [-40.0, -1.5, 0.0, 0.1, 3.0, 1e8]
        for m, v in [(0.0, 1.0), (0.1, 1e-12), (-2.0, 0.25), (5.0, 1e10), (1e8, 1.0)]
    ]
    generator = numpy.random.default_rng(1)
    multivariate = []
    for dimension in [1, 2, 3, 6]:
        for scale in [1e-3, 1.0, 30.0]:
            factor = generator.normal(size=(dimension, dimension)) * scale
            covariance = factor @ factor.T + scale**2 * numpy.eye(dimension)
            mean = generator.normal(size=dimension) * 5
            x = mean + 3 * scale * generator.normal(size=dimension)
            multivariate.append(
                {
                    "x": x.tolist(),
                    "mean": mean.tolist(),
                    "covariance": covariance.tolist(),
                    "value": float(scipy.stats.multivariate_normal(mean, covariance).logpdf(x)),
                }
            )
    vectors = []
    for dimension in [1, 4, 64]:
        p = generator.random(dimension)
        p[0] = 1.0
        for x in (generator.random((3, dimension)) < 0.6).tolist():
            vectors.append(
                {
                    "x": x,
                    "probabilities": p.tolist(),
                    "value": number(sum(binomial(1, int(b), q) for b, q in zip(x, p.tolist()))),
                }
            )
    gammas = [{"x": x, "value": float(mpmath.loggamma(x))} for x in [1e-8, 0.1, 0.5, 1.0, 1.5, 2.0, 3.25, 11.9, 12.1, 1e3, 1e9]]
    priors = {
        "beta": [
            {"a": a, "b": b, "p": p, "value": float(scipy.stats.beta(a, b).logpdf(p))}
            for a, b, p in [(2, 2, 0.3), (1, 1, 0.7), (5.5, 1.0, 0.9), (3, 40, 0.01)]
        ],
        "dirichlet": [
            {"concentrations": a, "weights": w, "value": float(scipy.stats.dirichlet(a).logpdf(w))}
            for a, w in [([2.0, 3.0], [0.4, 0.6]), ([1.0, 4.0, 2.5], [0.2, 0.5, 0.3])]
        ],
        "inverseGamma": [
            {"shape": a, "scale": b, "variance": v, "value": float(scipy.stats.invgamma(a, scale=b).logpdf(v))}
            for a, b, v in [(2.0, 3.0, 1.5), (0.5, 0.1, 7.0)]
        ],
        "inverseWishart": [
            {
                "degreesOfFreedom": n,
                "scale": s,
                "covariance": c,
                "value": float(scipy.stats.invwishart(n, numpy.array(s)).logpdf(numpy.array(c))),
            }
            for n, s, c in [
                (3.5, [[2.0, 0.3], [0.3, 1.0]], [[1.0, -0.2], [-0.2, 0.7]]),
                (6.0, [[2.0, 0.3, 0.1], [0.3, 1.0, 0.0], [0.1, 0.0, 4.0]], [[1.0, 0.5, 0.0], [0.5, 2.0, 0.2], [0.0, 0.2, 3.0]]),
            ]
        ],
    }
    write(
        "densities.json",
        {
            "binomial": binomials,
            "normal": normals,
            "multivariateNormal": multivariate,
            "bernoulliVector": vectors,
            "logGamma": gammas,
            "priors": priors,
        },
    )


def coins():
    """EM on the data of Do and Batzoglou (2008), to 50 digits, with weights fixed and free."""
    heads, flips = [5, 9, 8, 4, 7], 10

    def run(steps, free):
        weights, coin = [mpmath.mpf(1) / 2] * 2, [mpmath.mpf("0.6"), mpmath.mpf("0.5")]
        rows = []
        for t in range(steps + 1):
            joint = [[w * p**h * (1 - p) ** (flips - h) for w, p in zip(weights, coin)] for h in heads]
            q = [[j / sum(row) for j in row] for row in joint]
            rows.append(
                {
                    "t": t,
                    "weights": [float(w) for w in weights],
                    "probabilities": [float(p) for p in coin],
                    "logLikelihood": float(sum(mpmath.log(sum(row)) for row in joint)),
                    "expected": float(
                        sum(g * mpmath.log(j) for qs, js in zip(q, joint) for g, j in zip(qs, js))
                    ),
                    "responsibilities": [[float(g) for g in row] for row in q],
                }
            )
            counts = [sum(row[k] for row in q) for k in range(2)]
            coin = [sum(row[k] * h for row, h in zip(q, heads)) / (counts[k] * flips) for k in range(2)]
            if free:
                weights = [c / len(heads) for c in counts]
        return rows

    write("coins.json", {"fixed": run(10, False), "freeLimit": run(400, True)[-1], "free": run(10, True)})


def gaussians():
    """Ten EM steps of scikit-learn on Old Faithful, from a given start, without regularisation.

    After n iterations scikit-learn's parameters are those of n M-steps; its lower bound is the mean log-likelihood of the
    parameters before the last of them. So the log-likelihood is asked for afterwards, with `score`.
    """
    with open(HERE / "faithful.csv") as file:
        rows = [[float(row["eruptions"]), float(row["waiting"])] for row in csv.DictReader(file)]
    x = numpy.array(rows)
    start = {
        "weights": [0.5, 0.5],
        "means": [[2.5, 60.0], [4.0, 75.0]],
        "covariances": [[[1.0, 2.0], [2.0, 100.0]], [[0.5, 0.0], [0.0, 80.0]]],
    }
    steps = 10
    result = {}
    for shape in ["full", "diag", "spherical", "tied"]:
        precisions = {
            "full": numpy.linalg.inv(numpy.array(start["covariances"])),
            "diag": numpy.array([[1 / c[i][i] for i in range(2)] for c in start["covariances"]]),
            "spherical": numpy.array([1 / 50.0, 1 / 50.0]),
            "tied": numpy.linalg.inv(numpy.array(start["covariances"][0])),
        }[shape]
        model = GaussianMixture(
            2, covariance_type=shape, reg_covar=0, tol=0, max_iter=steps,
            weights_init=start["weights"], means_init=start["means"], precisions_init=precisions,
        )
        model.fit(x)
        covariances = {
            "full": lambda c: c,
            "diag": lambda c: [numpy.diag(v) for v in c],
            "spherical": lambda c: [numpy.eye(2) * v for v in c],
            "tied": lambda c: [c, c],
        }[shape](model.covariances_)
        result[shape] = {
            "steps": steps,
            "weights": model.weights_.tolist(),
            "means": model.means_.tolist(),
            "covariances": [c.tolist() for c in covariances],
            "logLikelihood": float(model.score(x) * len(x)),
        }
    write("gaussians.json", {"start": start, "sphericalStartVariance": 50.0, "results": result})


def generator():
    """xoshiro256** and SplitMix64, written from the authors' description, and the jump as a power of the matrix over GF(2)."""
    mask = (1 << 64) - 1

    def rotl(x, k):
        return ((x << k) | (x >> (64 - k))) & mask

    def advance(s):
        s = list(s)
        t = (s[1] << 17) & mask
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return s

    def output(s):
        return (rotl((s[1] * 5) & mask, 7) * 9) & mask

    def seed(z):
        words = []
        for _ in range(4):
            z = (z + 0x9E3779B97F4A7C15) & mask
            x = z
            x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & mask
            x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & mask
            words.append(x ^ (x >> 31))
        return words

    def pack(s):
        return sum(word << (64 * i) for i, word in enumerate(s))

    def unpack(v):
        return [(v >> (64 * i)) & mask for i in range(4)]

    def apply(columns, v):
        result = 0
        while v:
            low = v & -v
            result ^= columns[low.bit_length() - 1]
            v ^= low
        return result

    # One step as a matrix: the images of the 256 unit vectors. Squared 128 times, it makes 2^128 steps.
    columns = [pack(advance(unpack(1 << bit))) for bit in range(256)]
    for _ in range(128):
        columns = [apply(columns, column) for column in columns]

    def outputs(s, count=5):
        values = []
        for _ in range(count):
            values.append(str(output(s)))
            s = advance(s)
        return values

    state = seed(181)
    first = unpack(apply(columns, pack(state)))
    second = unpack(apply(columns, pack(first)))
    write(
        "generator.json",
        {"seed": 181, "outputs": outputs(state), "stream0": outputs(first), "stream1": outputs(second)},
    )


densities()
coins()
gaussians()
generator()

"""Makes numerics.json: EM and binomial densities where double precision is short of digits, in 60 digits.

Run with Python 3.11, and mpmath 1.3.0 from PyPI:

    python make_numerics.py

offset.csv holds made-up numbers around 1e9 with deviations of about 1e-3, masses.csv made-up masses of about 1e-26. The families of
twelve children with so many girls are those of A. Geissler, "Beiträge zur Frage des Geschlechtsverhältnisses der Geborenen",
Zeitschrift des königlich sächsischen statistischen Bureaus 35 (1889), as they stand in many textbooks.
"""

import csv
import json
import math
import pathlib
import random

import mpmath
from mpmath import mpf

mpmath.mp.dps = 60
HERE = pathlib.Path(__file__).parent


def log_density(x, mean, covariance):
    """ln of a normal density in one or two dimensions, by the inverse written out."""
    if len(x) == 1:
        d, v = x[0] - mean[0], covariance[0][0]
        return -(mpmath.log(2 * mpmath.pi * v) + d * d / v) / 2
    (a, b), (_, c) = covariance
    u, w = x[0] - mean[0], x[1] - mean[1]
    determinant = a * c - b * b
    square = (c * u * u - 2 * b * u * w + a * w * w) / determinant
    return -mpmath.log(2 * mpmath.pi) - (mpmath.log(determinant) + square) / 2


def em(rows, weights, means, covariances, steps):
    """EM for a mixture of normals; the log-likelihood belongs to the parameters beside it."""
    rows = [[mpf(v) for v in x] for x in rows]
    size, parts = len(rows[0]), range(len(weights))
    for step in range(steps + 1):
        total, q = mpf(0), []
        for x in rows:
            joint = [mpmath.log(weights[k]) + log_density(x, means[k], covariances[k]) for k in parts]
            top = max(joint)
            mass = [mpmath.exp(j - top) for j in joint]
            total += top + mpmath.log(sum(mass))
            q.append([m / sum(mass) for m in mass])
        if step == steps:
            return total, weights, means, covariances
        counts = [sum(row[k] for row in q) for k in parts]
        weights = [count / len(rows) for count in counts]
        means = [[sum(r[k] * x[i] for r, x in zip(q, rows)) / counts[k] for i in range(size)] for k in parts]
        covariances = [
            [
                [
                    sum(r[k] * (x[i] - means[k][i]) * (x[j] - means[k][j]) for r, x in zip(q, rows)) / counts[k]
                    for j in range(size)
                ]
                for i in range(size)
            ]
            for k in parts
        ]


def result(name, origin, rows, weights, means, covariances, steps):
    """The problem as it is given to both programs, and the end; means are told from `origin`."""
    exact = [[mpf(v) for v in m] for m in means], [[[mpf(v) for v in r] for r in c] for c in covariances]
    total, w, m, c = em(rows, [mpf(v) for v in weights], *exact, steps)
    return {
        "name": name, "rows": rows, "weights": weights, "means": means, "covariances": covariances, "steps": steps,
        "origin": origin,
        "logLikelihood": float(total),
        "fittedWeights": [float(v) for v in w],
        "fittedOffsets": [[float(v - mpf(o)) for v, o in zip(mean, origin)] for mean in m],
        "fittedCovariances": [[[float(v) for v in row] for row in cov] for cov in c],
    }


def offsets():
    """Two normals of variance about 1, moved by more and more."""
    generator = random.Random(1)
    base = [generator.gauss(0, 1) + (3 if generator.random() < 0.4 else 0) for _ in range(120)]
    for offset in [0.0, 1e4, 1e6, 1e8, 1e10, 1e12, 1e14, -1e15]:
        rows = [[b + offset] for b in base]
        yield result(f"offset {offset:g}", [offset], rows, [0.5, 0.5], [[offset], [offset + 3]], [[[1.0]], [[1.0]]], 20)
    for far in [1e6, 1e13, -1e100]:
        rows = [[far], [far * 1.001]] + [[b] for b in base]
        yield result(
            f"outliers at {far:g}", [0.0], rows, [0.4, 0.4, 0.2], [[0.0], [3.0], [far]], [[[1.0]], [[1.0]], [[far * far]]], 20
        )


def plane():
    with open(HERE / "offset.csv") as file:
        rows = [[float(v) for v in row] for row in list(csv.reader(file))[1:]]
    means = [[1000000000.0005, 1000000000.0], [1000000000.003, 1000000000.003]]
    covariance = [[4e-6, 0.0], [0.0, 4e-6]]
    return result("offset plane", [1e9, 1e9], rows, [0.5, 0.5], means, [covariance, covariance], 60)


def binomials():
    """ln p(h), and ln of the coefficient; the probability is the exact value of the double."""
    generator = random.Random(2)
    cases = set()
    for n in [256, 300, 1000, 14053, 10**6, 10**9, 10**12, 2**53]:
        for p in [0.5, 0.3, 1e-3, 1e-12, 0.999, 1 - 1e-12]:
            middle, width = n * p, math.sqrt(n * p * (1 - p))
            for z in [0, 1, -3, 10, generator.uniform(-40, 40)]:
                cases.add((n, min(n, max(0, round(middle + z * width))), p))
            for h in [0, 1, 2, n // 3, n // 2, n - 1, n]:
                cases.add((n, h, p))
        for p in [0.0, 1.0]:
            for h in [0, n // 2, n]:
                cases.add((n, h, p))
    for n, h, p in sorted(cases):
        coefficient = mpmath.loggamma(n + 1) - mpmath.loggamma(h + 1) - mpmath.loggamma(n - h + 1)
        kernel = mpf(0)
        for count, probability in [(h, mpf(p)), (n - h, 1 - mpf(p))]:
            if count and not probability:
                kernel = mpmath.ninf
            elif count:
                kernel += count * mpmath.log(probability)
        total = coefficient + kernel
        yield {
            "flips": n, "heads": h, "probability": p, "coefficient": float(coefficient),
            "value": "-inf" if total == mpmath.ninf else float(total),
        }


def geissler():
    """The maximum for a mixture of two binomials, by Newton's method on the gradient, in 60 digits."""
    counts = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]

    def log_likelihood(w, p, q):
        def mass(h):
            choose = mpmath.binomial(12, h)
            return choose * (w * p**h * (1 - p) ** (12 - h) + (1 - w) * q**h * (1 - q) ** (12 - h))

        return sum(n * mpmath.log(mass(h)) for h, n in enumerate(counts))

    def gradient(w, p, q):
        return [mpmath.diff(log_likelihood, (w, p, q), order) for order in [(1, 0, 0), (0, 1, 0), (0, 0, 1)]]

    w, p, q = mpmath.findroot(gradient, (mpf("0.72"), mpf("0.4814"), mpf("0.6164")))
    return {
        "counts": counts, "weights": [float(w), float(1 - w)], "heads": [float(p), float(q)],
        "logLikelihood": float(log_likelihood(w, p, q)),
    }


def masses():
    """EM with diagonal covariances on numbers of ordinary size, in double precision; then the unit is changed on paper."""
    with open(HERE / "masses.csv") as file:
        rows = [[float(v) * 1e26 for v in row] for row in list(csv.reader(file))[1:]]
    size = range(len(rows[0]))
    q = [[1.0, 0.0] if row[0] + row[1] < row[2] + row[3] else [0.0, 1.0] for row in rows]
    first = q
    for _ in range(3000):
        counts = [sum(r[k] for r in q) for k in (0, 1)]
        weights = [c / len(rows) for c in counts]
        means = [[math.fsum(r[k] * x[i] for r, x in zip(q, rows)) / counts[k] for i in size] for k in (0, 1)]
        variances = [
            [math.fsum(r[k] * (x[i] - means[k][i]) ** 2 for r, x in zip(q, rows)) / counts[k] for i in size] for k in (0, 1)
        ]
        q, total = [], 0.0
        for x in rows:
            joint = [
                math.log(weights[k])
                - sum(math.log(2 * math.pi * v) + (a - m) ** 2 / v for a, m, v in zip(x, means[k], variances[k])) / 2
                for k in (0, 1)
            ]
            top = max(joint)
            mass = [math.exp(j - top) for j in joint]
            total += top + math.log(sum(mass))
            q.append([m / sum(mass) for m in mass])
    return {
        "classes": [row.index(1.0) for row in first], "weights": weights,
        "logLikelihood": total + len(rows) * len(size) * 26 * math.log(10),
    }


if __name__ == "__main__":
    value = {
        "normals": list(offsets()) + [plane()], "binomials": list(binomials()), "geissler": geissler(), "masses": masses(),
    }
    (HERE / "numerics.json").write_text(json.dumps(value, indent=1, sort_keys=True) + "\n")

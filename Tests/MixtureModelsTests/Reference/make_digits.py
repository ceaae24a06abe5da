"""Makes digits.json beside it: mixtures of Bernoulli vectors by another implementation.

Run with Python 3.11, and from PyPI numpy 2.4.6:

    python make_digits.py

The data are the package's own, in Lessons/Data (see the README.md there): 541 handwritten digits, a pixel on where its ink is at least 8.
A start has equal weights, and as mean images a third of the mean of all digits with two thirds of one digit each. EM works on matrices,
with logarithms that are cut at a probability of 1e-300; it stops when the log-likelihood no longer rises. Lesson 9 prints the best
log-likelihood of 200 starts and its weights beside its own, and tests compare the rest.
"""

import csv
import json
import pathlib

import numpy

HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[2] / "Lessons" / "Data" / "digits234.csv"
TINY = 1e-300

with open(DATA) as file:
    table = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]
table = numpy.array(table)
labels, x = table[:, 0], (table[:, 1:] >= 8).astype(float)


def start(rows):
    return numpy.full(len(rows), 1 / len(rows)), (x.mean(0) + 2 * x[rows]) / 3


def e_step(weights, means):
    on, off = numpy.log(numpy.maximum(means, TINY)), numpy.log(numpy.maximum(1 - means, TINY))
    joint = numpy.log(weights) + x @ on.T + (1 - x) @ off.T
    top = joint.max(1, keepdims=True)
    shares = numpy.exp(joint - top)
    total = shares.sum(1, keepdims=True)
    return shares / total, float((top + numpy.log(total)).sum())


def em(weights, means, change=0.0, most=5000):
    heights = []
    while len(heights) < most:
        shares, height = e_step(weights, means)
        if heights and height - heights[-1] <= change:
            break
        heights.append(height)
        count = shares.sum(0)
        weights, means = count / len(x), numpy.minimum(1, shares.T @ x / count[:, None])
    return {"heights": heights, "weights": weights, "means": means, "shares": shares}


def told(fit):
    """The fit, with its classes as they come, and how many digits of each kind each class has."""
    classes = fit["shares"].argmax(1)
    return {
        "logLikelihood": fit["heights"][-1],
        "firstHeights": fit["heights"][:12],
        "weights": fit["weights"].tolist(),
        "means": fit["means"].tolist(),
        "table": [[int(((classes == k) & (labels == d)).sum()) for d in (2, 3, 4)] for k in range(len(fit["weights"]))],
    }


generator = numpy.random.default_rng(9)
ends = sorted(
    (em(*start(generator.choice(len(x), 3, replace=False)), change=1e-6)["heights"][-1] for _ in range(200)), reverse=True
)
known = [72, 65, 434]
groups = [x[labels == d] for d in (2, 3, 4)]
result = {
    "knownRows": known,
    "known": told(em(*start(known))),
    "fromLabels": told(em(numpy.array([len(g) / len(x) for g in groups]), numpy.array([g.mean(0) for g in groups]))),
    "bestOfStarts": ends[0],
    "reachedBest": sum(end > ends[0] - 0.01 for end in ends),
    "neverOn": numpy.flatnonzero(x.sum(0) == 0).tolist(),
}
(HERE / "digits.json").write_text(json.dumps(result) + "\n")

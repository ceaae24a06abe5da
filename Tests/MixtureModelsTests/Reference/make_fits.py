"""Makes fits.json beside it: maximum-likelihood fits of Gaussian mixtures, by other implementations.

Run with Python 3.11, and from PyPI numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1:

    python make_fits.py

The data are the package's own, in Lessons/Data (see the README.md there). Fits of one variable maximise the
log-likelihood directly with scipy's BFGS; those of several variables are scikit-learn's EM without regularisation, run
until its lower bound stands still. Lesson 3 prints these numbers beside its own, and its tests compare them.
"""

import csv
import json
import pathlib

import numpy
import scipy.optimize
import scipy.stats
from sklearn.mixture import GaussianMixture

HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[2] / "Lessons" / "Data"


def read(name, columns):
    with open(DATA / name) as file:
        rows = list(csv.DictReader(file))
    return numpy.array([[float(row[c]) for c in columns] for row in rows]), rows


def univariate(x, equal):
    """Two normals; free numbers: log odds of the first weight, two means, log standard deviations (one if equal)."""

    def unpack(p):
        weight = 1 / (1 + numpy.exp(-p[0]))
        return weight, p[1:3], numpy.exp([p[3], p[3] if equal else p[4]])

    def log_likelihood(p):
        weight, means, sds = unpack(p)
        parts = [
            numpy.log(w) + scipy.stats.norm.logpdf(x, m, s) for w, m, s in zip([weight, 1 - weight], means, sds)
        ]
        return numpy.logaddexp(*parts).sum()

    start = [0.0, 55.0, 80.0, numpy.log(6.0)] + ([] if equal else [numpy.log(6.0)])
    best = scipy.optimize.minimize(lambda p: -log_likelihood(p), start, method="BFGS", options={"gtol": 1e-9})
    best = scipy.optimize.minimize(lambda p: -log_likelihood(p), best.x, method="Nelder-Mead",
                                   options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000})
    weight, means, sds = unpack(best.x)
    return {
        "weights": [float(weight), float(1 - weight)],
        "means": means.tolist(),
        "standardDeviations": sds.tolist(),
        "logLikelihood": float(log_likelihood(best.x)),
    }


def from_labels(x, labels, count):
    """Full covariances, started from the estimates of labelled data (a start that the lesson shares)."""
    q = numpy.eye(count)[labels]
    totals = q.sum(0)
    means = (q.T @ x) / totals[:, None]
    covariances = [((x - means[k]).T * q[:, k]) @ (x - means[k]) / totals[k] for k in range(count)]
    model = GaussianMixture(
        count, covariance_type="full", reg_covar=0, tol=1e-14, max_iter=20000, weights_init=totals / len(x),
        means_init=means, precisions_init=numpy.linalg.inv(numpy.array(covariances)),
    ).fit(x)
    return {
        "weights": model.weights_.tolist(),
        "means": model.means_.tolist(),
        "covariances": model.covariances_.tolist(),
        "logLikelihood": float(model.score(x) * len(x)),
        "predicted": model.predict(x).tolist(),
    }


faithful, _ = read("faithful.csv", ["eruptions", "waiting"])
assay, rows = read("diabetes.csv", ["glucose", "insulin", "sspg"])
classes = ["Normal", "Chemical", "Overt"]
labels = numpy.array([classes.index(row["class"]) for row in rows])
bivariate = from_labels(faithful, (faithful[:, 0] > 3).astype(int), 2)
del bivariate["predicted"]
diabetes = from_labels(assay, labels, 3)
predicted = numpy.array(diabetes.pop("predicted"))
diabetes["confusion"] = [[int(((labels == c) & (predicted == k)).sum()) for k in range(3)] for c in range(3)]
result = {
    "waitingEqualVariances": univariate(faithful[:, 1], True),
    "waitingFreeVariances": univariate(faithful[:, 1], False),
    "faithfulFull": bivariate,
    "diabetesFull": diabetes,
}
(HERE / "fits.json").write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")

"""Makes classes.json beside it: mixtures with 1, 2, 3, ... classes by another implementation.

Run with Python 3.11, and from PyPI numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1:

    python make_classes.py

The data are the package's own, in Lessons/Data (see the README.md there). Gaussians: scikit-learn's GaussianMixture without
regularisation, the best of 60 starts, its own count of free parameters, AIC and BIC; its columns are standardised, and the
log-likelihood is given for the columns as measured. Digits: EM for Bernoulli vectors in numpy, pixels from 8 on being on, the best of
300 starts. Lesson 11 compares its own numbers.
"""

import csv
import json
import pathlib
import warnings

import numpy
from scipy.special import logsumexp
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[2] / "Lessons" / "Data"
NAMES = {"spherical": "VII", "diag": "VVI", "tied": "EEE", "full": "VVV"}


def read(name, columns):
    with open(DATA / name) as file:
        return numpy.array([[float(row[c]) for c in columns] for row in csv.DictReader(file)])


def best(z, count, kind):
    """The best of 60 starts; those that collapse, or leave a class fewer than 2 (D + 1) rows, do not count."""
    fits = []
    for seed in range(60):
        try:
            fit = GaussianMixture(
                count, covariance_type=kind, tol=1e-10, max_iter=3000, reg_covar=0, random_state=seed,
                init_params="kmeans" if seed % 2 else "random_from_data",
            ).fit(z)
        except ValueError:
            continue
        if kind == "tied" or fit.weights_.min() * len(z) > 2 * (z.shape[1] + 1):
            fits.append(fit)
    return max(fits, key=lambda fit: fit.score(z))


def gaussians(x, most):
    result = []
    for kind, name in NAMES.items():
        if kind == "spherical":
            z, shift = x, 0.0  # round only in the columns' own units
        else:
            z, shift = (x - x.mean(0)) / x.std(0), len(x) * numpy.log(x.std(0)).sum()
        for count in range(1, most + 1):
            fit = best(z, count, kind)
            result.append(
                {
                    "shape": name,
                    "classes": count,
                    "parameters": int(fit._n_parameters()),
                    "logLikelihood": float(fit.score_samples(z).sum() - shift),
                    "aic": float(fit.aic(z) + 2 * shift),
                    "bic": float(fit.bic(z) + 2 * shift),
                }
            )
    return result


def digits(counts, starts=300):
    names = [f"p{i:02d}" for i in range(64)]
    x = (read("digits234.csv", names) >= 8).astype(float)
    random = numpy.random.default_rng(4)
    result = []
    for count in counts:
        best = -numpy.inf
        for _ in range(starts):
            q = random.dirichlet(numpy.full(count, 0.3), len(x))
            last = -numpy.inf
            for step in range(1000):
                w, p = q.mean(0), (q.T @ x) / q.sum(0)[:, None]
                with numpy.errstate(divide="ignore", invalid="ignore"):
                    a, b = numpy.log(numpy.clip(p, 1e-300, None)), numpy.log(numpy.clip(1 - p, 1e-300, None))
                joint = numpy.log(w) + x @ a.T + (1 - x) @ b.T
                total = logsumexp(joint, axis=1)
                q = numpy.exp(joint - total[:, None])
                value = total.sum()
                if value - last < 1e-7:
                    break
                last = value
            best = max(best, value)
        free = count - 1 + 64 * count
        result.append({"classes": count, "logLikelihood": best, "bic": -2 * best + free * numpy.log(len(x))})
    return result


(HERE / "classes.json").write_text(
    json.dumps(
        {
            "faithful": gaussians(read("faithful.csv", ["eruptions", "waiting"]), 4),
            "assay": gaussians(read("diabetes.csv", ["glucose", "insulin", "sspg"]), 4),
            "digits": digits([2, 3, 4, 6, 8, 10]),
        }
    )
    + "\n"
)

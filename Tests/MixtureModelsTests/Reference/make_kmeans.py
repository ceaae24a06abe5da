"""Makes kmeans.json beside it: K-means by another implementation.

Run with Python 3.11, and from PyPI numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1:

    python make_kmeans.py

The data are the package's own, in Lessons/Data (see the README.md there), raw and standardised (each column less its mean, divided by
its standard deviation with divisor N). The best fits are scikit-learn's K-means from 200 random starts; the runs of Lloyd's algorithm
start from given rows. Lesson 7 prints these numbers beside its own, and tests compare them.
"""

import csv
import json
import pathlib

import numpy
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture

HERE = pathlib.Path(__file__).parent
DATA = HERE.parents[2] / "Lessons" / "Data"


def read(name, columns):
    with open(DATA / name) as file:
        rows = list(csv.DictReader(file))
    return numpy.array([[float(row[c]) for c in columns] for row in rows]), rows


def standardised(x):
    return (x - x.mean(0)) / x.std(0)


def best(x, count):
    return KMeans(count, n_init=200, tol=0, max_iter=1000, random_state=0, algorithm="lloyd").fit(x)


def in_order(centres):
    return sorted(centres.tolist())


def lloyd(x, rows):
    """From given rows as centres, until no point changes its cluster."""
    run = KMeans(len(rows), init=x[rows], n_init=1, tol=0, max_iter=1000, algorithm="lloyd").fit(x)
    return {
        "start": rows,
        "centres": run.cluster_centers_.tolist(),
        "distortion": float(run.inertia_),
        "labels": run.labels_.tolist(),
    }


geyser, _ = read("faithful.csv", ["eruptions", "waiting"])
assay, people = read("diabetes.csv", ["glucose", "insulin", "sspg"])
diagnoses = [person["class"] for person in people]

result = {"lloyd": {}}
for name, x in [("raw", geyser), ("standardised", standardised(geyser))]:
    fit = best(x, 2)
    result["faithful-" + name] = {"distortion": float(fit.inertia_), "centres": in_order(fit.cluster_centers_)}
z = standardised(assay)
fit = best(z, 3)
mixture = GaussianMixture(3, n_init=200, tol=1e-12, max_iter=5000, reg_covar=0, random_state=0).fit(z)
result["assay"] = {
    "distortion": float(fit.inertia_),
    "centres": in_order(fit.cluster_centers_),
    "index": float(adjusted_rand_score(diagnoses, fit.labels_)),
    "mixtureIndex": float(adjusted_rand_score(diagnoses, mixture.predict(z))),
}
generator = numpy.random.default_rng(7)
for name, x in [("faithful", standardised(geyser)), ("assay", z)]:
    result["lloyd"][name] = [
        lloyd(x, generator.choice(len(x), count, replace=False).tolist()) for count in [2, 2, 3, 3, 4, 5]
    ]
# Two partitions of eleven items, and how far they agree beyond chance.
first, second = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2], [1, 1, 1, 0, 0, 0, 0, 2, 2, 1, 2]
result["index"] = {"first": first, "second": second, "value": float(adjusted_rand_score(first, second))}

(HERE / "kmeans.json").write_text(json.dumps(result) + "\n")

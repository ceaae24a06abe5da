"""scikit-learn and pandas in the benchmark. `swift run -c release Benchmark --peers` starts this.

peers.py fit FOLDER NAME,N,D,K,STEPS ...   answers each line "case threads" with "seconds log-likelihood" of a fit
peers.py read FILE                         prints "seconds mebibytes" for reading a CSV file
"""

import resource, sys, time, warnings


def fit(folder, *cases):
    import numpy, sklearn, threadpoolctl
    from sklearn.mixture import GaussianMixture
    problems = {}
    for case in cases:
        name, *sizes = case.split(",")
        n, d, k, steps = map(int, sizes)
        start = numpy.split(numpy.fromfile(f"{folder}/{name}.start"), [k, k + k * d])
        problems[name] = (
            numpy.fromfile(f"{folder}/{name}.data").reshape(n, d), start[0], start[1].reshape(k, d),
            numpy.linalg.inv(start[2].reshape(k, d, d)), steps)
    warnings.simplefilter("ignore")  # "did not converge": that is the point
    print(f"scikit-learn {sklearn.__version__} (numpy {numpy.__version__})", flush=True)
    for line in sys.stdin:
        name, threads = line.split()[:2]
        x, weights, means, precisions, steps = problems[name]
        model = GaussianMixture(
            len(weights), covariance_type="full", tol=0, reg_covar=0, max_iter=steps, weights_init=weights,
            means_init=means, precisions_init=precisions)
        with threadpoolctl.threadpool_limits(int(threads)):
            begin = time.perf_counter()
            model.fit(x)
            seconds = time.perf_counter() - begin
        assert model.n_iter_ == steps, model.n_iter_
        print(seconds, repr(float(model.score(x) * len(x))), flush=True)


def read(path):
    import pandas
    begin = time.perf_counter()
    table = pandas.read_csv(path)
    seconds = time.perf_counter() - begin
    assert table.shape[1] == 2
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


{"fit": fit, "read": read}[sys.argv[1]](*sys.argv[2:])

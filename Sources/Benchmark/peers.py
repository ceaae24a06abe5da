"""Fits the benchmark's cases with other programs too, and prints a table of times and ratios.

Started by `swift run -c release Benchmark --peers`, which writes the data. Everybody gets the same doubles, the same start and
the same number of steps, and nobody stops early. Every program is a process of its own that loads its data first; then the
processes are asked in turn for one fit, round after round, so that a change of the machine's mood meets all of them. A fit
begins only when the machine is idle, and does not count if somebody else worked during it. Times are those of the fit alone.
"""

import os, re, shutil, statistics, subprocess, sys, time

PINNED = ["scikit-learn==1.9.1", "numpy==2.4.6", "scipy==1.17.1"]
ROUNDS = 5
HERE = os.path.dirname(os.path.abspath(__file__))


def worker_sklearn(folder, cases):
    import numpy as np
    from sklearn.mixture import GaussianMixture
    for name in (line.strip() for line in sys.stdin):
        n, d, k, steps = cases[name]
        x = np.fromfile(f"{folder}/{name}.data").reshape(n, d)
        start = np.fromfile(f"{folder}/{name}.start")
        weights, means, covariances = np.split(start, [k, k + k * d])
        model = GaussianMixture(
            k, covariance_type="full", tol=0, reg_covar=0, max_iter=steps, weights_init=weights,
            means_init=means.reshape(k, d), precisions_init=np.linalg.inv(covariances.reshape(k, d, d)))
        import warnings
        warnings.simplefilter("ignore")
        begin = time.perf_counter()
        model.fit(x)
        seconds = time.perf_counter() - begin
        assert model.n_iter_ == steps, model.n_iter_
        print(seconds, repr(float(model.score(x) * n)), flush=True)


def busy():
    """Seconds of processor time that all processes of the machine have used (user, nice, system, irq, softirq)."""
    fields = [int(f) for f in open("/proc/stat").readline().split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def used(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(process, name):
    """One fit without company, as far as that can be had within a minute: (seconds, log-likelihood, whether it was clean)."""
    patience = time.time() + 60
    while True:
        before = busy()
        time.sleep(0.2)
        if busy() - before < 0.05 or time.time() > patience:
            everybody, own, begin = busy(), used(process.pid), time.time()
            process.stdin.write(name + "\n")
            process.stdin.flush()
            seconds, log_likelihood = map(float, process.stdout.readline().split())
            foreign = (busy() - everybody) - (used(process.pid) - own)
            clean = foreign < 0.05 + 0.05 * (time.time() - begin)
            if clean or time.time() > patience:
                return seconds, log_likelihood, clean


def contenders(folder, binary, cases):
    """Label, command and environment of everybody who is present."""
    spec = [f"{name},{','.join(map(str, sizes))}" for name, sizes in cases.items()]
    sets = int(re.search(r"\d", subprocess.run([binary, "--sets"], capture_output=True, text=True).stdout).group())
    for threads in (1, 2):
        for level, label in list(enumerate(["baseline", "AVX2", "AVX-512"], 1))[:sets]:
            yield f"this package, {label}, {threads} thr", [binary, "--worker", str(threads), str(level)], {}
    python = f"{folder}/venv/bin/python"
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", *PINNED], check=True)
    for threads in (1, 2):
        environment = {f"{library}_NUM_THREADS": str(threads) for library in ("OMP", "OPENBLAS", "MKL")}
        yield f"scikit-learn 1.9.1, {threads} thr", [python, __file__, "--worker", folder, *spec], environment
    program = f"{folder}/armadillo"
    build = ["g++", "-O2", "-fopenmp", f"{HERE}/peers.cpp", "-o", program, "-larmadillo"]
    if shutil.which("g++") and subprocess.run(build, capture_output=True).returncode == 0:
        for threads in (1, 2):
            yield f"Armadillo gmm_full, {threads} thr", [program, folder, *spec], {"OMP_NUM_THREADS": str(threads)}
    else:
        print("without Armadillo: apt install g++ libarmadillo-dev")
    if shutil.which("Rscript") and subprocess.run(["Rscript", "-e", "library(mclust)"], capture_output=True).returncode == 0:
        yield "mclust", ["Rscript", f"{HERE}/peers.R", folder, *spec], {}
    else:
        print("without mclust: apt install r-cran-mclust")


def main(folder, binary, cases):
    processes = {}
    for label, command, environment in contenders(folder, binary, cases):
        processes[label] = subprocess.Popen(
            command, env=os.environ | environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    times = {(label, name): [] for label in processes for name in cases}
    values, unclean = {}, 0
    for round in range(ROUNDS + 1):  # the first round warms up
        for name in cases:
            for label, process in processes.items():
                seconds, values[label, name], clean = ask(process, name)
                if round > 0:
                    times[label, name].append(seconds)
                    unclean += not clean
    for process in processes.values():
        process.stdin.close()
    print(f"\nMedian seconds of {ROUNDS} fits (least); {unclean} of {ROUNDS * len(times)} fits had company")
    print("| | " + " | ".join(f"{n}: N={s[0]}, D={s[1]}, K={s[2]}, {s[3]} it" for n, s in cases.items()) + " |")
    print("|---" * (1 + len(cases)) + "|")
    for label in processes:
        cells = [f"{statistics.median(times[label, n]):.4f} ({min(times[label, n]):.4f})" for n in cases]
        print(f"| {label} | " + " | ".join(cells) + " |")
    ours = [label for label in processes if label.startswith("this")]
    for level in ("baseline", "AVX2", "AVX-512"):
        mine = [label for label in ours if level in label]
        for peer in ("scikit-learn", "Armadillo", "mclust"):
            others = [label for label in processes if label.startswith(peer)]
            if mine and others:
                ratio = [
                    min(statistics.median(times[o, n]) for o in others)
                    / min(statistics.median(times[m, n]) for m in mine) for n in cases]
                print(f"{level}: times the best {peer}: " + ", ".join(f"{n} {r:.1f}" for n, r in zip(cases, ratio)))
    for name in cases:
        least, most = (f(values[label, name] for label in processes) for f in (min, max))
        print(f"final log-likelihoods of {name} differ by {(most - least) / abs(most):.1e}, relative")


if __name__ == "__main__":
    cases = {c.split(",")[0]: tuple(map(int, c.split(",")[1:])) for c in sys.argv[3:]}
    worker_sklearn(sys.argv[2], cases) if sys.argv[1] == "--worker" else main(sys.argv[1], sys.argv[2], cases)

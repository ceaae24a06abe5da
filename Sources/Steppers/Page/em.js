// EM in plain JavaScript: a second implementation, for starts that the lesson did not take. It knows nothing of pages.
//
// A run's data: {family: 'gaussians' | 'coins' | 'kmeans' | 'bernoullis', rows: [[…]], counts: […] or null,
// held: {weights, components, covariances, prior: {degrees, scale}}}.
// Parameters θ: {weights: […], components: [{mean, covariance} | {heads} | {probabilities}]}; shares are N lists of K numbers.
'use strict';
const EM = (() => {
  const sum = (list, f) => list.reduce((total, v, i) => total + f(v, i), 0);
  // 0 ln 0 = 0
  const xlogy = (x, y) => (x === 0 ? 0 : x * Math.log(y));
  const logSum = terms => {
    const largest = Math.max(...terms);
    return largest === -Infinity ? -Infinity : largest + Math.log(sum(terms, v => Math.exp(v - largest)));
  };

  /** The lower triangle L with L Lᵀ = S; null if S is not positive definite by more than rounding. */
  function cholesky(S) {
    const L = S.map(row => row.map(() => 0));
    for (let i = 0; i < S.length; i++) {
      for (let j = 0; j <= i; j++) {
        let rest = S[i][j];
        for (let k = 0; k < j; k++) rest -= L[i][k] * L[j][k];
        if (i === j) {
          if (!(rest > 1e-14 * S[i][i])) return null;
          L[i][i] = Math.sqrt(rest);
        } else L[i][j] = rest / L[j][j];
      }
    }
    return L;
  }

  /** The z with L z = v. */
  function forward(L, v) {
    const z = [];
    for (let i = 0; i < v.length; i++) {
      let rest = v[i];
      for (let k = 0; k < i; k++) rest -= L[i][k] * z[k];
      z.push(rest / L[i][i]);
    }
    return z;
  }
  const logDeterminant = L => 2 * sum(L, (row, i) => Math.log(row[i]));

  const logFactorials = [0];
  function logFactorial(n) {
    for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1] + Math.log(i));
    return logFactorials[n];
  }

  // What differs from distribution to distribution: ln p(x), and the estimate from weighted rows.
  const gaussians = {
    logDensity({mean, covariance}) {
      const L = cholesky(covariance);
      const constant = -0.5 * mean.length * Math.log(2 * Math.PI) - 0.5 * logDeterminant(L);
      return x => constant - 0.5 * sum(forward(L, x.map((v, i) => v - mean[i])), z => z * z);
    },
    estimate(rows, weights, total) {
      const D = rows[0].length, mean = [], covariance = [];
      for (let i = 0; i < D; i++) mean.push(sum(rows, (x, n) => weights[n] * x[i]) / total);
      for (let i = 0; i < D; i++) {
        covariance.push([]);
        for (let j = 0; j < D; j++) {
          covariance[i].push(sum(rows, (x, n) => weights[n] * (x[i] - mean[i]) * (x[j] - mean[j])) / total);
        }
      }
      return {mean, covariance};
    },
  };
  const coins = {
    logDensity: ({heads}) => ([h, flips]) =>
      logFactorial(flips) - logFactorial(h) - logFactorial(flips - h) + xlogy(h, heads) + xlogy(flips - h, 1 - heads),
    estimate: (rows, weights) =>
      ({heads: sum(rows, (x, n) => weights[n] * x[0]) / sum(rows, (x, n) => weights[n] * x[1])}),
  };
  // Equal round Gaussians, of which only the mean moves: the nearest mean is the most probable Gaussian.
  const kmeans = {
    logDensity: ({mean}) => x => -sum(mean, (m, i) => (x[i] - m) * (x[i] - m)),
    estimate: (rows, weights, total) =>
      ({mean: rows[0].map((_, i) => sum(rows, (x, n) => weights[n] * x[i]) / total)}),
  };
  // Zeros and ones: what is impossible, a 1 where the probability is 0, has the logarithm -∞.
  const bernoullis = {
    logDensity({probabilities}) {
      const on = probabilities.map(p => Math.log(p)), off = probabilities.map(p => Math.log1p(-p));
      return x => {
        let total = 0;
        for (let i = 0; i < x.length; i++) total += x[i] ? on[i] : off[i];
        return total;
      };
    },
    estimate(rows, weights, total) {
      const heads = rows[0].map(() => 0);
      rows.forEach((x, n) => { for (let i = 0; i < x.length; i++) if (x[i]) heads[i] += weights[n]; });
      return {probabilities: heads.map(h => h / total)};
    },
  };
  const families = {gaussians, coins, kmeans, bernoullis};

  /** The algorithm for a run's data. */
  function model(data) {
    const {rows, family} = data, N = rows.length, hard = family === 'kmeans';
    const counts = data.counts || rows.map(() => 1);
    const held = {weights: hard, components: [], ...(data.held || {})};
    const distribution = families[family];
    const size = sum(counts, c => c);

    /** ln (π_k p_k(x_n)), for all n and k. */
    function logJoint(theta) {
      const densities = theta.components.map(distribution.logDensity);
      return rows.map(x => densities.map((f, k) => (hard ? 0 : Math.log(theta.weights[k])) + f(x)));
    }

    /** The shares of the classes in every row, and ℓ (of K-means, minus the distortion). */
    function eStep(theta) {
      let logLikelihood = 0;
      const shares = logJoint(theta).map((terms, n) => {
        if (hard) {
          const best = terms.indexOf(Math.max(...terms));
          logLikelihood += counts[n] * terms[best];
          return terms.map((_, k) => (k === best ? 1 : 0));
        }
        const total = logSum(terms);
        logLikelihood += counts[n] * total;
        return terms.map(v => Math.exp(v - total));
      });
      return {shares, logLikelihood};
    }

    /** The parameters that fit these shares best; or {failed: why}. */
    function mStep(shares, theta) {
      const totals = theta.components.map((_, k) => sum(shares, (r, n) => counts[n] * r[k]));
      const components = [];
      for (let k = 0; k < totals.length; k++) {
        if (held.components.includes(k)) { components.push(theta.components[k]); continue; }
        if (!(totals[k] > 0)) {
          if (!hard) return {failed: `class ${k + 1} has no share of any point`};
          components.push(theta.components[k]);
          continue;
        }
        components.push(distribution.estimate(rows, shares.map((r, n) => counts[n] * r[k]), totals[k]));
      }
      const allowed = constrained(components, totals), flat = allowed.findIndex(c => c.covariance && !cholesky(c.covariance));
      if (flat >= 0) return {failed: `class ${flat + 1} has shrunk onto points on one line, where its density has no bound`};
      return {weights: held.weights ? theta.weights : totals.map(v => v / size), components: allowed};
    }
    /** Covariances of the shape that the run asks for, or as the prior has them. */
    function constrained(components, totals) {
      const shape = held.covariances, prior = held.prior, all = sum(totals, v => v);
      if (prior) {
        return components.map((c, k) => ({mean: c.mean, covariance: c.covariance.map((row, i) => row.map((v, j) =>
          (totals[k] * v + prior.scale[i][j]) / (totals[k] + prior.degrees + row.length + 1)))}));
      }
      if (!shape) return components;
      const entry = (c, i, j) => (shape === 'tied' ? sum(components, (d, k) => totals[k] * d.covariance[i][j]) / all
        : i !== j ? 0 : shape === 'diagonal' ? c.covariance[i][i] : sum(c.covariance, (row, d) => row[d]) / c.mean.length);
      return components.map(c => ({mean: c.mean, covariance: c.covariance.map((row, i) => row.map((_, j) => entry(c, i, j)))}));
    }

    /** Q + H: the bound that these shares put under ℓ, at θ. For K-means, minus the distortion. */
    function bound(shares, theta) {
      return sum(logJoint(theta), (terms, n) =>
        counts[n] * sum(terms, (v, k) => (shares[n][k] > 0 ? shares[n][k] * (v - Math.log(shares[n][k])) : 0)));
    }

    /** The logarithm of the prior density, up to a constant: -(ν + D + 1)/2 ln |Σ| - ½ tr Ψ Σ⁻¹ for each class; 0 without a prior. */
    function logPrior(theta) {
      if (!held.prior) return 0;
      const {degrees, scale} = held.prior, D = scale.length, C = cholesky(scale);
      return sum(theta.components, ({covariance}) => {
        // tr Ψ Σ⁻¹ is the sum of the squares of L⁻¹ C, where C Cᵀ = Ψ.
        const L = cholesky(covariance), trace = sum(C, (_, j) => sum(forward(L, C.map(row => row[j])), z => z * z));
        return -0.5 * (degrees + D + 1) * logDeterminant(L) - 0.5 * trace;
      });
    }
    /** What EM climbs: ℓ(θ), and the prior if there is one. */
    const objective = theta => logLikelihood(theta) + logPrior(theta);

    /** ℓ(θ) */
    const logLikelihood = theta => eStep(theta).logLikelihood;

    /** One row's arithmetic under θ: weight, density, product and share of every class (of K-means, squared distances). */
    function arithmetic(n, theta) {
      const densities = theta.components.map((c, k) => distribution.logDensity(c)(rows[n]));
      const terms = densities.map((v, k) => (hard ? v : v + Math.log(theta.weights[k])));
      const total = logSum(terms), best = terms.indexOf(Math.max(...terms));
      return terms.map((v, k) => hard
        ? {squaredDistance: -v, share: k === best ? 1 : 0}
        : {weight: theta.weights[k], density: Math.exp(densities[k]), product: Math.exp(v), share: Math.exp(v - total)});
    }

    /** How far apart two parameter sets are: weights and heads as they are, means in standard deviations of the data. */
    const spread = rows[0].map((_, i) => {
      const mean = sum(rows, (x, n) => counts[n] * x[i]) / size;
      return Math.sqrt(sum(rows, (x, n) => counts[n] * (x[i] - mean) ** 2) / size) || 1;
    });
    function distance(a, b) {
      let most = 0;
      const see = v => { most = Math.max(most, Math.abs(v)); };
      a.components.forEach((c, k) => {
        const d = b.components[k];
        see(a.weights[k] - b.weights[k]);
        if (family === 'coins') { see(c.heads - d.heads); return; }
        if (family === 'bernoullis') { c.probabilities.forEach((p, i) => see(p - d.probabilities[i])); return; }
        c.mean.forEach((m, i) => see((m - d.mean[i]) / spread[i]));
        if (c.covariance) c.covariance.forEach((row, i) =>
          row.forEach((v, j) => see((v - d.covariance[i][j]) / (spread[i] * spread[j]))));
      });
      return most;
    }

    /** The iterates from a start: until nothing moves, a step cannot be taken, or there were `most` steps. */
    function run(start, most = 100, rest = 1e-9) {
      const path = [start];
      let ending = 'stopped';
      while (path.length <= most) {
        const theta = path[path.length - 1], next = mStep(eStep(theta).shares, theta);
        if (next.failed) { ending = next.failed; break; }
        const moved = distance(theta, next);
        if (hard && moved === 0) { ending = 'rest'; break; }
        path.push(next);
        if (moved <= rest) { ending = 'rest'; break; }
      }
      return {path, ending};
    }
    /** weight × density of every class at any x. */
    const densities = (theta, x) => theta.components.map((c, k) => theta.weights[k] * Math.exp(distribution.logDensity(c)(x)));
    return {N, size, counts, hard, held, spread, densities, eStep, mStep, bound, logLikelihood, logPrior, objective, arithmetic, distance, run};
  }

  /**
   * The half-steps of a path: the start, E-step 1, M-step 1, E-step 2, …; K-means ends with an assignment that changes nothing.
   * Their value is ℓ, with a prior ℓ and its logarithm; or the distortion.
   */
  function frames(em, path) {
    const first = {kind: 'start', t: 0, theta: path[0], old: null, shares: null, value: null, bound: null};
    if (!em.hard) first.value = em.objective(path[0]);
    const sign = em.hard ? -1 : 1;
    const list = [first];
    for (let t = 0; t < path.length; t++) {
      const {shares, logLikelihood} = em.eStep(path[t]);
      if (t === path.length - 1 && !em.hard && t > 0) break;
      const value = logLikelihood + em.logPrior(path[t]);
      list.push({kind: 'E', t: t + 1, theta: path[t], old: null, shares, value: sign * value, bound: value});
      if (t === path.length - 1) break;
      const bound = em.bound(shares, path[t + 1]) + em.logPrior(path[t + 1]);
      list.push({
        kind: 'M', t: t + 1, theta: path[t + 1], old: path[t], shares, bound,
        value: em.hard ? -bound : em.objective(path[t + 1]),
      });
    }
    return list;
  }
  return {model, frames};
})();
if (typeof module !== 'undefined') module.exports = EM;

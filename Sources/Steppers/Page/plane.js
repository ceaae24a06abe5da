// Points in the plane with Gaussians as ellipses, or with the centres of K-means. Of more than two columns, the first two.
'use strict';
function planePicture(run, em) {
  const {el, set} = Draw, hard = em.hard;
  const rows = run.data.rows, columns = run.data.columns, few = rows.length <= 20;
  const range = i => {
    const values = rows.map(x => x[i]);
    run.path.forEach(theta => theta.components.forEach(c => values.push(c.mean[i])));
    const low = Math.min(...values), high = Math.max(...values), room = 0.08 * (high - low || 1);
    return [low - room, high + room];
  };
  const box = {left: 46, right: 548, top: 36, foot: 376};
  const domains = [range(0), range(1)];
  if (hard) {
    // K-means measures distances: both axes have one scale.
    const unit = Math.max((domains[0][1] - domains[0][0]) / (box.right - box.left), (domains[1][1] - domains[1][0]) / (box.foot - box.top));
    domains.forEach((d, i) => {
      const middle = (d[0] + d[1]) / 2, half = unit * (i ? box.foot - box.top : box.right - box.left) / 2;
      d[0] = middle - half; d[1] = middle + half;
    });
  }
  const x = Draw.scale(domains[0], [box.left, box.right]), y = Draw.scale(domains[1], [box.foot, box.top]);
  const at = mean => [x(mean[0]), y(mean[1])];

  /** The outline that holds 90 % of a Gaussian: (x - μ)ᵀ Σ⁻¹ (x - μ) = -2 ln 0.1. */
  function outline({mean, covariance}) {
    const radius = Math.sqrt(-2 * Math.log(0.1));
    const [a, b, d] = [covariance[0][0], covariance[0][1], covariance[1][1]];
    const l11 = Math.sqrt(a), l21 = b / l11, l22 = Math.sqrt(Math.max(0, d - l21 * l21));
    const points = [];
    for (let i = 0; i < 72; i++) {
      const u = Math.cos(i * Math.PI / 36), v = Math.sin(i * Math.PI / 36);
      points.push([x(mean[0] + radius * l11 * u), y(mean[1] + radius * (l21 * u + l22 * v))]);
    }
    return Draw.line(points) + 'Z';
  }

  function view(svg, live) {
    svg.replaceChildren();
    set(svg, {viewBox: '0 0 560 420'});
    Draw.axes(svg, x, y, columns, [5, 4]);
    const clip = `clip-${Math.random().toString(36).slice(2)}`;
    el('rect', {x: box.left, y: box.top, width: box.right - box.left, height: box.foot - box.top},
      el('clipPath', {id: clip}, el('defs', {}, svg)));
    const inside = el('g', {'clip-path': `url(#${clip})`}, svg);
    const tethers = few ? rows.map(() => el('line', {class: 'tether'}, inside)) : [];
    const points = rows.map(() => el('path', {class: 'point'}, inside));
    const K = run.path[0].components.length, classes = [...Array(K).keys()];
    const old = classes.map(k => el('path', {class: 'outline old', stroke: Draw.color(k)}, inside));
    const outlines = classes.map(k => el('path', {class: 'outline', stroke: Draw.color(k)}, inside));
    const ways = classes.map(() => el('path', {class: 'way'}, inside));
    const chosen = el('circle', {class: 'chosen', r: 9}, inside);
    // Centres are crosses: in K-means they often lie on a point.
    const form = k => (hard ? Draw.cross : Draw.shape(k));
    const handles = classes.map(k => live
      ? Draw.handle(svg, k, {role: 'button', 'aria-roledescription': 'movable point'}, form(k))
      : el('path', {d: form(k), class: 'mean', fill: Draw.color(k)}, svg));
    const guess = Draw.guess(svg);
    let colored;

    function update(frame, {picked = null, ghost = null, way = null, theta = frame.theta} = {}) {
      if (colored !== frame.shares) {
        colored = frame.shares;
        rows.forEach((_, n) => {
          const r = colored && colored[n], best = r ? r.indexOf(Math.max(...r)) : 0;
          // The undecided are what the picture is about: they are larger.
          const size = few ? 6.5 : r && r[best] < 0.9 ? 5.5 : 3.6;
          set(points[n], {
            d: Draw.shape(best), fill: r ? Draw.mixed(r) : 'var(--nobody)',
            transform: `translate(${x(rows[n][0]).toFixed(1)},${y(rows[n][1]).toFixed(1)})scale(${size})`,
          });
        });
      }
      theta.components.forEach((c, k) => {
        const [px, py] = at(c.mean);
        if (c.covariance) set(outlines[k], {d: outline(c)});
        const before = frame.old && frame.old.components[k];
        set(old[k], {d: before && before.covariance ? outline(before) : ''});
        const steps = way ? way.map(t => at(t.components[k].mean)) : before ? [at(before.mean)] : [];
        set(ways[k], {d: steps.length ? Draw.line([...steps, [px, py]]) : ''});
        set(handles[k], {transform: `translate(${px.toFixed(1)},${py.toFixed(1)})${live ? '' : ' scale(9)'}`});
        if (live) set(handles[k], {'aria-label': `${hard ? 'centre' : 'mean'} ${k + 1}: ${columns[0]} ${Draw.number(c.mean[0], 3)}, ${columns[1]} ${Draw.number(c.mean[1], 3)}. Arrow keys move it, and the algorithm starts anew from there.`});
      });
      tethers.forEach((t, n) => {
        const k = colored ? colored[n].indexOf(Math.max(...colored[n])) : -1;
        set(t, k < 0 ? {x1: 0, x2: 0, y1: 0, y2: 0}
          : {x1: x(rows[n][0]), y1: y(rows[n][1]), x2: at(theta.components[k].mean)[0], y2: at(theta.components[k].mean)[1], stroke: Draw.color(k)});
      });
      set(chosen, picked === null ? {visibility: 'hidden'} : {visibility: 'visible', cx: x(rows[picked][0]), cy: y(rows[picked][1])});
      set(guess, ghost ? {visibility: 'visible', transform: `translate(${x(ghost[0])},${y(ghost[1])})`} : {visibility: 'hidden'});
    }

    /** The row nearest to a place of the picture, if one is near. */
    function pick(px, py, reach) {
      let best = null, least = reach * reach;
      rows.forEach((p, n) => {
        const d = (x(p[0]) - px) ** 2 + (y(p[1]) - py) ** 2;
        if (d < least) { best = n; least = d; }
      });
      return best;
    }
    return {update, pick};
  }

  const inPlane = (v, i) => Math.min(domains[i][1], Math.max(domains[i][0], v));
  const name = k => `${Draw.sign(k)} ${k + 1}`;
  const classes = hard ? 'cluster' : 'class';
  return {
    view,
    place: (theta, k) => theta.components[k].mean.slice(0, 2),
    toPixels: p => [x(p[0]), y(p[1])],
    fromPixels: (px, py) => [inPlane(x.inverse(px), 0), inPlane(y.inverse(py), 1)],
    /** A step of the arrow keys. */
    nudge: (p, [dx, dy]) => [inPlane(p[0] + dx * (domains[0][1] - domains[0][0]) / 50, 0), inPlane(p[1] - dy * (domains[1][1] - domains[1][0]) / 50, 1)],
    moved(theta, k, p) {
      const components = theta.components.map((c, j) => (j === k ? {...c, mean: [...p, ...c.mean.slice(2)]} : c));
      return {weights: theta.weights, components};
    },
    movable: theta => theta.components.map((_, k) => k),
    /** A mean on its way from one θ to the next, for the eye. */
    between(a, b, s) {
      const mix = (u, v) => (Array.isArray(u) ? u.map((w, i) => mix(w, v[i])) : u + s * (v - u));
      return {weights: b.weights, components: b.components.map((c, k) => {
        const mean = mix(a.components[k].mean, c.mean);
        return c.covariance ? {mean, covariance: mix(a.components[k].covariance, c.covariance)} : {mean};
      })};
    },
    thing: hard ? 'centre' : 'mean',
    algorithm: hard
      ? [['start', 'Choose a <b>centre</b> for each cluster.'],
        ['E', '<b>Assign</b> (E-step): each point goes to the nearest centre.'],
        ['M', '<b>Recentre</b> (M-step): each centre moves to the mean of its points.'],
        ['rest', 'Repeat until no point changes its cluster.']]
      : [['start', 'Guess weights π<sub>k</sub>, means μ<sub>k</sub>, covariances Σ<sub>k</sub>.'],
        ['E', '<b>E-step</b>: r<sub>nk</sub> ← π<sub>k</sub> × density of class k at point n, divided by the sum of these over all classes.'],
        ['M', `<b>M-step</b>: N<sub>k</sub> ← Σ<sub>n</sub> r<sub>nk</sub>; π<sub>k</sub> ← N<sub>k</sub> / N; μ<sub>k</sub>, Σ<sub>k</sub> ← mean and covariance of all points, each counted r<sub>nk</sub> times${em.held.prior ? '; Σ<sub>k</sub> ← (N<sub>k</sub> Σ<sub>k</sub> + Ψ) / (N<sub>k</sub> + ν + D + 1)' : ''}.`],
        ['rest', 'Repeat until nothing moves.']],
    words(frame) {
      if (frame.kind === 'start') return `${frame.theta.components.length} guesses of where the ${hard ? 'centres' : 'classes'} are. No point belongs to anybody yet.`;
      if (frame.kind === 'E') {
        if (hard) {
          return frame.changed === 0 ? 'Every point has the centre that it had: K-means has come to rest.'
            : `Every point goes to the nearest centre${frame.changed === null ? '' : `; ${frame.changed} ${frame.changed === 1 ? 'changes' : 'change'} sides`}. The centres stay.`;
        }
        const open = frame.shares.filter(r => Math.max(...r) < 0.9).length;
        return `Every point is shared out by the ellipses as they are: it takes the colour of its shares. ${open} of ${em.N} points are undecided (no class has 90 %), and larger. No ellipse moves.`;
      }
      return hard ? 'Each centre moves to the mean of its points. No point changes its cluster.'
        : 'Each ellipse moves to the mean and spread of its shares (dashed: where it was). The colours stay.';
    },
    head: hard ? ['', 'points', ...columns.slice(0, 4).map(Draw.escape)] : ['', 'shares N<sub>k</sub>', 'weight', ...columns.slice(0, 4).map(c => `${Draw.escape(c)} (sd)`)],
    rows: frame => frame.theta.components.map((c, k) => {
      const N = frame.shares ? frame.shares.reduce((s, r, n) => s + em.counts[n] * r[k], 0) : null;
      const share = {text: N === null ? '–' : hard ? String(N) : Draw.fixed(N, 2), fresh: frame.kind === 'E'};
      const fresh = frame.kind === 'M';
      const name_ = {text: name(k), color: k};
      return hard
        ? [name_, share, ...c.mean.slice(0, 4).map(v => ({text: Draw.number(v, 4), fresh}))]
        : [name_, share, {text: Draw.fixed(frame.theta.weights[k], 4), fresh},
          ...c.mean.slice(0, 4).map((v, i) => ({text: `${Draw.number(v, 4)} (${Draw.number(Math.sqrt(c.covariance[i][i]), 3)})`, fresh}))];
    }),
    pointName: n => `Point ${n + 1}: ${columns.map((c, i) => `${c} ${Draw.number(rows[n][i], 4)}`).join(', ')}`,
    className: name, classWord: classes,
    tap: 'Tap a point to see whose it is, and why.',
    hint: hard ? 'Drag a centre' : 'Drag a mean',
    valueName: hard ? 'distortion' : em.held.prior ? 'log-likelihood with the prior' : 'log-likelihood',
  };
}
PICTURES.plane = planePicture;

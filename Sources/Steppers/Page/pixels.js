// Images of zeros and ones: above the mean images, between them one pixel's probabilities, which can be moved, below all images in the
// colours of their shares.
'use strict';
function pixelPicture(run, em) {
  const {el, set} = Draw;
  const rows = run.data.rows, D = run.data.columns.length, root = Math.sqrt(D);
  // Square images; whatever is no square is a row of cells.
  const across = Number.isInteger(root) ? root : D, down = D / across;
  const K = run.path[0].components.length, classes = [...Array(K).keys()];
  const end = run.path[run.path.length - 1], probability = (theta, k, d) => theta.components[k].probabilities[d];
  const farthest = (a, b) => run.data.columns.reduce((best, _, d) => {
    const moved = i => Math.max(...classes.map(k => Math.abs(probability(a, k, i) - probability(b, k, i))));
    return moved(d) > moved(best) + 1e-9 ? d : best;
  }, 0);
  let chosen = farthest(run.path[0], end);

  const place = d => (down > 1 ? `row ${Math.floor(d / across) + 1}, column ${d % across + 1}` : run.data.columns[d]);
  const x = Draw.scale([0, 1], [150, 520]), gap = K > 3 ? 60 / (K - 1) : 24, first = 184;
  const lane = k => first + gap * k, foot = lane(K - 1) + 34;
  const side = Math.min(112, 500 / K - 16), cell = side / Math.max(across, down);
  const left = k => 280 + (k - (K - 1) / 2) * (side + 20) - cell * across / 2, top = 30 + (side - cell * down) / 2;
  // All images in rows below, as large as they can be.
  const box = {left: 6, right: 554, top: foot + 14, foot: 416};
  let pitch = 60;
  const perRow = () => Math.floor((box.right - box.left) / pitch);
  while (Math.ceil(rows.length / perRow()) * pitch * down / across > box.foot - box.top && pitch > 2) pitch -= 0.25;
  const unit = 0.86 * pitch / across;
  const corner = n => [box.left + n % perRow() * pitch, box.top + Math.floor(n / perRow()) * pitch * down / across];
  /** The cells that are on, as one path in units of a cell. */
  const shape = row => row.map((v, d) => (v ? `M${d % across} ${Math.floor(d / across)}h1v1h-1z` : '')).join('');
  const shapes = rows.map(shape);

  function view(svg, live) {
    svg.replaceChildren();
    set(svg, {viewBox: '0 0 560 420'});
    const g = el('g', {class: 'axes'}, svg);
    el('text', {x: 4, y: 16}, g, 'means');
    const cells = classes.map(k => {
      el('rect', {x: left(k), y: top, width: cell * across, height: cell * down, class: 'frame'}, g);
      el('text', {x: left(k) + cell * across / 2, y: 20, 'text-anchor': 'middle'}, g, `${Draw.sign(k)} ${k + 1}`);
      return run.data.columns.map((_, d) => el('rect', {x: left(k) + d % across * cell, y: top + Math.floor(d / across) * cell, width: cell, height: cell, fill: Draw.color(k)}, svg));
    });
    const marks = classes.map(() => el('rect', {width: cell, height: cell, class: 'chosen'}, svg));
    classes.forEach(k => el('line', {x1: x(0), x2: x(1), y1: lane(k), y2: lane(k), class: 'lane'}, g));
    [0, 0.25, 0.5, 0.75, 1].forEach(p => el('text', {x: x(p), y: foot, 'text-anchor': 'middle'}, g, Draw.minus(p)));
    // A line of its own, so that it lies over no lane where letters are large.
    const label = el('text', {x: 4, y: first - 24}, g);
    const images = rows.map((_, n) => {
      const [px, py] = corner(n);
      if (unit * across > 20) el('rect', {x: px, y: py, width: unit * across, height: unit * down, class: 'frame'}, svg);
      return el('path', {d: shapes[n], transform: `translate(${px.toFixed(1)},${py.toFixed(1)})scale(${unit.toFixed(3)})`}, svg);
    });
    const tapped = el('rect', {class: 'chosen', width: unit * across + 4, height: unit * down + 4, rx: 2}, svg);
    const ways = classes.map(() => el('path', {class: 'way'}, svg));
    const handles = classes.map(k => live
      ? Draw.handle(svg, k, {role: 'slider', 'aria-valuemin': 0, 'aria-valuemax': 1})
      : el('path', {d: Draw.shape(k), class: 'mean', fill: Draw.color(k)}, svg));
    const guess = Draw.guess(svg);
    let colored;

    function update(frame, {picked = null, ghost = null, theta = frame.theta} = {}) {
      if (colored !== frame.shares) {
        colored = frame.shares;
        images.forEach((image, n) => set(image, {fill: colored ? Draw.mixed(colored[n]) : 'var(--nobody)'}));
      }
      label.textContent = `${down > 1 ? `the pixel in ${place(chosen)}` : place(chosen).slice(0, 30)} is on:`;
      classes.forEach(k => {
        cells[k].forEach((rect, d) => rect.setAttribute('fill-opacity', probability(theta, k, d).toFixed(3)));
        set(marks[k], {x: left(k) + chosen % across * cell, y: top + Math.floor(chosen / across) * cell});
        const p = probability(theta, k, chosen), before = frame.old && probability(frame.old, k, chosen);
        set(handles[k], {transform: `translate(${x(p)},${lane(k)})${live ? '' : ' scale(9)'}`});
        set(ways[k], {d: before === null ? '' : `M${x(before)},${lane(k)}H${x(p)}`});
        if (live) set(handles[k], {'aria-valuenow': p.toFixed(4), 'aria-valuetext': Draw.number(p, 4), 'aria-label': `class ${k + 1}, probability that the pixel in ${place(chosen)} is on. Left and right move it, and the algorithm starts anew from there; up and down go to another pixel`});
      });
      const [px, py] = picked === null ? [0, 0] : corner(picked);
      set(tapped, picked === null ? {visibility: 'hidden'} : {visibility: 'visible', x: px - 2, y: py - 2});
      set(guess, ghost ? {visibility: 'visible', transform: `translate(${x(ghost[0])},${lane(ghost[1])})`} : {visibility: 'hidden'});
    }
    function pick(px, py) {
      const column = Math.floor((px - box.left) / pitch), row = Math.floor((py - box.top) / (pitch * down / across));
      const n = row * perRow() + column;
      return row >= 0 && column >= 0 && column < perRow() && n < rows.length ? n : null;
    }
    /** Another pixel, if a mean image was tapped. */
    function choose(px, py) {
      const k = classes.find(j => px >= left(j) && px < left(j) + cell * across);
      if (k === undefined || py < top || py >= top + cell * down) return false;
      chosen = Math.floor((py - top) / cell) * across + Math.floor((px - left(k)) / cell);
      return true;
    }
    return {update, pick, choose};
  }

  const within = p => Math.min(0.999, Math.max(0.001, p));
  const name = k => `${Draw.sign(k)} ${k + 1}`;
  const withProbabilities = (theta, k, f) => ({weights: theta.weights, components: theta.components.map((c, j) =>
    (j === k ? {probabilities: c.probabilities.map(f)} : c))});
  /** The mean of all images. */
  const overall = rows[0].map((_, d) => rows.reduce((s, row) => s + row[d], 0) / rows.length);
  return {
    view,
    place: (theta, k) => [probability(theta, k, chosen), k],
    toPixels: p => [x(p[0]), lane(p[1])],
    fromPixels: (px, py, k) => [within(x.inverse(px)), k],
    nudge: (p, [dx]) => [within(p[0] + 0.02 * dx), p[1]],
    moved: (theta, k, p) => withProbabilities(theta, k, (v, d) => (d === chosen ? p[0] : v)),
    movable: () => classes,
    /** Up and down go to another pixel. */
    turn([dx, dy]) {
      if (dx) return false;
      chosen = (chosen + dy + D) % D;
      return true;
    },
    /** To the pixel that moves farthest in a step. */
    attend(a, b) { chosen = farthest(a, b); },
    /** A start of the lesson's kind: an image, counted twice, with the mean of all. */
    startAt: (theta, k, n) => withProbabilities(theta, k, (_, d) => within((overall[d] + 2 * rows[n][d]) / 3)),
    between: (a, b, s) => ({weights: b.weights, components: b.components.map((c, k) => ({
      probabilities: c.probabilities.map((v, d) => probability(a, k, d) + s * (v - probability(a, k, d)))}))}),
    thing: 'mean image',
    algorithm: [
      ['start', 'Guess weights π<sub>k</sub> and mean images μ<sub>k</sub>: for each pixel i the probability μ<sub>ki</sub> that it is on.'],
      ['E', '<b>E-step</b>: r<sub>nk</sub> ← π<sub>k</sub> × product over the pixels of μ<sub>ki</sub> where image n is on, and 1 − μ<sub>ki</sub> where it is off; divided by the sum of these over the classes.'],
      ['M', '<b>M-step</b>: N<sub>k</sub> ← Σ<sub>n</sub> r<sub>nk</sub>; π<sub>k</sub> ← N<sub>k</sub> / N; μ<sub>k</sub> ← the mean of all images, each counted r<sub>nk</sub> times.'],
      ['rest', 'Repeat until nothing moves.'],
    ],
    words(frame) {
      if (frame.kind === 'start') return `Guesses of what ${K} classes look like: the stronger the colour, the more probably the pixel is on. No image belongs to anybody yet.`;
      if (frame.kind === 'E') {
        const open = frame.shares.filter(r => Math.max(...r) < 0.9).length;
        return `Every image is shared out by the mean images as they are, and takes the colour of its shares. ${open} of ${em.N} are undecided (no class has 90 %). No mean image moves.`;
      }
      return 'Each mean image becomes the mean of the images, each counted with its share: all pixels at once. The colours of the images stay.';
    },
    head: ['', 'shares N<sub>k</sub>', 'weight', 'chosen pixel'],
    rows: frame => frame.theta.components.map((c, k) => {
      const N = frame.shares ? frame.shares.reduce((s, r) => s + r[k], 0) : null, fresh = frame.kind === 'M';
      return [{text: name(k), color: k}, {text: N === null ? '–' : Draw.fixed(N, 2), fresh: frame.kind === 'E'},
        {text: Draw.fixed(frame.theta.weights[k], 4), fresh}, {text: Draw.fixed(c.probabilities[chosen], 4), fresh}];
    }),
    pointName: n => `Image ${n + 1}: ${rows[n].reduce((s, v) => s + v, 0)} of ${D} pixels on`,
    pointExtra: n => `<div class="image"><svg viewBox="0 0 ${across} ${down}" aria-hidden="true"><rect width="${across}" height="${down}" class="frame"/><path d="${shapes[n]}"/></svg><p>Start from it: ${classes.map(k => `<button data-start="${k}">${name(k)}</button>`).join(' ')}</p></div>`,
    className: name, classWord: 'class',
    targetName: k => `class ${name(k)}, in the pixel of ${place(chosen)},`,
    tap: 'Tap a pixel of a mean image to choose another; tap an image to see whose it is, and why, or to start from it.',
    hint: 'Drag a probability of the chosen pixel',
    valueName: 'log-likelihood',
  };
}
PICTURES.pixels = pixelPicture;

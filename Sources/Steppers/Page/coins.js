// Head counts as bars that the coins share out, and the coins below on an axis of their own.
'use strict';
function coinPicture(run, em) {
  const {el, set} = Draw;
  const rows = run.data.rows, flips = rows[0][1], counts = em.counts, total = em.size;
  const K = run.path[0].components.length, classes = [...Array(K).keys()];
  const box = {left: 46, right: 548, top: 30, foot: 276};
  const x = Draw.scale([-0.6, flips + 0.6], [box.left, box.right]);
  const densities = (theta, h) => em.densities(theta, [h, flips]);
  const top = 1.25 * Math.max(...counts.map(c => c / total), ...run.path.slice(-1).flatMap(theta =>
    Array.from({length: flips + 1}, (_, h) => densities(theta, h).reduce((s, v) => s + v, 0))));
  const y = Draw.scale([0, top], [box.foot, box.top]);
  const lane = k => 340 + (k % 2) * 38;
  const coinX = p => x(p * flips);
  const width = Math.min(70, 0.72 * (x(1) - x(0)));

  function view(svg, live) {
    svg.replaceChildren();
    set(svg, {viewBox: '0 0 560 420'});
    const g = Draw.axes(svg, x, y, [flips === 1 ? 'heads (0: tails)' : `heads in ${flips} flips`, 'share of all ' + (flips === 1 ? 'flips' : 'sets')], [Math.min(flips, 10), 3]);
    el('line', {x1: coinX(0), x2: coinX(1), y1: 340, y2: 340, class: 'lane'}, g);
    if (K > 1) el('line', {x1: coinX(0), x2: coinX(1), y1: 378, y2: 378, class: 'lane'}, g);
    [0, 0.25, 0.5, 0.75, 1].forEach(p => el('text', {x: coinX(p), y: 413, 'text-anchor': 'middle'}, g, Draw.minus(p)));
    el('text', {x: 4, y: 413}, g, 'coins');
    const bars = rows.map(() => classes.map(k => el('rect', {class: 'bar', width}, svg)));
    const ways = classes.map(k => el('path', {class: 'expected', stroke: Draw.color(k)}, svg));
    const dots = classes.map(k => Array.from({length: flips + 1}, () => el('path', {d: Draw.shape(k), class: 'expected-dot', fill: Draw.color(k)}, svg)));
    const moves = classes.map(() => el('path', {class: 'way'}, svg));
    const chosen = el('rect', {class: 'chosen', width: width + 8, rx: 3}, svg);
    const handles = classes.map(k => {
      if (!live || em.held.components.includes(k)) return el('path', {d: Draw.shape(k), class: 'mean', fill: Draw.color(k)}, svg);
      return Draw.handle(svg, k, {role: 'slider', 'aria-valuemin': 0, 'aria-valuemax': 1});
    });
    const guess = Draw.guess(svg);

    function update(frame, {picked = null, ghost = null, theta = frame.theta} = {}) {
      rows.forEach((row, n) => {
        let base = 0;
        classes.forEach(k => {
          const share = frame.shares ? frame.shares[n][k] : k ? 0 : 1;
          const height = share * counts[n] / total;
          set(bars[n][k], {x: x(row[0]) - width / 2, y: y(base + height), height: Math.max(0, y(base) - y(base + height)), fill: frame.shares ? Draw.color(k) : 'var(--nobody)'});
          base += height;
        });
      });
      const expected = Array.from({length: flips + 1}, (_, h) => densities(theta, h));
      classes.forEach(k => {
        const points = expected.map((d, h) => [x(h), y(Math.min(top, d[k]))]);
        set(ways[k], {d: Draw.line(points)});
        dots[k].forEach((d, h) => set(d, {transform: `translate(${points[h][0]},${points[h][1]}) scale(4)`}));
        const p = theta.components[k].heads, before = frame.old && frame.old.components[k].heads;
        set(handles[k], {transform: `translate(${coinX(p)},${lane(k)})${handles[k].tagName === 'g' ? '' : ' scale(9)'}`});
        set(moves[k], {d: before === null || before === undefined ? '' : `M${coinX(before)},${lane(k)}H${coinX(p)}`});
        if (handles[k].tagName === 'g') set(handles[k], {'aria-valuenow': p.toFixed(4), 'aria-label': `coin ${k + 1}, probability of heads. Arrow keys move it, and the algorithm starts anew from there`, 'aria-valuetext': Draw.number(p, 4)});
      });
      set(chosen, picked === null ? {visibility: 'hidden'} : {visibility: 'visible', x: x(rows[picked][0]) - width / 2 - 4, y: y(counts[picked] / total) - 4, height: y(0) - y(counts[picked] / total) + 8});
      set(guess, ghost ? {visibility: 'visible', transform: `translate(${coinX(ghost[0])},${lane(ghost[1])})`} : {visibility: 'hidden'});
    }

    function pick(px, py) {
      if (py > 300) return null;
      let best = null, least = 0.6 * (x(1) - x(0));
      rows.forEach((row, n) => { const d = Math.abs(x(row[0]) - px); if (d < least) { best = n; least = d; } });
      return best;
    }
    return {update, pick};
  }

  const within = p => Math.min(0.999, Math.max(0.001, p));
  const name = k => `${Draw.sign(k)} coin ${k + 1}`;
  return {
    view,
    place: (theta, k) => [theta.components[k].heads, k],
    toPixels: p => [coinX(p[0]), lane(p[1])],
    fromPixels: (px, py, k) => [within(x.inverse(px) / flips), k],
    nudge: (p, [dx, dy]) => [within(p[0] + 0.02 * (dx - dy)), p[1]],
    moved: (theta, k, p) => ({weights: theta.weights, components: theta.components.map((c, j) => (j === k ? {heads: p[0]} : c))}),
    movable: theta => theta.components.map((_, k) => k).filter(k => !em.held.components.includes(k)),
    between: (a, b, s) => ({weights: b.weights.map((w, k) => a.weights[k] + s * (w - a.weights[k])), components: b.components.map((c, k) => ({heads: a.components[k].heads + s * (c.heads - a.components[k].heads)}))}),
    thing: 'coin',
    algorithm: coinAlgorithm(em, flips),
    words: frame => coinWords(frame, flips),
    head: ['', flips === 1 ? 'flips N<sub>k</sub>' : 'sets N<sub>k</sub>', 'weight', 'heads'],
    rows: frame => coinRows(frame, em),
    pointName: n => coinSetName(rows[n], counts[n], total),
    className: name, classWord: 'coin',
    tap: 'Tap a bar to see how it is shared out, and why.',
    hint: 'Drag a coin',
    valueName: 'log-likelihood',
  };
}

// What the three pictures of coins say alike.
function coinAlgorithm(em, flips) {
  const unit = flips === 1 ? 'flip' : 'set';
  return [
    ['start', `Guess the coins' probabilities of heads μ<sub>k</sub>${em.held.weights ? '' : ' and their weights π<sub>k</sub>'}.`],
    ['E', `<b>E-step</b>: r<sub>nk</sub> ← π<sub>k</sub> × probability that coin k shows what ${unit} n shows, divided by the sum of these over the coins.`],
    ['M', `<b>M-step</b>: N<sub>k</sub> ← Σ<sub>n</sub> r<sub>nk</sub>; ${em.held.weights ? '' : 'π<sub>k</sub> ← N<sub>k</sub> / N; '}μ<sub>k</sub> ← the share of heads among all flips, those of ${unit} n counted r<sub>nk</sub> times${em.held.components.length ? ` (coin ${em.held.components.map(k => k + 1).join(', ')} is known, and stays)` : ''}.`],
    ['rest', 'Repeat until nothing moves.'],
  ];
}
function coinWords(frame, flips) {
  const unit = flips === 1 ? 'flip' : 'set';
  if (frame.kind === 'start') return `Nobody wrote down which coin was flipped: the bars are grey. The lines are what the guessed coins would show.`;
  if (frame.kind === 'E') return `Every ${unit} is shared out between the coins: the bars take the colours of their shares. No coin moves.`;
  return `Each coin moves to the share of heads in what it was given. The colours of the bars stay.`;
}
function coinRows(frame, em) {
  return frame.theta.components.map((c, k) => {
    const N = frame.shares ? frame.shares.reduce((s, r, n) => s + em.counts[n] * r[k], 0) : null;
    const fresh = frame.kind === 'M';
    return [
      {text: `${Draw.sign(k)} coin ${k + 1}`, color: k}, {text: N === null ? '–' : Draw.number(N, 5), fresh: frame.kind === 'E'},
      {text: Draw.fixed(frame.theta.weights[k], 4), fresh: fresh && !em.held.weights},
      {text: Draw.fixed(c.heads, 4), fresh: fresh && !em.held.components.includes(k)},
    ];
  });
}
function coinSetName([heads, flips], count, total) {
  const times = Number.isInteger(count) ? `${count} of ${total}` : `${Draw.number(100 * count / total, 3)} % of all`;
  return flips === 1 ? `${heads ? 'Heads' : 'Tails'}: ${times} flips` : `${heads} heads in ${flips} flips: ${times} sets`;
}
PICTURES.coins = coinPicture;

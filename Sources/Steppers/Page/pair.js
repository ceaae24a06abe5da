// Two coins as one point of the plane, with all pairs that explain the counts in grey; beside it the counts, shared out.
'use strict';
function pairPicture(run, em) {
  const {el, set} = Draw;
  const rows = run.data.rows, flips = rows[0][1], counts = em.counts, total = em.size;
  const x = Draw.scale([0, 1], [46, 386]), y = Draw.scale([0, 1], [376, 36]);
  const bx = Draw.scale([-0.7, flips + 0.7], [424, 552]), tallest = 1.3 * Math.max(...counts) / total;
  const by = Draw.scale([0, tallest], [376, 36]), width = Math.min(34, 0.72 * (bx(1) - bx(0)));
  const pair = theta => theta.components.map(c => c.heads);
  const base = coinPicture(run, em);

  /** The moments of the hidden probability of heads, up to as many as a set has flips: from the counts. */
  function moment(order) {
    const ways = (n, m) => Array.from({length: m}, (_, i) => n - i).reduce((p, v) => p * v, 1);
    return rows.reduce((s, [h], n) => s + counts[n] / total * ways(h, order) / ways(flips, order), 0);
  }
  /** What two coins with some weight must be to give the counts their shares. */
  function explanations(g) {
    const m = moment(1);
    if (flips === 1) {
      el('rect', {x: x(0), y: y(1), width: x(m) - x(0), height: y(m) - y(1), class: 'truth'}, g);
      el('rect', {x: x(m), y: y(m), width: x(1) - x(m), height: y(0) - y(m), class: 'truth'}, g);
      return;
    }
    const variance = moment(2) - m * m;
    if (flips === 2) {
      for (const range of [[0, m - variance / (1 - m)], [m + variance / m, 1]]) {
        const points = Array.from({length: 61}, (_, i) => range[0] + (range[1] - range[0]) * i / 60).map(a => [x(a), y(m - variance / (a - m))]);
        el('path', {d: Draw.line(points), class: 'truth-line'}, g);
      }
      return;
    }
    const s = (moment(3) - m * moment(2)) / variance, q = s * m - moment(2), root = Math.sqrt(s * s / 4 - q);
    for (const [a, b] of [[s / 2 - root, s / 2 + root], [s / 2 + root, s / 2 - root]]) {
      if (a >= 0 && b <= 1 || b >= 0 && a <= 1) el('circle', {cx: x(a), cy: y(b), r: 13, class: 'truth'}, g);
    }
  }

  function view(svg, live) {
    svg.replaceChildren();
    set(svg, {viewBox: '0 0 560 420'});
    const g = Draw.axes(svg, x, y, ['coin 1: probability of heads', 'coin 2'], [4, 4]);
    explanations(g);
    el('path', {d: Draw.line([[x(0), y(0)], [x(1), y(1)]]), class: 'drop'}, g);
    el('text', {x: 556, y: 20, 'text-anchor': 'end'}, g, 'shares');
    for (let h = 0; h <= flips; h += flips > 5 ? 5 : 1) el('text', {x: bx(h), y: 394, 'text-anchor': 'middle'}, g, h);
    el('text', {x: 552, y: 413, 'text-anchor': 'end'}, g, flips === 1 ? 'heads' : `heads in ${flips}`);
    el('line', {x1: 424, x2: 552, y1: 376, y2: 376, class: 'foot'}, g);
    const bars = rows.map(() => [0, 1].map(() => el('rect', {class: 'bar', width}, svg)));
    const marks = rows.map(() => el('line', {class: 'way'}, svg));
    const way = el('path', {class: 'way'}, svg), steps = el('g', {class: 'steps'}, svg);
    const chosen = el('rect', {class: 'chosen', width: width + 6, rx: 3}, svg);
    const handle = live ? el('g', {class: 'handle', 'data-k': 0, tabindex: 0, role: 'button', 'aria-roledescription': 'movable point'}, svg) : el('g', {}, svg);
    el('circle', {r: 22, class: 'reach'}, handle);
    el('circle', {r: 9, class: 'pair'}, handle);
    const guess = Draw.guess(svg);

    function update(frame, {picked = null, ghost = null, way: been = null, theta = frame.theta} = {}) {
      rows.forEach(([h], n) => {
        let from = 0;
        [0, 1].forEach(k => {
          const height = (frame.shares ? frame.shares[n][k] : k ? 0 : 1) * counts[n] / total;
          set(bars[n][k], {x: bx(h) - width / 2, y: by(from + height), height: Math.max(0, by(from) - by(from + height)), fill: frame.shares ? Draw.color(k) : 'var(--nobody)'});
          from += height;
        });
        const expected = by(Math.min(tallest, em.densities(theta, rows[n]).reduce((s, v) => s + v, 0)));
        set(marks[n], {x1: bx(h) - width / 2 - 3, x2: bx(h) + width / 2 + 3, y1: expected, y2: expected});
      });
      const [a, b] = pair(theta), places = (been || (frame.old ? [frame.old] : [])).map(pair);
      set(way, {d: places.length ? Draw.line([...places, [a, b]].map(p => [x(p[0]), y(p[1])])) : ''});
      steps.replaceChildren(...places.slice(-40).map(p => el('circle', {cx: x(p[0]), cy: y(p[1]), r: 2.6, class: 'value-dot'})));
      set(handle, {transform: `translate(${x(a)},${y(b)})`});
      if (live) set(handle, {'aria-label': `the two coins: probabilities of heads ${Draw.number(a, 3)} and ${Draw.number(b, 3)}. Arrow keys move the point, and the algorithm starts anew from there.`});
      set(chosen, picked === null ? {visibility: 'hidden'} : {visibility: 'visible', x: bx(rows[picked][0]) - width / 2 - 3, y: by(counts[picked] / total) - 3, height: by(0) - by(counts[picked] / total) + 6});
      set(guess, ghost ? {visibility: 'visible', transform: `translate(${x(ghost[0])},${y(ghost[1])})`} : {visibility: 'hidden'});
    }
    function pick(px) {
      if (px < 405) return null;
      let best = null, least = Infinity;
      rows.forEach(([h], n) => { const d = Math.abs(bx(h) - px); if (d < least) { best = n; least = d; } });
      return best;
    }
    return {update, pick};
  }

  const within = p => Math.min(0.99, Math.max(0.01, p));
  return {
    ...base, view,
    place: theta => pair(theta),
    toPixels: p => [x(p[0]), y(p[1])],
    fromPixels: (px, py) => [within(x.inverse(px)), within(y.inverse(py))],
    nudge: (p, [dx, dy]) => [within(p[0] + 0.02 * dx), within(p[1] - 0.02 * dy)],
    moved: (theta, k, p) => ({weights: theta.weights, components: p.map(heads => ({heads}))}),
    movable: () => [0],
    targetName: () => 'the point',
    words(frame) {
      if (frame.kind === 'start') return 'The black point stands for both coins. Grey: all pairs that, with some weight, explain the counts to the last digit. The black bars are what the guessed coins would show.';
      return coinWords(frame, flips).replace('Each coin moves', 'The point moves: each coin goes');
    },
    hint: 'Drag the black point',
  };
}
PICTURES.pair = pairPicture;

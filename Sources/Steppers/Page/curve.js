// One unknown coin: the log-likelihood as a curve, the bound below it, and under both the sets, shared out.
'use strict';
function curvePicture(run, em) {
  const {el, set} = Draw;
  const rows = run.data.rows, flips = rows[0][1], counts = em.counts, total = em.size;
  const start = run.path[0], end = run.path[run.path.length - 1];
  const unknown = start.components.findIndex((_, k) => !em.held.components.includes(k));
  const withHeads = (theta, p) => ({weights: theta.weights, components: theta.components.map((c, k) => (k === unknown ? {heads: p} : c))});
  const heads = theta => theta.components[unknown].heads;
  const grid = Array.from({length: 121}, (_, i) => 0.02 + 0.96 * i / 120);
  const values = grid.map(p => em.logLikelihood(withHeads(start, p)));
  const high = em.logLikelihood(end), room = high - em.logLikelihood(start);
  const x = Draw.scale([0, 1], [64, 528]), y = Draw.scale([high - 1.35 * room, high + 0.12 * room], [270, 34]);
  const by = Draw.scale([0, 1.05 * Math.max(...counts)], [392, 318]), width = Math.min(40, 0.6 * 464 / flips);
  const height = v => Math.min(280, Math.max(20, y(v)));
  const base = coinPicture(run, em);

  function view(svg, live) {
    svg.replaceChildren();
    set(svg, {viewBox: '0 0 560 420'});
    const g = Draw.axes(svg, x, y, [`coin ${unknown + 1}: probability of heads`, 'log-likelihood'], [5, 4]);
    el('text', {x: 528, y: 415, 'text-anchor': 'end'}, g, `sets, by their share of heads`);
    const id = `clip-${Math.random().toString(36).slice(2)}`;
    el('rect', {x: 64, y: 22, width: 464, height: 250}, el('clipPath', {id}, el('defs', {}, svg)));
    const inside = el('g', {'clip-path': `url(#${id})`}, svg);
    el('path', {d: Draw.line(grid.map((p, i) => [x(p), y(values[i])])), class: 'curve'}, inside);
    const under = el('path', {class: 'under'}, inside);
    const been = el('g', {}, inside), gap = el('line', {class: 'gap-now'}, inside), drop = el('line', {class: 'drop'}, inside);
    const bars = rows.map(() => start.components.map(() => el('rect', {class: 'bar', width}, svg)));
    const chosen = el('rect', {class: 'chosen', width: width + 6, rx: 3}, svg);
    const top = el('circle', {r: 5.5, class: 'touch'}, svg);
    const handle = live ? Draw.handle(svg, unknown, {role: 'slider', 'aria-valuemin': 0, 'aria-valuemax': 1}) : el('path', {d: Draw.shape(unknown), class: 'mean', fill: Draw.color(unknown)}, svg);
    const guess = Draw.guess(svg);

    function update(frame, {picked = null, ghost = null, way = null, theta = frame.theta} = {}) {
      rows.forEach(([h], n) => {
        let from = 0;
        start.components.forEach((_, k) => {
          const part = (frame.shares ? frame.shares[n][k] : k ? 0 : 1) * counts[n];
          set(bars[n][k], {x: x(h / flips) - width / 2, y: by(from + part), height: Math.max(0, by(from) - by(from + part)), fill: frame.shares ? Draw.color(k) : 'var(--nobody)'});
          from += part;
        });
      });
      const p = heads(theta), value = em.logLikelihood(theta), bound = frame.shares ? em.bound(frame.shares, theta) : null;
      set(under, {d: frame.shares ? Draw.line(grid.map(v => [x(v), Math.min(2000, y(em.bound(frame.shares, withHeads(theta, v))))])) : ''});
      been.replaceChildren(...(way || (frame.old ? [frame.old] : [])).map(t => el('circle', {cx: x(heads(t)), cy: height(em.logLikelihood(t)), r: 3.4, class: 'value-dot'})));
      set(handle, {transform: `translate(${x(p)},${height(value)})${live ? '' : 'scale(9)'}`});
      if (live) set(handle, {'aria-valuenow': p.toFixed(4), 'aria-valuetext': `${Draw.number(p, 4)}, log-likelihood ${Draw.number(value, 5)}`, 'aria-label': `coin ${unknown + 1}, probability of heads. Arrow keys move it, and the algorithm starts anew from there`});
      set(top, bound === null ? {visibility: 'hidden'} : {visibility: 'visible', cx: x(p), cy: height(bound)});
      set(gap, bound === null ? {visibility: 'hidden'} : {visibility: 'visible', x1: x(p), x2: x(p), y1: y(value), y2: y(bound)});
      set(drop, {x1: x(p), x2: x(p), y1: y(value), y2: 270});
      set(chosen, picked === null ? {visibility: 'hidden'} : {visibility: 'visible', x: x(rows[picked][0] / flips) - width / 2 - 3, y: by(counts[picked]) - 3, height: by(0) - by(counts[picked]) + 6});
      set(guess, ghost ? {visibility: 'visible', transform: `translate(${this.toPixels(ghost)})`} : {visibility: 'hidden'});
    }
    function pick(px, py) {
      if (py < 300) return null;
      let best = null, least = 30;
      rows.forEach(([h], n) => { const d = Math.abs(x(h / flips) - px); if (d < least) { best = n; least = d; } });
      return best;
    }
    return {update, pick, toPixels};
  }

  const within = p => Math.min(0.98, Math.max(0.02, p));
  const toPixels = p => [x(p[0]), height(em.logLikelihood(withHeads(start, p[0])))];
  return {
    ...base, view, toPixels,
    place: theta => [heads(theta)],
    fromPixels: px => [within(x.inverse(px))],
    nudge: (p, [dx, dy]) => [within(p[0] + 0.02 * (dx - dy))],
    moved: (theta, k, p) => withHeads(theta, p[0]),
    movable: () => [unknown],
    words(frame) {
      if (frame.kind === 'start') return 'EM stands on the curve, and sees nothing of it but the point where it stands. The bars are grey: nobody knows which coin gave which set.';
      if (frame.kind === 'E') return 'The sets are shared out between the coins. These shares make a curve of their own, the bound (dashed): nowhere above the log-likelihood, and touching it where EM stands.';
      return 'EM goes to the top of the bound (ring). The log-likelihood there is higher still, by the gap (thick): it has risen by at least as much as the bound.';
    },
    hint: 'Drag the point along the curve',
  };
}
PICTURES.curve = curvePicture;

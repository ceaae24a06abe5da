// How far below the end: the log-likelihood and its bound, half-step by half-step, on a logarithmic scale; and the gap between them
// on a scale of its own. (Of K-means, how far the distortion is above its end.)
'use strict';
function climbChart(svg, frames, em, end, go) {
  const {el, set} = Draw;
  const values = frames.map(f => (f.value === null ? null : Math.abs(end - f.value)));
  const bounds = frames.map(f => (f.bound === null || em.hard ? null : Math.max(0, end - f.bound)));
  const gaps = frames.map(f => (f.bound === null || em.hard ? null : Math.max(0, f.value - f.bound)));
  const positive = [...values, ...bounds].filter(v => v > 0 && Number.isFinite(v));
  const ceiling = Math.ceil(Math.log10(Math.max(1e-3, ...positive)) + 0.05);
  // Below a millionth, differences are the eye's no more, and soon those of rounding.
  const bottom = Math.max(-6, Math.min(ceiling - 2, Math.floor(Math.log10(Math.min(...positive.filter(v => v > 1e-7), 10 ** (ceiling - 2))))));
  const heights = em.hard ? [24, 196] : [24, 140];
  const x = Draw.scale([0, Math.max(1, frames.length - 1)], [52, 352]);
  const y = Draw.scale([bottom - 0.35, ceiling], [heights[1], heights[0]]);
  const place = v => y(v === Infinity ? ceiling : v > 0 ? Math.max(bottom - 0.35, Math.log10(v)) : bottom - 0.35);
  svg.replaceChildren();
  set(svg, {viewBox: '0 0 360 240'});
  const g = el('g', {class: 'axes'}, svg);
  el('text', {x: 4, y: 12}, g, em.hard ? 'distortion: how far to its end' : 'how far to the end');
  if (!em.hard) {
    el('text', {x: 136, y: 12, class: 'key-value'}, g, '● log-likelihood');
    el('text', {x: 268, y: 12, class: 'key-bound'}, g, '○ bound');
  }
  const labelled = Math.max(1, Math.ceil((ceiling - bottom) / 4));
  for (let p = bottom; p <= ceiling; p++) {
    if ((ceiling - p) % labelled || p === bottom) continue;
    el('line', {x1: 52, x2: 352, y1: y(p), y2: y(p), class: 'grid'}, g);
    if (ceiling - p > 0) el('text', {x: 46, y: y(p) + 4, 'text-anchor': 'end'}, g, power(p));
  }
  el('line', {x1: 52, x2: 352, y1: heights[1], y2: heights[1], class: 'foot'}, g);
  el('text', {x: 46, y: heights[1] + 4, 'text-anchor': 'end'}, g, '0');
  const points = list => list.map((v, i) => (Number.isFinite(v) ? [x(i), place(v)] : null)).filter(Boolean);
  el('path', {d: Draw.line(points(bounds)), class: 'bound-line'}, svg);
  el('path', {d: Draw.line(points(values)), class: 'value-line'}, svg);
  const small = frames.length > 60 ? 1.5 : 2.6;
  points(bounds).forEach(p => el('circle', {cx: p[0], cy: p[1], r: small, class: 'bound-dot'}, svg));
  points(values).forEach(p => el('circle', {cx: p[0], cy: p[1], r: small, class: 'value-dot'}, svg));
  let gapY = null;
  if (!em.hard) {
    const most = Math.max(...gaps.filter(Number.isFinite), 1e-6), high = Math.ceil(Math.log10(most) + 0.05), low = Math.max(high - 6, -6);
    gapY = Draw.scale([low - 0.3, high], [214, 170]);
    el('line', {x1: 52, x2: 352, y1: 214, y2: 214, class: 'foot'}, g);
    el('text', {x: 46, y: 218, 'text-anchor': 'end'}, g, '0');
    el('text', {x: 46, y: gapY(high) + 7, 'text-anchor': 'end'}, g, power(high));
    const width = Math.min(7, 0.7 * 300 / frames.length);
    gaps.forEach((v, i) => {
      // A bound of minus infinity has an infinite gap: a bar of full height.
      const t = v > 0 ? gapY(Math.min(high, Math.max(low - 0.3, Math.log10(v)))) : 214;
      if (v !== null) el('rect', {x: x(i) - width / 2, y: Math.min(t, 212.5), width, height: Math.max(1.5, 214 - t), class: 'gap-bar'}, svg);
    });
  }
  el('text', {x: 52, y: 234}, g, 'start');
  el('text', {x: 352, y: 234, 'text-anchor': 'end'}, g, `${frames.length - 1} half-step${frames.length === 2 ? '' : 's'}`);
  const now = el('line', {class: 'now', y1: heights[0] - 4, y2: em.hard ? heights[1] : 214}, svg);
  // Over the line, which would strike it out.
  if (!em.hard) el('text', {x: 4, y: 159, class: 'over'}, svg, 'gap between them');
  const link = el('line', {class: 'gap-now'}, svg);
  const dot = el('circle', {r: 5.5, class: 'now-dot'}, svg);
  svg.onclick = event => {
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    go(Math.round(Math.min(frames.length - 1, Math.max(0, x.inverse(p.x)))));
  };
  function power(p) { return p >= 0 && p <= 3 ? String(10 ** p) : p < 0 && p >= -2 ? (10 ** p).toFixed(-p) : `10${[...String(p)].map(c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]).join('')}`; }
  return i => {
    set(now, {x1: x(i), x2: x(i)});
    const shown = values[i] !== null;
    set(dot, shown ? {visibility: 'visible', cx: x(i), cy: place(values[i])} : {visibility: 'hidden'});
    set(link, shown && bounds[i] !== null && bounds[i] > values[i]
      ? {visibility: 'visible', x1: x(i), x2: x(i), y1: place(values[i]), y2: place(bounds[i])} : {visibility: 'hidden'});
  };
}

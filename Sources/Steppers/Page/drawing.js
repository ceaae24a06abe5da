// What all pictures share: SVG elements, colours by share, scales, axes, numbers.
'use strict';
/** The pictures that the page can draw, each from a file of its own. */
const PICTURES = {};
const Draw = (() => {
  const space = 'http://www.w3.org/2000/svg';
  const classCount = 8;

  function el(name, attributes, parent, text) {
    const node = document.createElementNS(space, name);
    set(node, attributes);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }
  function set(node, attributes) { for (const key in attributes) node.setAttribute(key, attributes[key]); }

  // The colours of the classes are those of the style sheet, which has them for light and dark.
  let palette = [];
  function readColors() {
    const style = getComputedStyle(document.documentElement);
    palette = Array.from({length: classCount}, (_, k) => {
      const hex = style.getPropertyValue(`--c${k}`).trim();
      return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
    });
  }
  /** The colours of the classes, mixed by their shares. */
  function mixed(shares) {
    const rgb = [0, 0, 0];
    shares.forEach((r, k) => palette[k % classCount].forEach((v, i) => { rgb[i] += r * v; }));
    return `rgb(${rgb.map(v => Math.round(v)).join(',')})`;
  }
  const color = k => `var(--c${k % classCount})`;

  // Every class has a shape as well as a colour.
  const signs = ['●', '■', '▲', '◆', '▼', '✚', '⬟', '★'];
  const shapes = [
    'M-1,0A1,1 0 1 1 1,0A1,1 0 1 1 -1,0Z', 'M-.88,-.88H.88V.88H-.88Z', 'M0,-1.2L1.1,.75H-1.1Z', 'M0,-1.25L1.1,0L0,1.25L-1.1,0Z',
    'M0,1.2L1.1,-.75H-1.1Z', 'M-.35,-1.1H.35V-.35H1.1V.35H.35V1.1H-.35V.35H-1.1V-.35H-.35Z',
    'M0,-1.15L1.1,-.35L.68,.93H-.68L-1.1,-.35Z', 'M0,-1.25L.35,-.4L1.2,-.35L.55,.2L.75,1.05L0,.55L-.75,1.05L-.55,.2L-1.2,-.35L-.35,-.4Z',
  ];
  const cross = 'M-.3,-1.35H.3V-.3H1.35V.3H.3V1.35H-.3V.3H-1.35V-.3H-.3Z';
  const sign = k => signs[k % classCount];
  const shape = k => shapes[k % classCount];

  /** A straight scale from data to the picture, and back. */
  function scale([from, to], [start, end]) {
    const f = v => start + (v - from) / (to - from) * (end - start);
    f.inverse = p => from + (p - start) / (end - start) * (to - from);
    f.domain = [from, to];
    f.range = [start, end];
    return f;
  }
  /** Round numbers within a range, about `wanted` of them. */
  function ticks([from, to], wanted = 4) {
    const raw = (to - from) / wanted, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map(v => v * power).find(v => v >= raw * 0.999);
    const list = [];
    for (let i = Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) list.push(+(i * step).toPrecision(12));
    return list;
  }
  /** Grid lines, tick labels and the names of both axes. */
  function axes(svg, x, y, names, wanted = [4, 4]) {
    const g = el('g', {class: 'axes'}, svg);
    const [left, right] = x.range, [foot, top] = y.range;
    ticks(x.domain, wanted[0]).forEach(v => {
      el('line', {x1: x(v), x2: x(v), y1: top, y2: foot, class: 'grid'}, g);
      el('text', {x: x(v), y: foot, dy: '1.2em', 'text-anchor': 'middle'}, g, minus(v));
    });
    ticks(y.domain, wanted[1]).forEach(v => {
      el('line', {x1: left, x2: right, y1: y(v), y2: y(v), class: 'grid'}, g);
      el('text', {x: left - 7, y: y(v) + 4, 'text-anchor': 'end'}, g, minus(v));
    });
    // In ems, since letters are larger on a phone and on paper.
    el('text', {x: right, y: foot, dy: '2.3em', 'text-anchor': 'end'}, g, names[0]);
    el('text', {x: 4, y: top, dy: '-.8em'}, g, names[1]);
    return g;
  }
  const line = points => points.map((p, i) => `${i ? 'L' : 'M'}${p[0].toFixed(1)},${p[1].toFixed(1)}`).join('');

  // Numbers as they are read: a true minus sign, no more digits than help.
  const minus = v => String(v).replace('-', '\u2212');
  function number(v, digits = 4) {
    if (v === null || v === undefined || Number.isNaN(v)) return '–';
    if (!Number.isFinite(v)) return v < 0 ? '\u2212∞' : '∞';
    if (v === 0) return '0';
    if (Math.abs(v) < 1e-4) {
      const [mantissa, exponent] = v.toExponential(Math.min(digits, 3) - 1).split('e');
      return `${minus(mantissa)}\u00b710${[...exponent.replace('+', '')].map(c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]).join('')}`;
    }
    const size = Math.floor(Math.log10(Math.abs(v)));
    return minus(v.toFixed(Math.max(0, Math.min(digits, 12) - 1 - size)));
  }
  const fixed = (v, decimals) => minus(v.toFixed(decimals));
  const escape = text => String(text).replace(/[&<>"]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}[c]));

  /** A movable thing: seen by a mouse, a finger (see page.js, which takes the nearest) and the keyboard. */
  function handle(svg, k, attributes, form = shape(k)) {
    const g = el('g', {class: 'handle', 'data-k': k, tabindex: 0, ...attributes}, svg);
    el('circle', {r: 22, class: 'reach'}, g);
    el('path', {d: form, transform: 'scale(9)', class: 'mean', fill: color(k)}, g);
    return g;
  }
  /** Where the reader thinks that something will go: a cross over all else, with a rim, since it may lie on a marker. Draw it last. */
  function guess(svg) {
    const g = el('g', {class: 'guess'}, svg), d = 'M-9,-9L9,9M-9,9L9,-9';
    el('path', {d, class: 'rim'}, g);
    el('path', {d}, g);
    return g;
  }

  /** Text in which no line ends beside an operator or before a percent sign: short formulas stay together. */
  const whole = text => text.replace(/ ([=+×·≤≥←/−]) /g, '\u00a0$1\u00a0').replace(/(\d) %/g, '$1\u00a0%');
  return {el, set, readColors, mixed, color, sign, shape, cross, scale, ticks, axes, line, minus, number, fixed, escape, handle, guess, whole};
})();

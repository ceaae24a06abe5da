// The page: which half-step is shown, and what the reader does about it. The pictures are in files of their own.
'use strict';
const RUNS = JSON.parse(document.getElementById('runs').textContent);
// A reader may hold other things than the lesson did.
RUNS.forEach(run => {
  run.held = run.data.held;
  if (run.data.bits) run.data.rows = run.data.bits.map(unpacked);
  /** Zeros and ones from hexadecimal digits. */
  function unpacked(digits) { return run.data.columns.map((_, i) => parseInt(digits[i >> 2], 16) >> (3 - (i & 3)) & 1); }
});
const $ = id => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const App = {
  run: null, em: null, picture: null, view: null, frames: [], ending: '', t: 0, own: false,
  picked: null, asking: null, ghost: null, verdict: '', timer: null, mover: 0,

  open(index) {
    this.run = RUNS[index];
    this.picked = null;
    this.build(this.run.held);
    $('see').textContent = this.run.see;
    $('hint').textContent = `${this.picture.hint} (or focus it with the Tab key, and use the arrow keys), and the algorithm starts anew from there. ${this.picture.tap}`;
    this.reset();
    this.check();
  },

  /** The algorithm and its picture, for what shall be held. */
  build(held) {
    this.run.data.held = held;
    this.em = EM.model(this.run.data);
    this.picture = PICTURES[this.run.picture](this.run, this.em);
    this.view = this.picture.view($('picture'), true);
    $('algorithm').innerHTML = this.picture.algorithm.map(([kind, text]) => `<li data-kind="${kind}">${Draw.whole(text)}</li>`).join('');
  },

  /** The lesson's own run: its iterates were computed by the lesson, not here. */
  reset() {
    if (this.run.data.held !== this.run.held) this.build(this.run.held);
    this.own = false;
    this.ending = this.run.ending;
    this.take(this.run.path);
    this.show(0);
  },
  /** A run from a start of the reader's. */
  startFrom(theta) {
    const {path, ending} = this.em.run(theta, this.run.most);
    this.own = true;
    this.ending = ending;
    this.take(path);
    this.show(0);
  },
  take(path) {
    this.stop();
    this.frames = EM.frames(this.em, path);
    this.frames.forEach((f, i) => {
      if (!this.em.hard || f.kind !== 'E') return;
      const before = i >= 3 ? this.frames[i - 2].shares : null;
      f.changed = before && f.shares.filter((r, n) => r.indexOf(1) !== before[n].indexOf(1)).length;
    });
    this.chart = climbChart($('climb'), this.frames, this.em, this.limit(), i => this.show(i));
    this.paper = false;
  },

  /** Where the run leads to: the value at its end, or, where it is stopped before, a good deal farther on. */
  limit() {
    const last = this.frames[this.frames.length - 1];
    if (this.ending !== 'stopped') return last.value;
    const {path} = this.em.run(last.theta, 500);
    return this.em.objective(path[path.length - 1]) * (this.em.hard ? -1 : 1);
  },

  show(t, {slowly = false} = {}) {
    this.t = Math.max(0, Math.min(this.frames.length - 1, t));
    this.asking = null;
    const frame = this.frames[this.t];
    if (frame.kind !== 'M') this.ghost = null;
    if (!this.ghost) this.verdict = '';
    this.draw(slowly && frame.kind === 'M' && !calm.matches);
    this.chart(this.t);
    this.say();
    this.numbers();
    this.point();
  },
  draw(slowly) {
    const frame = this.frames[this.t], way = this.way();
    const options = {picked: this.picked, ghost: this.ghost, way};
    cancelAnimationFrame(this.motion);
    if (!slowly) { this.view.update(frame, options); return; }
    const begin = performance.now();
    const step = now => {
      const s = Math.min(1, (now - begin) / 450), eased = s * s * (3 - 2 * s);
      this.view.update(frame, {...options, theta: s < 1 ? this.picture.between(frame.old, frame.theta, eased) : frame.theta});
      if (s < 1) this.motion = requestAnimationFrame(step);
    };
    this.motion = requestAnimationFrame(step);
  },
  /** The iterates that have been. */
  way() { return this.frames.slice(0, this.t).filter(f => f.kind !== 'E').map(f => f.theta); },

  name(f) { return f.kind === 'start' ? 'The start' : this.em.hard ? `${f.kind === 'E' ? 'Assign' : 'Recentre'} ${f.t}` : `${f.kind}-step ${f.t}`; },

  say() {
    const f = this.frames[this.t], last = this.t === this.frames.length - 1;
    const title = this.name(f) + (this.own ? ', from your start' : '');
    $('step').textContent = title;
    let text = this.picture.words(f);
    const moved = f.kind === 'M' ? this.em.distance(f.old, f.theta) : 1;
    if (moved < 1e-12) text = 'Nothing moves.';
    else if (moved < 0.002) text = 'Everything still moves, but by less than can be seen.';
    if (last) text += ` ${this.endWords()}`;
    if (this.verdict) text = `${this.verdict} ${text}`;
    if (this.asking !== null) text = this.question();
    $('words').textContent = Draw.whole(text);
    document.querySelectorAll('#algorithm li').forEach(li => {
      const on = li.dataset.kind === f.kind || last && li.dataset.kind === 'rest' && this.ending === 'rest';
      li.toggleAttribute('data-on', on);
      if (on) li.setAttribute('aria-current', 'step'); else li.removeAttribute('aria-current');
    });
    $('t').max = this.frames.length - 1;
    $('t').value = this.t;
    $('t').setAttribute('aria-valuetext', `${this.t} of ${this.frames.length - 1}: ${title}`);
    $('back').disabled = this.t === 0;
    $('on').disabled = last;
    $('reset').hidden = !this.own;
    $('keepLabel').hidden = !(this.run.picture === 'coins' || this.run.picture === 'pair');
    $('keep').checked = this.em.held.weights;
    const w = this.frames[0].theta.weights;
    $('weightLabel').hidden = !(this.run.picture === 'coins' || this.run.picture === 'pair') || w.length !== 2;
    $('weight').value = w[0];
    $('weightText').textContent = Draw.fixed(w[0], 2);
  },
  endWords() {
    const lesson = this.lessonEnd, value = this.frames[this.frames.length - 1].value;
    let text = this.ending === 'rest' ? 'Here the run ends: nothing moves any more.'
      : this.ending === 'stopped' ? 'The page stops here, though something still moves.'
        : `Here the run breaks off: ${this.ending}.`;
    if (this.own && this.ending === 'rest' && lesson !== undefined) {
      const by = value - lesson, worse = this.em.hard ? by > 0 : by < 0;
      const size = 1e-6 * Math.max(1, Math.abs(lesson));
      text += Math.abs(by) <= size ? ` It is as ${this.em.hard ? 'low' : 'high'} as the end of the lesson’s run.`
        : ` The ${this.picture.valueName} is ${Draw.number(Math.abs(by), 4)} ${by < 0 ? 'lower' : 'higher'} than at the end of the lesson’s run: a ${worse ? 'worse' : 'better'} end.`;
    }
    return text;
  },

  numbers() {
    const f = this.frames[this.t], p = this.picture;
    const cell = c => `<td${c.fresh ? ' class="fresh"' : ''}>${c.text}</td>`;
    $('numbers').innerHTML = `<tr>${p.head.map(h => `<th scope="col">${h}</th>`).join('')}</tr>` + p.rows(f).map(r =>
      `<tr><th scope="row" style="color:var(--t${r[0].color % 8})">${r[0].text}</th>${r.slice(1).map(cell).join('')}</tr>`).join('');
    const before = this.frames.slice(0, this.t).reverse().find(g => g.value !== null);
    // Differences of this size are those of rounding.
    const slack = 1e-12 * Math.abs(f.value);
    let text = f.value === null ? '' : `${this.em.hard ? 'Distortion J' : this.em.held.prior ? 'Log-likelihood + log prior (but for a constant)' : 'Log-likelihood ℓ'} = ${Draw.number(f.value, 7)}`;
    if (f.kind !== 'start' && before) {
      const by = Math.abs(f.value - before.value);
      text += f.kind === 'M' || this.em.hard ? ` (${by <= slack ? 'as before' : `${this.em.hard ? 'lower' : 'higher'} by ${Draw.number(by, 4)}`})` : ' (the parameters are as they were)';
    }
    if (!this.em.hard && f.kind === 'E') text += '. The bound is drawn up to it, and touches it: no gap.';
    if (!this.em.hard && f.kind === 'M') {
      const gap = f.value - f.bound, bound = `The bound ${this.em.held.prior ? 'with the same prior' : 'Q + H'}`;
      text += gap <= slack ? `. ${bound} touches it: the shares of the parameters before are those of these, too.`
        : `. ${bound} = ${Draw.number(f.bound, 7)}: ${Draw.number(gap, 3)} below, since the shares are those of the parameters before.`;
    }
    $('value').textContent = Draw.whole(text);
  },

  /** A row's own arithmetic. */
  point() {
    const n = this.picked, f = this.frames[this.t], p = this.picture;
    $('point').hidden = n === null;
    if (n === null) return;
    const list = this.em.arithmetic(n, f.theta), used = f.shares && f.shares[n];
    const head = this.em.hard ? ['', 'squared distance', 'nearest'] : ['', 'weight', '× density', '= product', 'share'];
    if (f.kind === 'M') head.push('colour');
    const body = list.map((a, k) => {
      const cells = this.em.hard ? [Draw.number(a.squaredDistance, 4), a.share ? '✓' : '']
        : [Draw.fixed(a.weight, 4), Draw.number(a.density, 3), Draw.number(a.product, 3), `<b>${Draw.fixed(a.share, 4)}</b>`];
      if (f.kind === 'M') cells.push(this.em.hard ? (used[k] ? '✓' : '') : Draw.fixed(used[k], 4));
      return `<tr><th scope="row" style="color:var(--t${k % 8})">${p.className(k)}</th>${cells.map(c => `<td>${c}</td>`).join('')}</tr>`;
    }).join('');
    const sum = this.em.hard ? '' : `Share = product divided by the sum of the products, ${Draw.number(list.reduce((s, a) => s + a.product, 0), 3)}.`;
    const stale = f.kind === 'M' ? ' The colour is still that of the E-step before; the next one will bring it up to date.' : '';
    $('point').innerHTML = `<h3>${Draw.escape(p.pointName(n))}</h3><div class="wide"><table><tr>${head.map(h => `<th scope="col">${h}</th>`).join('')}</tr>${body}</table></div><p>${sum}${stale}</p>${p.pointExtra ? p.pointExtra(n) : ''}`;
  },

  // Predict first.

  forward() {
    if (this.asking !== null) { this.asking = null; this.ghost = null; this.show(this.t + 1, {slowly: true}); return; }
    const next = this.frames[this.t + 1];
    if ($('ask').checked && next && next.kind === 'M') { this.ask(next); return; }
    this.ghost = null;
    this.show(this.t + 1, {slowly: true});
  },
  /** Asks for whatever moves farthest in the next step. */
  ask(next) {
    if (this.picture.attend) this.picture.attend(next.old, next.theta);
    const far = k => this.pixelsBetween(this.picture.place(next.old, k), this.picture.place(next.theta, k));
    this.asking = this.picture.movable(next.theta).reduce((best, k) => (far(k) > far(best) ? k : best));
    this.ghost = this.picture.place(next.old, this.asking);
    this.verdict = '';
    this.draw(false);
    this.say();
    $('picture').focus({preventScroll: true});
  },
  question() {
    return `Before you see it: where will ${(this.picture.targetName || this.picture.className)(this.asking)} go? Tap the place in the picture; or move the cross with the arrow keys and press Enter. (▶ shows it without a guess.)`;
  },
  answer(place) {
    const k = this.asking, next = this.frames[this.t + 1];
    const from = this.picture.place(next.old, k), to = this.picture.place(next.theta, k);
    const off = this.pixelsBetween(place, to), way = this.pixelsBetween(from, to);
    const share = off / Math.max(way, 1);
    this.asking = null;
    this.ghost = place;
    this.verdict = way < 3 ? (off < 12 ? 'Right: it hardly moves.' : 'It hardly moves: it is nearly at rest.')
      : share < 0.15 ? 'Your guess was very close.'
        : `Your guess (the cross) is off by ${Math.round(100 * share)} % of the way that it went.`;
    this.show(this.t + 1, {slowly: true});
  },
  pixelsBetween(a, b) {
    const [p, q] = [this.picture.toPixels(a), this.picture.toPixels(b)];
    return Math.hypot(p[0] - q[0], p[1] - q[1]);
  },

  // Playing.

  play() {
    if (this.timer) { this.stop(); return; }
    if (this.t === this.frames.length - 1) this.show(0);
    $('play').textContent = 'stop';
    this.timer = setInterval(() => {
      if (this.t === this.frames.length - 1) this.stop(); else this.show(this.t + 1, {slowly: true});
    }, calm.matches ? 1600 : 1000);
  },
  stop() {
    clearInterval(this.timer);
    this.timer = null;
    $('play').textContent = 'play';
  },

  /** Both implementations against each other: the lesson's iterates, and this page's own from the same start. */
  check() {
    const {path} = this.run;
    let most = 0;
    for (let t = 0; t + 1 < path.length; t++) {
      const next = this.em.mStep(this.em.eStep(path[t]).shares, path[t]);
      most = Math.max(most, next.failed ? Infinity : this.em.distance(next, path[t + 1]));
    }
    const values = this.frames.filter(f => f.kind !== 'E').map(f => f.value);
    if (!this.em.hard) this.run.logLikelihoods.forEach((l, t) => { if (values[t] !== undefined) most = Math.max(most, Math.abs(values[t] - this.em.logPrior(path[t]) - l) / Math.max(1, Math.abs(l))); });
    this.lessonEnd = this.frames[this.frames.length - 1].value;
    this.difference = most;
    const fine = most < 1e-9;
    $('check').textContent = `${fine ? '✓' : '✗'} Until you move something, the ${path.length} iterates are those that the lesson computed, in Swift. This page has an algorithm of its own, in JavaScript; from each of them it makes the same next one, with differences ${fine ? 'below 10⁻⁹' : `up to ${most.toExponential(1)}`}.`;
  },

  /** The first round, the end, and again and again the half-step that looks least like those that are there. */
  telling(count) {
    const last = this.frames.length - 1, chosen = new Set([0, 1, 2, 3, last].filter(i => i <= last));
    const apart = (i, j) => this.em.distance(this.frames[i].theta, this.frames[j].theta);
    while (chosen.size < Math.min(count, last + 1)) {
      let best = null, most = -1;
      this.frames.forEach((f, i) => {
        if (chosen.has(i)) return;
        const nearest = Math.min(...[...chosen].map(j => apart(i, j))) + (f.kind === 'M' ? 1e-9 : 0) - 1e-12 * i;
        if (nearest > most) { best = i; most = nearest; }
      });
      if (best === null) break;
      chosen.add(best);
    }
    return [...chosen].sort((a, b) => a - b);
  },
  /** For paper: the start and the half-steps that differ most from each other to the eye. */
  print() {
    if (this.paper) return;
    this.paper = true;
    const box = $('paper'), chosen = this.telling(9);
    box.replaceChildren(...chosen.map(i => {
      const figure = document.createElement('figure'), svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const caption = document.createElement('figcaption'), f = this.frames[i];
      figure.append(svg, caption);
      this.picture.view(svg, false).update(f, {way: this.frames.slice(0, i).filter(g => g.kind !== 'E').map(g => g.theta)});
      caption.textContent = Draw.whole(this.name(f) + (f.value === null ? '' : `: ${this.em.hard ? 'J' : this.em.held.prior ? 'ℓ + log prior' : 'ℓ'} = ${Draw.number(f.value, 6)}`));
      return figure;
    }));
  },
};

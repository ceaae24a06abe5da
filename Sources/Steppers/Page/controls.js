// The reader's hands: buttons, slider, keys, drags and taps.
'use strict';
{
  const picture = $('picture');
  const steps = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
  /** A place of the screen in the picture's own units. */
  const inside = e => new DOMPoint(e.clientX, e.clientY).matrixTransform(picture.getScreenCTM().inverse());
  /** CSS pixels in the picture's own units. */
  const units = pixels => pixels / picture.getScreenCTM().a;
  const frame = () => App.frames[App.t];

  $('t').oninput = e => { App.stop(); App.ghost = null; App.show(+e.target.value); };
  $('back').onclick = () => { App.stop(); App.ghost = null; App.show(App.t - 1); };
  $('on').onclick = () => { App.stop(); App.forward(); };
  $('play').onclick = () => App.play();
  $('reset').onclick = () => App.reset();
  $('ask').onchange = () => { if (App.asking !== null) { App.ghost = null; App.show(App.t); } };
  $('keep').onchange = e => {
    const {theta} = App.frames[0];
    App.build({...App.run.held, weights: e.target.checked});
    App.startFrom(theta);
  };
  $('weight').oninput = e => {
    const w = Math.min(0.99, Math.max(0.01, +e.target.value));
    App.startFrom({weights: [w, 1 - w], components: App.frames[0].theta.components});
  };
  document.querySelectorAll('input[name=run]').forEach(input => { input.onchange = () => App.open(+input.value); });

  // Script moves the focus, and then a browser cannot know whether a frame is wanted: it is for those who use keys.
  const root = document.documentElement;
  addEventListener('pointerdown', () => root.setAttribute('data-hand', ''), true);
  addEventListener('keydown', () => root.removeAttribute('data-hand'), true);

  addEventListener('keydown', e => {
    if (e.altKey || e.ctrlKey || e.metaKey || e.target.tagName === 'INPUT') return;
    const handle = e.target.closest && e.target.closest('.handle');
    if (App.asking !== null && e.target === picture) {
      if (steps[e.key]) App.ghost = App.picture.nudge(App.ghost, steps[e.key]);
      else if (e.key === 'Enter') { App.answer(App.ghost); e.preventDefault(); return; }
      else if (e.key === 'Escape') { App.ghost = null; App.show(App.t); return; }
      else return;
      App.draw(false);
      e.preventDefault();
    } else if (handle && steps[e.key] && App.picture.turn && App.picture.turn(steps[e.key])) {
      App.show(App.t);
      e.preventDefault();
    } else if (handle && steps[e.key]) {
      const k = +handle.dataset.k, theta = frame().theta;
      App.startFrom(App.picture.moved(theta, k, App.picture.nudge(App.picture.place(theta, k), steps[e.key])));
      e.preventDefault();
    } else if (e.key === 'ArrowRight') { App.stop(); App.forward(); e.preventDefault(); }
    else if (e.key === 'ArrowLeft') { $('back').click(); e.preventDefault(); }
    else if (e.key === 'Home') App.show(0);
    else if (e.key === 'End') App.show(App.frames.length - 1);
  });

  // A finger is wide: what is dragged is the movable thing nearest to it, and what is tapped the nearest point.
  let drag = null, pressed = null;
  function nearest(p) {
    const theta = frame().theta;
    let best = null, least = units(26);
    App.picture.movable(theta).forEach(k => {
      const q = App.picture.toPixels(App.picture.place(theta, k)), d = Math.hypot(q[0] - p.x, q[1] - p.y);
      if (d < least) { best = k; least = d; }
    });
    return best;
  }
  picture.addEventListener('touchstart', e => {
    if (e.touches.length === 1 && App.asking === null && nearest(inside(e.touches[0])) !== null) e.preventDefault();
  }, {passive: false});
  picture.addEventListener('pointerdown', e => {
    if (e.button > 0 || !e.isPrimary) return;
    pressed = {x: e.clientX, y: e.clientY};
    drag = App.asking === null ? nearest(inside(e)) : null;
    if (drag === null) return;
    App.stop();
    picture.setPointerCapture(e.pointerId);
    const handle = picture.querySelector(`.handle[data-k="${drag}"]`);
    if (handle) handle.focus({preventScroll: true});
    e.preventDefault();
  });
  picture.addEventListener('pointermove', e => {
    if (drag === null || !pressed || Math.hypot(e.clientX - pressed.x, e.clientY - pressed.y) < 4 && !pressed.moves) return;
    pressed.moves = true;
    const p = inside(e);
    App.startFrom(App.picture.moved(frame().theta, drag, App.picture.fromPixels(p.x, p.y, drag)));
  });
  picture.addEventListener('pointercancel', () => { drag = null; pressed = null; });
  picture.addEventListener('pointerup', e => {
    const was = pressed;
    pressed = null;
    const dragged = drag !== null && was && was.moves;
    drag = null;
    if (!was || dragged || Math.hypot(e.clientX - was.x, e.clientY - was.y) > 10) return;
    const p = inside(e);
    if (App.asking !== null) { App.answer(App.picture.fromPixels(p.x, p.y, App.asking)); return; }
    if (App.view.choose && App.view.choose(p.x, p.y)) { App.show(App.t); return; }
    const n = App.view.pick(p.x, p.y, units(24));
    App.picked = n === App.picked ? null : n;
    App.draw(false);
    App.point();
  });

  // A start from the image that was tapped.
  $('point').onclick = e => {
    const button = e.target.closest('button[data-start]');
    if (button) App.startFrom(App.picture.startAt(App.frames[0].theta, +button.dataset.start, App.picked));
  };

  const colors = matchMedia('(prefers-color-scheme: dark)');
  function recolor() {
    Draw.readColors();
    App.view = App.picture.view(picture, true);
    App.draw(false);
  }
  colors.addEventListener('change', recolor);
  addEventListener('beforeprint', () => App.print());
  matchMedia('print').addEventListener('change', e => { if (e.matches) App.print(); });

  document.documentElement.classList.add('live');
  Draw.readColors();
  App.open(0);
}

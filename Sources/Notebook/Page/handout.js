// Nothing here is needed to read the page. On paper, folds are open in browsers whose style cannot open them; and what scrolls sideways
// can be reached by keyboard.
const all = selector => document.querySelectorAll(selector);
let opened = [];
addEventListener('beforeprint', () => { opened = [...all('details:not([open])')]; opened.forEach(d => d.open = true) });
addEventListener('afterprint', () => opened.forEach(d => d.open = false));
const reach = () => all('.formula, .scroll, pre').forEach(e => {
  if (e.scrollWidth > e.clientWidth + 1) {
    e.tabIndex = 0; e.setAttribute('role', 'group'); e.setAttribute('aria-label', 'scrolls sideways');
  } else if (e.tabIndex === 0) { ['tabindex', 'role', 'aria-label'].forEach(a => e.removeAttribute(a)) }
});
addEventListener('load', reach);
addEventListener('resize', reach);
document.addEventListener('toggle', reach, true);

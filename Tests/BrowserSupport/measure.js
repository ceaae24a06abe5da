// Measures a handout as it stands in the window: which formulas have no box, what reaches beyond the page, what leads nowhere. The value
// is a text in JSON, which the test reads.
(async () => {
  const all = selector => [...document.querySelectorAll(selector)];
  all('details').forEach(d => { d.open = true; });
  await document.fonts.load('16px "Course Math"', 'x');
  await document.fonts.ready;
  const width = innerWidth;
  const name = e => `${e.localName}.${e.className.baseVal ?? e.className}: ${(e.getAttribute('alttext') ?? e.textContent).slice(0, 80)}`;
  const scrolls = e => e.closest('.formula,.scroll,pre') !== null;
  const ids = all('[id]').map(e => e.id);
  return JSON.stringify({
    formulas: all('math').length,
    empty: all('math').filter(e => { const b = e.getBoundingClientRect(); return !(b.width > 0.5 && b.height > 0.5); }).map(name),
    pageWidth: document.documentElement.scrollWidth,
    outside: all('main *').filter(e => !scrolls(e) && !e.closest('svg') && e.getBoundingClientRect().right > width + 0.5).map(name).slice(0, 20),
    scrolling: all('.formula,.scroll,pre').filter(e => e.scrollWidth > e.clientWidth + 1)
      .map(e => `${e.scrollWidth} in ${e.clientWidth}: ${name(e.querySelector('math') ?? e)}`),
    errors: all('merror').map(name),
    missing: all('a[href^="#"]').filter(a => !document.getElementById(a.getAttribute('href').slice(1))).map(name)
      .concat(all('use').filter(u => !document.getElementById(u.getAttribute('href').slice(1))).map(u => u.getAttribute('href'))),
    twice: ids.filter((id, place) => ids.indexOf(id) !== place),
    hasFont: [...document.fonts].every(f => f.status === 'loaded') && document.fonts.size === 1,
  });
})()

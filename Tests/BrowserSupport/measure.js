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
  // How wide a formula, or a row of one, would be in one line, and what room it has; a row of an alignment stands beside its left side.
  const oneLine = lines => {
    const copy = lines.cloneNode(true);
    copy.style.cssText = 'position:absolute;visibility:hidden;width:max-content;max-width:none;flex-wrap:nowrap';
    copy.querySelectorAll('.clause').forEach(e => { e.style.flexWrap = 'nowrap'; e.style.flexShrink = 0; });
    lines.closest('.formula').append(copy);
    const box = copy.getBoundingClientRect();
    copy.remove();
    return box;
  };
  // A left side that is narrower than the indentation takes a little more room than it has.
  const brokenThoughItFits = lines => {
    const one = oneLine(lines);
    return lines.getBoundingClientRect().height > one.height + 2 && one.width + 12 < lines.parentElement.clientWidth;
  };
  const ids = all('[id]').map(e => e.id);
  return JSON.stringify({
    formulas: all('math').length,
    empty: all('math').filter(e => { const b = e.getBoundingClientRect(); return !(b.width > 0.5 && b.height > 0.5); }).map(name),
    pageWidth: document.documentElement.scrollWidth,
    outside: all('main *').filter(e => !scrolls(e) && !e.closest('svg') && e.getBoundingClientRect().right > width + 0.5).map(name).slice(0, 20),
    scrolling: all('.formula,.scroll,pre').filter(e => e.scrollWidth > e.clientWidth + 1)
      .map(e => `${e.scrollWidth} in ${e.clientWidth}: ${name(e.querySelector('math') ?? e)}`),
    // A shadow tells that there is more at the side.
    unmarked: all('.formula,.scroll,pre').filter(e => e.scrollWidth > e.clientWidth + 1 && !getComputedStyle(e).backgroundImage.includes('gradient')).map(name),
    beyondColumn: all('pre').filter(e => e.getBoundingClientRect().right > e.closest('main').getBoundingClientRect().right + 0.5).map(name),
    cut: all('.formula math').filter(e => e.getBoundingClientRect().left < e.closest('.formula').getBoundingClientRect().left - 0.2).map(name),
    broken: all('.formula > .lines').filter(brokenThoughItFits).map(e => name(e.querySelector('math'))),
    // Brackets in two lines, where there is room for them in one.
    parted: all('.cut').filter(e => width > 576 && e.getClientRects().length > 1).map(e => e.textContent),
    errors: all('merror').map(name),
    missing: all('a[href^="#"]').filter(a => !document.getElementById(a.getAttribute('href').slice(1))).map(name)
      .concat(all('use').filter(u => !document.getElementById(u.getAttribute('href').slice(1))).map(u => u.getAttribute('href'))),
    twice: ids.filter((id, place) => ids.indexOf(id) !== place),
    hasFont: [...document.fonts].every(f => f.status === 'loaded') && document.fonts.size === 1,
  });
})()

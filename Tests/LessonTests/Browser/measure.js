// Measures a handout in the browser, at the width of a phone, of a desk and of a sheet of paper; stands at the end of the page's own
// copy, and writes what it found into the page, where the test reads it. Each width is a frame with a copy of the page.
(async () => {
  const source = document.documentElement.outerHTML.replace(/<script[\s\S]*?<\/script>/g, '');
  document.body.textContent = '';
  const results = [];
  for (const width of [390, 1280, 658]) {
    const frame = document.createElement('iframe');
    frame.style.cssText = `width:${width}px;height:900px;border:0`;
    frame.srcdoc = '<!doctype html>' + source;
    const loaded = new Promise(done => frame.addEventListener('load', done));
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument;
    page.querySelectorAll('details').forEach(d => d.open = true);
    await page.fonts.load('16px "Course Math"', 'x');
    await page.fonts.ready;
    const all = selector => [...page.querySelectorAll(selector)];
    const name = e => `${e.localName}.${e.className.baseVal ?? e.className}: ${(e.getAttribute('alttext') ?? e.textContent).slice(0, 80)}`;
    const scrolls = e => e.closest('.formula,.scroll,pre') !== null;
    const ids = all('[id]').map(e => e.id);
    results.push({
      width,
      formulas: all('math').length,
      empty: all('math').filter(e => { const b = e.getBoundingClientRect(); return !(b.width > 0.5 && b.height > 0.5); }).map(name),
      pageWidth: page.documentElement.scrollWidth,
      outside: all('main *').filter(e => !scrolls(e) && !e.closest('svg') && e.getBoundingClientRect().right > width + 0.5).map(name).slice(0, 20),
      scrolling: all('.formula,.scroll,pre').filter(e => e.scrollWidth > e.clientWidth + 1)
        .map(e => `${e.scrollWidth} in ${e.clientWidth}: ${name(e.querySelector('math') ?? e)}`),
      errors: all('merror').map(name),
      missing: all('a[href^="#"]').filter(a => !page.getElementById(a.getAttribute('href').slice(1))).map(name)
        .concat(all('use').filter(u => !page.getElementById(u.getAttribute('href').slice(1))).map(u => u.getAttribute('href'))),
      twice: ids.filter((id, place) => ids.indexOf(id) !== place),
      hasFont: [...page.fonts].every(f => f.status === 'loaded') && page.fonts.size === 1,
      network: all('[src],link[href]').filter(e => !(e.getAttribute('src') ?? e.getAttribute('href')).startsWith('data:')).map(name),
    });
    frame.remove();
  }
  const out = document.createElement('pre');
  out.id = 'measured';
  out.textContent = JSON.stringify(results);
  document.body.append(out);
})();

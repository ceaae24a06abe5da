// Makes mathml.txt: what MathJax 3 makes of our formulas, as a second opinion on our own writer.
//
//     python3 -m pip install django-static-mathjax     (it ships MathJax 3.2.2)
//     node Tests/NotebookTests/Reference/make-mathml.js PATH/mathjax/es5/node-main.js Output/*/README.md …
//
// Of each formula stands there the TeX and its skeleton: what stands over, under and beside what, and which characters, without grouping
// and spacing, which may differ. Of formulas that differ in their numbers only, there is one.
const fs = require('fs');
const [mathjax, ...reports] = process.argv.slice(2);

const entities = text => text.replace(/&#x([0-9A-Fa-f]+);/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
// A limit is an index that stands elsewhere; an exponent likewise.
const names = { munder: 'msub', mover: 'msup', munderover: 'msubsup' };
const structure = /^(mfrac|msqrt|msub|msup|msubsup|munder|mover|munderover|mtable|mtr|mtd)$/;
const folded = { '∣': '|', '∥': '‖', '―': '¯', 'ˉ': '¯', '˜': '~', '∼': '~', '⋅': '·', '*': '∗', '-': '−', '’': '′' };

function skeleton(mathml) {
  let result = '';
  for (const [, slash, tag, text] of mathml.matchAll(/<(\/?)(\w+)[^>]*?>|([^<]+)/g)) {
    if (tag) {
      if (!slash && structure.test(tag)) result += `<${names[tag] ?? tag}>`;
    } else {
      const characters = [...entities(text)].map(c => folded[c] ?? c).join('').normalize('NFKC');
      result += [...characters].map(c => folded[c] ?? c).join('').replace(/[\s\u2061-\u2064]/g, '');
    }
  }
  return result;
}

function formulas(markdown) {
  const text = markdown.replace(/```[\s\S]*?```/g, '');
  const displays = [...text.matchAll(/\$\$\n[> ]*(.*?)\n[> ]*\$\$/g)].map(m => [true, m[1]]);
  const rest = text.replace(/\$\$[\s\S]*?\$\$/g, '').replace(/`[^`\n]*`/g, '');
  return displays.concat([...rest.matchAll(/\$([^$\n]+)\$/g)].map(m => [false, m[1]]))
    .map(([isDisplay, tex]) => [isDisplay, tex.trim().replace(/_ /g, '_').replace(/ +/g, ' ').replace(/\\\|/g, '|')]);
}

require(mathjax).init({ loader: { load: ['input/tex-base', '[tex]/ams', '[tex]/boldsymbol'] },
  tex: { packages: ['base', 'ams', 'boldsymbol'] }, startup: { typeset: false } }).then(MathJax => {
  const seen = new Set();
  const lines = [];
  for (const [isDisplay, tex] of reports.flatMap(path => formulas(fs.readFileSync(path, 'utf8')))) {
    const shape = isDisplay + tex.replace(/\d+/g, '0');
    if (seen.has(shape)) continue;
    seen.add(shape);
    const mathml = MathJax.tex2mml(tex, { display: isDisplay });
    if (mathml.includes('merror')) throw new Error(tex);
    lines.push(`${isDisplay ? 'display' : 'inline'}\t${tex}\t${skeleton(mathml)}`);
  }
  fs.writeFileSync(`${__dirname}/mathml.txt`, lines.sort().join('\n') + '\n');
  console.log(`${lines.length} formulas`);
});

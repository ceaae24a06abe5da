import BrowserSupport
import Steppers
import TestScheduling
import Testing

/// What a reader has to see: nothing lies over anything else, and words say what numbers cannot.
@Suite(.serialized, .onBrowserThread, .enabled(if: Browser.isThere, Comment(rawValue: Browser.whereToGetIt)))
struct LookTests {
    private func eachPage(_ lessons: [Int] = Stepper.all.map(\.lesson), _ body: (Browser, Int) throws -> Void) throws {
        try PageTests().eachPage(lessons, body)
    }

    @Test("The reader's cross lies over all that it can fall upon, and has a rim")
    func cross() throws {
        try eachPage { browser, lesson throws in
            let under = """
                (() => { const cross = document.querySelector('#picture .guess'), all = [...document.querySelectorAll('#picture path, #picture circle')];
                  return all.filter(e => !cross.contains(e) && !(cross.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING)).length; })()
                """
            #expect(try browser.number(under) == 0, "lesson \(lesson)")
            #expect(
                try browser.holds(
                    "(([rim, line]) => parseFloat(getComputedStyle(rim).strokeWidth) > parseFloat(getComputedStyle(line).strokeWidth) + 3)(document.querySelectorAll('#picture .guess path'))"
                ))
        }
    }

    @Test("Where the bound touches the log-likelihood, words say so; where it does not, the gap is a number above 0")
    func touches() throws {
        try eachPage([3, 4, 5, 8, 9, 10]) { browser, lesson throws in
            let said = """
                App.frames.map((f, i) => { if (f.kind !== 'M') return null; App.t = i; App.numbers();
                  const text = $('value').textContent, gap = f.value - f.bound;
                  return [gap <= 1e-12 * Math.abs(f.value), text.includes('touches it'), /: 0 below/.test(text)]; }).filter(Boolean)
                """
            #expect(try browser.number("\(said).length") > 0)
            #expect(
                try browser.holds("\(said).every(([none, touches, zero]) => none === touches && !zero)"),
                "lesson \(lesson)")
            if lesson == 5 { #expect(try browser.holds("\(said).some(([none]) => none)")) }
        }
    }

    @Test("On a phone no words of a picture lie over other words, or over a line on which something can be moved")
    func labels() throws {
        try eachPage { browser, lesson throws in
            try browser.resize(390, 844, touch: true)
            for run in 0..<Int(try browser.number("RUNS.length")) {
                try browser.evaluate("App.open(\(run)); App.show(2)")
                let overlaps = """
                    (() => { const box = e => e.getBoundingClientRect(), all = s => [...document.querySelectorAll('#picture ' + s)];
                      const texts = all('text').filter(t => t.textContent), meet = (a, b) =>
                        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
                      // Letters are less high than their box.
                      const low = t => { const b = box(t); return {left: b.left, right: b.right, top: b.top + .2 * b.height, bottom: b.bottom - .2 * b.height}; };
                      const lane = l => { const b = box(l); return {left: b.left - 6, right: b.right + 6, top: b.top - 6, bottom: b.bottom + 6}; };
                      const words = texts.flatMap((t, i) => texts.slice(i + 1).filter(u => meet(low(t), low(u))).map(u => `${t.textContent} / ${u.textContent}`));
                      const lanes = all('.lane').flatMap(l => texts.filter(t => meet(lane(l), low(t))).map(t => `${t.textContent} on a lane`));
                      return [...words, ...lanes].join('; '); })()
                    """
                #expect(try browser.text(overlaps) == "", "lesson \(lesson), run \(run)")
            }
            try browser.resize(1280, 900)
        }
    }

    @Test("The frame around what has the focus is for those who use keys, and keeps away from the picture's words")
    func frames() throws {
        try eachPage([3]) { browser, _ throws in
            func click(_ id: String) throws {
                let center =
                    "(b => JSON.stringify([b.x + b.width / 2, b.y + b.height / 2]))(document.getElementById('\(id)').getBoundingClientRect())"
                let parts = try browser.text(center).dropFirst().dropLast().split(separator: ",").compactMap {
                    Double($0)
                }
                try browser.drag([(x: parts[0], y: parts[1])])
            }
            let frame = "getComputedStyle($('picture')).outlineStyle"
            for id in ["ask", "on", "on"] { try click(id) }
            #expect(try browser.holds("App.asking !== null && document.activeElement === $('picture')"))
            #expect(try browser.text(frame) == "none")
            try browser.press("ArrowRight")
            #expect(try browser.text(frame) == "solid")
            #expect(try browser.number("parseFloat(getComputedStyle($('picture')).outlineOffset)") >= 4)
            // After an answer by hand it is gone.
            let place = try browser.onScreen("App.picture.toPixels(App.picture.place(App.frames[2].theta, App.asking))")
            try browser.drag([place])
            #expect(try browser.number("App.t") == 2)
            #expect(try browser.text(frame) == "none")
        }
    }

    @Test("No line of words ends beside an operator: short formulas stay together")
    func formulas() throws {
        try eachPage { browser, lesson throws in
            let breaks = """
                [...App.frames.keys()].slice(0, 6).flatMap(i => { App.show(i);
                  return ['words', 'value', 'algorithm'].flatMap(id => $(id).textContent.match(/ [=+×·≤≥←/−] |\\d %/g) ?? []); }).join()
                """
            #expect(try browser.text(breaks) == "", "lesson \(lesson)")
            #expect(try browser.holds("App.em.hard || $('value').textContent.includes('\\u00a0=\\u00a0')"))
        }
    }
}

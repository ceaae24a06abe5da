import BrowserSupport
import Files
import Foundation
import Notebook
import TestScheduling
import Testing

@testable import Steppers

/// The pages as a reader has them: in a browser, from a file, with mouse, finger, keyboard and printer.
@Suite(.serialized, .onBrowserThread, .enabled(if: Browser.isThere, Comment(rawValue: Browser.whereToGetIt)))
struct PageTests {
    /// Opens the page of each lesson in turn.
    func eachPage(_ lessons: [Int] = Stepper.all.map(\.lesson), _ body: (Browser, Int) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Browser.lent { browser in
            try browser.resize(1280, 900)
            for page in try StepperPageTests.pages.get() {
                guard let lesson = Ledger.lessonNumber(of: page.lesson), lessons.contains(lesson) else { continue }
                let file = folder.appending(path: page.file)
                try Data(page.html.utf8).write(to: file)
                try browser.open(file)
                try body(browser, lesson)
                #expect(browser.complaints == [], "lesson \(lesson)")
            }
        }
    }

    @Test("Each page opens without a complaint or a request, agrees with its lesson, and fits at 390 and 1280 pixels")
    func opens() throws {
        try eachPage { browser, lesson in
            let runs = try browser.number("RUNS.length")
            for run in 0..<Int(runs) {
                try browser.evaluate("App.open(\(run))")
                #expect(try browser.number("App.difference") < AgreementTests.tolerance, "lesson \(lesson), run \(run)")
                #expect(try browser.text("document.getElementById('check').textContent").hasPrefix("✓"))
                for (width, scheme) in [(390, "dark"), (1280, "light")] {
                    try browser.resize(width, 900, touch: width < 500)
                    try browser.prefer("prefers-color-scheme", scheme)
                    #expect(try browser.number("document.documentElement.scrollWidth") <= Double(width))
                }
                // No text of the picture leaves it.
                let outside = try browser.number(
                    """
                    (() => { const p = document.getElementById('picture'), box = p.getBoundingClientRect();
                      return [...p.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();
                        return b.left < box.left - 1 || b.right > box.right + 1 || b.bottom > box.bottom + 2; }).length; })()
                    """)
                #expect(outside == 0, "lesson \(lesson), run \(run)")
            }
            let hasBright = try browser.holds(
                "getComputedStyle(document.body.parentElement).backgroundColor === 'rgb(255, 255, 255)'")
            try browser.prefer("prefers-color-scheme", "dark")
            #expect(
                try hasBright
                    != browser.holds(
                        "getComputedStyle(document.body.parentElement).backgroundColor === 'rgb(255, 255, 255)'"))
            try browser.prefer("prefers-color-scheme", "light")
        }
    }

    @Test(
        "Arrow keys, slider and buttons go through start, E-step, M-step; ℓ never falls, and the bound never rises above it"
    )
    func steps() throws {
        try eachPage { browser, lesson in
            #expect(try browser.text("App.frames[App.t].kind") == "start")
            try browser.press("ArrowRight")
            #expect(try browser.text("App.frames[App.t].kind") == "E")
            #expect(try browser.text("document.querySelector('#algorithm li[data-on]').dataset.kind") == "E")
            let shares = try browser.text("JSON.stringify(App.frames[1].theta)")
            #expect(try shares == browser.text("JSON.stringify(App.frames[0].theta)"), "an E-step moves nothing")
            try browser.press("ArrowRight")
            #expect(try browser.text("App.frames[App.t].kind") == "M")
            #expect(try browser.text("document.querySelector('#algorithm li[aria-current=step]').dataset.kind") == "M")
            #expect(try browser.number("document.querySelectorAll('#numbers td.fresh').length") > 0)
            try browser.press("ArrowLeft")
            #expect(try browser.number("App.t") == 1)
            try browser.evaluate("document.getElementById('t').focus()")
            try browser.press("ArrowRight")
            #expect(try browser.number("App.t") == 2)
            #expect(try browser.text("document.getElementById('t').getAttribute('aria-valuetext')").contains("2 of"))
            try browser.evaluate("document.getElementById('on').click()")
            #expect(try browser.number("App.t") == 3)
            let falls = try browser.number(
                """
                App.frames.filter((f, i) => i && App.frames[i - 1].value !== null &&
                  (App.em.hard ? f.value - App.frames[i - 1].value : App.frames[i - 1].value - f.value) > 1e-9).length
                """)
            #expect(falls == 0)
            #expect(
                try browser.number(
                    "App.frames.filter(f => f.bound !== null && !App.em.hard && f.bound > f.value + 1e-9).length") == 0)
        }
    }

    @Test(
        "Whatever can be moved can be dragged, and moved by keys; the run starts anew from there, and can be taken back"
    )
    func drags() throws {
        try eachPage { browser, lesson in
            let ends = try browser.text("JSON.stringify(App.frames.at(-1).theta)")
            let k = Int(try browser.number("App.picture.movable(App.frames[0].theta)[0]"))
            let before = try browser.text("JSON.stringify(App.picture.place(App.frames[0].theta, \(k)))")
            let here = try browser.onScreen("App.picture.toPixels(App.picture.place(App.frames[0].theta, \(k)))")
            try browser.drag([here, (here.x + 20, here.y - 10), (here.x + 45, here.y - 25)])
            #expect(try browser.holds("App.own && App.t === 0"))
            let after = try browser.text("JSON.stringify(App.picture.place(App.frames[0].theta, \(k)))")
            #expect(before != after)
            // What is dragged follows the finger: in the plane in both directions.
            let there = try browser.onScreen("App.picture.toPixels(App.picture.place(App.frames[0].theta, \(k)))")
            #expect(abs(there.x - here.x - 45) < 2, "lesson \(lesson)")
            #expect(!(try browser.holds("document.getElementById('reset').hidden")))
            // The run of the reader's is that of the algorithm from this start.
            let again = "App.em.run(App.frames[0].theta, App.run.most).path.at(-1)"
            #expect(try browser.holds("App.em.distance(\(again), App.frames.at(-1).theta) < 1e-12"))

            try browser.evaluate("document.querySelector('.handle[data-k=\"\(k)\"]').focus()")
            try browser.press("ArrowRight")
            #expect(try after != browser.text("JSON.stringify(App.picture.place(App.frames[0].theta, \(k)))"))
            #expect(try browser.text("document.activeElement.dataset.k") == "\(k)", "the focus stays")
            try browser.evaluate("document.getElementById('reset').click()")
            #expect(try ends == browser.text("JSON.stringify(App.frames.at(-1).theta)"))
        }
    }

    @Test("The weights can be held, and changed at the start; the lesson's own start brings the lesson's run back")
    func weights() throws {
        try eachPage([4]) { browser, _ in
            let lesson = try browser.text("JSON.stringify(App.frames.at(-1).theta)")
            try browser.evaluate("document.getElementById('keep').click()")
            #expect(
                try browser.holds(
                    "App.own && App.frames.every(f => f.theta.weights[0] === App.frames[0].theta.weights[0])"))
            try browser.evaluate(
                "((w) => { w.value = 0.8; w.dispatchEvent(new Event('input')); })(document.getElementById('weight'))")
            #expect(try browser.holds("App.frames.every(f => f.theta.weights[0] === 0.8)"))
            try browser.evaluate("document.getElementById('reset').click()")
            #expect(try lesson == browser.text("JSON.stringify(App.frames.at(-1).theta)"))
            #expect(!(try browser.holds("App.em.held.weights || document.getElementById('keep').checked")))
            try browser.evaluate("App.check()")
            #expect(try browser.number("App.difference") < AgreementTests.tolerance)
        }
    }

    @Test("A tap on a point shows its arithmetic, whose shares sum to 1 and are its colour")
    func taps() throws {
        try eachPage { browser, lesson in
            try browser.resize(390, 844, touch: true)
            try browser.press("ArrowRight")
            let picture = "document.getElementById('picture')"
            try browser.evaluate("\(picture).scrollIntoView()")
            // A row that is far from all that can be moved, and where the picture has it.
            let row = """
                (() => { const moved = App.picture.movable(App.frames[1].theta).map(k => App.picture.toPixels(App.picture.place(App.frames[1].theta, k)));
                  for (let y = 60; y < 400; y += 10) for (let x = 60; x < 550; x += 10) {
                    const n = App.view.pick(x, y, 4);
                    if (n !== null && moved.every(p => Math.hypot(p[0] - x, p[1] - y) > 90)) return [x, y]; } })()
                """
            let place = try browser.onScreen(row)
            try browser.tap(place.x, place.y)
            #expect(!(try browser.holds("document.getElementById('point').hidden")), "lesson \(lesson)")
            let n = "App.picked"
            let total = try browser.number(
                "App.em.arithmetic(\(n), App.frames[1].theta).reduce((s, a) => s + a.share, 0)")
            #expect(abs(total - 1) < 1e-12)
            #expect(
                try browser.holds(
                    "App.em.arithmetic(\(n), App.frames[1].theta).every((a, k) => Math.abs(a.share - App.frames[1].shares[\(n)][k]) < 1e-12)"
                ))
            #expect(
                try browser.number("document.querySelectorAll('#point tr').length")
                    == browser.number("1 + App.frames[0].theta.components.length"))
            try browser.tap(place.x, place.y)
            #expect(try browser.holds("document.getElementById('point').hidden"))
            try browser.resize(1280, 900)
        }
    }

    @Test(
        "With “Predict first” the page asks before an M-step, by pointer and by keyboard, and says how far off the guess was"
    )
    func predicts() throws {
        try eachPage { browser, lesson in
            try browser.evaluate("document.getElementById('ask').click()")
            try browser.press("ArrowRight")
            #expect(try browser.number("App.t") == 1, "an E-step is not asked about")
            try browser.press("ArrowRight")
            #expect(try browser.number("App.t") == 1)
            #expect(try browser.text("document.getElementById('words').textContent").contains("where will"))
            // The very place.
            let place = try browser.onScreen("App.picture.toPixels(App.picture.place(App.frames[2].theta, App.asking))")
            try browser.drag([place])
            #expect(try browser.number("App.t") == 2, "lesson \(lesson)")
            let verdict = try browser.text("document.getElementById('words').textContent")
            #expect(verdict.hasPrefix("Your guess was very close") || verdict.contains("hardly moves"), "\(verdict)")
            // The next one by keys, from where it stands.
            guard try browser.number("App.frames.length") > 4 else { return }
            try browser.press("ArrowRight")
            try browser.press("ArrowRight")
            #expect(try browser.number("App.t") == 3)
            try browser.press("ArrowRight")
            try browser.press("Enter")
            #expect(try browser.number("App.t") == 4)
            #expect(try browser.text("App.verdict") != "")
        }
    }

    @Test("On paper there are small multiples, and without JavaScript a picture and a sentence; reduced motion jumps")
    func paper() throws {
        try eachPage { browser, lesson in
            try browser.send("Page.printToPDF")
            let frames = try browser.number("App.frames.length")
            #expect(try browser.number("document.querySelectorAll('#paper figure svg path').length") > 9)
            #expect(try browser.number("document.querySelectorAll('#paper figure').length") == min(9, frames))
            // Without motion the parameters are in place at once.
            try browser.prefer("prefers-reduced-motion", "reduce")
            try browser.evaluate("App.show(1); App.forward()")
            #expect(try browser.holds("calm.matches"))
            let shown = try browser.evaluate(
                "(m => [m.e, m.f])(document.querySelector('#picture .handle').transform.baseVal.consolidate().matrix)")
            let wanted = try browser.evaluate(
                "App.picture.toPixels(App.picture.place(App.frames[2].theta, App.picture.movable(App.frames[2].theta)[0]))"
            )
            let (a, b) = (shown as? [NSNumber] ?? [], wanted as? [NSNumber] ?? [])
            #expect(
                a.count == 2 && zip(a, b).allSatisfy { abs($0.doubleValue - $1.doubleValue) < 0.1 }, "lesson \(lesson)")
            try browser.prefer("prefers-reduced-motion", "no-preference")

            try browser.send("Emulation.setScriptExecutionDisabled", ["value": true])
            try browser.send("Page.reload")
            Thread.sleep(forTimeInterval: 0.5)
            #expect(try browser.number("document.querySelectorAll('#picture *').length") > 2)
            #expect(try browser.number("document.querySelector('.still').getBoundingClientRect().height") > 10)
            #expect(try browser.number("document.querySelector('.bar-bottom').getBoundingClientRect().height") == 0)
            try browser.send("Emulation.setScriptExecutionDisabled", ["value": false])
        }
    }
}

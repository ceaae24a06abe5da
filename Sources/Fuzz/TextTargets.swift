import Figures
import MixtureModels
import Notebook

/// Labels of figures: text with a little TeX, as a column's name may bring it.
struct LabelTarget: FuzzTarget {
    let name = "labels"

    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
        let text = HostileText.text(&random)
        let label = random.once(in: 5) ? Label.plain(text) : Label(text)
        do throws(FigureError) {
            let plain = try label.plainText()
            guard try label.plainText() == plain else {
                return .broken("two readings differ: \(text.debugDescription)")
            }
        } catch {
            let length = error.description.utf8.count
            return (5...400).contains(length)
                ? .refused : .broken("a message of \(length) bytes: \(text.debugDescription)")
        }
        let canvas = RecordingCanvas()
        let panel = Panel(x: Axis(label), y: Axis("y"), layers: [.line([Point(0, 0), Point(1, 1)], label: label)])
        do {
            try Figure(id: "label", title: label, alt: "a label", panels: [panel]).draw(on: canvas)
        } catch let error as FigureError {
            return error.description.utf8.count <= 400 ? .refused : .broken("a long message: \(text.debugDescription)")
        } catch { return .broken("an error of another kind: \(error)") }
        let isWild = canvas.texts.contains { !$0.origin.x.isFinite || !$0.origin.y.isFinite || !($0.run.size > 0) }
        return isWild ? .broken("text without a place: \(text.debugDescription)") : .accepted
    }
}

/// Prose and formulas of a report: macros are expanded, checked, parsed and written.
struct TeXTarget: FuzzTarget {
    let name = "tex"

    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
        let id = random.pick(Notation.ids)
        let model: Notation.Model = random.once(in: 2) ? .coins : .gaussians
        guard let notation = Notation.named(id, for: model) else { return .broken("there is no notation \(id)") }
        var report = Report(lesson: "Lesson4CoinFlips", title: "T", seed: 1, notation: notation, model: model)
        let text = HostileText.text(&random)
        if random.once(in: 3) {
            report.formula(TeX(HostileText.formula(&random)))
        } else {
            report.prose(Prose(text))
            report.table([Prose("a"), Prose(text)], rows: [[Prose(text), "b"]])
        }
        func written() -> Result<[UInt8], any Error> {
            Result { try RenderedReport(report, formats: [.svg]).files.first { $0.path == "README.md" }?.bytes ?? [] }
        }
        switch (written(), written()) {
        case (.success(let bytes), .success(let again)):
            guard bytes == again else { return .broken("two runs differ: \(text.debugDescription)") }
            return bytes.isEmpty ? .broken("nothing is written: \(text.debugDescription)") : .accepted
        case (.failure(let error), .failure(let again)):
            let message = "\(error)"
            guard error is TeXError || error is ReportError, message == "\(again)", message.utf8.count > 10 else {
                return .broken("an error of another kind: \(message); \(text.debugDescription)")
            }
            return .refused
        default: return .broken("two runs differ: \(text.debugDescription)")
        }
    }
}

/// Texts made of what parsers look at.
enum HostileText {
    /// A text, some of it between dollars.
    static func text(_ random: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<(1 + random.below(8)) {
            switch random.below(8) {
            case 0: text += random.pick(odd)
            case 1...3: text += " $\(formula(&random))$ "
            default: text += random.pick(words)
            }
        }
        return damaged(text, &random)
    }

    /// A formula: mostly one that is well formed.
    static func formula(_ random: inout SeededGenerator) -> String {
        let formula = (0..<(1 + random.below(4))).map { _ in piece(&random, depth: 0) }.joined(separator: " ")
        return random.once(in: 4) ? damaged(formula, &random) : formula
    }

    private static func piece(_ random: inout SeededGenerator, depth: Int) -> String {
        guard depth < random.pick([2, 3, 4, 40]) else { return "x" }
        func next() -> String { piece(&random, depth: depth + 1) }
        switch random.below(14) {
        case 0: return "\\frac{\(next())}{\(next())}"
        case 1: return "\(random.pick(letters))_{\(next())}^{\(next())}"
        case 2: return "\\hat{\(next())}"
        case 3: return "{\(next())}"
        case 4: return "\\weight{\(next())}"
        case 5: return "\\resp{1}{\(next())}"
        case 6: return "\\sumobs \(next())"
        case 7: return "\\text{words}"
        case 8: return "\\left( \(next()) \\right)"
        default: return random.pick(letters)
        }
    }

    /// The text with some of its characters lost, doubled or replaced.
    private static func damaged(_ text: String, _ random: inout SeededGenerator) -> String {
        guard random.once(in: 2) else { return text }
        var characters = Array(text)
        for _ in 0..<random.pick([1, 1, 2, 5]) where !characters.isEmpty {
            let place = random.below(characters.count)
            switch random.below(4) {
            case 0: characters.remove(at: place)
            case 1: characters.insert(characters[random.below(characters.count)], at: place)
            case 2: characters.insert(contentsOf: random.pick(odd), at: place)
            default: characters.removeSubrange(place..<min(characters.count, place + 4))
            }
        }
        return String(characters)
    }

    private static let letters = [
        "x", "\\pi", "y", "1", "0.5", "\\ell", "+", "=", "-", "\\alpha", "\\obs{n}", "\\classindex",
    ]

    private static let words = [
        "a ", "word ", "*stress* ", "**strong** ", "`code` ", "[here](#there) ", "\n\n", "\n- item", "\n1. one",
        "3 < 4 ",
        "[lesson:5] ", "[eq:cs181.13] ", ".", ", ", "\\$ ",
    ]

    private static let odd = [
        "$", "$$", "\\", "\\\\", "{", "}", "{{", "}}", "^", "_", "^^", "'", "*", "**", "***", "`", "[", "]", "](", "|",
        "#1",
        "\\unknown", "\\frac", "\\left", "\\right)", "\\begin{bmatrix}", "\\end{bmatrix}", "\\begin", "\\weight",
        "\\text{",
        "\u{0}", "\u{7}", "\r\n", "\u{2028}", "\u{202E}", "\u{FFFD}", "\u{301}", "é", "日本", "👩‍👩‍👧", "∞", "NaN", "nan", "&",
        "<b>",
        "%", "~", "\u{A0}", "\u{200D}", "[fig:none]", "[lesson:0]", "[eq:]", "[lesson:99999999999999999999]",
        String(repeating: "{", count: 300), String(repeating: "\\hat", count: 300), String(repeating: "[", count: 300),
        String(repeating: "\\frac{", count: 60), String(repeating: "*a ", count: 60),
        String(repeating: "e\u{301}", count: 99),
    ]
}

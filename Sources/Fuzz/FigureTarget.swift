import Figures
import MixtureModels

/// Figures of every kind of layer, of numbers that nobody would draw: whatever is asked for is drawn inside the figure, or refused
/// with a reason.
struct FigureTarget: FuzzTarget {
    let name = "figures"

    func tryInput(_ random: inout SeededGenerator) -> FuzzOutcome {
        let kind = random.pick(LayerKind.allCases)
        // Cairo takes what the recording took; seldom, since a bitmap is a hundred times the work.
        let isRendered = random.once(in: 200)
        var data = HostileFigure(random: random)
        let figure = data.figure(of: kind)
        let canvas = RecordingCanvas()
        do {
            let size = try figure.draw(on: canvas)
            if let what = broken(canvas, size) { return .broken("\(kind): \(what)") }
            if isRendered, let what = try broken(figure) { return .broken("\(kind): \(what)") }
            return .accepted
        } catch let error as FigureError {
            let length = error.description.utf8.count
            return (1...400).contains(length) ? .refused : .broken("\(kind): a message of \(length) bytes")
        } catch { return .broken("\(kind): an error of another kind, \(error)") }
    }

    /// The rules that a drawing keeps.
    private func broken(_ canvas: RecordingCanvas, _ size: Size) -> String? {
        guard (1...16_000).contains(size.width), (1...16_000).contains(size.height) else {
            return "the size is \(size)"
        }
        let things = [
            ("text", canvas.texts.map(\.origin)), ("area", canvas.fills.flatMap(\.path.points)),
            ("line", canvas.strokes.flatMap(\.path.points)),
        ]
        // A marker or a chip of text at the edge may reach over it.
        let bounds = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height).insetBy(-20_000)
        for (thing, points) in things {
            if let wild = points.first(where: { !$0.x.isFinite || !$0.y.isFinite }) {
                return "a point of \(thing) is \(wild)"
            }
            if let outside = points.first(where: { !bounds.contains($0) }) {
                return "a point of \(thing) is far outside: \(outside)"
            }
            guard points.count < 200_000 else { return "there are \(points.count) points of \(thing)" }
        }
        if let style = canvas.strokes.map(\.style).first(where: { !(0.05...1000).contains($0.width) }) {
            return "a stroke is \(style.width) wide"
        }
        let words = canvas.texts.map { $0.run.string.lowercased() }
        return words.first { $0.contains("inf") || $0.contains("nan") }.map { "it says “\($0)”" }
    }

    /// The same for the files.
    private func broken(_ figure: Figure) throws -> String? {
        for format in FigureFormat.allCases {
            let bytes = try figure.render(format)
            guard (1..<4_000_000).contains(bytes.count) else { return "\(bytes.count) bytes of \(format)" }
            guard format == .svg else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            if text.contains("=\"nan") || text.contains("inf ") || text.contains(" nan") {
                return "a number that is none"
            }
        }
        return nil
    }
}

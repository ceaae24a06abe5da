import Figures
import Testing

/// The code of the article "Why two passes".
struct ArticleTests {
    @Test("One layout serves every canvas: what is drawn for a test has the size of the file")
    func twoPasses() throws {
        let figure = Figure(
            id: "path", title: "A path", alt: "A line from (0, 0) up to (1, 1).",
            panels: [Panel(x: Axis("x"), y: Axis("y"), layers: [.line([Point(0, 0), Point(1, 1)])])])
        let canvas = RecordingCanvas()
        let size = try figure.draw(on: canvas)
        let bytes = try figure.render(.svg)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("viewBox=\"0 0 \(Int(size.width)) \(Int(size.height))\""))
    }

    @Test("A figure that cannot be laid out throws before anything is drawn")
    func nothingDrawn() {
        let figure = Figure(
            id: "path", title: "A path", alt: "Nothing.",
            panels: [Panel(x: Axis("$x_{$"), y: Axis("y"), layers: [.line([Point(0, 0), Point(1, 1)])])])
        let canvas = RecordingCanvas()
        #expect(throws: FigureError.self) { try figure.draw(on: canvas) }
        #expect(canvas.commands.isEmpty)
    }
}

import Testing

@testable import Figures

/// Whatever is asked for is drawn, or refused with a reason: no trap, no number that is none, nothing without end.
@Suite(.timeLimit(.minutes(2))) struct HostileTests {
    /// Figures of each kind.
    private static let rounds = 100

    @Test("A layer of any data is drawn inside the figure, or refused in a few words", arguments: LayerKind.allCases)
    func layers(kind: LayerKind) throws {
        var drawn = 0
        for seed in 0..<HostileTests.rounds {
            var data = HostileData(random: SeededRandom(seed: seed))
            let figure = data.figure(of: kind)
            let canvas = RecordingCanvas()
            do {
                let size = try figure.draw(on: canvas)
                drawn += 1
                check(canvas, size, "\(kind) \(seed)")
            } catch let error as FigureError {
                #expect((1...400).contains(error.description.utf8.count), "\(kind) \(seed)")
                continue
            }
            // Cairo takes what the recording took; every twentieth, since a bitmap is a hundred times the work.
            guard seed % 20 == 0 else { continue }
            for format in FigureFormat.allCases {
                let bytes = try figure.render(format)
                #expect((1..<4_000_000).contains(bytes.count), "\(kind) \(seed)")
                if format == .svg {
                    let text = String(decoding: bytes, as: UTF8.self)
                    #expect(
                        !text.contains("=\"nan") && !text.contains("inf ") && !text.contains(" nan"), "\(kind) \(seed)")
                }
            }
        }
        #expect(drawn > 3, "the data are so bad that nothing is tested")
    }

    private func check(_ canvas: RecordingCanvas, _ size: Size, _ name: String) {
        #expect((1...16_000).contains(size.width) && (1...16_000).contains(size.height), "\(name)")
        var points = canvas.texts.map(\.origin)
        for path in canvas.fills.map(\.path) + canvas.strokes.map(\.path) { points += path.points }
        let wild = points.first { !$0.isFinite }
        #expect(wild == nil, "\(name)")
        // A marker or a chip of text at the edge may reach over it.
        let bounds = Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height).insetBy(-20_000)
        let outside = points.first { !bounds.contains($0) }
        #expect(outside == nil, "\(name)")
        #expect(points.count < 200_000, "\(name)")
        for (_, style) in canvas.strokes {
            #expect((0.05...1000).contains(style.width), "\(name)")
        }
        for (run, _, _) in canvas.texts {
            let word = run.string.lowercased()
            #expect(!word.contains("inf") && !word.contains("nan"), "\(name): \(word)")
        }
    }
}

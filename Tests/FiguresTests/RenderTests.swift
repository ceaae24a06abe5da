import Testing

@testable import Figures

/// A figure with something of everything.
func sampler() -> Figure {
    let grid = Grid(x: 0...10, y: 0...10, columns: 11, rows: 11) { x, y in x * y }
    let points = (0...10).map { Point(Double($0), Double($0 * $0) / 10) }
    return Figure(
        id: "sampler", title: "A < B & “C” > $\\hat\\theta_{1}$", subtitle: "$\\ell(\\boldsymbol{\\theta})$",
        alt: "rises from 0 to 10 & \"stays\" < 11 \u{0}\u{1b}",
        panels: [
            Panel(
                x: Axis("$x_{n}$"), y: Axis("$\\mathcal{N}$"),
                layers: [
                    .heatMap(grid, title: "xy"), .contour(grid, levels: [20, 50], isLabelled: true),
                    .ellipse(mean: Point(5, 5), covariance: [[1, 0], [0, 1]], isFilled: true, label: "95 %"),
                ]),
            Panel(
                layers: [
                    .bars(points, label: "bars"), .line(points, style: .series(1), marker: .ring, label: "line"),
                    .annotation("note", at: Point(3, 3), pointingAt: Point(5, 2)), .rule(y: 4, label: "four"),
                ]),
        ], columns: 2)
}

/// FNV-1a, to compare bytes between processes in a few letters.
func fingerprint(_ bytes: [UInt8]) -> String {
    String(bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
}

@Suite struct RenderTests {
    @Test("Drawing twice gives the same bytes", arguments: FigureFormat.allCases)
    func repeats(format: FigureFormat) throws {
        let first = try sampler().render(format)
        _ = try figure([]).render(.svg)
        #expect(try sampler().render(format) == first)
    }

    @Test("Drawing in many tasks at once gives the same bytes", arguments: FigureFormat.allCases)
    func concurrent(format: FigureFormat) async throws {
        let first = try sampler().render(format)
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<16 { group.addTask { try sampler().render(format) } }
            for try await bytes in group { #expect(bytes == first) }
        }
    }

    @Test("Another process, which has drawn other things before, gives the same bytes")
    func otherProcess() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            for _ in 0..<3 { _ = try figure([probe]).render(.svg) }
            for format in FigureFormat.allCases { print("<\(format) \(fingerprint(try sampler().render(format)))>") }
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        for format in FigureFormat.allCases {
            #expect(output.contains("<\(format) \(fingerprint(try sampler().render(format)))>"))
        }
    }

    @Test("An SVG begins with title and description, escaped, and its size is in pixels")
    func svg() throws {
        let svg = String(decoding: try sampler().render(.svg), as: UTF8.self)
        #expect(svg.contains("<title>A &lt; B &amp; “C” &gt; θ_1</title>"))
        #expect(svg.contains("<desc>rises from 0 to 10 &amp; &quot;stays&quot; &lt; 11 \u{FFFD}\u{FFFD}</desc>"))
        #expect(svg.contains("width=\"700px\""))
        #expect(svg.hasSuffix("</svg>\n"))
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }

    @Test("Surfaces are numbered in order of appearance, in ids and in references alike")
    func surfaces() {
        let bytes = Array("<g id=\"surface17\"/><use href=\"#surface9\"/><use href=\"#surface17\"/> surface".utf8)
        let expected = "<g id=\"surface1\"/><use href=\"#surface2\"/><use href=\"#surface1\"/> surface"
        #expect(String(decoding: SVGDocument.renumberingSurfaces(bytes), as: UTF8.self) == expected)
    }

    @Test("A PNG has two dots per pixel")
    func png() throws {
        let bytes = try figure([]).render(.png)
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        // Width and height are big-endian numbers at bytes 16 and 20.
        func number(_ start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 * 256 + Int($1) } }
        #expect(number(16) == 1200 && number(20) == 800)
    }

    @Test("A PDF is complete and has a fixed date")
    func pdf() throws {
        let text = String(decoding: try sampler().render(.pdf), as: UTF8.self)
        #expect(text.hasPrefix("%PDF") && text.contains("%%EOF"))
        #expect(text.contains("20250101"))
    }

    @Test("Text colours have the contrast that WCAG asks for", arguments: Palette.okabeIto + [.grey, .dataGrey, .ink])
    func contrast(color: Color) {
        #expect(1.05 / (color.forText.luminance + 0.05) >= 4.5)
    }

    @Test("Viridis begins dark violet, ends yellow, and gets lighter all the way")
    func viridis() {
        #expect(ColorScale.viridis.color(at: 0) == Color(hex: 0x440154))
        #expect(ColorScale.viridis.color(at: 1) == Color(hex: 0xFDE725))
        #expect(ColorScale.viridis.color(at: .nan) == ColorScale.viridis.color(at: -3))
        let lightness = (0...100).map { ColorScale.viridis.color(at: Double($0) / 100).luminance }
        #expect(zip(lightness, lightness.dropFirst()).allSatisfy(<))
    }
}

import Testing

@testable import Figures

@Suite struct FigureTests {
    private func line(_ k: Double, _ style: LineStyle = LineStyle(), label: Label? = nil) -> Layer {
        .line((0...10).map { Point(Double($0), k * Double($0)) }, style: style, label: label)
    }

    @Test("Shared axes have one range, labels once per column and row, and one title each")
    func sharedAxes() throws {
        let panels = (1...4).map { index in
            Panel(title: "panel \(index)", x: Axis("abscissa"), y: Axis("ordinate"), layers: [line(Double(index))])
        }
        let shared = try record(
            Figure(id: "f", title: "t", alt: "a", panels: panels, columns: 2, sharedX: true, sharedY: true))
        let apart = try record(Figure(id: "f", title: "t", alt: "a", panels: panels, columns: 2))
        #expect(shared.words.filter { $0 == "abscissa" }.count == 1)
        #expect(shared.words.filter { $0 == "ordinate" }.count == 1)
        #expect(apart.words.filter { $0 == "abscissa" }.count == 4)
        #expect(shared.words.filter { $0 == "10" }.count < apart.words.filter { $0 == "10" }.count)
        // The same line is equally steep in each panel: y of the first is a quarter of that of the last.
        let lines = shared.strokes.filter { $0.style == LineStyle() }.map(\.path.points)
        let rises = lines.map { ($0.first?.y ?? 0) - ($0.last?.y ?? 0) }
        for (index, rise) in rises.enumerated() {
            #expect(abs(rise - rises[3] * Double(index + 1) / 4) < 1e-6)
        }
    }

    @Test("A shared logarithmic axis shows what it can of data that were meant for a linear one")
    func sharedLogarithmicAxis() throws {
        let values = [-3, 0, 1, 10].map { Point(5, $0) }
        let panels = [Axis.Scale.logarithmic, .linear].map { scale in
            Panel(x: Axis(range: 0...10), y: Axis(scale: scale), layers: [.scatter(values, style: MarkerStyle(.green))])
        }
        let canvas = try record(Figure(id: "f", title: "t", alt: "a", panels: panels, columns: 2, sharedY: true))
        let dots = canvas.fills.filter { $0.color == .green }.map(\.path)
        #expect(dots.count == 4, "two positive values in each panel")
        #expect(dots.flatMap(\.points).allSatisfy { $0.isFinite })
    }

    @Test("Lines are labelled at their ends, in their colour, without touching each other")
    func directLabels() throws {
        let layers = (0..<5).map { line(1 + 0.001 * Double($0), .series($0), label: "line\($0)") }
        let canvas = try record(Figure(id: "f", title: "t", alt: "a", panels: [Panel(layers: layers)]))
        let labels = canvas.texts.filter { $0.run.string.hasPrefix("line") }
        #expect(labels.count == 5)
        let ys = labels.map(\.origin.y).sorted()
        #expect(zip(ys, ys.dropFirst()).allSatisfy { $1 - $0 > TextSize.body })
        for label in labels {
            let index = try #require(Int(label.run.string.dropFirst(4)))
            #expect(label.color == Palette.series(index).forText)
        }
    }

    @Test("A line that ends inside the plot is labelled beside its end, inside the plot", arguments: [1.0, 5, 9])
    func innerLabels(end: Double) throws {
        let canvas = try record(
            figure([probe, .line([Point(0, 5), Point(end, 5)], label: "label")], legend: .automatic))
        let rect = try canvas.plotRect()
        let text = try #require(canvas.texts.first { $0.run.string == "label" })
        #expect(rect.contains(text.origin))
        let width = try ScaledFont(for: text.run).measure().advance
        #expect(text.origin.x + width <= rect.maxX)
        #expect(abs(text.origin.x - (rect.minX + end / 10 * rect.width)) < width + 10)
    }

    @Test("A panel that shows a shape can do without the line of its axis", arguments: [true, false])
    func axisLine(hasLine: Bool) throws {
        let canvas = try record(
            figure(
                [.line([Point(2, 2), Point(8, 2), Point(5, 8), Point(2, 2)])],
                x: Axis(range: 0...10, ticks: .none, hasLine: hasLine)))
        #expect(canvas.strokes.contains { $0.style.color == .axisLine } == hasLine)
        #expect(canvas.strokes.contains { $0.style == LineStyle() })
    }

    @Test("Spread labels keep their order and their distance and stay as near as they can")
    func spreading() {
        let spread = LabelPlacement.spread([10, 11, 50], heights: [10, 10, 10], within: 0...100)
        #expect(spread == [5.5, 15.5, 50])
        #expect(LabelPlacement.spread([1, 1], heights: [10, 10], within: 0...100) == [5, 15])
        #expect(LabelPlacement.spread([99, 99], heights: [10, 10], within: 0...100) == [85, 95])
        #expect(LabelPlacement.spread([], heights: [], within: 0...1).isEmpty)
    }

    @Test("A legend above several panels shows equal entries once; in a corner it lies inside the plot")
    func legends() throws {
        let panel = Panel(layers: [.scatter([Point(1, 1)], label: "dots")])
        let shared = try record(Figure(id: "f", title: "t", alt: "a", panels: [panel, panel], columns: 2))
        #expect(shared.words.filter { $0 == "dots" }.count == 1)
        let corner = try record(figure([probe, .scatter([Point(1, 1)], label: "dots")], legend: .bottomRight))
        let rect = try corner.plotRect()
        let entry = try #require(corner.texts.first { $0.run.string == "dots" })
        #expect(rect.contains(entry.origin))
        #expect(entry.origin.x > rect.center.x && entry.origin.y > rect.center.y)
        let none = try record(figure([.scatter([Point(1, 1)], label: "dots")], legend: .none))
        #expect(!none.words.contains("dots"))
    }

    @Test("Units are equally long on both axes if that is asked for")
    func equalAspect() throws {
        let x = Axis(range: 0...10), y = Axis(range: 0...5)
        let canvas = try record(figure([probe], x: x, y: y, aspect: .equal))
        let rect = try canvas.plotRect()
        #expect(abs(rect.width / rect.height - 2) < 1e-9)
    }

    @Test("No text leaves the figure, and tick labels do not touch", arguments: [260.0, 400, 700])
    func textStaysInside(width: Double) throws {
        let size = Size(width: width, height: 300)
        let axis = Axis("a rather long title of the axis $x_{n}$", range: 0...1_000_000)
        let figure = Figure(
            id: "f", title: "A long title that has to be broken into several lines", subtitle: "and a subtitle",
            alt: "a",
            panels: [
                Panel(x: axis, y: Axis("y"), layers: [.annotation("a note at the edge", at: Point(1_000_000, 1))])
            ], size: size)
        let canvas = try record(figure)
        var tickEnd = -Double.infinity
        for text in canvas.texts {
            let end = text.origin.x + (try ScaledFont(for: text.run).measure().advance)
            #expect(text.origin.x >= 0 && end <= size.width, "\(text.run.string)")
            #expect(text.origin.y >= 0 && text.origin.y <= size.height, "\(text.run.string)")
            if text.run.string == "×" {
                #expect(text.origin.x > tickEnd)
                tickEnd = text.origin.x
            }
        }
    }

    @Test(
        "Data of every kind are drawn inside the plot without trapping",
        arguments: [
            [], [Point(3, 4)], [Point(.nan, .nan)], [Point(1, 7), Point(2, 7)], [Point(0, 0), Point(1e-300, 1e-300)],
            [Point(-1.7e308, 1.7e308), Point(1.7e308, -1.7e308)], [Point(1e16, 1), Point(1e16 + 2, 2)],
            [Point(.infinity, 1), Point(1, 1), Point(.leastNonzeroMagnitude, .leastNonzeroMagnitude)],
        ], [Axis.Scale.linear, .logarithmic])
    func oddData(points: [Point], scale: Axis.Scale) throws {
        let layers: [Layer] = [
            .line(points, marker: .square, label: "line"), .scatter(points), .bars(points), .step(points),
            .histogram(points.map(\.y)), .arrows(points.map { Arrow(from: $0, to: Point(1, 1)) }),
            .errorBars(points, errors: points.map { abs($0.x) }.map { $0.isNaN ? 0 : $0 }), .rule(x: .nan),
            .band(x: points.map(\.x), low: points.map(\.y), high: points.map(\.x)),
        ]
        for layer in layers {
            let panel = Panel(x: Axis("x", scale: scale), y: Axis("y", scale: scale), layers: [layer])
            let size = Size(width: 500, height: 300)
            let canvas = try record(Figure(id: "f", title: "t", alt: "a", panels: [panel], size: size))
            let drawn = canvas.fills.flatMap(\.path.points) + canvas.strokes.flatMap(\.path.points)
            #expect(drawn.allSatisfy { $0.x >= 0 && $0.x <= 500 && $0.y >= 0 && $0.y <= 300 })
            #expect(!canvas.words.contains { $0.lowercased().contains("nan") || $0.contains("inf") })
        }
    }

    @Test("Figures that cannot be drawn say why")
    func errors() {
        let panel = Panel(layers: [])
        func check(_ expected: FigureError, _ figure: Figure) {
            #expect(throws: expected) { try figure.render(.svg) }
        }
        check(.invalidID("../x"), Figure(id: "../x", title: "t", alt: "a", panels: [panel]))
        check(.invalidID(""), Figure(id: "", title: "t", alt: "a", panels: [panel]))
        check(.invalidData("a figure needs a panel"), Figure(id: "f", title: "t", alt: "a", panels: []))
        for (width, height) in [(20.0, 400.0), (400, 20), (.nan, 400), (1e9, 400), (-1, -1)] {
            let size = Size(width: width, height: height)
            #expect(throws: FigureError.self) {
                try Figure(id: "f", title: "t", alt: "a", panels: [panel], size: size).render(.png)
            }
        }
        let logarithmic = Panel(x: Axis(scale: .logarithmic), layers: [], aspect: .equal)
        #expect(throws: FigureError.self) {
            try Figure(id: "f", title: "t", alt: "a", panels: [logarithmic]).render(.svg)
        }
    }

    @Test("A diagram draws nodes, arrows between their outlines, and plates around them")
    func diagram() throws {
        let diagram = Diagram(
            nodes: [
                .parameter("pi", "$\\pi$", at: Point(0, 0)), .latent("z", "$z_n$", at: Point(1, 0)),
                .observed("x", "$x_n$", at: Point(2, 0)),
            ],
            edges: [.init("pi", "z"), .init("z", "x", "emits")], plates: [.init(around: ["z", "x"], "$N$")])
        let canvas = try record(Figure(id: "f", title: "t", alt: "a", diagram: diagram))
        #expect(canvas.words == ["t", "N", "emits", "π", "z", "n", "x", "n"])
        let circles = canvas.strokes.filter { $0.path.elements.count == 6 }.map(\.path)
        #expect(circles.count == 2)
        let plate = try #require(canvas.strokes.first { $0.style.color == .axisLine }).path.points
        for point in circles.flatMap(\.points) {
            #expect(point.x > (plate.map(\.x).min() ?? 0) && point.x < (plate.map(\.x).max() ?? 0))
        }
    }

    @Test("A tree has its leaves below each other and every label on its branch")
    func tree() throws {
        let leaf = TreeNode("tails", caption: "0.3", shape: .text)
        let tree = TreeNode(
            "chooser",
            branches: [
                .init("$\\theta_1$", to: TreeNode("coin", branches: [.init(to: leaf), .init(to: leaf)])),
                .init(to: leaf),
            ])
        let diagram = Diagram(tree: tree)
        #expect(diagram.nodes.map(\.position.y) == [1.25, 0.5, 0, 1, 2])
        #expect(diagram.edges.map(\.from).sorted() == ["node0", "node0", "node1", "node1"])
        let canvas = try record(Figure(id: "f", title: "t", alt: "a", diagram: diagram))
        #expect(canvas.words.filter { $0 == "tails" }.count == 3)
        #expect(canvas.words.contains("θ"))
    }

    @Test("Diagrams that name unknown nodes, or none, are refused")
    func badDiagrams() {
        func draw(_ diagram: Diagram) throws {
            _ = try record(Figure(id: "f", title: "t", alt: "a", diagram: diagram))
        }
        let node = Diagram.Node.latent("z", "z", at: Point(0, 0))
        #expect(throws: FigureError.unknownNode("y")) { try draw(Diagram(nodes: [node], edges: [.init("z", "y")])) }
        #expect(throws: FigureError.unknownNode("w")) {
            try draw(Diagram(nodes: [node], plates: [.init(around: ["w"], "N")]))
        }
        #expect(throws: FigureError.self) { try draw(Diagram(nodes: [])) }
        #expect(throws: FigureError.self) { try draw(Diagram(nodes: [node, node])) }
        #expect(throws: FigureError.self) { try draw(Diagram(nodes: [.latent("z", "z", at: Point(.nan, 0))])) }
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A diagram measured and placed.
struct DiagramLayout {
    private struct PlacedNode {
        var node: Diagram.Node
        var label: TextBlock
        var caption: TextBlock?
        var isCaptionRight: Bool
        var halfWidth: Double
        var halfHeight: Double
        var center = Point(0, 0)

        var box: Rect {
            Rect(
                minX: center.x - halfWidth, minY: center.y - halfHeight, maxX: center.x + halfWidth,
                maxY: center.y + halfHeight)
        }
    }

    private struct PlacedPlate {
        var nodes: Set<String>
        var label: TextBlock
        var rect: Rect
    }

    private var nodes: [PlacedNode] = []
    private var edges: [(edge: Diagram.Edge, from: Int, to: Int, label: TextBlock?)] = []
    private var plates: [PlacedPlate] = []
    /// Everything that is drawn, texts included.
    private var bounds = Rect(minX: 0, minY: 0, maxX: 0, maxY: 0)

    private static let radius = 22.0
    private static let dotRadius = 4.5
    private static let outline = LineStyle(.ink, width: 1.3)
    /// A diagram is at least as wide as this, so that its title has room.
    private static let smallestWidth = 440.0

    init(_ diagram: Diagram) throws(FigureError) {
        guard !diagram.nodes.isEmpty else { throw .invalidData("a diagram needs a node") }
        guard (1...2000).contains(diagram.spacing.width), (1...2000).contains(diagram.spacing.height) else {
            throw .invalidData("a diagram's spacing must be 1 to 2000 pixels, not \(diagram.spacing)")
        }
        var indices: [String: Int] = [:]
        for (index, node) in diagram.nodes.enumerated() {
            guard node.position.isFinite, abs(node.position.x) < 1000, abs(node.position.y) < 1000 else {
                throw .invalidData("the node “\(node.id)” has no place in the drawing")
            }
            guard indices.updateValue(index, forKey: node.id) == nil else {
                throw .invalidData("two nodes have the id “\(node.id)”")
            }
            let leadsOn = diagram.edges.contains { $0.from == node.id }
            nodes.append(try DiagramLayout.measured(node, leadsOn: leadsOn))
        }
        func index(_ id: String) throws(FigureError) -> Int {
            guard let found = indices[id] else { throw .unknownNode(id) }
            return found
        }
        var columnWidth = diagram.spacing.width
        for edge in diagram.edges {
            let (from, to) = (try index(edge.from), try index(edge.to))
            let label = try edge.label.map { text throws(FigureError) in try TextBlock(text, size: TextSize.note) }
            edges.append((edge, from, to, label))
            let distance = abs(nodes[to].node.position.x - nodes[from].node.position.x)
            if let label, distance >= 0.5 {
                // Enough line must remain on both sides of a label.
                let needed = nodes[from].halfWidth + nodes[to].halfWidth + label.width + 84
                columnWidth = max(columnWidth, needed / distance)
            }
        }
        alignColumns()
        for index in nodes.indices {
            let position = nodes[index].node.position
            nodes[index].center = Point(position.x * columnWidth, position.y * diagram.spacing.height)
        }
        // Small plates first, so that larger ones can be put around them.
        for plate in diagram.plates.sorted(by: { $0.nodes.count < $1.nodes.count }) {
            var boxes: [Rect] = []
            for id in plate.nodes { boxes.append(extent(of: nodes[try index(id)]).insetBy(-15)) }
            boxes += plates.filter { $0.nodes.isStrictSubset(of: Set(plate.nodes)) }.map { $0.rect.insetBy(-12) }
            let label = try TextBlock(plate.label, size: TextSize.note)
            plates.append(
                PlacedPlate(nodes: Set(plate.nodes), label: label, rect: DiagramLayout.frame(around: boxes, label)))
        }
        let boxes = nodes.map(extent) + plates.map(\.rect)
        bounds = boxes.dropFirst().reduce(boxes[0], DiagramLayout.hull).insetBy(-2)
    }

    var size: Size { Size(width: max(bounds.width, DiagramLayout.smallestWidth), height: bounds.height) }

    private static func measured(_ node: Diagram.Node, leadsOn: Bool) throws(FigureError) -> PlacedNode {
        let label = try TextBlock(node.label, size: TextSize.body)
        let caption = try node.caption.map { text throws(FigureError) in
            try TextBlock(text, size: TextSize.note, maxWidth: 240)
        }
        let half: (Double, Double) =
            switch node.shape {
            case .circle:
                (max(radius, label.width / 2 + 8), max(radius, label.width / 2 + 8))
            case .box: (label.width / 2 + 13, label.height / 2 + 11)
            case .text: (label.width / 2 + 4, label.height / 2 + 6)
            case .dot: (dotRadius, dotRadius)
            }
        return PlacedNode(
            node: node, label: label, caption: caption, isCaptionRight: !leadsOn, halfWidth: half.0, halfHeight: half.1)
    }

    /// Where a dot's label stands: above it.
    private func dotLabelPlace(_ placed: PlacedNode) -> Point {
        Point(placed.center.x, placed.center.y - DiagramLayout.dotRadius - 8)
    }

    private func captionPlace(_ placed: PlacedNode) -> (Point, Anchor) {
        placed.isCaptionRight
            ? (Point(placed.box.maxX + 10, placed.center.y), .left)
            : (Point(placed.center.x, placed.box.maxY + 8), .top)
    }

    /// The room of a node with all its texts.
    private func extent(of placed: PlacedNode) -> Rect {
        var result = placed.box
        if placed.node.shape == .dot {
            result = DiagramLayout.hull(result, placed.label.box(at: dotLabelPlace(placed), .bottom))
        }
        if let caption = placed.caption {
            let (point, anchor) = captionPlace(placed)
            var box = caption.box(at: point, anchor)
            box.maxY += caption.descent
            result = DiagramLayout.hull(result, box)
        }
        return result
    }

    /// A plate's frame: room for what is inside and, below, for its label.
    private static func frame(around boxes: [Rect], _ label: TextBlock) -> Rect {
        guard let first = boxes.first else { return Rect(minX: 0, minY: 0, maxX: 0, maxY: 0) }
        var rect = boxes.dropFirst().reduce(first, hull)
        rect.maxY += label.height + 6
        let missing = max(0, label.width + 20 - rect.width)
        rect.minX -= missing / 2
        rect.maxX += missing / 2
        return rect
    }

    /// Boxes and texts of one column get the same width, so that their edges and captions line up.
    private mutating func alignColumns() {
        for shape in [Diagram.Node.Shape.box, .text] {
            let members = nodes.indices.filter { nodes[$0].node.shape == shape }
            for index in members {
                let column = members.filter { nodes[$0].node.position.x == nodes[index].node.position.x }
                nodes[index].halfWidth = column.map { nodes[$0].halfWidth }.max() ?? nodes[index].halfWidth
            }
        }
    }

    private static func hull(_ a: Rect, _ b: Rect) -> Rect {
        Rect(minX: min(a.minX, b.minX), minY: min(a.minY, b.minY), maxX: max(a.maxX, b.maxX), maxY: max(a.maxY, b.maxY))
    }

    /// Draws the diagram with its top left corner at `origin`.
    func draw(at origin: Point, on canvas: any Canvas) throws {
        let (dx, dy) = (origin.x - bounds.minX, origin.y - bounds.minY)
        var moved = self
        for index in nodes.indices {
            moved.nodes[index].center = Point(nodes[index].center.x + dx, nodes[index].center.y + dy)
        }
        for plate in plates {
            let r = plate.rect
            let rect = Rect(minX: r.minX + dx, minY: r.minY + dy, maxX: r.maxX + dx, maxY: r.maxY + dy)
            canvas.stroke(Path(rect, radius: 9), style: LineStyle(.axisLine, width: 1.2))
            let corner = Point(rect.maxX - 10, rect.maxY - 9)
            try plate.label.draw(at: corner, .bottomRight, color: .quietInk, on: canvas)
        }
        try moved.drawEdges(on: canvas)
        for node in moved.nodes { try moved.draw(node, on: canvas) }
    }

    private func drawEdges(on canvas: any Canvas) throws {
        for (edge, from, to, label) in edges {
            let (a, b) = (nodes[from], nodes[to])
            let (start, end) = DiagramLayout.ends(from: a, to: b)
            let head = ArrowHead(from: start, to: end, length: 9)
            canvas.stroke(
                Path([start, head.base]), style: LineStyle(DiagramLayout.outline.color, width: 1.3, dash: edge.dash))
            canvas.fill(Path(head.points, closed: true), color: DiagramLayout.outline.color)
            guard let label else { continue }
            let middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
            let box = label.box(at: middle, .center).insetBy(-4)
            canvas.fill(Path(box, radius: 3), color: .white)
            try label.draw(at: middle, .center, color: .ink, on: canvas)
        }
    }

    private func draw(_ placed: PlacedNode, on canvas: any Canvas) throws {
        let fill: Color = placed.node.isShaded ? Color(hex: 0xDDE1E6) : .white
        var outline: Path?
        switch placed.node.shape {
        case .circle: outline = Path(circleAt: placed.center, radius: placed.halfWidth)
        case .box: outline = Path(placed.box, radius: 6)
        case .dot: canvas.fill(Path(circleAt: placed.center, radius: DiagramLayout.dotRadius), color: .ink)
        case .text: break
        }
        if let outline {
            canvas.fill(outline, color: fill)
            canvas.stroke(outline, style: DiagramLayout.outline)
        }
        switch placed.node.shape {
        case .dot:
            try placed.label.draw(at: dotLabelPlace(placed), .bottom, color: .ink, on: canvas)
        case .text:
            try placed.label.draw(at: Point(placed.box.minX + 4, placed.center.y), .left, color: .ink, on: canvas)
        case .circle, .box:
            try placed.label.draw(at: placed.center, .center, color: .ink, on: canvas)
        }
        if let caption = placed.caption {
            let (point, anchor) = captionPlace(placed)
            try caption.draw(at: point, anchor, color: .quietInk, on: canvas)
        }
    }

    /// Where an arrow begins and ends: from side to side between boxes of different columns, else along the line of centres.
    private static func ends(from a: PlacedNode, to b: PlacedNode) -> (Point, Point) {
        let gap = 2.5
        let isBoxed = [a, b].allSatisfy { $0.node.shape == .box || $0.node.shape == .text }
        if isBoxed, a.box.maxX + 20 < b.box.minX {
            return (Point(a.box.maxX, a.center.y), Point(b.box.minX - gap, b.center.y))
        }
        if isBoxed, b.box.maxX + 20 < a.box.minX {
            return (Point(a.box.minX, a.center.y), Point(b.box.maxX + gap, b.center.y))
        }
        return (boundary(of: a, towards: b.center, gap: 0), boundary(of: b, towards: a.center, gap: gap))
    }

    /// Where the straight line from a node's centre to `target` leaves the node's outline.
    private static func boundary(of placed: PlacedNode, towards target: Point, gap: Double) -> Point {
        let (dx, dy) = (target.x - placed.center.x, target.y - placed.center.y)
        let length = hypot(dx, dy)
        guard length > 0 else { return placed.center }
        let distance: Double
        switch placed.node.shape {
        case .circle, .dot:
            distance = placed.halfWidth
        case .box, .text:
            distance = min(placed.halfWidth / max(abs(dx), 1e-9), placed.halfHeight / max(abs(dy), 1e-9)) * length
        }
        let share = min((distance + gap) / length, 1)
        return Point(placed.center.x + share * dx, placed.center.y + share * dy)
    }
}

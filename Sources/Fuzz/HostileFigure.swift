import Figures
import MixtureModels

/// Figures that nobody would draw on purpose: numbers at the ends of what there is, data that do not fit together, labels that
/// are none, and now and then something ordinary, so that the bad part is reached.
struct HostileFigure {
    var random: SeededGenerator

    private static let numbers: [Double] = [
        0, -0.0, 1, -1, 0.5, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1e308, -1e308, 1e-308, -1e-308, 1e300,
        0x1p53, 0x1p53 + 2, 1e16, 1 + 0x1p-52, 4e307, -4e307,
    ]

    private static let labels: [String] = [
        "", " ", "$", "$$", "$$$", "\\", "\\$", "{", "}", "$\\pi_{1}$", "$\\frac{a}{b}$", "$\\frac{a}$", "$x^{$", "$_$",
        "$^2$",
        "$\\unknown$", "$\\text{$", "$\\hat{}$", "日本語", "👩‍👩‍👧", "\u{0}", "\u{7}", "\u{202E}abc", "\u{FFFD}", "a\u{0301}",
        "e\u{0301}\u{0302}\u{0303}",
        "\n", "a\nb", "\r\n", "\t", "∞", "𝒩", "ﷺ", "\u{1F1E6}", "ordinary", "two words", "$\\sum_{n=1}^{N}$",
        String(repeating: "word ", count: 60), String(repeating: "long", count: 60),
        String(repeating: "$x$", count: 60),
        "$" + String(repeating: "{", count: 40) + String(repeating: "}", count: 40) + "$",
        "a" + String(repeating: "\u{0301}", count: 200),
    ]

    mutating func number() -> Double {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return random.pick(HostileFigure.numbers)
        case 1:
            let size = Double(sign: .plus, exponent: Int.random(in: -1074...1023, using: &random), significand: 1)
            return size * Double.random(in: -2...2, using: &random)
        default: return Double.random(in: -10...10, using: &random)
        }
    }

    mutating func count(_ most: Int = 12) -> Int { random.chance(0.1) ? 0 : Int.random(in: 0...most, using: &random) }

    mutating func numbers(_ count: Int) -> [Double] {
        // Often all of one kind, since mixed ones mostly end up at the widest of them.
        let (base, step) = (number(), number())
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return (0..<count).map { _ in number() }
        case 1: return (0..<count).map { base + step * Double($0) }
        default: return [Double](repeating: base, count: count)
        }
    }

    mutating func points(_ most: Int = 12) -> [Point] {
        let count = count(most)
        return zip(numbers(count), numbers(count)).map(Point.init)
    }

    mutating func range() -> ClosedRange<Double> {
        let (a, b) = (number(), number())
        return a <= b ? a...b : b <= a ? b...a : 0...1
    }

    mutating func label() -> Label {
        random.chance(0.5) ? Label(random.pick(["a", "b", "$x_n$"])) : Label(random.pick(HostileFigure.labels))
    }

    mutating func maybe<T>(_ probability: Double, _ make: (inout HostileFigure) -> T) -> T? {
        random.chance(probability) ? make(&self) : nil
    }

    mutating func color() -> Color {
        Color(red: number(), green: number(), blue: number(), opacity: random.chance(0.5) ? 1 : number())
    }

    mutating func lineStyle() -> LineStyle {
        LineStyle(color(), width: random.chance(0.5) ? 1.8 : number(), dash: random.pick(Dash.allCases))
    }

    mutating func markerStyle() -> MarkerStyle {
        MarkerStyle(color(), random.pick(Marker.allCases), size: random.chance(0.5) ? 6 : number())
    }

    mutating func grid() -> Grid {
        if random.chance(0.5) {
            let (a, b, c) = (number(), number(), number())
            return Grid(x: range(), y: range(), columns: count(), rows: count()) { x, y in a * x * x + b * y + c }
        }
        let (columns, rows) = (count(6), count(6))
        let (x, y) = (numbers(columns), numbers(rows))
        return Grid(
            x: random.chance(0.7) ? Set(x.filter(\.isFinite)).sorted() : x,
            y: random.chance(0.7) ? Set(y.filter(\.isFinite)).sorted() : y,
            values: numbers(random.chance(0.8) ? Set(x).count * Set(y).count : count()))
    }

    mutating func axis() -> Axis {
        let ticks: [Axis.Ticks] = [
            .automatic, .automatic, .integers, .none, .wanted(random.pick([-5, 0, 1, 3, 50, .max, .min])),
            .at(numbers(count())), .labelled(numbers(count(5)).map { ($0, label()) }),
        ]
        let formats: [Axis.Format] = [.automatic, .percent, .decimals(random.pick([-1, 0, 2, 12, 400, .max, .min]))]
        return Axis(
            maybe(0.3) { $0.label() }, range: maybe(0.4) { $0.range() }, ticks: random.pick(ticks),
            scale: random.pick([.linear, .linear, .logarithmic]), format: random.pick(formats),
            includesZero: random.chance(0.2), hasLine: random.chance(0.8))
    }

    mutating func panel(_ layers: [Layer]) -> Panel {
        Panel(
            title: maybe(0.2) { $0.label() }, x: axis(), y: axis(), layers: layers,
            legend: random.pick([.automatic, .none, .above, .topLeft, .bottomRight]),
            aspect: random.pick([.free, .free, .free, .equal]))
    }

    /// One or several panels of layers, mostly of one kind.
    mutating func figure(of kind: LayerKind) -> Figure {
        let panels = (0..<(random.chance(0.8) ? 1 : Int.random(in: 0...5, using: &random))).map { _ in
            let kinds = [kind] + (random.chance(0.3) ? [random.pick(LayerKind.allCases)] : [])
            return panel(kinds.flatMap { layers($0) })
        }
        return Figure(
            id: "hostile", title: random.chance(0.8) ? "t" : label(), subtitle: maybe(0.1) { $0.label() }, alt: "\u{0}",
            panels: panels, columns: random.pick([1, 1, 2, 3, 0, -1, .max, .min]), sharedX: random.chance(0.2),
            sharedY: random.chance(0.2),
            size: maybe(0.3) {
                $0.random.chance(0.7) ? Size(width: 600, height: 400) : Size(width: $0.number(), height: $0.number())
            })
    }
}

/// The kinds of layers: each static function of `Layer` is one.
enum LayerKind: CaseIterable {
    case line, function, step, scatter, bars, groupedBars, histogram, contour, heatMap, image, ellipse, arrows, band,
        errorBars
    case annotation, rule
}

extension HostileFigure {
    mutating func layers(_ kind: LayerKind) -> [Layer] {
        let label = maybe(0.4) { $0.label() }
        switch kind {
        case .line:
            return [
                .line(
                    points(), style: lineStyle(), marker: maybe(0.3) { $0.random.pick(Marker.allCases) }, label: label)
            ]
        case .function:
            let (a, b) = (number(), number())
            let count = random.pick([-1, 0, 2, 50, 241])
            return [.function(over: range(), count: count, style: lineStyle(), label: label) { a * $0 * $0 + b }]
        case .step:
            return [.step(points(), shape: random.pick([.after, .centered]), style: lineStyle(), label: label)]
        case .scatter:
            let points = points(random.chance(0.1) ? 400 : 12)
            let colors = maybe(0.2) { data in
                points.map { _ in data.color() } + (data.random.chance(0.1) ? [.blue] : [])
            }
            return [.scatter(points, style: markerStyle(), colors: colors, label: label)]
        case .bars:
            return [.bars(points(), width: random.chance(0.6) ? 0.8 : number(), color: color(), label: label)]
        case .groupedBars:
            let x = numbers(count())
            let groups = (0..<count(4)).map { _ in
                BarGroup(self.label(), heights: numbers(random.chance(0.9) ? x.count : count()), color: color())
            }
            return Layer.groupedBars(x: x, groups: groups, width: random.chance(0.6) ? 0.8 : number())
        case .histogram:
            let bins: [Layer.Bins] = [
                .count(random.pick([0, -1, 1, 20, 9999, .max, .min])), .edges(numbers(count())),
                .edges(numbers(count()).filter(\.isFinite).sorted()), .integers,
            ]
            return [
                .histogram(
                    numbers(count(30)), bins: random.pick(bins), scale: random.pick([.count, .proportion, .density]),
                    color: color(), label: label)
            ]
        case .contour:
            return [
                .contour(
                    grid(), levels: numbers(count()), style: maybe(0.5) { $0.lineStyle() },
                    isLabelled: random.chance(0.5),
                    label: label)
            ]
        case .heatMap:
            return [.heatMap(grid(), range: maybe(0.4) { $0.range() }, title: label)]
        case .image:
            let columns = Int.random(in: -1...4, using: &random)
            let values = numbers(random.chance(0.8) ? max(0, columns) * count(4) : count())
            return [
                .image(
                    PixelImage(columns: columns, values: values), x: range(), y: range(), range: range(),
                    frame: maybe(0.7) { $0.lineStyle() })
            ]
        case .ellipse:
            let (a, b, d) = (abs(number()), random.chance(0.5) ? 0 : number(), abs(number()))
            let covariance = random.chance(0.9) ? [[a, b], [b, d]] : [numbers(count(3)), numbers(count(3))]
            return [
                .ellipse(
                    mean: Point(number(), number()), covariance: covariance,
                    level: random.chance(0.6) ? 0.95 : number(),
                    style: lineStyle(), isFilled: random.chance(0.5), label: label)
            ]
        case .arrows:
            let arrows = zip(points(), points()).map { Arrow(from: $0, to: $1) }
            return [.arrows(arrows, style: lineStyle(), label: label)]
        case .band:
            let count = count()
            return [
                .band(
                    x: numbers(count), low: numbers(count), high: numbers(random.chance(0.9) ? count : 3),
                    color: color(),
                    label: label)
            ]
        case .errorBars:
            let points = points()
            let errors = numbers(points.count).map { random.chance(0.9) ? abs($0) : $0 }
            return [.errorBars(points, errors: errors, style: markerStyle(), label: label)]
        case .annotation:
            return [
                .annotation(
                    self.label(), at: Point(number(), number()), anchor: random.pick(Anchor.allCases),
                    pointingAt: maybe(0.5) { Point($0.number(), $0.number()) }, color: color())
            ]
        case .rule:
            return random.chance(0.5)
                ? [.rule(x: number(), style: lineStyle(), label: label)]
                : [.rule(y: number(), style: lineStyle(), label: label)]
        }
    }
}

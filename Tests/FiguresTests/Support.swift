import Files
import Testing

@testable import Figures

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far numbers may be from what they should be.
enum Tolerance {
    /// Pixels: a few additions and multiplications of numbers below 1000, in double precision.
    static let pixel = 1e-9
    /// Contours by linear interpolation on a grid of step h are wrong by about h²/8 times the curvature: for the unit circle and
    /// h = 0.05 below 0.0004, rounded up.
    static let contour = 0.0005
    /// An area by linear interpolation on a grid of some hundred crossings, beside a count of 120,000 points: both know the border to
    /// about the width of a cell.
    static let area = 0.02
}

/// A figure of one panel, 600 × 400 px, both axes from 0 to 10 without ticks: so nothing but the layers is drawn in it.
func figure(
    _ layers: [Layer], x: Axis = Axis(range: 0...10, ticks: .none), y: Axis = Axis(range: 0...10, ticks: .none),
    legend: LegendPlacement = .none, aspect: Panel.Aspect = .free, id: String = "test", title: Label = "t"
) -> Figure {
    Figure(
        id: id, title: title, alt: "a test",
        panels: [Panel(x: x, y: y, layers: layers, legend: legend, aspect: aspect)],
        size: Size(width: 600, height: 400))
}

/// The drawing of a figure.
func record(_ figure: Figure) throws -> RecordingCanvas {
    let canvas = RecordingCanvas()
    try figure.draw(on: canvas)
    return canvas
}

extension RecordingCanvas {
    /// The plot's rectangle, from the line at the foot of the (only) panel and the height of a full-height rule.
    func plotRect() throws -> Rect {
        let foot = try #require(strokes.first { $0.style.color == .axisLine })
        let xs = foot.path.points.map(\.x)
        let rule = try #require(strokes.first { $0.style == probeStyle })
        let ys = rule.path.points.map(\.y)
        return Rect(
            minX: try #require(xs.min()), minY: try #require(ys.min()), maxX: try #require(xs.max()),
            maxY: try #require(ys.max()))
    }

    /// All text of one colour or all text, in the order of drawing, without spaces.
    var words: [String] { texts.map(\.run.string) }
}

/// A layer that makes the plot's height visible to `plotRect`, and its style.
let probeStyle = LineStyle(Color(hex: 0x123456), width: 0.25)
let probe = Layer.rule(x: 5, style: probeStyle)

/// Where two points are the same pixel.
func isClose(_ a: Point, _ b: Point, _ tolerance: Double = Tolerance.pixel) -> Bool {
    abs(a.x - b.x) <= tolerance && abs(a.y - b.y) <= tolerance
}

/// A new empty folder, removed by the caller.
func makeFolder() throws -> String {
    var template = Array("/tmp/figures-tests-XXXXXX".utf8CString)
    return String(cString: try #require(mkdtemp(&template)))
}

/// The bytes of a file.
func contents(of path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"), "\(path) cannot be opened")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        guard count > 0 else { return bytes }
        bytes += buffer[..<count]
    }
}

/// The names in a folder, except `.` and `..`, sorted.
func names(in folder: String) throws -> [String] {
    let stream = try #require(opendir(folder))
    defer { closedir(stream) }
    var result: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { result.append(name) }
    }
    return result.sorted()
}

/// Runs something with a configuration of fonts of its own, in a process which has not drawn text before.
func withFontConfiguration(_ rules: String, _ body: () throws -> Void) throws {
    let folder = try makeFolder()
    defer { removeFolder(folder) }
    let path = folder + "/fonts.conf"
    try writeAtomically(
        Array("<?xml version=\"1.0\"?><fontconfig>\(rules)<cachedir>\(folder)</cachedir></fontconfig>".utf8), to: path)
    setenv("FONTCONFIG_FILE", path, 1)
    try body()
}

/// Removes a folder and the files in it.
func removeFolder(_ folder: String) {
    for name in (try? names(in: folder)) ?? [] { unlink(folder + "/" + name) }
    rmdir(folder)
}

/// A generator with a seed (SplitMix64), so that a test which fails can be run again.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// One of the elements of a collection that has some.
    mutating func pick<C: Collection>(_ elements: C) -> C.Element {
        elements[elements.index(elements.startIndex, offsetBy: Int.random(in: 0..<elements.count, using: &self))]
    }

    /// Whether a thing happens that has this probability.
    mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }
}

import Foundation
import Notebook

/// What a page shows before its script runs, and where none runs: the start and the end of the run, in one picture.
struct StillPicture {
    /// The picture's elements, for a canvas of 560 × 420.
    let svg: String
    /// What is to be seen.
    let words: String

    private typealias Place = (x: Double, y: Double)

    init(_ fit: FitSummary, _ picture: Stepper.Picture) {
        let (path, data) = (fit.path ?? [], fit.data ?? FitData(columns: [], rows: []))
        let steps = path.map(SteppedRun.Parameters.init)
        switch picture {
        case .plane: svg = Self.plane(steps, data)
        case .coins: svg = Self.coins(steps, data)
        case .pair:
            let places = steps.map { Place($0.heads(0), $0.heads(1)) }
            svg = Self.axes([0...1, 0...1], "coin 1: heads", "coin 2: heads") + Self.lines([places], [0...1, 0...1])
        case .pixels: svg = Self.images(steps)
        case .curve:
            let heights = path.map(\.logLikelihood)
            let places = zip(steps, heights).map { Place($0.heads(0), $1) }
            let ranges = [0...1, Self.range(heights)]
            svg = Self.axes(ranges, "probability of heads", "log-likelihood") + Self.lines([places], ranges)
        }
        let (first, last) = (path.first?.logLikelihood ?? 0, path.last?.logLikelihood ?? 0)
        let unit = picture == .plane && steps.first?.components.first?.covariance == nil
        let rise = "the log-likelihood goes from \(Self.number(first)) to \(Self.number(last))"
        let what =
            picture == .pixels
            ? "the mean images at the start (above) and after \(path.count - 1) steps (below)"
            : "the way of the parameters from the start (small dots) to the end (large dots) in \(path.count - 1) steps"
        words = "The picture shows \(what)\(unit ? "" : "; \(rise)")."
    }

    private static func number(_ x: Double) -> String {
        NumberFormat.significant(6).string(x).replacing("-", with: "\u{2212}")
    }

    private static func range(_ values: [Double]) -> ClosedRange<Double> {
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        let room = 0.08 * (high > low ? high - low : 1)
        return (low - room)...(high + room)
    }

    /// A frame with the ends of both axes, and their names.
    private static func axes(_ ranges: [ClosedRange<Double>], _ x: String, _ y: String) -> String {
        func end(_ v: Double) -> String {
            NumberFormat.significant(3).string(v).replacing("-", with: "\u{2212}")
        }
        func text(_ words: String, _ x: Int, _ y: Int, _ anchor: String = "start") -> String {
            #"<text x="\#(x)" y="\#(y)" text-anchor="\#(anchor)">\#(StepperPage.escaped(words))</text>"#
        }
        return #"<path d="M46,36V376H548" fill="none" class="foot"/>"# + text(end(ranges[0].lowerBound), 46, 394)
            + text(end(ranges[0].upperBound), 548, 394, "end") + text(x, 297, 394, "middle")
            + text(end(ranges[1].lowerBound), 42, 376, "end") + text(end(ranges[1].upperBound), 42, 46, "end")
            + text(y, 4, 20)
    }

    /// A place on the canvas.
    private static func onCanvas(_ p: Place, _ ranges: [ClosedRange<Double>]) -> String {
        func part(_ v: Double, _ r: ClosedRange<Double>) -> Double {
            (v - r.lowerBound) / (r.upperBound - r.lowerBound)
        }
        let (x, y) = (46 + 502 * part(p.x, ranges[0]), 376 - 340 * part(p.y, ranges[1]))
        return String(format: "%.1f,%.1f", x, y)
    }

    private static func line(_ places: [Place], _ ranges: [ClosedRange<Double>], _ attributes: String) -> String {
        let words = places.map { onCanvas($0, ranges) }.joined(separator: " ")
        return #"<polyline points="\#(words)" fill="none" \#(attributes)/>"#
    }

    /// Ways with a small ring at the start and a dot at the end.
    private static func lines(_ ways: [[Place]], _ ranges: [ClosedRange<Double>]) -> String {
        ways.enumerated().map { k, way in
            guard let first = way.first, let last = way.last else { return "" }
            func dot(_ p: Place, _ radius: Int) -> String {
                let xy = onCanvas(p, ranges).split(separator: ",")
                return #"<circle cx="\#(xy[0])" cy="\#(xy[1])" r="\#(radius)" fill="var(--c\#(k % 8))"/>"#
            }
            return line(way, ranges, #"class="way""#) + dot(first, 4) + dot(last, 9)
        }.joined()
    }

    private static func plane(_ steps: [SteppedRun.Parameters], _ data: FitData) -> String {
        let ranges = [0, 1].map { d in
            range(data.rows.map { $0[d] } + steps.flatMap { $0.components.compactMap { $0.mean?[d] } })
        }
        let points = data.rows.map { row in
            let xy = onCanvas((row[0], row[1]), ranges).split(separator: ",")
            return #"<circle cx="\#(xy[0])" cy="\#(xy[1])" r="3"/>"#
        }
        let classes = steps.first?.components.indices ?? 0..<0
        let outlines = [(steps.first, 1), (steps.last, 3)].flatMap { step, width in
            classes.map { k in
                guard let step, let mean = step.components[k].mean, let covariance = step.components[k].covariance
                else { return "" }
                return line(
                    outline(mean, covariance), ranges, #"stroke="var(--c\#(k % 8))" stroke-width="\#(width)""#)
            }
        }
        let ways = classes.map { k in steps.compactMap { $0.components[k].mean.map { Place($0[0], $0[1]) } } }
        return axes(ranges, data.columns.first ?? "", data.columns.dropFirst().first ?? "")
            + #"<g fill="var(--nobody)">\#(points.joined())</g>"# + outlines.joined() + lines(ways, ranges)
    }

    /// Where a Gaussian's 90 % end: (x - μ)ᵀ Σ⁻¹ (x - μ) = -2 ln 0.1.
    private static func outline(_ mean: [Double], _ s: [[Double]]) -> [Place] {
        let radius = (-2 * log(0.1)).squareRoot()
        let a = s[0][0].squareRoot()
        let b = s[0][1] / a
        let c = max(0, s[1][1] - b * b).squareRoot()
        return (0...48).map { i in
            let angle = Double(i) * .pi / 24
            let (u, v) = (radius * cos(angle), radius * sin(angle))
            return (mean[0] + a * u, mean[1] + b * u + c * v)
        }
    }

    private static func coins(_ steps: [SteppedRun.Parameters], _ data: FitData) -> String {
        let flips = data.rows.first?.last ?? 1
        let counts = data.counts ?? data.rows.map { _ in 1 }
        let ranges = [-0.6...(flips + 0.6), 0...(1.7 * max(1e-300, counts.max() ?? 1))]
        let bars = zip(data.rows, counts).map { row, count in
            // The upper part of the canvas is for the bars, the lower for the coins.
            line(
                [(row[0], ranges[1].upperBound * 0.35), (row[0], ranges[1].upperBound * 0.35 + count)], ranges,
                #"stroke="var(--nobody)" stroke-width="\#(min(30, 300 / (flips + 1)))""#)
        }
        let classes = steps.first?.components.indices ?? 0..<0
        let ways = classes.map { k in
            steps.map { Place($0.heads(k) * flips, ranges[1].upperBound * (0.2 - 0.1 * Double(k % 2))) }
        }
        let foot = #"<path d="M46,376H548" fill="none" class="foot"/>"#
        let names = data.rows.map { row in
            let xy = onCanvas((row[0], ranges[1].upperBound * 0.35), ranges).split(separator: ",")
            return #"<text x="\#(xy[0])" y="276" text-anchor="middle">\#(Int(row[0]))</text>"#
        }
        return foot + bars.joined() + names.joined() + lines(ways, ranges)
            + #"<text x="548" y="394" text-anchor="end">the coins, by the heads that they expect</text>"#
    }
}

extension StillPicture {
    /// The mean images of the first and the last iterate. A path holds all pixels of about the same grey.
    private static func images(_ steps: [SteppedRun.Parameters]) -> String {
        [steps.first, steps.last].enumerated().map { row, step in
            let components = step?.components ?? []
            let size = min(170, 500 / max(1, components.count) - 20)
            return components.enumerated().map { k, component in
                let pixels = component.probabilities ?? []
                let side = Int(Double(pixels.count).squareRoot().rounded())
                let columns = side * side == pixels.count ? side : max(1, pixels.count)
                let greys = (1...8).map { grey in
                    let path = pixels.indices.filter { Int((8 * pixels[$0]).rounded()) == grey }
                        .map { "M\($0 % columns) \($0 / columns)h1v1h-1z" }.joined()
                    return path.isEmpty ? "" : #"<path d="\#(path)" fill-opacity="\#(Double(grey) / 8)"/>"#
                }
                return """
                    <g fill="var(--c\(k % 8))" transform="translate(\(30 + k * (size + 20)) \(20 + 200 * row))scale(\(Double(size) / Double(columns)))">\
                    \(greys.joined())</g>
                    """
            }.joined()
        }.joined()
    }
}

extension SteppedRun.Parameters {
    fileprivate func heads(_ k: Int) -> Double { components.indices.contains(k) ? components[k].heads ?? 0 : 0 }
}

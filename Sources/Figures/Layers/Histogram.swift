struct HistogramMark: Mark {
    var values: [Double]
    var bins: Layer.Bins
    var scale: Layer.HistogramScale
    var color: Color
    var label: Label?

    /// More bins than this are refused: nobody could see them.
    private static let mostBins = 10_000

    var swatch: Swatch? { .area(color, nil) }

    func validate() throws(FigureError) {
        switch bins {
        case .count(let count):
            guard (1...HistogramMark.mostBins).contains(count) else {
                throw .invalidData("a histogram needs 1 to \(HistogramMark.mostBins) bins, not \(count)")
            }
        case .edges(let edges):
            guard edges.count > 1, edges.allSatisfy(\.isFinite), zip(edges, edges.dropFirst()).allSatisfy(<) else {
                throw .invalidData("a histogram needs two or more finite edges that rise")
            }
        case .integers:
            guard let span = Span(values) else { return }
            guard span.upper - span.lower < Double(HistogramMark.mostBins) else {
                throw .invalidData("a histogram of integers needs a range below \(HistogramMark.mostBins)")
            }
            // Beyond, the next number is more than 1/2 away, and an edge between two integers is none.
            guard max(-span.lower, span.upper) < 0x1p51 else {
                throw .invalidData("a histogram of integers needs values below 2⁵¹, not \(span.upper)")
            }
        }
    }

    /// The edges of the bins, rising.
    private var edges: [Double] {
        switch bins {
        case .edges(let edges):
            return edges
        case .count(let count):
            guard let span = Span(values) else { return [] }
            let (low, high) =
                span.upper > span.lower ? (span.lower, span.upper) : (span.lower - 0.5, span.lower + 0.5)
            return (0...count).map { index in
                let share = Double(index) / Double(count)
                return low * (1 - share) + high * share
            }
        case .integers:
            guard let span = Span(values) else { return [] }
            return Array(stride(from: span.lower.rounded() - 0.5, through: span.upper.rounded() + 0.5, by: 1))
        }
    }

    /// The bins' edges and heights.
    func bars() -> (edges: [Double], heights: [Double]) {
        let edges = edges
        guard edges.count > 1, let first = edges.first, let last = edges.last else { return ([], []) }
        var counts = [Double](repeating: 0, count: edges.count - 1)
        for value in values where value >= first && value <= last {
            // Binary search for the number of edges at or below the value.
            var (low, high) = (0, edges.count)
            while low < high {
                let middle = (low + high) / 2
                if edges[middle] <= value { low = middle + 1 } else { high = middle }
            }
            counts[min(low, counts.count) - 1] += 1
        }
        let total = Double(max(values.count, 1))
        let heights = counts.indices.map { index in
            switch scale {
            case .count: counts[index]
            case .proportion: counts[index] / total
            case .density: counts[index] / total / (edges[index + 1] - edges[index])
            }
        }
        return (edges, heights)
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent {
        let (edges, heights) = bars()
        var range = Span(heights, on: y)
        if y == .linear { range?.add(0, isTight: true) }
        return Extent(x: Span(edges, on: x), y: range)
    }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        let (edges, heights) = bars()
        for (index, height) in heights.enumerated() where height > 0 {
            frame.fillBar(from: edges[index], to: edges[index + 1], height: height, color: color, on: canvas)
        }
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Layer {
    /// The ellipse that holds the share `level` of a bivariate normal distribution.
    ///
    /// Its half axes are √(λ r²) along the eigenvectors of the covariance with eigenvalues λ, where r² = −2 ln(1 − level) is the
    /// quantile of the χ² distribution with two degrees of freedom.
    /// - Parameters:
    ///   - covariance: symmetric 2 × 2, positive semidefinite.
    ///   - level: between 0 and 1, both excluded.
    ///   - isFilled: whether the inside is tinted with the line's colour.
    public static func ellipse(
        mean: Point, covariance: [[Double]], level: Double = 0.95, style: LineStyle = LineStyle(), isFilled: Bool = false,
        label: Label? = nil
    ) -> Layer {
        Layer(
            EllipseMark(
                mean: mean, covariance: covariance, level: level, style: style, isFilled: isFilled, label: label))
    }
}

struct EllipseMark: Mark {
    var mean: Point
    var covariance: [[Double]]
    var level: Double
    var style: LineStyle
    var isFilled: Bool
    var label: Label?

    var swatch: Swatch? { isFilled ? .area(tint, style) : .line(style, nil) }

    private var tint: Color { style.color.opacity(style.color.opacity * 0.13) }

    func validate() throws(FigureError) {
        guard level > 0, level < 1 else { throw .invalidData("an ellipse's level must be inside (0, 1), not \(level)") }
        guard covariance.count == 2, covariance.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isFinite) }) else {
            throw .invalidData("an ellipse needs a finite 2 × 2 covariance, not \(covariance)")
        }
        let (a, b, c, d) = (covariance[0][0], covariance[0][1], covariance[1][0], covariance[1][1])
        let size = max(abs(a), abs(d))
        guard a >= 0, d >= 0, abs(b - c) <= 1e-9 * size, abs(b) <= a.squareRoot() * d.squareRoot() * (1 + 1e-9) else {
            throw .invalidData("not a covariance (symmetric, positive semidefinite): \(covariance)")
        }
    }

    /// The outline in data coordinates: the image of a circle under the covariance's Cholesky factor.
    var outline: [Point] {
        let radius = (-2 * log1p(-level)).squareRoot()
        let l11 = covariance[0][0].squareRoot()
        let l21 = l11 > 0 ? covariance[1][0] / l11 : 0
        let l22 = max(covariance[1][1] - l21 * l21, 0).squareRoot()
        let count = 120.0
        return stride(from: 0, through: count, by: 1).map { index in
            let angle = 2 * Double.pi * index / count
            let (u, v) = (radius * cos(angle), radius * sin(angle))
            return Point(mean.x + l11 * u, mean.y + l21 * u + l22 * v)
        }
    }

    func extent(x: Axis.Scale, y: Axis.Scale) -> Extent { Extent(outline, x: x, y: y) }

    func draw(in frame: PlotFrame, on canvas: any Canvas) {
        if isFilled { frame.fill(outline, color: tint, on: canvas) }
        frame.stroke(outline, style: style, on: canvas)
    }
}

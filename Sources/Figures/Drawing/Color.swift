#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A colour as red, green and blue in sRGB, and opacity, each from 0 to 1.
public struct Color: Hashable, Sendable {
    /// Red, 0…1.
    public var red: Double
    /// Green, 0…1.
    public var green: Double
    /// Blue, 0…1.
    public var blue: Double
    /// Opacity: 0 is invisible, 1 covers what lies below.
    public var opacity: Double

    /// A colour from parts in 0…1; values outside, and NaN, are moved to the nearest end.
    public init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
        func unit(_ v: Double) -> Double { v >= 0 ? min(v, 1) : 0 }
        self.red = unit(red)
        self.green = unit(green)
        self.blue = unit(blue)
        self.opacity = unit(opacity)
    }

    /// A colour from a number like `0x0072B2`.
    public init(hex: UInt32, opacity: Double = 1) {
        self.init(
            red: Double(hex >> 16 & 255) / 255, green: Double(hex >> 8 & 255) / 255, blue: Double(hex & 255) / 255,
            opacity: opacity)
    }

    /// The same colour with another opacity.
    public func opacity(_ opacity: Double) -> Color {
        Color(red: red, green: green, blue: blue, opacity: opacity)
    }

    /// A blend: 0 gives this colour, 1 the other. Good for soft assignments between two classes.
    public func mixed(with other: Color, by share: Double) -> Color {
        let t = share >= 0 ? min(share, 1) : 0
        return Color(
            red: red + t * (other.red - red), green: green + t * (other.green - green),
            blue: blue + t * (other.blue - blue), opacity: opacity + t * (other.opacity - opacity))
    }

    /// White.
    public static let white = Color(hex: 0xFFFFFF)
    /// Black of the Okabe-Ito palette.
    public static let black = Color(hex: 0x000000)
    /// Orange of the Okabe-Ito palette.
    public static let orange = Color(hex: 0xE69F00)
    /// Sky blue of the Okabe-Ito palette.
    public static let skyBlue = Color(hex: 0x56B4E9)
    /// Bluish green of the Okabe-Ito palette.
    public static let green = Color(hex: 0x009E73)
    /// Yellow of the Okabe-Ito palette.
    public static let yellow = Color(hex: 0xF0E442)
    /// Blue of the Okabe-Ito palette.
    public static let blue = Color(hex: 0x0072B2)
    /// Vermillion of the Okabe-Ito palette.
    public static let vermillion = Color(hex: 0xD55E00)
    /// Reddish purple of the Okabe-Ito palette.
    public static let purple = Color(hex: 0xCC79A7)
    /// The grey of secondary things: observed data behind a fit, reference lines.
    public static let grey = Color(hex: 0x8A8A8A)

    /// Text that must be read.
    public static let ink = Color(hex: 0x1F2328)
    /// Text that may be overlooked: subtitles, tick labels.
    static let quietInk = Color(hex: 0x5B626B)
    /// The line at the foot of a panel.
    static let axisLine = Color(hex: 0x8C939B)
    /// Grid lines.
    static let gridLine = Color(hex: 0xE9EBEE)

    /// Relative luminance as WCAG 2 defines it, 0 for black and 1 for white.
    var luminance: Double {
        func linear(_ v: Double) -> Double { v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// The colour for text on white: darkened until the contrast is 4.5 to 1, the least that WCAG 2 asks of body text.
    var forText: Color {
        var color = opacity(1)
        while 1.05 / (color.luminance + 0.05) < 4.5 { color = color.mixed(with: .black, by: 0.05) }
        return color
    }
}

/// The colours of series, in the order in which they should be used.
public enum Palette {
    /// Okabe and Ito's eight colours (2008), told apart by people with any colour vision; the palest come last.
    ///
    /// Colour alone is never enough: pair it with a marker, a dash or a direct label (`LineStyle.series`,
    /// `MarkerStyle.series` do).
    public static let okabeIto: [Color] = [
        .blue, .vermillion, .green, .purple, .orange, .skyBlue, .black, .yellow,
    ]

    /// The colour of series `index`, starting again after the eighth; any integer is allowed.
    public static func series(_ index: Int) -> Color { okabeIto[wrapped(index, okabeIto.count)] }

    /// `index` modulo `count`, never negative.
    static func wrapped(_ index: Int, _ count: Int) -> Int { (index % count + count) % count }
}

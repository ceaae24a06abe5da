/// Characters on their way into HTML.
enum HTMLText {
    /// Text for an element or an attribute in double quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // Handouts are printed: marks are characters of every font, and no pictures.
            case "✅": result += "✓"
            case "❌": result += "✗"
            case "⚪": result += "○"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

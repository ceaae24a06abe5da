/// The elements of a drawing in groups of one paint: within a group for their lines one for their areas, since marks with the same halo
/// often have many colours.
struct SheetBody {
    private var written = ""
    private var line = ""
    private var area = ""

    /// Adds an element; an empty paint is none.
    mutating func add(_ element: String, line: String, area: String) {
        if (line, area) != (self.line, self.area) {
            if !self.area.isEmpty { written += "</g>" }
            if line != self.line {
                if !self.line.isEmpty { written += "</g>" }
                if !line.isEmpty { written += "<g \(line)>" }
            }
            if !area.isEmpty { written += "<g \(area)>" }
            (self.line, self.area) = (line, area)
        }
        written += element
    }

    /// All of it, with its last groups closed.
    var closed: String { written + (area.isEmpty ? "" : "</g>") + (line.isEmpty ? "" : "</g>") }
}

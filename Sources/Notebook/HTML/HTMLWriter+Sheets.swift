/// Sheets of paper that have an owner each, and pages of their own.
extension HTMLWriter {
    /// The owners of the document's sheets, in their order.
    private var owners: [String] {
        document.blocks.compactMap { if case .sheet(let owner, _) = $0 { owner } else { nil } }
    }

    /// What stands at the foot of the sheets' pages. A counter of each sheet's own begins at 1; a browser that does not know of pages with
    /// names prints the sheets one after another all the same.
    var sheetStyles: String {
        owners.enumerated().map { number, owner in
            """
            @page sheet\(number) { counter-increment: sheet\(number); \
            @bottom-center { content: "\(Self.quoted(owner)) · page " counter(sheet\(number)) } }

            """
        }.joined()
    }

    /// The margin takes back most of what a heading keeps above itself: at the top of a sheet there is nothing to keep away from.
    func sheet(of owner: String, _ blocks: [Block]) throws -> String {
        let page = owners.firstIndex(of: owner).map { "page:sheet\($0);" } ?? ""
        return """
            <div style="\(page)break-before:page">
            <div style="margin-bottom:-2rem"></div>
            \(try html(blocks))
            </div>
            """
    }

    /// A text as CSS has it between quotation marks, inside of HTML: whatever is neither a letter nor a digit by its number.
    private static func quoted(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                ? String(scalar) : "\\" + String(scalar.value, radix: 16) + " "
        }.joined()
    }
}

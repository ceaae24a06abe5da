import Notebook
import Testing

/// Sheets of paper that have an owner each.
@Suite struct SheetTests {
    private func page(_ blocks: [Block]) throws -> String {
        let document = Document(title: "T", place: .course, blocks: blocks)
        return String(decoding: try ReportFormat.html([]).write(document), as: UTF8.self)
    }

    @Test("Each sheet has pages of its own, and their foot names the owner, whatever is in the name")
    func foot() throws {
        let owners = ["Ada · 007", "Zoë \"Z\" </style>\\"]
        let page = try page(owners.map { .sheet(of: $0, [.paragraph([.text("words of \($0.prefix(3))")])]) })
        for (number, foot) in ["Ada\\20 \\b7 \\20 007", #"Zoë\20 \22 Z\22 \20 \3c \2f style\3e \5c "#].enumerated() {
            #expect(page.contains("@page sheet\(number) { counter-increment: sheet\(number); "), "\(number)")
            #expect(page.contains("content: \"\(foot) · page \" counter(sheet\(number))"), "\(foot)")
            #expect(page.contains("<div style=\"page:sheet\(number);break-before:page\">"))
        }
        #expect(page.ranges(of: "</style>").count == 1)
        #expect(page.contains("<p>words of Ada</p>"))
        #expect(!(try self.page([.paragraph([.text("no sheet")])])).contains("counter-increment"))
    }
}

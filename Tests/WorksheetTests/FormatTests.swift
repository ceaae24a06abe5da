import Figures
import Foundation
import Notebook
import Testing

@testable import Worksheets

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An element of XML with what is in it.
final class Element {
    let name: String
    let attributes: [String: String]
    var children: [Element] = []
    var text = ""

    init(_ name: String, _ attributes: [String: String]) { (self.name, self.attributes) = (name, attributes) }

    /// The elements at a path below this one.
    func all(_ path: String...) -> [Element] {
        path.reduce([self]) { found, name in found.flatMap { $0.children.filter { $0.name == name } } }
    }

    func first(_ path: String...) -> Element? {
        path.reduce(self as Element?) { found, name in found?.children.first { $0.name == name } }
    }

    /// Every element of a name, however deep.
    func deep(_ name: String) -> [Element] { children.flatMap { ($0.name == name ? [$0] : []) + $0.deep(name) } }

    static func parse(_ text: String) throws -> Element {
        let reader = Reader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else {
            throw NotWellFormed(words: parser.parserError.map { "\($0)" } ?? "no element", line: parser.lineNumber)
        }
        return root
    }

    struct NotWellFormed: Error {
        let words: String
        let line: Int
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: Element?
        private var open: [Element] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let element = Element(name, attributes)
            open.last?.children.append(element)
            if open.isEmpty { root = element }
            open.append(element)
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }

        func parser(_ parser: XMLParser, foundCDATA data: Data) {
            open.last?.text += String(decoding: data, as: UTF8.self)
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }
    }
}

@Suite("Formats of worksheets")
struct FormatTests {
    /// Ids that markup could stumble over.
    private static let roster = ["ada", "a<b&c>\"d'", "]]>", "ünïcode/slash"]

    private static func sheets(_ name: String, _ notation: Notation.Source = .house) throws -> ClassSheets {
        let rows = roster.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: "\n")
        let table = try TextTableReading.table("id\n\(rows)\n")
        return try ClassSheets(
            Worksheet.named(name), roster: Roster(table, column: "id"), seeds: Seeds(seed: 3), notation: notation)
    }

    @Test(
        "Moodle XML: a category for each part; the right answer first, and every mistake with its feedback and no points",
        arguments: Worksheet.all.map(\.name))
    func moodle(name: String) throws {
        let sheets = try Self.sheets(name)
        let quiz = try Element.parse(sheets.moodleXML())
        #expect(quiz.name == "quiz")
        let questions = quiz.all("question")
        let parts = sheets.sheets[0].questions
        let categories = questions.filter { $0.attributes["type"] == "category" }
        #expect(categories.count == parts.count)
        #expect(questions.count == parts.count * (1 + Self.roster.count))
        for category in categories {
            let text = try #require(category.first("category", "text")?.text)
            #expect(text.hasPrefix("$course$/top/Mixture models/\(name)/"))
            #expect(text.split(separator: "/").count == 5)
        }
        for (place, question) in questions.enumerated() where question.attributes["type"] != "category" {
            let row = place % (1 + Self.roster.count) - 1
            let part = parts[place / (1 + Self.roster.count)]
            let own = try #require(sheets.sheets[row].questions.first { $0.id == part.id })
            #expect(question.first("name", "text")?.text == "\(name) \(part.id) \(Self.roster[row])")
            let words = try #require(question.first("questiontext", "text")?.text)
            #expect(words.contains("<p>") && !words.contains("$") && !words.contains("data:"))
            let answers = question.all("answer")
            switch own.kind {
            case .numeric(let numeric):
                #expect(question.attributes["type"] == "numerical")
                let fractions: [String?] = ["100"] + numeric.slips.map { _ in "0" }
                #expect(answers.map { $0.attributes["fraction"] } == fractions)
                let right = try #require(answers.first?.first("text").flatMap { Double($0.text) })
                #expect(abs(right - numeric.answer) < 1e-8)
                for answer in answers {
                    #expect(answer.first("tolerance").flatMap { Double($0.text) } == numeric.tolerance)
                    #expect(answer.first("feedback", "text")?.text.isEmpty == false)
                }
            case .choice(let choice):
                #expect(question.attributes["type"] == "multichoice" && question.first("single")?.text == "true")
                #expect(answers.count == choice.options.count)
                #expect(answers.firstIndex { $0.attributes["fraction"] == "100" } == choice.right)
                #expect(answers.count { $0.attributes["fraction"] == "0" } == choice.options.count - 1)
            case .drawing:
                #expect(question.attributes["type"] == "essay" && question.first("attachmentsrequired")?.text == "1")
            }
        }
    }

    @Test(
        "Canvas: groups of which one variant is picked; numbers and single choice only; no points below 0, no pictures in the text",
        arguments: Worksheet.all.map(\.name))
    func canvas(name: String) throws {
        let sheets = try Self.sheets(name)
        let files = try sheets.canvasFiles()
        let manifest = try Element.parse(#require(files["imsmanifest.xml"]))
        let resource = try #require(manifest.first("resources", "resource"))
        #expect(resource.attributes["type"] == "imsqti_xmlv1p2")
        let path = try #require(resource.first("file")?.attributes["href"])
        #expect(Set(files.keys) == ["imsmanifest.xml", path])
        let quiz = try Element.parse(#require(files[path]))
        let sections = try #require(quiz.first("assessment", "section")).all("section")
        let parts = sheets.sheets[0].questions.filter { if case .drawing = $0.kind { false } else { true } }
        #expect(sections.count == parts.count)
        var ids: Set<String> = []
        for (part, section) in zip(parts, sections) {
            #expect(section.first("selection_ordering", "selection", "selection_number")?.text == "1")
            #expect(section.all("item").count == Self.roster.count)
            for (row, item) in section.all("item").enumerated() {
                #expect(ids.insert(item.attributes["ident"] ?? "").inserted)
                let own = try #require(sheets.sheets[row].questions.first { $0.id == part.id })
                let fields = item.all("itemmetadata", "qtimetadata", "qtimetadatafield")
                let type = fields.first { $0.first("fieldlabel")?.text == "question_type" }?.first("fieldentry")?.text
                let decvar = try #require(item.first("resprocessing", "outcomes", "decvar"))
                #expect(decvar.attributes["minvalue"] == "0" && decvar.attributes["maxvalue"] == "100")
                #expect(item.deep("setvar").map(\.text) == ["100"])
                // What is shown is there, and what is there is shown.
                let shown = Set(item.deep("displayfeedback").map { $0.attributes["linkrefid"] ?? "" })
                #expect(shown == Set(item.all("itemfeedback").map { $0.attributes["ident"] ?? "?" }))
                switch own.kind {
                case .numeric(let numeric):
                    #expect(type == "numerical_question")
                    let bounds = try ["varequal", "vargte", "varlte"].map { name -> Double in
                        let found = item.deep(name)
                        #expect(found.count == 1)
                        return try #require(found.first.flatMap { Double($0.text) })
                    }
                    #expect(abs(bounds[0] - numeric.answer) < 1e-8)
                    #expect(abs(bounds[2] - bounds[1] - 2 * numeric.tolerance) < 1e-8)
                case .choice(let choice):
                    #expect(type == "multiple_choice_question")
                    let labels = item.deep("response_label").map { $0.attributes["ident"] ?? "" }
                    #expect(labels.count == choice.options.count)
                    let right = item.deep("respcondition").first { !$0.all("setvar").isEmpty }
                    #expect(right?.first("conditionvar", "varequal")?.text == labels[choice.right])
                case .drawing: Issue.record("a drawing")
                }
                for text in item.deep("mattext") {
                    #expect(text.attributes["texttype"] == "text/html" && !text.text.contains("data:image"))
                    #expect(!text.text.contains("$"))
                }
            }
        }
    }

    /// What a reader sees of a document: a page without its style, its fonts among them.
    private static func page(_ made: (document: Document, figures: [Figure])) throws -> Substring {
        let text = String(decoding: try ReportFormat.html(made.figures).write(made.document), as: UTF8.self)
        return text[try #require(text.range(of: "<main")).lowerBound...]
    }

    @Test("Sheets and key are in the letters of every source", arguments: Notation.Source.allCases)
    func letters(notation: Notation.Source) throws {
        for worksheet in Worksheet.all {
            let sheets = try ClassSheets(
                worksheet, roster: Roster(variants: 1), seeds: Seeds(seed: 9), notation: notation)
            // A formula that some reader would not show, or a number that is none, is refused here.
            #expect(try !sheets.paper().document.blocks.isEmpty && !sheets.key().document.blocks.isEmpty)
        }
    }

    @Test("The key is not among the sheets: no answer, no mistake", arguments: Worksheet.all.map(\.name))
    func sheetsHaveNoAnswers(name: String) throws {
        let sheets = try ClassSheets(Worksheet.named(name), roster: Roster(variants: 2), seeds: Seeds(seed: 9))
        let (paper, key) = (try sheets.paper(), try sheets.key())
        let (handedOut, kept) = (try Self.page(paper), try Self.page(key))
        for student in ["variant-1", "variant-2"] { #expect(handedOut.contains(student) && kept.contains(student)) }
        #expect(!handedOut.contains("NaN") && !kept.contains("NaN"))
        for question in sheets.sheets.flatMap(\.questions) {
            guard case .numeric(let numeric) = question.kind else { continue }
            // On a page a minus is a minus, not a hyphen.
            let number = ">" + numeric.printed.replacing("-", with: "\u{2212}") + "<"
            #expect(kept.contains(number))
            // A number with fewer decimals can stand on a sheet for another reason.
            if case .decimals(3...) = numeric.rounding { #expect(!handedOut.contains(number)) }
            // Words that hold formulas are written otherwise than they stand here.
            for slip in numeric.slips where !slip.feedback.source.contains(where: { "$*'".contains($0) }) {
                #expect(kept.contains(slip.feedback.source) && !handedOut.contains(slip.feedback.source))
            }
        }
        #expect(paper.figures.allSatisfy { $0.id.hasPrefix("paper-") })
    }

    @Test("A zip file holds what it was given, and the same files give the same bytes")
    func zipFile() async throws {
        guard
            ["/usr/bin/zip", "/usr/local/bin/zip", "/opt/homebrew/bin/zip"].contains(
                where: FileManager.default.fileExists)
        else { return }
        let files = ["imsmanifest.xml": "one", "a/b.xml": "two ü"]
        let bytes = try await ZipFile.bytes(of: files)
        #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]))
        #expect(try await ZipFile.bytes(of: files) == bytes)
    }

    @Test("Without the program that packs, the error says how to get it")
    func noZip() async {
        await #expect(throws: WorksheetError.self) { try await ZipFile.bytes(of: ["a": "b"], program: "no-such-zip") }
    }
}

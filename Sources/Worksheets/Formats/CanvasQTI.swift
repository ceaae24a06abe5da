import Foundation
import Notebook

extension ClassSheets {
    /// The files of a Canvas quiz in QTI 1.2, to be zipped: a manifest, and a quiz with a question group for each part, of which every
    /// student gets one variant.
    ///
    /// Canvas's ways: numbers and single choice only (drawings are left out); every answer that is listed for a number counts as right, so
    /// known mistakes are not listed; no points below 0; no pictures but those of a file.
    ///
    /// - Throws: `TeXError`, `ReportError`, ``WorksheetError``.
    public func canvasFiles() throws -> [String: String] {
        let writer = CanvasWriter(sheets: self, text: PlatformText(mathematics: .canvas, builder: builder))
        let quiz = "\(worksheet.name)/\(worksheet.name).xml"
        return ["imsmanifest.xml": writer.manifest(of: quiz), quiz: try writer.quiz()]
    }
}

private struct CanvasWriter {
    let sheets: ClassSheets
    let text: PlatformText

    private var name: String { sheets.worksheet.name }

    func manifest(of quiz: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest identifier="mixture-course-\(name)" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
        <metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>
        <organizations/>
        <resources>
        <resource identifier="\(name)" type="imsqti_xmlv1p2"><file href="\(quiz)"/></resource>
        </resources>
        </manifest>

        """
    }

    func quiz() throws -> String {
        let groups = try (sheets.sheets.first?.questions ?? []).indices.compactMap(group)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
            <assessment ident="mixture-course-\(name)" title="\(XMLText.escaped(sheets.worksheet.title))">
            <qtimetadata>\(field("cc_maxattempts", "1"))</qtimetadata>
            <section ident="root_section">
            \(groups.joined(separator: "\n"))
            </section>
            </assessment>
            </questestinterop>

            """
    }

    /// A part of the sheet: of its variants Canvas takes one for each student.
    private func group(_ place: Int) throws -> String? {
        let first = sheets.sheets[0].questions[place]
        if case .drawing = first.kind { return nil }
        let items = try sheets.sheets.enumerated().map { number, sheet in
            try item("\(name)-\(first.id)-\(number + 1)", sheet, sheet.questions[place])
        }
        return """
            <section ident="\(name)-\(first.id)" title="\(XMLText.escaped("\(first.id) \(first.title)"))">
            <selection_ordering><selection><selection_number>1</selection_number><selection_extension>\
            <points_per_item>\(first.points)</points_per_item></selection_extension></selection></selection_ordering>
            \(items.joined(separator: "\n"))
            </section>
            """
    }

    private func item(_ id: String, _ sheet: Sheet, _ question: Question) throws -> String {
        let body = try text.html(sheets.blocks(sheet.story)) + "\n" + text.html(question.task)
        let (type, general) = try kind(of: question)
        let parts: (response: String, conditions: [String], feedback: [(id: String, html: String)])
        switch question.kind {
        case .numeric(let numeric): parts = numerical(numeric)
        case .choice(let choice): parts = try single(choice)
        case .drawing: return ""
        }
        let feedback = [(id: "general_fb", html: general)] + parts.feedback
        return """
            <item ident="\(id)" title="\(XMLText.escaped("\(question.id) \(question.title)"))">
            <itemmetadata><qtimetadata>\(field("question_type", type))\
            \(field("points_possible", "\(question.points)"))</qtimetadata></itemmetadata>
            <presentation>\(material(body))
            \(parts.response)
            </presentation>
            <resprocessing>
            <outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>
            <respcondition continue="Yes"><conditionvar><other/></conditionvar>\(shows("general_fb"))</respcondition>
            \(parts.conditions.joined(separator: "\n"))
            </resprocessing>
            \(feedback.map { "<itemfeedback ident=\"\($0.id)\"><flow_mat>\(material($0.html))</flow_mat></itemfeedback>" }
                .joined(separator: "\n"))
            </item>
            """
    }

    /// Canvas's name for the kind of question, and the feedback for everybody.
    private func kind(of question: Question) throws -> (type: String, general: String) {
        switch question.kind {
        case .numeric(let numeric):
            ("numerical_question", try text.html([sheets.builder.formula(numeric.working)]))
        case .choice(let choice): ("multiple_choice_question", try text.html(choice.reason))
        case .drawing: ("", "")
        }
    }

    private func numerical(_ numeric: Numeric) -> (String, [String], [(id: String, html: String)]) {
        let (low, high) = (numeric.answer - numeric.tolerance, numeric.answer + numeric.tolerance)
        let right = """
            <respcondition continue="No"><conditionvar><or><varequal respident="response1">\(decimal(numeric.answer))</varequal>\
            <and><vargte respident="response1">\(decimal(low))</vargte>\
            <varlte respident="response1">\(decimal(high))</varlte></and></or></conditionvar>\(full)</respcondition>
            """
        return (
            """
            <response_str ident="response1" rcardinality="Single"><render_fib fibtype="Decimal">\
            <response_label ident="answer1"/></render_fib></response_str>
            """, [right], []
        )
    }

    private func single(_ choice: Choice) throws -> (String, [String], [(id: String, html: String)]) {
        let labels = try choice.options.enumerated().map { place, option in
            "<response_label ident=\"option\(place + 1)\">\(material(try text.html(option.words)))</response_label>"
        }
        var conditions: [String] = []
        var feedback: [(id: String, html: String)] = []
        for (place, option) in choice.options.enumerated() where place != choice.right {
            let id = "option\(place + 1)"
            conditions.append(
                "<respcondition continue=\"Yes\"><conditionvar><varequal respident=\"response1\">\(id)</varequal></conditionvar>"
                    + "\(shows(id + "_fb"))</respcondition>")
            feedback.append((id + "_fb", try text.html(option.feedback)))
        }
        conditions.append(
            "<respcondition continue=\"No\"><conditionvar><varequal respident=\"response1\">option\(choice.right + 1)</varequal>"
                + "</conditionvar>\(full)</respcondition>")
        return (
            """
            <response_lid ident="response1" rcardinality="Single"><render_choice>
            \(labels.joined(separator: "\n"))
            </render_choice></response_lid>
            """, conditions, feedback
        )
    }

    private let full = "<setvar action=\"Set\" varname=\"SCORE\">100</setvar>"

    private func shows(_ id: String) -> String { "<displayfeedback feedbacktype=\"Response\" linkrefid=\"\(id)\"/>" }

    private func field(_ label: String, _ entry: String) -> String {
        "<qtimetadatafield><fieldlabel>\(label)</fieldlabel><fieldentry>\(entry)</fieldentry></qtimetadatafield>"
    }

    private func material(_ html: String) -> String {
        "<material><mattext texttype=\"text/html\">\(XMLText.escaped(html))</mattext></material>"
    }
}

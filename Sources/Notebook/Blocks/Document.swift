/// What a writer writes: blocks, and where they will lie.
public struct Document: Sendable, Equatable {
    /// Where a document lies in the folder of the course.
    public enum Place: Sendable, Equatable {
        /// In the folder of a lesson.
        case lesson(String)
        /// In the folder of a lesson, beside its report: what it links to stands there.
        case summary(of: String)
        /// In the folder of the course, above the lessons' folders.
        case course
    }

    /// The title, in plain characters; it is the first block, too.
    public let title: String
    /// Where it lies.
    public let place: Place
    /// The contents, in the order in which they are read. The first is the title, a heading of level 1.
    public let blocks: [Block]

    /// A document; the title becomes its first heading.
    public init(title: String, place: Place, blocks: [Block]) {
        self.title = title
        self.place = place
        self.blocks = [.heading(level: 1, [.text(title)], anchor: nil)] + blocks
    }

    /// The address of a link's target, seen from this document.
    ///
    /// - Parameter file: The name of the file that a report has in the writer's format: `README.md`.
    public func address(of target: Inline.Target, file: String) -> String {
        switch target {
        case .anchor(let anchor):
            if case .summary = place { return "\(file)#\(anchor)" }
            return "#\(anchor)"
        case .web(let address): return address
        case .summary(let name):
            let own = ReportFormat.summaryFile(beside: file)
            switch place {
            case .lesson(name), .summary(of: name): return own
            case .lesson, .summary: return "../\(name)/\(own)"
            case .course: return "\(name)/\(own)"
            }
        case .lesson(let name, let anchor):
            let fragment = anchor.map { "#\($0)" } ?? ""
            switch place {
            case .lesson(name): return fragment.isEmpty ? file : fragment
            case .summary(of: name): return "\(file)\(fragment)"
            case .lesson, .summary: return "../\(name)/\(file)\(fragment)"
            case .course: return "\(name)/\(file)\(fragment)"
            }
        }
    }
}

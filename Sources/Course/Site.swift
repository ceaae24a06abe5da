import Files
import Foundation

/// The files of a static site, with a list of them, so that the next one can replace them all.
struct Site {
    /// The files by their names.
    var files: [String: [UInt8]]

    /// The first page.
    static let start = "index.html"
    /// The index of all equations.
    static let equations = "equations.html"
    /// The list of the site's files.
    private static let list = "site.json"

    init(_ files: [String: [UInt8]]) { self.files = files }

    private struct Listing: Codable { let files: [String] }

    /// How many bytes all files have.
    var size: Int { files.values.reduce(0) { $0 + $1.count } }

    /// Writes the site in place of an earlier one, all of it or nothing. Files that are no site's stay.
    ///
    /// - Throws: `FileError`. An earlier site is whole.
    func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let listing = try encoder.encode(Listing(files: files.keys.sorted()))
        let all = files.sorted { $0.key < $1.key }.map { (path: $0.key, bytes: $0.value) }
        try ReportFolder(folder).replace(with: all + [(Self.list, Array(listing) + [UInt8(ascii: "\n")])]) {
            guard let bytes = readOwnFile("\(folder)/\(Self.list)"),
                let earlier = try? JSONDecoder().decode(Listing.self, from: Data(bytes))
            else { return [] }
            return earlier.files.filter(Self.isOfASite)
        }
    }

    /// Whether a site can have a file of this name. A list that somebody else wrote is no reason to remove anything else.
    private static func isOfASite(_ name: String) -> Bool {
        [start, equations].contains(name)
            || name.wholeMatch(of: /Lesson\d+\w*(-summary|-steps)?\.(html|pdf|json)/) != nil
    }
}

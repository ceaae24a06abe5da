import Figures
import Files
import Foundation

extension RenderedReport {
    /// Puts the report in a folder, in place of an earlier one, all of it or nothing.
    ///
    /// Figures of the earlier report that this one does not have, or not in this format, are removed, and its summary, if this one
    /// has none: they would show the numbers of another run. Which these are, the earlier `results.json` says; no other file is touched.
    ///
    /// - Parameter folder: the folder, made if it is not there.
    /// - Throws: `FileError`. An earlier report is whole.
    public func write(to folder: String) throws(FileError) {
        try ReportFolder(folder).replace(with: files) {
            guard let bytes = readOwnFile("\(folder)/results.json") else { return [] }
            return Results.files(ofJSON: Data(bytes)).filter {
                Self.isFigure($0) || $0 == ReportFormat.markdown.summaryFile
            }
        }
    }

    /// Whether a path is one that a report's figure can have. A list that somebody else wrote is no reason to remove anything else.
    private static func isFigure(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "figures", let dot = parts[1].lastIndex(of: ".") else { return false }
        return FigureFormat(rawValue: String(parts[1][parts[1].index(after: dot)...])) != nil
    }
}

import Files
import Foundation

/// What every handout brings along: the formulas' font, the style for screen and paper, and the little script.
struct PageParts {
    let style: String
    let script: String

    /// Reads the parts from the package's own folder.
    ///
    /// - Throws: `FileError` if one is not there.
    init() throws(FileError) {
        func text(_ path: String) throws(FileError) -> String {
            String(decoding: try readFile(PackageFiles.path("Sources/Notebook/\(path)")), as: UTF8.self)
        }
        let font = Data(try readFile(PackageFiles.path("Sources/Notebook/Fonts/CourseMath.woff2"))).base64EncodedString()
        style = Self.notice + Self.face(font) + (try text("Page/handout.css"))
        script = try text("Page/handout.js")
    }

    /// The font's licence asks that its changes are named wherever it goes.
    private static let notice = """
        /* Course Math is cut from Latin Modern Math 1.959 by B. Jackowski, P. Strzelczyk and P. Pianowski (TeX Users Groups), under the GUST
        Font License: tug.org/fonts/licenses/GUST-FONT-LICENSE.txt. The whole font: www.gust.org.pl/projects/e-foundry/lm-math */

        """

    private static func face(_ font: String) -> String {
        "@font-face { font-family: \"Course Math\"; src: url(data:font/woff2;base64,\(font)) format(\"woff2\") }\n"
    }
}

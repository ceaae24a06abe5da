/// What a file is that is no plain UTF-8 text with rows and columns, as far as its first bytes tell.
enum FileKind {
    /// In the words of a message, "a zip archive"; nil if nothing speaks against a table.
    static func foreign(_ start: some RandomAccessCollection<UInt8>) -> String? {
        let start = Array(start.prefix(512))
        if let known = magic.first(where: { start.starts(with: $0.bytes) }) { return known.name }
        if let known = letters.first(where: { start.starts(with: $0.bytes) }), start.contains(where: { $0 < 9 }) {
            return known.name
        }
        if let wide = wideText(start) { return wide }
        return markup(start)
    }

    /// The first bytes of common formats.
    private static let magic: [(bytes: [UInt8], name: String)] = [
        ([0xFF, 0xFE, 0, 0], "UTF-32 text"), ([0, 0, 0xFE, 0xFF], "UTF-32 text"),
        ([0xFE, 0xFF], "UTF-16 text"), ([0xFF, 0xFE], "UTF-16 text"),
        (Array("PK\u{3}\u{4}".utf8), "a zip archive, such as an .xlsx spreadsheet"),
        (Array("PK\u{5}\u{6}".utf8), "an empty zip archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office file, such as an .xls spreadsheet"),
        ([0x1F, 0x8B], "compressed with gzip"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "compressed with xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-zip archive"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"), ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file"), ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array"),
        (Array("SQLite format 3\0".utf8), "an SQLite database"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        (Array("%PDF-".utf8), "a PDF document"), (Array("{\\rtf".utf8), "a Rich Text document"),
        (Array("<stata_dta>".utf8), "a Stata file"),
    ]

    /// Formats that begin with letters, as a column's name may: they have other bytes soon after.
    private static let letters: [(bytes: [UInt8], name: String)] = [
        (Array("BZh".utf8), "compressed with bzip2"), (Array("PAR1".utf8), "a Parquet file"),
        (Array("ARROW1".utf8), "an Arrow file"), (Array("RDX".utf8), "an R workspace"),
        (Array("$FL2".utf8), "an SPSS file"),
    ]

    /// UTF-16 or UTF-32 without a byte-order mark: every second byte, or three of four, is NUL.
    private static func wideText(_ start: [UInt8]) -> String? {
        let bytes = start.prefix(64)
        guard bytes.count >= 4 else { return nil }
        let shares = (0..<4).map { lane in
            let lane = stride(from: lane, to: bytes.count, by: 4).map { bytes[$0] }
            return Double(lane.count { $0 == 0 }) / Double(lane.count)
        }
        let mostly = shares.map { $0 >= 0.75 }
        let never = shares.map { $0 == 0 }
        switch (mostly, never) {
        case ([false, true, false, true], [true, false, true, false]),
            ([true, false, true, false], [false, true, false, true]):
            return "UTF-16 text"
        case ([false, true, true, true], [true, false, false, false]),
            ([true, true, true, false], [false, false, false, true]):
            return "UTF-32 text"
        default: return nil
        }
    }

    /// HTML, XML or JSON: what a server sends, or a browser saves, in place of the file.
    private static func markup(_ start: [UInt8]) -> String? {
        let text = start.drop { isBlank($0) || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let lower = String(decoding: text.prefix(100), as: UTF8.self).lowercased()
        for tag in ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<meta", "<script", "<!--"]
        where lower.hasPrefix(tag) {
            return "an HTML page, as a browser saves when the link is not to the file itself"
        }
        if lower.hasPrefix("<?xml") || lower.hasPrefix("<svg") { return "an XML document" }
        // A name may begin with a bracket, [m/s]; JSON goes on with a bracket, a quotation mark or a number.
        let body = lower.filter { !$0.isWhitespace }
        if body.hasPrefix("{\"") || body.hasPrefix("[{\"") || body.hasPrefix("[[") { return "JSON" }
        return nil
    }
}

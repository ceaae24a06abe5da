import CCairo
import CZlib

/// A picture as a PNG file, eight bits each for red, green and blue.
///
/// Cairo's own writer has no settings: it tries five filters on each row, and compresses at zlib's standard level. Figures are
/// mostly paper with thin lines, which compress better unfiltered, and at a lower level: altogether smaller files in a third
/// of the time. (A palette would not help, since smoothed edges of coloured lines and letters are hundreds of colours.)
enum PNGDocument {
    /// zlib's level: the lowest at which our figures together are no larger than at the standard level with filters.
    private static let level: Int32 = 4

    /// The file of what has been drawn on a surface of format RGB24.
    ///
    /// - Throws: `FigureError.cairo` if the surface has failed, or memory is short.
    static func file(of surface: OpaquePointer?) throws(FigureError) -> [UInt8] {
        cairo_surface_flush(surface)
        try checkStatus(cairo_surface_status(surface))
        let (width, height) = (
            Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface))
        )
        guard let pixels = cairo_image_surface_get_data(surface) else { throw .cairo("the surface has no pixels") }
        let rows = rows(of: pixels, width: width, height: height, stride: Int(cairo_image_surface_get_stride(surface)))
        let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, 2, 0, 0, 0]  // 8 bits, red-green-blue
        return [0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A]
            + chunk("IHDR", header) + chunk("IDAT", try compressed(rows)) + chunk("IEND", [])
    }

    /// The pixels as PNG has them: each row a zero ("no filter"), then red, green and blue from left to right. Cairo keeps a
    /// pixel as the number 0x00RRGGBB.
    private static func rows(of pixels: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int) -> [UInt8] {
        let count = height * (1 + 3 * width)
        return [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
            var place = 0
            for y in 0..<height {
                bytes[place] = 0
                place += 1
                let row = UnsafeRawPointer(pixels + y * stride)
                for x in 0..<width {
                    let pixel = row.load(fromByteOffset: 4 * x, as: UInt32.self)
                    bytes[place] = UInt8(truncatingIfNeeded: pixel >> 16)
                    bytes[place + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
                    bytes[place + 2] = UInt8(truncatingIfNeeded: pixel)
                    place += 3
                }
            }
            initialized = count
        }
    }

    private static func compressed(_ bytes: [UInt8]) throws(FigureError) -> [UInt8] {
        var status = Z_OK
        let result = [UInt8](unsafeUninitializedCapacity: Int(compressBound(uLong(bytes.count)))) { buffer, count in
            var length = uLong(buffer.count)
            status = compress2(buffer.baseAddress, &length, bytes, uLong(bytes.count), level)
            count = status == Z_OK ? Int(length) : 0
        }
        guard status == Z_OK else { throw .cairo("zlib's error \(status)") }
        return result
    }

    /// A chunk: length of the content, name, content, and the check sum of name and content.
    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(UInt32(crc32(0, body, uInt(body.count))))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}

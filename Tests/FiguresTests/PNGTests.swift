import CCairo
import Testing

@testable import Figures

/// Our PNG files as another program reads them: libpng, through Cairo.
@Suite struct PNGTests {
    /// What a reader of a PNG file sees.
    struct Picture: Equatable {
        var width: Int
        var height: Int
        /// 0x00RRGGBB, row by row.
        var pixels: [UInt32]

        init(_ surface: OpaquePointer?) throws {
            try #require(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
            width = Int(cairo_image_surface_get_width(surface))
            height = Int(cairo_image_surface_get_height(surface))
            let stride = Int(cairo_image_surface_get_stride(surface))
            let data = UnsafeRawPointer(try #require(cairo_image_surface_get_data(surface)))
            pixels = []
            for y in 0..<height {
                for x in 0..<width {
                    pixels.append(data.load(fromByteOffset: y * stride + 4 * x, as: UInt32.self) & 0xFFFFFF)
                }
            }
        }

        init(file: [UInt8]) throws {
            var rest = file[...]
            let surface = withUnsafeMutablePointer(to: &rest) {
                cairo_image_surface_create_from_png_stream(
                    { closure, target, count in
                        guard let rest = closure?.assumingMemoryBound(to: ArraySlice<UInt8>.self), let target,
                            rest.pointee.count >= Int(count)
                        else { return CAIRO_STATUS_READ_ERROR }
                        for (index, byte) in rest.pointee.prefix(Int(count)).enumerated() { target[index] = byte }
                        rest.pointee.removeFirst(Int(count))
                        return CAIRO_STATUS_SUCCESS
                    }, $0)
            }
            defer { cairo_surface_destroy(surface) }
            try self.init(surface)
        }
    }

    /// A surface whose pixels are drawn at random from a number of colours.
    private func withNoise(
        width: Int, height: Int, colors: Int, _ body: (OpaquePointer?) throws -> Void
    ) throws {
        var random = SeededRandom(seed: 1000 * width + height + colors)
        let palette = (0..<colors).map { _ in UInt32.random(in: 0...0xFFFFFF, using: &random) }
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        cairo_surface_flush(surface)
        let stride = Int(cairo_image_surface_get_stride(surface))
        let data = UnsafeMutableRawPointer(try #require(cairo_image_surface_get_data(surface)))
        for y in 0..<height {
            for x in 0..<width {
                // What Cairo keeps in the highest byte is of no importance, and must not come through.
                let pixel = random.pick(palette) | UInt32.random(in: 0...255, using: &random) << 24
                data.storeBytes(of: pixel, toByteOffset: y * stride + 4 * x, as: UInt32.self)
            }
        }
        cairo_surface_mark_dirty(surface)
        try body(surface)
    }

    @Test("A reader sees every pixel as it was", arguments: [(1, 1), (1, 57), (57, 1), (3, 2), (640, 90), (301, 203)])
    func roundTrip(width: Int, height: Int) throws {
        for colors in [1, 2, 40, 5000] {
            try withNoise(width: width, height: height, colors: colors) { surface in
                let drawn = try Picture(surface)
                let read = try Picture(file: PNGDocument.file(of: surface))
                #expect(read == drawn)
            }
        }
    }

    @Test("A figure's file shows what Cairo's own would, and is at most a tenth larger")
    func size() throws {
        let file = try sampler().render(.png)
        let picture = try Picture(file: file)
        #expect(Set(picture.pixels).count > 256, "smoothed edges alone are more colours than a palette holds")
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(picture.width), Int32(picture.height))
        defer { cairo_surface_destroy(surface) }
        let stride = Int(cairo_image_surface_get_stride(surface))
        let data = UnsafeMutableRawPointer(try #require(cairo_image_surface_get_data(surface)))
        for (index, pixel) in picture.pixels.enumerated() {
            let (y, x) = index.quotientAndRemainder(dividingBy: picture.width)
            data.storeBytes(of: pixel, toByteOffset: y * stride + 4 * x, as: UInt32.self)
        }
        cairo_surface_mark_dirty(surface)
        var theirs: [UInt8] = []
        withUnsafeMutablePointer(to: &theirs) {
            _ = cairo_surface_write_to_png_stream(
                surface,
                { closure, bytes, count in
                    closure?.assumingMemoryBound(to: [UInt8].self).pointee += UnsafeBufferPointer(
                        start: bytes, count: Int(count))
                    return CAIRO_STATUS_SUCCESS
                }, $0)
        }
        let theirPicture = try Picture(file: theirs)
        #expect(theirPicture == picture)
        // This one has a heat map, whose steps Cairo's filters shorten; plots of lines and points get smaller.
        #expect(file.count * 10 <= theirs.count * 11)
    }

    @Test("A surface that has failed is an error")
    func failed() throws {
        let tooWide = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 100_000, 1)
        defer { cairo_surface_destroy(tooWide) }
        #expect(throws: FigureError.self) { try PNGDocument.file(of: tooWide) }
    }

    @Test("All figures on all cores: the files are those that are drawn one by one, in order")
    func allCores() throws {
        let figures = [sampler(), figure([probe], id: "a"), figure([], id: "b"), sampler(), figure([probe], id: "c")]
        let files = try Figure.render(figures, as: FigureFormat.allCases)
        var index = 0
        for figure in figures {
            for format in FigureFormat.allCases {
                #expect(files[index].figure.id == figure.id && files[index].format == format)
                let alone = try figure.render(format)
                #expect(files[index].bytes == alone)
                index += 1
            }
        }
        #expect(files.count == index)
        let none = try Figure.render([], as: FigureFormat.allCases)
        #expect(none.isEmpty)
    }

    @Test("Of several figures that cannot be drawn, the first one's error is reported")
    func firstError() {
        let figures = [figure([], id: "good"), figure([], id: "no/good"), figure([], id: "bad id"), figure([], id: "")]
        for _ in 0..<20 {
            #expect(throws: FigureError.invalidID("no/good")) { try Figure.render(figures, as: [.svg, .png]) }
        }
    }
}

import Foundation
import Testing

@testable import Grading

struct PackTests {
    @Test("The packed autograder has setup.sh and run_autograder at its top, and the same bytes each time")
    func pack() async throws {
        let package = try SamplePackage()
        let (release, root) = (package.release, package.root)
        let (first, second) = (root.appending(path: "1.zip"), root.appending(path: "2.zip"))
        try await release.packGradescope(to: first)
        try await release.packGradescope(to: second)
        let bytes = try Data(contentsOf: first)
        #expect(try bytes == Data(contentsOf: second))
        #expect(bytes.prefix(4) == Data([0x50, 0x4B, 3, 4]))
        // Names stand uncompressed in a zip file.
        for name in ["setup.sh", "run_autograder", "Package.swift", ".stubs/Exercise3SingleFlips.swift"] {
            #expect(bytes.range(of: Data(name.utf8)) != nil, "\(name)")
        }
        #expect(bytes.range(of: Data("autograder/setup.sh".utf8)) == nil)
        // The external attributes of setup.sh say that it may be run.
        let entry = try #require(bytes.range(of: Data("setup.sh".utf8), options: .backwards))
        let mode = UInt16(bytes[entry.lowerBound - 6]) | UInt16(bytes[entry.lowerBound - 5]) << 8
        #expect(mode & 0o111 == 0o111)
    }

    @Test("Without a program that packs, the error says what to install, and an earlier file stays")
    func missingProgram() async throws {
        let package = try SamplePackage()
        try package.write("earlier", to: "autograder.zip")
        let (release, file) = (package.release, package.root.appending(path: "autograder.zip"))
        await #expect(
            throws: ReleaseError.tool(
                "no-such-zip", advice: "is needed for packing: `sudo apt-get install no-such-zip`")
        ) { try await release.packGradescope(to: file, program: "no-such-zip") }
        #expect(try Data(contentsOf: file) == Data("earlier".utf8))
    }
}

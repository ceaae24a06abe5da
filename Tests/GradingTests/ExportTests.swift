import Foundation
import Testing

@testable import Grading

/// What platforms export. The zip files are made by `zip`, or by hand where `zip` would not do such a thing.
@Suite struct ExportTests {
    private let exercises = [SampleExercise.exercise]
    private static let file = "Exercise3SingleFlips.swift"

    private func export(_ files: [String: String], _ body: (SubmissionExport) async throws -> Void) async throws {
        let folder = try HandedIn(files)
        try await body(SubmissionExport(at: folder.url, exercises: exercises))
        withExtendedLifetime(folder) {}
    }

    /// The texts of the exercise's file in each submission.
    private func texts(_ export: SubmissionExport) async throws -> [String: String] {
        var texts: [String: String] = [:]
        for submission in export.submissions {
            let unpacked = try await submission.unpacked()
            let files = try SubmittedFiles(in: unpacked.folders, exercises: exercises.map(\.name), given: [:])
            texts[submission.name] = files.texts.values.first ?? unpacked.notes.joined()
            withExtendedLifetime(unpacked) {}
        }
        return texts
    }

    /// Runs `zip`.
    private static func pack(_ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["zip"] + arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    /// Packs files, all that lie in a folder.
    private func zip(_ files: [String: String], to file: URL) throws {
        let folder = try HandedIn(files)
        try Self.pack(["-q", "-r", "-X", file.path(percentEncoded: false), "."], in: folder.url)
        withExtendedLifetime(folder) {}
    }

    @Test(
        arguments: [
            (
                ["Ada Lovelace_17_assignsubmission_file_/\(file)": "1", "Bob_18_assignsubmission_file_/x.txt": ""],
                ["Ada Lovelace": "1", "Bob": ""]
            ),
            (
                ["Ada Lovelace_17_assignsubmission_file_\(file)": "1", "Bob_18_assignsubmission_file_\(file)": "2"],
                ["Ada Lovelace": "1", "Bob": "2"]
            ),
            (
                [
                    "lovelaceada_LATE_4_5_\(file)": "1", "roebob_6_7_Exercise3SingleFlips-2.swift": "2",
                    "roebob_6_8_x.pdf": "",
                ], ["lovelaceada": "1", "roebob": "2"]
            ),
            (["roebob_6_7_\(file)": "1", "roebob_9_8_\(file)": "2"], ["roebob": "1", "roebob (2)": "2"]),
            (
                [
                    "submission_1/\(file)": "1", "submission_2/\(file)": "2",
                    "submission_metadata.yml":
                        "submission_1:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '1'\n  - :name: \"../Bob\"\n",
                ], ["Ada Lovelace, ..-Bob": "1", "submission_2": "2"]
            ),
        ] as [([String: String], [String: String])])
    func `Names are those of the people, as Moodle, Canvas and Gradescope write them`(
        files: [String: String], wanted: [String: String]
    ) async throws {
        try await export(files) { export in
            let found = try await texts(export)
            #expect(found == wanted)
        }
    }

    @Test func `Zip files are unpacked, alone, in folders, and in a zip file of the class`() async throws {
        let folder = try HandedIn(["bob/notes.txt": "", "cleo/broken.zip": "PK no zip", "dan/\(Self.file)": "4"])
        try zip(["a/b/\(Self.file)": "1"], to: folder.url.appending(path: "ada.zip"))
        try zip([Self.file: "2"], to: folder.url.appending(path: "bob/hand in.zip"))
        let wanted = [
            "ada": "1", "bob": "2", "cleo": "broken.zip was not unpacked: it is no zip file, or a damaged one",
            "dan": "4",
        ]
        #expect(try await texts(SubmissionExport(at: folder.url, exercises: exercises)) == wanted)
        let one = try await SubmissionExport(at: folder.url.appending(path: "ada.zip"), exercises: exercises)
        #expect(try await texts(one) == ["ada": "1"] && !one.isClass)
        let outer = try HandedIn(["x": ""])
        let whole = outer.url.appending(path: "class.zip")
        try Self.pack(
            ["-q", "-r", "-X", whole.path(percentEncoded: false), folder.url.lastPathComponent],
            in: folder.url.deletingLastPathComponent())
        #expect(try await texts(SubmissionExport(at: whole, exercises: exercises)) == wanted)
        withExtendedLifetime((folder, outer)) {}
    }

    @Test func `A zip file that is too large, holds links, or leads out of its folder is refused`() async throws {
        let folder = try HandedIn(["in/\(Self.file)": String(repeating: "a", count: 3 << 20), "out/x": ""])
        let archive = folder.url.appending(path: "a.zip")
        func error(_ size: Archive.Size = .submission, program: String = "unzip") async -> ArchiveError? {
            await #expect(throws: ArchiveError.self) {
                try await Archive(file: archive).unpack(
                    into: folder.url.appending(path: "out"), size: size, by: program)
            }
        }
        func pack(_ options: [String]) throws {
            try? FileManager.default.removeItem(at: archive)
            try Self.pack(["-q", "-r"] + options + ["../a.zip", "."], in: folder.url.appending(path: "in"))
        }
        try pack([])
        #expect(await error(.init(entries: 10, megabytes: 2)) == .tooLarge(most: 2))
        #expect(await error(.init(entries: 0, megabytes: 9)) == .tooMany(1, most: 0))
        #expect(await error(program: "no-such-unzip") == .noProgram("no-such-unzip"))
        // The same length, so that the file is a zip file still.
        let bytes = try Data(contentsOf: archive)
        var outside = bytes
        let name = Data(Self.file.utf8)
        while let place = outside.range(of: name) {
            outside.replaceSubrange(place, with: Data("../../../tmp/outside123.swift".utf8.prefix(name.count)))
        }
        try outside.write(to: archive)
        #expect(await error() == .outside)
        try bytes.prefix(bytes.count / 2).write(to: archive)
        #expect(await error() == .damaged)
        try pack(["-P", "secret"])
        #expect(await error() == .locked)
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "in/link.swift"), withDestinationURL: URL(filePath: "/etc/passwd"))
        try pack(["-y"])
        #expect(await error() == .link)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "out").path()) == ["x"])
    }
}

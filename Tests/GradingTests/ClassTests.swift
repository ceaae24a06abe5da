import Files
import Foundation
import Synchronization
import Testing

@testable import Grading

/// How many are at work, and how many were at most.
private final class AtWork: Sendable {
    private let count = Mutex((now: 0, most: 0))
    var most: Int { count.withLock { $0.most } }
    func begin() { count.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func end() { count.withLock { $0.now -= 1 } }
}

/// A class that is graded by several processes, in several runs, or on several machines.
@Suite struct ClassTests {
    private let exercises = [SampleExercise.exercise]
    private let names = ["ada", "bob", "cleo", "dan", "eve", "fay", "gus"]

    private func record(_ name: String, digest: String = "1", passed: Bool = true) -> GradingRecord {
        var graded = GradedSubmission(declaring: exercises, name: name)
        for place in graded.exercises[0].outcomes.indices where passed {
            graded.exercises[0].outcomes[place].status = .passed
            graded.exercises[0].outcomes[place].earned = graded.exercises[0].outcomes[place].points
        }
        return GradingRecord(submission: graded, digests: [SampleExercise.exercise.name: digest])
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "class-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await body(folder)
    }

    private func submissions(in folder: URL) -> [Submission] { names.map { Submission(name: $0, folder: folder) } }

    @Test(arguments: [1, 3, 20])
    func `So many are graded at once as was asked for, and the results stand in order`(jobs: Int) async throws {
        try await withFolder { folder in
            let output = folder.appending(path: "results.csv")
            let atWork = AtWork()
            var run = GradingRun(exercises: exercises, format: .csv, output: output, isMany: true) { submission, _ in
                atWork.begin()
                // Those who come first take longest.
                try await Task.sleep(for: .milliseconds(submission.name == "ada" ? 60 : 15))
                atWork.end()
                return record(submission.name)
            }
            run.jobs = jobs
            var said: [String] = []
            let text = try await run(submissions(in: folder)) { said.append($0) }
            let rows = text.split(separator: "\n").dropFirst()
            #expect(rows.map { row in String(row.prefix { $0 != "," }) } == names)
            #expect(try String(contentsOf: output, encoding: .utf8) == text)
            #expect(said.count == 7 && said[6].hasPrefix("[7/7] "))
            #expect(atWork.most == min(jobs, 7))
        }
    }

    @Test func `No more processes are at work than there are slots`() async {
        let slots = Slots(2)
        let atWork = AtWork()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await slots.take()
                    atWork.begin()
                    try? await Task.sleep(for: .milliseconds(2))
                    atWork.end()
                    await slots.giveBack()
                }
            }
        }
        #expect(atWork.most == 2)
    }

    @Test func `A run goes on from the records of the one before`() async throws {
        try await withFolder { folder in
            let output = folder.appending(path: "results.csv")
            let first = GradingRun(exercises: exercises, format: .csv, output: output, isMany: true) { submission, _ in
                if submission.name == "cleo" { throw SubmissionError.missing("cleo") }
                return record(submission.name)
            }
            let text = try await first(submissions(in: folder)) { _ in }
            let records = try GradingRecords.read(of: output)
            #expect(records.map(\.submission.name) == names)
            #expect(records[0] == record("ada") && records[2].submission.score == 0)

            var second = GradingRun(exercises: exercises, format: .csv, output: output, isMany: true) {
                submission, earlier in
                let isKnown = earlier?.digests.isEmpty == false
                #expect(isKnown == (submission.name != "cleo"))
                // What is on the disk meanwhile is what was known.
                let onDisk = try GradingRecords.read(of: output)
                #expect(onDisk.count == 7)
                return isKnown ? earlier! : record(submission.name)
            }
            second.earlier = Dictionary(uniqueKeysWithValues: records.map { ($0.submission.name, $0) })
            let again = try await second(submissions(in: folder)) { _ in }
            #expect(
                again
                    == text.replacing(
                        "cleo,0,0,this submission could not be graded: there is no folder cleo", with: "cleo,5,5,"))
        }
    }

    @Test func `Parts of a class are as large as each other, and make the whole together`() throws {
        let parts = try (1...3).map { try #require(Shard("\($0)/3")) }.map { $0.of(names) }
        #expect(parts.map(\.count) == [3, 2, 2] && parts.flatMap(\.self).sorted() == names)
        for text in ["0/3", "4/3", "3", "1/0", "a/b", "1/2/3", "-1/2", ""] { #expect(Shard(text) == nil, "\(text)") }
    }

    @Test func `A table that is a file and stays has records beside it, and none below the devices`() async throws {
        for (path, kind, belong) in [
            ("/home/ada/results.csv", nil, true), ("/home/ada/results.csv", .file, true),
            ("/home/ada/results.csv", .link, true), ("/home/ada/results.csv", .pipe, false),
            ("/home/ada/results.csv", .device, false), ("/home/ada/results.csv", .folder, false),
            ("/dev/stdout", .file, false), ("/dev/stdout", .pipe, false), ("/dev/fd/3", .file, false),
            ("/dev/shm/results.csv", nil, false), ("/development/results.csv", .file, true), ("/dev.csv", nil, true),
        ] as [(String, FileKind?, Bool)] {
            #expect(GradingRecords.belong(beside: path, kind) == belong, "\(path)")
        }
        try await withFolder { folder in
            #expect(GradingRecords.belong(beside: folder.appending(path: "results.csv")))
            #expect(!GradingRecords.belong(beside: folder))
            #expect(!GradingRecords.belong(beside: URL(filePath: "/tmp/../dev/results.csv")))
        }
    }

    @Test func `Tables of parts are merged, and contradictions are refused`() async throws {
        try await withFolder { folder in
            func table(_ name: String, _ records: [GradingRecord]) throws -> URL {
                let table = folder.appending(path: name)
                try Data(records.map(GradingRecords.line).joined().utf8).write(to: GradingRecords.file(of: table))
                return table
            }
            let first = try table("1.csv", [record("cleo"), record("Ada")])
            let second = try table("2.csv", [record("bob"), record("cleo")])
            let third = try table("3.csv", [record("cleo", passed: false)])
            #expect(try GradingRecords.merged([first, second]).map(\.submission.name) == ["Ada", "bob", "cleo"])
            #expect(throws: RecordsError.contradiction("cleo", first.plainPath, third.plainPath)) {
                try GradingRecords.merged([first, third])
            }
            var other = record("dan")
            other.submission.exercises[0].outcomes.removeLast()
            let fourth = try table("4.csv", [other])
            #expect(throws: RecordsError.otherExercises(first.plainPath, fourth.plainPath)) {
                try GradingRecords.merged([first, fourth])
            }
            try Data("{\n".utf8).write(to: GradingRecords.file(of: fourth))
            #expect(throws: RecordsError.malformed(GradingRecords.file(of: fourth).plainPath, line: 1)) {
                try GradingRecords.read(of: fourth)
            }
        }
    }

    @Test(arguments: [
        ("10% per day", 3, 70), ("10 % per day, at most 25%", 3, 75), ("10% a day, nothing after 2 days", 2, 80),
        ("10% per day, nothing after 2 days", 3, 0), ("2.5% per day", 1, 98), ("50% per day", 9, 0),
    ])
    func `Days cost what the rule says`(rule: String, days: Int, points: Int) throws {
        let rule = try #require(LateRule(rule))
        #expect(rule.points(100, after: days) == points && rule.points(100, after: 0) == 100)
    }

    @Test(arguments: ["", "10 per day", "10% per week", "101% per day", "10% per day, at most", "10% per day; nothing"])
    func `What is no rule is refused`(rule: String) { #expect(LateRule(rule) == nil) }

    @Test func `An extension counts before the rule, and a day that has begun is a day`() throws {
        let lateness = Lateness(
            rule: try #require(LateRule("20% per day")), days: ["ada": 2, "bob": 2.25, "cleo": 1],
            extensions: ["ada": 1, "cleo": 7])
        #expect(["ada", "bob", "cleo", "dan"].map(lateness.days) == [1, 3, 0, 0])
        let text = ResultTable.text(["ada", "bob", "cleo", "dan"].map { record($0) }, lateness: lateness)
        #expect(
            text == """
                name,Exercise3SingleFlips (5),total (5),days late,total after lateness,notes
                ada,5,5,1,4,
                bob,5,5,3,2,
                cleo,5,5,0,5,
                dan,5,5,0,5,

                """)
    }
}

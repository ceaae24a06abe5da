import Foundation
import Testing

/// The pages to step through, from the command line.
struct SteppersCommandTests {
    private func run(_ arguments: String...) throws -> Executable {
        try Executable.run(["steppers"] + arguments, program: "Course")
    }

    @Test("The command writes a page for each lesson with iterations, or for one, and says where")
    func pages() throws {
        try TemporaryFolder.with { folder in
            let all = try run("--output", folder.path("all"))
            #expect(all.exitCode == 0 && all.errors == "")
            let names = try folder.contents().keys.sorted()
            #expect(names.contains("all/Lesson3GaussianEM-steps.html") && names.count >= 5)
            #expect(names.allSatisfy { all.output.contains($0.dropFirst("all/".count)) })
            let one = try run("--output", folder.path("one"), "--lesson", "7")
            #expect(one.exitCode == 0)
            #expect(try folder.contents().keys.filter { $0.hasPrefix("one") } == ["one/Lesson7KMeans-steps.html"])
        }
    }

    @Test("A reader's own run becomes a page, and where there is none, nothing is written")
    func ownRuns() throws {
        try TemporaryFolder.with { folder in
            let data = try folder.write("a,b\n1,2\n2,1\n1.5,2.5\n8,9\n9,8\n8.5,7\n2.5,3\n7,8.5\n", to: "own.csv")
            let lesson = try Executable.run(
                [
                    "--data", data, "--columns", "a,b", "--components", "2", "--formats", "svg", "--output",
                    folder.path("own"),
                ],
                program: "Lesson3GaussianEM")
            #expect(lesson.exitCode == 0)
            #expect(try run("--from", folder.path("own"), "--output", folder.path("pages")).exitCode == 0)
            let page = try String(contentsOfFile: folder.path("pages/Lesson3GaussianEM-steps.html"), encoding: .utf8)
            #expect(page.contains("Your data: 8 points") && page.contains(#""columns":["a","b"]"#))

            let none = try run("--lesson", "1", "--output", folder.path("none"))
            #expect(none.exitCode == 64 && none.errors.contains("lesson 1 has no iterations to step through"))
            let nowhere = try run("--from", folder.path("nowhere"), "--output", folder.path("none"))
            #expect(nowhere.exitCode == 1 && nowhere.errors.contains("nowhere/Lesson3GaussianEM/results.json"))
            #expect(try !folder.contents().keys.contains { $0.hasPrefix("none") })
        }
    }
}

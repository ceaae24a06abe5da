import Foundation
import Testing
import Verification

@testable import Notebook

/// What every lesson's checks have to be. `Output` is what the lessons write: ``FreshnessTests`` compares them.
struct CheckKindTests {
    private static let folder = Executable.packageRoot.appending(path: "Output")
    static let lessons: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        return (names ?? []).filter { $0.hasPrefix("Lesson") }.sorted()
    }()

    @Test("There are lessons to look at")
    func lessonsAreThere() { #expect(Self.lessons.count >= 6) }

    @Test(
        "Value and second route have one shape, unless the check is of a property, which says what was checked",
        arguments: lessons)
    func shapes(lesson: String) throws {
        let results = try results(of: lesson)
        #expect(!results.equations.isEmpty)
        let checks =
            results.equations.map { ($0.id, $0.value, $0.check) } + results.checks.map { ($0.name, $0.value, $0.check) }
        for (name, value, check) in checks {
            let second = try #require(check.value, "\(name) was not checked")
            let (difference, tolerance) = (try #require(check.difference), try #require(check.tolerance))
            if check.kind == .property {
                let claim = try #require(check.claim, "\(name)")
                #expect(claim.split(separator: " ").count >= 4, "\(name): “that \(claim)” says too little")
                guard case .number = second else {
                    Issue.record("\(name): a property is judged by one number")
                    continue
                }
            } else {
                #expect(check.claim == nil, "\(name)")
                #expect(value.shape == second.shape, "\(name)")
                let differences = zip(value.entries, second.entries).map {
                    $0 == $1 ? 0 : abs($0 - $1)
                }
                let size = max(1, second.entries.map(abs).max() ?? 1)
                let isRelative = check.how.contains("(relative difference)")
                // In a simulation each entry has an allowance of its own; the one that is given is not the largest of them.
                if check.kind != .simulation {
                    #expect(differences.allSatisfy { $0 / (isRelative ? size : 1) <= tolerance }, "\(name)")
                }
            }
            #expect(difference <= tolerance, "\(name)")
        }
    }

    @Test("Of several numbers one is named, and it is among those that were checked", arguments: lessons)
    func tellingNumbers(lesson: String) throws {
        for equation in try results(of: lesson).equations {
            if case .number = equation.value {
                #expect(equation.telling == nil, "\(equation.id)")
            } else {
                let telling = try #require(equation.telling, "\(equation.id)")
                #expect(!telling.name.isEmpty && equation.value.entries.contains(telling.value), "\(equation.id)")
            }
        }
    }

    @Test("No line of a check, and no row of a table, has the words that said nothing", arguments: lessons)
    func words(lesson: String) throws {
        let url = Self.folder.appending(path: "\(lesson)/README.md")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        for line in lines where line.contains("✅ checked") || line.contains("difference") {
            #expect(!line.contains("its own allowance") && !line.contains("how far that is"), "\(line)")
        }
        for line in lines where line.hasPrefix("| [`") {
            #expect(line.firstMatch(of: #/\| [^|]*numbers, [-0-9.e]+ to /#) == nil, "\(line)")
        }
    }

    private func results(of lesson: String) throws -> Results {
        try Results(json: Data(contentsOf: Self.folder.appending(path: "\(lesson)/results.json")))
    }
}

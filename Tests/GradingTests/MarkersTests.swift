import ExerciseChecks
import Foundation
import Grading
import Testing

@Suite struct MarkersTests {
    private let master = """
        public enum Exercise1 {
            public static func a() -> Int {
                // BEGIN SOLUTION
                let x = helper()
                return x
                // END SOLUTION
            }

            // BEGIN SOLUTION
            private static func helper() -> Int { 1 }
            // END SOLUTION

            public static func b() {}
        }

        """

    @Test func `A body becomes the blank, and a helper goes without a trace`() throws {
        let stub = try Markers.stub(of: master, file: "a.swift")
        #expect(
            stub == """
                public enum Exercise1 {
                    public static func a() -> Int {
                        fatalError("YOUR CODE HERE")
                    }

                    public static func b() {}
                }

                """)
        #expect(Markers.lines(in: master) == [3, 6, 9, 11])
        #expect(Markers.lines(in: stub) == [])
    }

    @Test func `Hidden tests are cut, and what stands around them is kept`() throws {
        let checks = "let a = [\n    1,\n    // BEGIN HIDDEN TESTS\n    2,\n    // END HIDDEN TESTS\n]\n"
        #expect(try Markers.withoutHiddenTests(checks, file: "a.swift") == "let a = [\n    1,\n]\n")
        #expect(try Markers.stub(of: checks, file: "a.swift") == checks)
    }

    @Test(arguments: [
        ("// BEGIN SOLUTION\n", "a.swift:1: BEGIN SOLUTION without an END"),
        ("x\n// END SOLUTION\n", "a.swift:2: END SOLUTION without a BEGIN"),
        ("// BEGIN SOLUTION\n// BEGIN SOLUTION\n", "a.swift:2: BEGIN SOLUTION within the region that begins in line 1"),
        ("//BEGIN SOLUTION\n", "a.swift:1: a marker is a line of its own"),
        ("// begin solution\n", "a.swift:1: a marker is a line of its own"),
    ])
    func `Markers that do not match are errors which name the line`(text: String, wanted: String) {
        let error = #expect(throws: Markers.Unbalanced.self) { try Markers.stub(of: text, file: "a.swift") }
        #expect(error?.description.hasPrefix(wanted) == true)
    }

    @Test func `Every stub of the master has a blank, and no marker`() throws {
        for (name, text) in try masters() {
            let stub = try Markers.stub(of: text, file: name)
            #expect(stub.contains(Markers.blank), "\(name)")
            #expect(Markers.lines(in: stub) == [], "\(name)")
        }
    }
}

import Testing

@testable import Notebook

struct SourceCodeTests {
    private let file = """
        import Foundation

        /// A step of func update(
        struct Step {
            let size = [
                1, 2,
            ]

            // func update( is explained below
            /// Moves on.
            func update(
                _ x: Double,
                by size: Double
            ) -> Double {
                // an odd brace: {
                let text = "{ and } and {"

                if x > 0 {
                    return x + size
                } else {
                    return x
                }
            }

            var one: Int { 1 }
            var two: Int { 2 }
        }

        func show() { report.code("func update(", in: "Step.swift") }
        func show2() {}
        """

    private func cut(_ signature: String) throws -> String {
        try SourceCode.cut(signature, from: file, file: "Step.swift")
    }

    @Test("A function is cut from its first line to its closing brace and moved to the margin")
    func function() throws {
        #expect(
            try cut("func update(") == """
                func update(
                    _ x: Double,
                    by size: Double
                ) -> Double {
                    // an odd brace: {
                    let text = "{ and } and {"

                    if x > 0 {
                        return x + size
                    } else {
                        return x
                    }
                }
                """)
    }

    @Test("A declaration in one line is that line")
    func oneLine() throws {
        #expect(try cut("var one") == "var one: Int { 1 }")
        #expect(try cut("func show()") == #"func show() { report.code("func update(", in: "Step.swift") }"#)
        #expect(try cut("func show2") == "func show2() {}", "the last line of the file")
    }

    @Test("A list and a type are cut whole")
    func nested() throws {
        #expect(try cut("let size") == "let size = [\n    1, 2,\n]")
        let step = try cut("struct Step")
        #expect(step.hasPrefix("struct Step {\n    let size") && step.hasSuffix("var two: Int { 2 }\n}"))
    }

    @Test(
        "A declaration that is not there, only quoted or only mentioned is an error",
        arguments: ["func gone(", "is explained", "report.codes", "in: \"Step", ""])
    func missing(signature: String) {
        #expect(throws: SourceError.missingDeclaration(signature, file: "Step.swift")) { try cut(signature) }
    }

    @Test("A declaration that occurs twice is an error")
    func ambiguous() {
        #expect(throws: SourceError.ambiguousDeclaration("Int {", file: "Step.swift")) { try cut("Int {") }
    }

    @Test("The package's own source is found, and a file that is missing is named")
    func files() throws {
        let lines = try SourceCode.declaration("enum SourceCode", in: "Sources/Notebook/SourceCode.swift")
        #expect(lines.hasPrefix("enum SourceCode {\n    /// The lines of one declaration"))
        #expect(lines.hasSuffix("\n}"))
        #expect(throws: SourceError.missingFile("Sources/Gone.swift")) {
            try SourceCode.declaration("x", in: "Sources/Gone.swift")
        }
    }

    @Test("The errors say what is wrong with which file")
    func descriptions() {
        #expect("\(SourceError.missingFile("A.swift"))".hasPrefix("cannot read A.swift"))
        #expect("\(SourceError.missingDeclaration("f", file: "A.swift"))" == "A.swift has no declaration “f” to show")
        #expect("\(SourceError.ambiguousDeclaration("f", file: "A.swift"))" == "A.swift has more than one “f”")
    }
}

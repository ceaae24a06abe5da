import Foundation
import Testing

@testable import Grading

/// A small exercise of the tests' own, with its master file.
enum SampleExercise {
    static let exercise = Exercise(
        number: 3, name: "Exercise3SingleFlips", title: "EM for single flips", hiddenPoints: 3,
        checks: [
            TestCase("rows", "each row sums to 1", points: 2, hint: "Divide by the sum.") { _ in .passed },
            TestCase("gradient", "the gradient is zero", points: 3, .hidden, hint: "Differentiate.") { _ in .passed },
        ])

    /// A line of the tests which is a marker in the files that they write, and none in their own.
    static func marker(_ word: String, _ kind: String) -> String { "// \(word) \(kind)" }

    static let master = """
        /// The task.
        public enum Exercise3 {
            /// The E-step.
            public static func responsibilities(flips: [Bool]) -> [Double] {
                \(marker("BEGIN", "SOLUTION"))
                let total = flips.reduce(0.0) { $0 + ($1 ? 1 : 0) }
                return flips.map { ($0 ? 1 : 0) / total + smallNumberOfTheSolution }
                \(marker("END", "SOLUTION"))
            }
            \(marker("BEGIN", "SOLUTION"))

            private static let smallNumberOfTheSolution = 1e-300
            \(marker("END", "SOLUTION"))
        }

        """
}

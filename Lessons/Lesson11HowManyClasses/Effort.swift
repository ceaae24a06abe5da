import LessonKit
import Notebook

/// How many starts and steps the search for the best fits is given.
///
/// Each of some ten shapes is fitted with 1, 2, … classes, each time from random starts and from every class of the fit before drawn apart.
/// That is work for hours where a reader has thousands of rows and asks for twenty classes; so there is a limit, counted in densities.
struct Effort {
    /// Random starts for each number of classes.
    let starts: Int
    /// Steps that each start is given before the best are chosen, ...
    let trial: Int
    /// ... that those are given to come to rest, ...
    let steps: Int
    /// ... and that each fit is given on the rows that are not left out.
    let stepsLeftOut: Int
    /// Whether any of these is less than what other data get.
    let isLess: Bool

    /// The densities that may be computed, nearly all of them by the fast pass.
    private static let work = 2e9

    init(starts: Int, trial: Int, rows: Int, most: Int, variables: Int, shapes: Int, isLimited: Bool) {
        let (steps, stepsLeftOut) = (400, 100)
        let cost = Double(shapes) * StepBudget.costOfStep(rows: rows, classes: 1, variables: variables)
        // With K classes: three fits to the end, the random starts and K drawn apart for a few steps, five fits to four fifths of the rows.
        let all = (1...most).reduce(0.0) { sum, classes in
            sum + Double(classes) * cost
                * (3 * Double(steps) + Double(starts + classes) * Double(trial) + 4 * Double(stepsLeftOut))
        }
        let share = isLimited ? min(1, Self.work / all) : 1
        func part(_ number: Int, _ least: Int) -> Int { max(min(least, number), Int(share * Double(number))) }
        (self.starts, self.trial) = (part(starts, 2), part(trial, 3))
        (self.steps, self.stepsLeftOut) = (part(steps, StepBudget.leastSteps), part(stepsLeftOut, 10))
        isLess = share < 1
    }

    /// What the report says of it; nil if there is nothing to say.
    var remark: Prose? {
        isLess
            ? """
            With so many rows and classes the search is shortened: \(starts) random starts, of \(trial) steps each, the best of them followed for at \
            most \(steps) more. Better fits may exist, above all with many classes.
            """ : nil
    }
}

/// How many steps runs of EM may take on a reader's data: as many as an amount of work suffices for.
///
/// A step computes the density of every row under every class, and what a file has of both nobody knows beforehand. Work is counted in
/// densities and not in seconds, so that a report is the same on every machine. Several runs may share a budget.
public final class StepBudget {
    /// The work that has been done, in densities of one variable.
    public private(set) var spent = 0.0
    /// The work that may be done.
    public let work: Double

    /// The fewest steps that a run gets, even if nothing is left of the budget: so there is always a result, and always an end.
    public static let leastSteps = 20
    /// What one run to the end may cost, computed row by row: some five seconds.
    public static let finalRun = 1.5e7
    /// What each of several starts may cost before the best of them is chosen.
    public static let start = 3e6
    /// How much less a step of the fast pass costs, with what is done between two of them.
    private static let gainOfFastPass = 3.0

    /// A budget of so many densities.
    public init(_ work: Double) { self.work = work }

    /// Whether nothing is left.
    public var isSpent: Bool { spent >= work }

    /// The cost of one step: rows times classes, each density counting for more where it has many variables.
    ///
    /// - Parameter isFast: whether the fast pass takes the step.
    public static func costOfStep(rows: Int, classes: Int, variables: Int, isFast: Bool = false) -> Double {
        // A density of one variable costs about as much as 30 products, one of D variables about D² more.
        let density = 1 + Double(variables) * Double(variables) / 30
        return Double(rows) * Double(classes) * density / (isFast ? gainOfFastPass : 1)
    }

    /// The same for rows of 0 and 1, whose density has a term for each column.
    public static func costOfStep(rows: Int, classes: Int, binaryColumns: Int, isFast: Bool = false) -> Double {
        Double(rows) * Double(classes) * (1 + Double(binaryColumns) / 30) / (isFast ? gainOfFastPass : 1)
    }

    /// So many steps, or as many as what is left suffices for.
    public func steps(atMost most: Int, each cost: Double) -> Int {
        let affordable = (work - spent) / cost
        return affordable >= Double(most) ? most : min(most, max(Self.leastSteps, Int(affordable)))
    }

    /// Takes work that has been done from the budget.
    public func spend(_ work: Double) { spent += work }

    /// Takes the steps that a run has taken from the budget.
    public func spend(_ steps: Int, each cost: Double) { spend(Double(steps) * cost) }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// All Kᴺ ways to give one of K classes to each of N items, in counting order: `[0, 0]`, `[0, 1]`, `[1, 0]`, `[1, 1]`.
///
/// With K = 2 these are also all binary vectors of N entries.
///
///     let z = try Assignments(items: 5, classes: 2)
///     let ell = try z.logSum { z in logJoint(x, z) }        // ln Σ_Z p(X, Z)
public struct Assignments: Sequence, Sendable {
    /// The most assignments that are enumerated: 2²⁰, about a million.
    public static let limit = 1 << 20

    /// N, the number of items.
    public let items: Int
    /// K, the number of classes; they are numbered from 0.
    public let classes: Int
    /// Kᴺ, the number of assignments.
    public let count: Int

    /// - Throws: ``VerificationError`` if `items` is negative, `classes` is not positive, or there are more than ``limit``.
    public init(items: Int, classes: Int) throws {
        guard items >= 0, classes >= 1 else {
            throw VerificationError.invalidArgument(
                routine: "Enumeration", rule: "it needs at least one class, and a number of items that is not negative")
        }
        let tooMany = VerificationError.tooManyAssignments(items: items, classes: classes, limit: Assignments.limit)
        // Bounded before anything is multiplied, so that nothing can overflow; 20 binary items reach the limit.
        guard items <= (classes == 1 ? Assignments.limit : 20), classes <= Assignments.limit else { throw tooMany }
        var count = 1
        for _ in 0..<items {
            count *= classes
            guard count <= Assignments.limit else { throw tooMany }
        }
        self.items = items
        self.classes = classes
        self.count = count
    }

    /// Counts upwards in base K, the last item being the lowest digit.
    public struct Iterator: IteratorProtocol {
        private let classes: Int
        private var assignment: [Int]
        private var left: Int

        fileprivate init(_ assignments: Assignments) {
            classes = assignments.classes
            assignment = Array(repeating: 0, count: assignments.items)
            left = assignments.count
        }

        /// The next assignment, or nil after the last.
        public mutating func next() -> [Int]? {
            guard left > 0 else { return nil }
            left -= 1
            let current = assignment
            for position in assignment.indices.reversed() {
                assignment[position] += 1
                if assignment[position] < classes { break }
                assignment[position] = 0
            }
            return current
        }
    }

    /// Starts from the assignment of all zeros.
    public func makeIterator() -> Iterator { Iterator(self) }
}

extension Assignments {
    /// ln Σ_Z exp(logJoint(Z)): with logJoint = ln p(X, Z) this is the log-likelihood ln p(X).
    ///
    /// - Parameter logJoint: ln p(X, Z); -∞ for an assignment of probability 0.
    /// - Returns: the logarithm, -∞ if every assignment has probability 0.
    /// - Throws: ``VerificationError`` if `logJoint` is NaN or +∞ somewhere; its own errors.
    public func logSum(_ logJoint: ([Int]) throws -> Double) throws -> Double {
        try posteriorSums(logJoint, of: { _ in [] }).logSum
    }

    /// E[f(Z) given X] = Σ_Z f(Z) p(X, Z) / Σ_Z p(X, Z), for a function of the assignment with several values.
    ///
    /// - Parameters:
    ///   - f: a function of the assignment; it is not evaluated at assignments of probability 0, which contribute nothing.
    ///   - logJoint: ln p(X, Z); -∞ for an assignment of probability 0.
    /// - Throws: ``VerificationError`` if no assignment is possible, if f is not finite or changes its length, or `logJoint`
    ///   is NaN or +∞; the functions' own errors.
    public func expectation(
        of f: ([Int]) throws -> [Double], logJoint: ([Int]) throws -> Double
    ) throws -> [Double] {
        let sums = try posteriorSums(logJoint, of: f)
        guard sums.logSum > -.infinity else { throw VerificationError.impossibleData }
        return sums.expectation
    }

    /// E[f(Z) given X] of a function with one value; as the function for several values.
    public func expectation(of f: ([Int]) throws -> Double, logJoint: ([Int]) throws -> Double) throws -> Double {
        try expectation(of: { [try f($0)] }, logJoint: logJoint)[0]
    }

    /// One pass over all assignments, keeping the sums relative to the largest term so far, so that none under- or overflows.
    private func posteriorSums(
        _ logJoint: ([Int]) throws -> Double, of f: ([Int]) throws -> [Double]
    ) throws -> (logSum: Double, expectation: [Double]) {
        var largest = -Double.infinity
        var sum = 0.0
        var sums: [Double] = []
        for assignment in self {
            let term = try logJoint(assignment)
            guard term < .infinity else {  // NaN, too
                throw VerificationError.notFinite(routine: "Enumeration", at: assignment.map(Double.init))
            }
            if term == -.infinity { continue }
            let values = try f(assignment)
            guard values.allSatisfy(\.isFinite) else {
                throw VerificationError.notFinite(routine: "Enumeration", at: assignment.map(Double.init))
            }
            if largest == -.infinity { sums = values.map { _ in 0 } }
            guard values.count == sums.count else {
                throw VerificationError.invalidArgument(
                    routine: "Enumeration", rule: "the function must have equally many values at every assignment")
            }
            if term > largest {
                let shrink = exp(largest - term)  // 0 for the first term
                sum *= shrink
                for i in sums.indices { sums[i] *= shrink }
                largest = term
            }
            let weight = exp(term - largest)
            sum += weight
            for i in sums.indices { sums[i] += weight * values[i] }
        }
        guard largest > -.infinity else { return (-.infinity, []) }
        return (largest + log(sum), sums.map { $0 / sum })
    }
}

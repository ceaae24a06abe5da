/// What a check says of what a student's function returned.
public enum Verdict: Sendable, Equatable {
    /// Full points.
    case passed
    /// No points, and what is probably wrong, in words that do not give the answer away.
    case failed(String)

    /// The first that failed, or passed.
    public static func all(_ verdicts: [Verdict]) -> Verdict { verdicts.first { $0 != .passed } ?? .passed }
}

/// A mistake that students make, known by the wrong numbers to which it leads.
public struct Mistake: Sendable {
    /// What it is: "you divided by N, not by N_k".
    public let what: String
    /// What somebody who makes it gets, where the right answer would stand.
    public let numbers: [Double]

    /// Declares a mistake.
    public init(_ what: String, gives numbers: [Double]) {
        self.what = what
        self.numbers = numbers
    }
}

extension Verdict {
    /// Compares what a function returned with what is right, and names the mistake if it is one of the known ones.
    ///
    /// Give the numbers of several cases in one array, so that a mistake must explain them all. A mistake whose numbers are the
    /// right ones (as happens with unlucky data) is never named.
    ///
    /// - Parameters:
    ///   - got: what the student's function returned.
    ///   - right: every answer that is right; mostly one. Binomial coefficients in or out make two.
    ///   - what: what the numbers are: "the responsibilities".
    ///   - tolerance: how near is near enough, relative to the larger of 1 and the right number (`Closeness`).
    ///   - mistakes: the known ones, the likeliest first.
    public static func compare(
        _ got: [Double], with right: [Double]..., what: String, tolerance: Double = Closeness.sameFormula,
        mistakes: [Mistake] = []
    ) -> Verdict {
        if right.contains(where: { Closeness.agree(got, $0, within: tolerance) }) { return .passed }
        guard let wanted = right.first, got.count == wanted.count else {
            return .failed("\(what): \(right.first?.count ?? 0) numbers were expected, and \(got.count) came")
        }
        if let place = got.firstIndex(where: \.isNaN) {
            return .failed(
                "\(what): number \(place + 1) is NaN (0 divided by 0, or the logarithm of a negative number)")
        }
        for mistake in mistakes where Closeness.agree(got, mistake.numbers, within: tolerance) {
            return .failed("\(what): \(mistake.what)")
        }
        if let place = got.firstIndex(where: \.isInfinite) {
            return .failed("\(what): number \(place + 1) is infinite (a division by 0, or the logarithm of 0)")
        }
        let places = got.indices.filter { !Closeness.agree([got[$0]], [wanted[$0]], within: tolerance) }
        guard got.count > 1, let first = places.first else { return .failed("\(what): not right") }
        let some = places.count == 1 ? "1 of \(got.count) numbers is" : "\(places.count) of \(got.count) numbers are"
        return .failed("\(what): \(some) not right, the first of them number \(first + 1)")
    }
}

/// How near two numbers must be to count as the same. The one place for the graders' tolerances.
public enum Closeness {
    /// For two correct ways of computing one formula: orders of operations differ in the last digits only.
    public static let sameFormula = 1e-8
    /// For the gradient at a maximum, by central differences of the student's own function.
    public static let stationary = 1e-5
    /// For averages of random draws: this many standard errors. A correct sampler misses it once in two million.
    public static let standardErrors = 5.0

    /// Whether all numbers agree, relative to the larger of 1 and the second number's size.
    public static func agree(_ a: [Double], _ b: [Double], within tolerance: Double = sameFormula) -> Bool {
        a.count == b.count
            && zip(a, b).allSatisfy { x, y in
                // An infinite number agrees with itself only; with NaN nothing does.
                x == y || (y.isFinite && abs(x - y) <= tolerance * max(1, abs(y)))
            }
    }
}

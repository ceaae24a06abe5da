/// How close two numbers must be, and why.
enum Tolerances {
    /// A sum of at most 20 weights, each rounded at 1e-16.
    static let sumOfWeights = 1e-12
    /// EM stops when ℓ changes by less than a part in 10¹⁰; with other roundings it may stop one step earlier or later, and
    /// the weights move by less than this in a step then.
    static let sameFit = 1e-6
    /// Two programs that do the same steps differ by rounding alone.
    static let sameSteps = 1e-10
    /// EM stops before the limit; where a step changes ℓ by less than a part in 10¹⁰, the way that is left is this short here.
    static let limitOfEM = 3e-5
    /// Half a unit of the last digit, where five decimals are given.
    static let fiveDecimals = 5e-6
    /// What a number in `results.json` may differ from machine to machine: math libraries differ in the last digits.
    static let otherMachine = 1e-9

    /// EM never lowers ℓ, except by rounding of a sum of this size.
    static func fallOfLogLikelihood(at size: Double) -> Double { 1e-12 * max(1, abs(size)) }
}

import Foundation

/// # Exercise 12: the EM loop (9 points)
///
/// A chooser picks one of K coins, flips it M times, and reports the number of heads; then picks again, N times in all. Coin k is
/// picked with probability `weights[k]` and shows heads with probability `probabilities[k]`. You know one E-step and one M-step
/// from Exercise 4. Now put them into a loop, and keep a record: one row for each iterate, with its parameters and the log-likelihood
/// **of those same parameters**.
///
/// The commonest defect of published EM programs is a record whose rows do not belong together: the log-likelihood comes out of the
/// E-step, and so belongs to the parameters before the M-step, but is printed beside the new ones. Nothing crashes, and the
/// curve even looks right.
///
/// Read first: lesson 4, sections 3 to 5 (`Output/Lesson4CoinFlips/README.md`), equations `cs181.ex4.1` and `cs181.ex4.3`, and the
/// erratum `errata.cs181.converge` on which quantity to watch.
///
/// What the rows are:
/// - Row 0 holds the start, as it was given, and its log-likelihood.
/// - Row t holds the parameters after t steps of EM, and *their* log-likelihood. One step is an E-step with the parameters of
///   row t - 1, then an M-step which takes all new weights and probabilities from those responsibilities.
///
/// When to stop, after row t has been added:
/// - if t is `maximumSteps` (with 0 there is row 0 only);
/// - or, from t = 1 on, if the log-likelihood of row t exceeds that of row t - 1 by `tolerance` or less.
///
/// The data here never lead a probability to 0 or 1, nor a weight to 0, and M is never more than 20: probabilities may be multiplied
/// as they are. (For sets that are too long for that, see Exercise 6.)
public enum Exercise12 {
    /// EM from a start until a stopping rule holds.
    ///
    /// - Parameters:
    ///   - heads: N numbers of heads, each from 0 to M.
    ///   - flips: M, the number of flips in each set.
    ///   - weights: the K weights to start from, all positive, with sum 1.
    ///   - probabilities: the K probabilities of heads to start from, all between 0 and 1 and neither of these.
    ///   - tolerance: stop when the log-likelihood rises by no more than this; at least 0.
    ///   - maximumSteps: the most steps, at least 0.
    /// - Returns: one row for each iterate, the start first and the last iterate last. `logLikelihood` is the natural logarithm of the
    ///   probability of the data: with the binomial coefficients or without, as you like, but the same way in all rows.
    ///
    /// Example: heads 9, 2 and 5 of 10, weights 0.5 and 0.5, probabilities 0.3 and 0.7 and one step give two rows: the start with
    /// log-likelihood -7.218934 (or -18.857611 without the binomial coefficients); then weights 0.498326 and 0.501674, probabilities
    /// 0.300868 and 0.764247, log-likelihood -6.986317 (-18.624994).
    public static func run(
        heads: [Int], flips: Int, weights: [Double], probabilities: [Double], tolerance: Double, maximumSteps: Int
    ) -> [(weights: [Double], probabilities: [Double], logLikelihood: Double)] {
        // BEGIN SOLUTION
        var weights = weights
        var probabilities = probabilities
        var rows: [(weights: [Double], probabilities: [Double], logLikelihood: Double)] = []
        while true {
            let (responsibilities, logLikelihood) = eStep(heads, flips, weights, probabilities)
            rows.append((weights, probabilities, logLikelihood))
            let t = rows.count - 1
            if t >= maximumSteps || t > 0 && logLikelihood - rows[t - 1].logLikelihood <= tolerance { return rows }
            let counts = weights.indices.map { k in responsibilities.reduce(0) { $0 + $1[k] } }
            probabilities = weights.indices.map { k in
                guard counts[k] > 0 else { return probabilities[k] }
                return zip(heads, responsibilities).reduce(0) { $0 + Double($1.0) * $1.1[k] }
                    / (Double(flips) * counts[k])
            }
            weights = counts.map { $0 / Double(heads.count) }
        }
        // END SOLUTION
    }

    // BEGIN SOLUTION
    /// The responsibilities and the log-likelihood (without binomial coefficients), both of the same parameters.
    private static func eStep(
        _ heads: [Int], _ flips: Int, _ weights: [Double], _ probabilities: [Double]
    ) -> (responsibilities: [[Double]], logLikelihood: Double) {
        var logLikelihood = 0.0
        let responsibilities = heads.map { count in
            let logJoint = zip(weights, probabilities).map { weight, p in
                log(weight) + logPower(p, count) + logPower(1 - p, flips - count)
            }
            let largest = logJoint.max() ?? 0
            let joint = logJoint.map { exp($0 - largest) }
            let sum = joint.reduce(0, +)
            logLikelihood += largest + log(sum)
            return joint.map { $0 / sum }
        }
        return (responsibilities, logLikelihood)
    }

    /// The logarithm of a power, 0 for the power 0 of any base: without this, 0 log 0 would be NaN.
    private static func logPower(_ base: Double, _ exponent: Int) -> Double {
        exponent == 0 ? 0 : Double(exponent) * log(base)
    }
    // END SOLUTION
}

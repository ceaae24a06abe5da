/// # Exercise 13: other coins, the same likelihood (5 points)
///
/// A chooser picks one of two coins, flips it M times, reports the number of heads, and picks again. CS 181 remarks in a footnote that
/// with one flip per set the coins 0.3 and 0.7, picked equally often, and two fair coins give every data set the same probability. No
/// algorithm can tell them apart, and no amount of data helps.
///
/// Write a function that plays this trick on any two coins: given their parameters, it finds *other* parameters with the same
/// likelihood for every data set. That works for one flip per set, and for two; for three or more it cannot be done.
///
/// Two sets of parameters have the same likelihood on every data set if they give each number of heads, 0 to M, the same
/// probability. For M = 1 this needs one equation, and for M = 2 two: what must agree are the mean of the hidden head probability
/// and, for M = 2, its variance too. You choose the rest.
///
/// Read first: lesson 5, sections 1 and 4 (`Output/Lesson5Identifiability/README.md`), equations `cs181.footnote1` and
/// `cs181.identifiable`; the "Try it yourself" of section 4 finds such a pair for one example.
///
/// What counts as other parameters:
/// - two weights, not negative, with sum 1; two probabilities of heads, from 0 to 1;
/// - not the given coins under exchanged names: whichever way the two coins are named, at least one of the four numbers
///   differs from the given ones by 0.01 or more.
///
/// Some choices lead out of the range from 0 to 1. Your function must then make another choice: for all the coins that are asked
/// for there is one.
public enum Exercise13 {
    /// Other parameters that no data can tell from the given ones.
    ///
    /// - Parameters:
    ///   - weights: the two weights, from 0.1 to 0.9, with sum 1.
    ///   - probabilities: the two probabilities of heads, from 0.1 to 0.9, at least 0.2 apart.
    ///   - flips: M, the number of flips in each set, at least 1.
    /// - Returns: the weights and probabilities of two other coins, or `nil` if M is 3 or more.
    ///
    /// Example: for weights 0.5 and 0.5 and probabilities 0.3 and 0.7 with one flip, weights 0.5 and 0.5 with probabilities 0.5 and 0.5
    /// are right. With two flips, weights 0.2 and 0.8 with probabilities 0.9 and 0.4 are right: both pairs show 0, 1 and 2 heads with
    /// probabilities 0.29, 0.42 and 0.29. There are many other right answers.
    public static func other(
        weights: [Double], probabilities: [Double], flips: Int
    ) -> (weights: [Double], probabilities: [Double])? {
        // BEGIN SOLUTION
        if flips >= 3 { return nil }
        let mean = weights[0] * probabilities[0] + weights[1] * probabilities[1]
        if flips == 1 { return ([0.5, 0.5], [mean, mean]) }
        let difference = probabilities[0] - probabilities[1]
        let deviation = (weights[0] * weights[1]).squareRoot() * abs(difference)
        for step in 1..<100 {
            // The coin of weight w lies below the mean by sqrt((1 - w) / w) standard deviations, the other one above it.
            let w = Double(step) / 100
            let low = mean - deviation * ((1 - w) / w).squareRoot()
            let high = mean + deviation * (w / (1 - w)).squareRoot()
            let given = difference < 0 ? weights[0] : weights[1]
            if low >= 0, high <= 1, abs(w - given) > 0.015 { return ([w, 1 - w], [low, high]) }
        }
        return nil
        // END SOLUTION
    }
}

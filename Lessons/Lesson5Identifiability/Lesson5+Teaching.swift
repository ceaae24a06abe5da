import Notebook

// The words of lesson 5, each defined in the section that explains it; the questions at its end; and what stays on one page.

extension Lesson5Identifiability {
    func defineStories(in report: inout Report) {
        report.define(#"\weight{k}"#, "weight", #"probability that coin $\classindex$ is chosen"#)
        report.define(#"\headprob{k}"#, "head probability", #"probability that coin $\classindex$ shows heads"#)
        report.define(#"\params"#, "parameters", "all weights and head probabilities together")
        report.define(#"\loglik{\params}"#, "log-likelihood", "natural logarithm of the probability of the data")
        report.define(
            nil, "identifiable",
            "of a model: different parameters give different distributions, up to the order of the components")
    }

    func defineRidge(in report: inout Report) {
        report.define(nil, "ridge", "set of parameters, more than a point, on which the likelihood is largest")
        report.define(
            #"\mathcal{I}"#, "information matrix",
            "minus the expected second derivatives of the log-likelihood of one observation")
        report.define(nil, "rank", "number of eigenvalues that are not zero, that is, of directions that the data see")
    }

    func defineMoments(in report: inout Report) {
        report.define(#"\flips"#, "flips per set", "how often a coin is flipped before another is chosen")
        report.define(
            #"\sumclasses \weight{k} \thinspace \headprob{k}^{m}"#, "moment of order m",
            "probability that a chosen coin, flipped m times, shows heads each time")
        report.define(nil, "log odds", "log-likelihood of one story minus that of the other")
    }

    func defineLabels(in report: inout Report) {
        report.define(nil, "label switching", "exchanging the names of the components, which changes no likelihood")
    }

    func questions(in report: inout Report) {
        report.recap([
            (
                "Coins are chosen anew for every flip. Which one number do the flips reveal, however many there are?",
                #"The probability of heads, $\sumclasses \weight{k} \thinspace \headprob{k}$. All pairs of coins that share it explain the flips equally well."#
            ),
            (
                "Why does it not help to collect more data, if a model is not identifiable?",
                """
                Two sets of parameters that give the same distribution give every data set the same probability, of any size. More data only
                tell more exactly what is the same under both.
                """
            ),
            (
                "Why are two flips per set too few for two coins, and why are three enough?",
                """
                Two coins have three unknowns: a weight and two head probabilities. Each flip per set adds one moment that can be known, so
                two flips give two numbers for three unknowns. That three are enough, for unlike coins with positive weights, is a theorem of
                Blischke.
                """
            ),
            (
                "Of the information matrix, what depends on the units of the parameters, and what does not?",
                "How large its eigenvalues are depends on them. How many are zero does not: a full rank says that a model is identified locally."
            ),
            (
                "Sixteen fits end in two points that mean the same. What may one not do with them, and what must be done first?",
                """
                One may not average their parameters as they come. First the components of all fits have to be brought into one order, for
                instance by head probability.
                """
            ),
        ])
    }

    func summary(
        _ rareCoin: RareCoin, _ comparison: FlipsPerSet, _ howWell: HowWell, in report: inout Report
    ) throws {
        let (three, ten) = (try howWell.setsNeeded(3), try howWell.setsNeeded(10))
        let patience: Prose = try comparison.setsNeeded(3).map { "\($0)" } ?? "no number of"
        report.summary(
            goal: """
                Before a model is fitted: could the data tell its parameters at all? To find out what the data see, and what has to be observed
                to see more.
                """,
            box: "Which coins can be found", updates: ["cs181.footnote1", "cs181.identifiable"],
            numbers: [
                """
                With three flips per set it takes \(patience) sets until the mean log odds between two stories that agree for two flips reach
                ln 20.
                """,
                """
                For a standard error of 0.05 of both head probabilities it takes \(three * 3) flips in all with three per set, and
                \(ten * 10) with ten.
                """,
                """
                A fair coin with a rare one, chosen once in ten times, is told from two coins 0.4 and 0.6 after \(rareCoin.flipsNeeded(0.1)) flips,
                with 95 right verdicts in 100.
                """,
            ], figure: "two-stories")
    }
}

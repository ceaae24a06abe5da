// What the sources print wrongly or loosely. The report of the lesson named shows each with a number.

extension Ledger {
    /// The errata of all sources.
    static let errata: [LedgerEntry] = [
        row("errata.cs181.section", "section 1.2", 1, "A reference to the wrong section"),
        row("errata.cs181.sigma", "sections 1.1 and 1.2", 1, "Standard deviation or variance"),
        row("errata.cs181.eq4", "equation 4", 3, "An index is missing"),
        row("errata.cs181.converge", "section 2.2", 4, "Which quantity to watch for convergence"),
        row("errata.cs181.pi22", "section 2.4", 4, "Which parameters are solved for"),
        row("errata.cs181.symbols", "sections 2.3 and 2.4", 4, "One letter for several things"),
        row("errata.cs181.binomial", "section 2.4", 4, "Single flips as a mixture of binomials"),
        row("errata.cs181.no-closed-form", "section 2.1", 4, "That no closed form exists"),
        row("errata.cs181.closing", "section 2.4, end", 5, "Two models that can be told apart after all"),
        row("errata.cs181.ex4", "Exercise 4", 4, "Parameters that the exercise leaves out"),
        row(
            "errata.cs181.expectation", "equations 18-20 and end", 4, "Under which parameters the expectation is taken"),
        row("errata.cs181.expected-likelihood", "section 2.4", 4, "Expected likelihood, and gradient descent"),
        row("errata.prml.9.59", "equation 9.59", 9, "A denominator"),
        row("errata.prml.9.33", "equation 9.33", 8, "Log likelihood or log posterior"),
        row("errata.cs229.kmeans", "special case", 7, "What else K-means needs"),
        row("errata.cs229.bounded", "convergence", 10, "What convergence is to"),
        row("errata.cs229.marginal", "special case", 7, "Proportional, or an approximation"),
        row("errata.stat215a.bernoulli", "latent variable", 1, "The two classes are exchanged"),
        row("errata.stat215a.bernoulli0", "latent variable", 1, "The values of the latent variable"),
        row("errata.stat215a.brackets", "E-step", 6, "Missing brackets in Q"),
        row("errata.stat215a.sign", "M-step", 6, "A sign in the derivative"),
        row("errata.stat215a.superscripts", "E-step", 2, "Which estimates the E-step uses"),
        row("errata.orie4742.det", "mixture model", 1, "A determinant is missing"),
        row("errata.orie4742.mu-foc", "first-order conditions", 3, "An inverse is missing"),
        row("errata.orie4742.outer", "first-order conditions", 3, "Inner and outer product"),
        row("errata.orie4742.minima", "problems with MLE", 10, "Minima or maxima"),
        row("errata.orie4742.concave", "problems with MLE", 10, "Convex or concave"),
        row("errata.orie4742.indices", "throughout", 1, "Two conventions for the indices"),
    ]
}

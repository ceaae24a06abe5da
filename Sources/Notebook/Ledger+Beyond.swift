// What the course adds to its sources. They ask for the number of classes to be given; a lesson asks how to find it.

extension Ledger {
    /// Choosing the number of classes.
    static let beyond: [LedgerEntry] = [
        row("beyond.growth", "why ℓ cannot choose", 11, "One more class never lowers the largest log-likelihood"),
        row("beyond.parameters", "criteria", 11, "How many free parameters a mixture has"),
        row("beyond.aic", "criteria", 11, "AIC: what the fit owes to having seen its data"),
        row("beyond.bic", "criteria", 11, "BIC: the evidence, and what is left of it"),
        row("beyond.icl", "criteria", 11, "ICL: the likelihood of data and labels"),
        row(
            "beyond.cross-validation", "criteria", 11, "Cross-validated log-likelihood: rows that the fit has not seen"),
        row("beyond.shapes", "shapes", 11, "Number of classes and shape of the covariances together"),
        row("beyond.likelihood-ratio", "tests", 11, "Why the chi-square law of the likelihood ratio fails"),
        row("beyond.bootstrap", "tests", 11, "The bootstrap test for one more class"),
        row("beyond.assay", "blood test", 11, "Three diagnoses: how many classes the numbers show"),
        row("beyond.digits", "digits", 11, "Three digits: how many classes their images need"),
        row("beyond.recovery", "simulation", 11, "How often each rule finds the true number of classes"),
    ]
}

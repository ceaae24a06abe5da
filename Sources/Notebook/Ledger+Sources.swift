// The rows of the ledger, source by source: id, place in the source, lesson, what it says.

extension Ledger {
    /// CS 181 (Spring 2021), section 8: Mixture Models and Expectation Maximization.
    static let cs181: [LedgerEntry] = [
        row("cs181.generative", "section 1.2", 1, "Draw a class from the weights, then an observation from its class"),
        row("cs181.coin-diagram", "section 2.4, diagram", 4, "A coin that chooses which of two coins is flipped"),
        row("cs181.notation", "section 1.1", 1, "What N(0, σ) with σ = 2 means"),
        row("cs181.ex1", "Exercise 1", 1, "The pet store: what the weights and the Gaussians stand for"),
        row("cs181.1", "equation 1", 2, "The posterior is proportional to likelihood times prior"),
        row("cs181.2", "equation 2", 3, "The log-likelihood is a log of a sum over classes"),
        row("cs181.3", "equation 3", 2, "The E-step: responsibilities"),
        row("cs181.goals", "section 2, goals", 2, "Choosing the most probable class, and how often that errs"),
        row("cs181.4", "equation 4", 3, "The M-step: maximise the expected complete-data log-likelihood"),
        row("cs181.5", "equation 5", 2, "Gaussian responsibilities"),
        row("cs181.6", "equation 6", 3, "The expected complete-data log-likelihood of a Gaussian mixture"),
        row("cs181.7", "equation 7", 3, "The same as a double sum with responsibilities"),
        row("cs181.8", "equation 8", 3, "The update of the weights"),
        row("cs181.9", "equation 9", 3, "The update of the mean vectors"),
        row("cs181.10", "equation 10", 3, "The update of the covariances"),
        row("cs181.ex2", "Exercise 2", 4, "A latent variable for the coins: which coin was flipped"),
        row("cs181.11", "equation 11", 4, "The responsibilities of a flip as a vector of posteriors"),
        row("cs181.12", "equation 12", 4, "The posterior by Bayes' rule"),
        row("cs181.13", "equation 13", 4, "The posterior by powers of the parameters"),
        row("cs181.14", "equation 14", 4, "The complete-data log-likelihood of one flip, factored"),
        row(
            "cs181.15", "equation 15", 4,
            "The complete-data log-likelihood as the log of a product with one-hot exponents"),
        row("cs181.16", "equation 16", 4, "The complete-data log-likelihood written out for two coins"),
        row("cs181.17", "equation 17", 4, "The complete-data log-likelihood of a data set"),
        row("cs181.18", "equation 18", 4, "The expected complete-data log-likelihood as an expectation"),
        row("cs181.19", "equation 19", 4, "The joint probability factored under the expectation"),
        row("cs181.20", "equation 20", 4, "The expectation moved inside the sum"),
        row("cs181.21", "equation 21", 4, "The expectation taken: responsibilities replace the latent variables"),
        row("cs181.22", "equation 22", 4, "The expected complete-data log-likelihood written out for two coins"),
        row("cs181.23", "equation 23", 4, "The expected complete-data log-likelihood with the constraints put in"),
        row("cs181.24", "equation 24", 4, "The derivative with respect to the first coin's weight"),
        row("cs181.25", "equation 25", 4, "The derivative with respect to the first coin's head probability"),
        row("cs181.26", "equation 26", 4, "The derivative with respect to the second coin's head probability"),
        row("cs181.ex3", "Exercise 3", 4, "The M-step in closed form"),
        row("cs181.one-step", "follows from Exercise 3", 4, "With one flip per example EM is done after one step"),
        row("cs181.predict", "section 2.4, end", 4, "Predicting which coin a new flip came from"),
        row("cs181.gradient-m-step", "section 2.4, end", 8, "An M-step by gradient where there is no closed form"),
        row("cs181.lagrange", "section 2.4", 6, "The constraints by Lagrange multipliers"),
        row("cs181.footnote1", "footnote 1", 5, "Two sets of coins that no data of single flips can tell apart"),
        row("cs181.closing", "section 2.4, end", 5, "A fair coin with a rare one, against two coins"),
        row("cs181.identifiable", "footnote 1 and end", 5, "How many flips per example identify the coins"),
        row("cs181.ex4.1", "Exercise 4.1", 4, "Several flips per example: the posterior of the coin"),
        row("cs181.ex4.2", "Exercise 4.2", 4, "Several flips per example: the expected complete-data log-likelihood"),
        row("cs181.ex4.3", "Exercise 4.3", 4, "Several flips per example: the updates, beside those of single flips"),
    ]

    /// Bishop, Pattern Recognition and Machine Learning, chapter 9: the numbered equations that Yue Yu's notes derive.
    static let prml: [LedgerEntry] = [
        row("prml.9.5", "equation 9.5", 7, "K-means one point at a time"),
        row(
            "prml.9.5-gradient", "equation 9.5, gradient", 7, "The gradient of the distortion with respect to a centre"),
        row("prml.9.12", "equation 9.12", 1, "The marginal density is a sum over one-hot vectors"),
        row(
            "prml.9.22", "equation 9.22", 6,
            "The Lagrange multiplier is -N, and each weight is its effective count over N"),
        row("prml.9.33", "equation 9.33", 8, "EM for the posterior mode"),
        row("prml.9.39", "equation 9.39", 2, "The expectation of a one-hot entry is the responsibility"),
        row("prml.9.40", "equation 9.40", 3, "The expected complete-data log-likelihood for Gaussians"),
        row("prml.9.46", "equation 9.46", 9, "The covariance of independent Bernoullis is diagonal"),
        row("prml.9.47", "equation 9.47", 9, "A mixture of Bernoullis as a marginal"),
        row("prml.9.49", "equation 9.49", 9, "The mean of a mixture"),
        row("prml.9.50", "equation 9.50", 9, "The covariance of a mixture is not diagonal"),
        row("prml.9.59", "equation 9.59", 9, "The update of the Bernoulli means"),
        row("prml.9.60", "equation 9.60", 6, "The weights of a Bernoulli mixture by a Lagrange multiplier"),
    ]

    /// CS229 slides: Expectation Maximization for Mixtures of Gaussians.
    static let cs229: [LedgerEntry] = [
        row("cs229.components", "summary of components", 1, "The pieces of a Gaussian mixture and their shapes"),
        row("cs229.blank-conditional", "blank: conditional", 1, "The density of a point whose class is known"),
        row("cs229.marginal-likelihood", "marginal likelihood", 2, "Maximise the marginal likelihood, not the joint"),
        row("cs229.kmeans-limit", "special case", 7, "Spherical Gaussians and hard assignments: K-means"),
        row("cs229.supervised", "complete data", 3, "With labels observed, the estimate separates over classes"),
        row("cs229.blank-mle", "blank: ML estimate", 3, "The maximum-likelihood estimate of a mixture"),
        row("cs229.responsibilities", "blank: E-step", 2, "The posterior probabilities of the classes"),
        row("cs229.joint", "joint density", 2, "The joint density of a point and its class in full"),
        row("cs229.soft-assignments", "soft assignments", 2, "True labels beside soft colours"),
        row("cs229.m-step", "blank: M-step", 3, "The maximum over weights, means and covariances"),
        row("cs229.coordinate-ascent", "convergence", 8, "EM is coordinate ascent on one function"),
        row("cs229.local-optima", "ML estimate", 10, "Neither convex nor concave: local optima"),
        row("cs229.iterations", "example", 3, "Six iterations of a Gaussian mixture, and the twentieth"),
        row("cs229.assay", "bio-assay data", 3, "A real assay data set, its clusters and its density"),
    ]

    /// STAT 215A (Fall 2023), week 8.
    static let stat215a: [LedgerEntry] = [
        row("stat215a.mle", "likelihood", 3, "The maximum-likelihood estimate of one Gaussian"),
        row("stat215a.latent", "latent variable", 1, "A latent variable that tells which Gaussian"),
        row("stat215a.two-mles", "known labels", 3, "With labels known: two easy problems"),
        row("stat215a.joint", "joint density", 2, "The joint density and its logarithm by cases"),
        row("stat215a.anisotropy", "K-means and EM", 7, "Stretched clusters: K-means fails, EM does not"),
        row("stat215a.generalizes", "K-means and EM", 7, "Round and unequal clusters"),
        row("stat215a.lower-bound", "lower bound", 8, "A lower bound that touches the log-likelihood"),
        row("stat215a.increase", "lower bound", 8, "What raises the bound raises the log-likelihood"),
        row("stat215a.q-function", "Q function", 8, "Maximising the bound is maximising Q"),
        row("stat215a.e-step", "E-step", 2, "The posterior with standard normal densities"),
        row("stat215a.total-expectation", "E-step", 3, "Q by the law of total expectation"),
        row("stat215a.m-pi", "M-step", 6, "The derivative with respect to the weight, and its update"),
        row("stat215a.q-expanded", "E-step", 6, "Q written out"),
        row("stat215a.m-mu", "M-step", 3, "The update of the means in one dimension"),
        row("stat215a.m-sigma", "M-step", 3, "The update of the variances in one dimension"),
        row("stat215a.local-maximum", "M-step", 3, "Repeat until a local maximum"),
    ]

    /// ORIE 4742, chapter 11.
    static let orie4742: [LedgerEntry] = [
        row("orie4742.distortion", "K-means", 7, "The distortion"),
        row("orie4742.kmeans", "K-means", 7, "Assign, recentre, repeat"),
        row("orie4742.supervised", "supervised learning", 3, "With labels it is classification"),
        row("orie4742.joint", "mixture model", 1, "The joint density with one-hot exponents"),
        row("orie4742.log-likelihood", "mixture model", 3, "The log-likelihood of the data"),
        row("orie4742.bayes-net", "plate diagram", 1, "The plate diagram of a mixture"),
        row("orie4742.latent-models", "latent variables", 7, "Latent variables elsewhere"),
        row("orie4742.responsibility", "responsibilities", 2, "Prior, data, posterior"),
        row("orie4742.mu", "first-order conditions", 3, "The condition for the means"),
        row("orie4742.sigma", "first-order conditions", 3, "The condition for the covariances"),
        row("orie4742.pi", "first-order conditions", 6, "The condition for the weights"),
        row("orie4742.any-mixture", "notes", 4, "One EM routine for any mixture"),
        row("orie4742.circular", "notes", 3, "The conditions are circular"),
        row("orie4742.label-switching", "problems with MLE", 10, "K! equal maxima"),
        row("orie4742.non-convex", "problems with MLE", 10, "Several maxima"),
        row("orie4742.singularity", "problems with MLE", 10, "One sharp component on one point"),
        row("orie4742.em-in-action", "EM in action", 3, "EM on a picture"),
    ]
}

import Notebook

// What stands at the end: questions, the page to hand out, what to run next, the literature.

extension Lesson10Pitfalls {
    func ending(of report: inout Report, starts: Starts, remedies: Remedies, saddle: Saddle) {
        report.recap([
            (
                "Why has the likelihood of a Gaussian mixture with free variances no maximum?",
                """
                A component whose mean lies on a point can shrink: its density there grows without limit, and the other components keep the densities of all other points
                away from 0.
                """
            ),
            (
                "EM has converged, and the log-likelihood rose in every round. What do you know about the end?",
                """
                That it is, for practical purposes, a stationary point. Not that it is a maximum (it may be a saddle), nor the highest maximum, nor that it says
                anything about the data (it may be spurious).
                """
            ),
            (
                "Half of all starts are good. How many does it take for a chance of 95 percent? And if one in fifty is good?",
                #"""
                $1 - 0.5^{r} \ge 0.95$ needs \#(Starts.needed(0.5)) starts; one in fifty needs \#(Starts.needed(0.02)).
                """#
            ),
            (
                "The best of 100 runs has a log-likelihood 5 above the second best. Good news?",
                """
                Look at its components first. If one of them has few points and is thin in some direction, it is a spurious maximum, and the second best may be the
                better answer.
                """
            ),
            (
                "Why do two equal coins stay equal, and why do they sometimes part in a computer all the same?",
                """
                Equal coins get equal responsibilities up to a constant factor, and so the same new value. Rounding may make them differ in the last bit; at a saddle a
                difference grows by a constant factor in every round, unless rounding undoes the growth.
                """
            ),
        ])
        report.summary(
            goal: #"""
                To know the traps of EM by sight: lower summits, collapse, spurious maxima, saddles, slowness; and what each remedy does.
                """#,
            box: Checklist.boxTitle,
            updates: ["orie4742.singularity", "cs229.local-optima", "orie4742.label-switching"],
            numbers: [
                #"""
                With two summits, of which \#(starts.share, .percent(0)) of the starts reach the higher, it takes \#(Starts.needed(starts.share)) starts to find it with a chance of \#(Starts.wanted, .percent(0)).
                """#,
                #"""
                Fitted to \#(remedies.size) points, the highest end without a remedy gives \#(remedies.scores.none, .percent(1)) of fresh points to their class; with a prior it is
                \#(remedies.scores.map, .percent(1)).
                """#,
                #"""
                Two equal coins stand on a saddle: there a difference grows by the factor \#(saddle.growth, .fixed(3)) in a round, even one of the last bit.
                """#,
            ], figure: "spurious")
        let fit = remedies.fit
        report.fit = FitSummary(
            model: "mixture of 3 Gaussians in the plane, inverse Wishart prior on each covariance",
            weights: fit.mixture.weights,
            parameters: [
                "means": .matrix(fit.mixture.components.map(\.mean)),
                "covariances": .matrix(
                    fit.mixture.components.map { component in
                        [component.covariance[0, 0], component.covariance[0, 1], component.covariance[1, 1]]
                    }),
            ],
            logLikelihood: fit.last.logLikelihood, iterations: fit.iterations, trace: fit.trace.map(\.logLikelihood),
            converged: fit.converged, stoppedBy: fit.stoppedBy)
        report.next = [
            (
                "swift run Lesson10Pitfalls --seed 7 --output out/l10",
                "Other points. Which end has the highest log-likelihood now, and which remedy gives the best answer?"
            ),
            (
                "swift run Lesson10Pitfalls --notation orie4742 --output out/orie4742",
                "The whole report in the letters of the ORIE 4742 slides, which speak of “kaboom”."
            ),
            (
                """
                swift run Lesson3GaussianEM --data Lessons/Data/diabetes.csv --columns glucose,insulin,sspg \\
                    --components 3 --restarts 20 --output out/assay
                """,
                "A file with three columns, from twenty starts. The report says how many of them collapsed, and what is suspicious about the best end."
            ),
            (
                "swift run Lesson8LowerBound --output out/l8",
                "Why the log-likelihood never falls, and how fast EM is."
            ),
        ]
        report.references = [
            (
                "day-1969",
                "N. E. Day, “Estimating the components of a mixture of normal distributions”, *Biometrika* 56 (1969), 463-474: singularities, and maxima that small groups of points generate."
            ),
            (
                "do-batzoglou-2008",
                "C. B. Do and S. Batzoglou, “What is the expectation maximization algorithm?”, *Nature Biotechnology* 26 (2008), 897-899."
            ),
            (
                "duda-hart-1973",
                "R. O. Duda and P. E. Hart, *Pattern Classification and Scene Analysis* (1973): the example of two means with weights 1/3 and 2/3."
            ),
            (
                "hathaway-1985",
                "R. J. Hathaway, “A constrained formulation of maximum-likelihood estimation for normal mixture distributions”, *Annals of Statistics* 13 (1985), 795-800."
            ),
            (
                "jin-2016",
                "C. Jin, Y. Zhang, S. Balakrishnan, M. J. Wainwright and M. I. Jordan, “Local maxima in the likelihood of Gaussian mixture models: structural results and algorithmic consequences”, *Advances in Neural Information Processing Systems* 29 (2016)."
            ),
            (
                "mclachlan-peel-2000",
                "G. J. McLachlan and D. Peel, *Finite Mixture Models* (2000): spurious maxima in section 3.10."
            ),
            (
                "wu-1983",
                "C. F. J. Wu, “On the convergence properties of the EM algorithm”, *Annals of Statistics* 11 (1983), 95-103."
            ),
            ("cs229", "CS229: Machine Learning, slides “Expectation Maximization for Mixtures of Gaussians”."),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
        ]
    }
}

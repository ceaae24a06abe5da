import Notebook

// What stands at the end: questions, the page to hand out, what to run next, the literature.

extension Lesson7KMeans {
    func ending(of report: inout Report, _ hand: ByHand, _ geyser: Geyser, _ shapes: Shapes) {
        report.recap([
            (
                "Why can neither step of K-means make the distortion larger?",
                """
                With the centres fixed, each point takes the nearest one, so no point's term can grow. With the clusters fixed, the mean is the
                point with the least sum of squared distances to a cluster's points.
                """
            ),
            (
                "Then why is the end not always the best partition?",
                """
                Each step is the best one *given the other half*. A better partition may need both changed together, and then no single step
                leads there. So one starts several times, and starts well.
                """
            ),
            (
                "Which three assumptions turn EM for Gaussians into K-means?",
                #"""
                One spherical covariance for all clusters, equal weights that are not estimated, and responsibilities rounded to 0 and
                1. (With these three the common $\sd{}$ decides nothing, so it may be known or estimated. Instead of the rounding one may let $\sd{} \to 0$.)
                """#
            ),
            (
                "You change one column from minutes to seconds. What happens to K-means, and what to a mixture of Gaussians with full covariances?",
                """
                K-means sees that column's differences sixty times as large, and will follow it almost alone, unless the others are larger still. The full
                covariances take the factor in, and every responsibility stays as it is.
                """
            ),
            (
                #"In the online version, why $1 / \effcount{k}$?"#,
                """
                Because then the centre is at each moment the plain mean of the points that it has received. A constant rate forgets old points at a
                constant rate: right if the clusters move, and never quite at rest if they do not.
                """
            ),
        ])
        report.summary(
            goal: #"""
                Choose $\classcount$ centres and assign each point to one, so that the sum of squared distances is small.
                """#,
            box: ByHand.boxTitle,
            updates: ["orie4742.distortion", "orie4742.kmeans", "cs229.kmeans-limit", "prml.9.5"],
            numbers: [
                """
                Six points by hand: the distortion falls from \(hand.run.halfSteps.first ?? .nan, .significant(4)) to \
                \(hand.run.distortion, .significant(4)) in \(hand.run.steps) rounds.
                """,
                geyser.oneNumber, shapes.oneNumber,
            ], figure: "half-steps")
        report.next = [
            (
                "swift run Lesson7KMeans --seed 7 --output out/l7",
                "Other random points. Which of the surprises stay?"
            ),
            (
                """
                swift run Lesson7KMeans --data Lessons/Data/diabetes.csv --columns glucose,insulin,sspg \\
                    --components 3 --restarts 20 --output out/assay
                """,
                "Section 3 on data of yours; here the blood test. (The file's names mislead: its `insulin` is the glucose area, its `sspg` the insulin area; see lesson 3.)"
            ),
            (
                "swift run Lesson7KMeans --notation prml --output out/prml",
                "The whole report in the letters of Bishop's book."
            ),
            (
                "swift run Lesson3GaussianEM --output out/l3",
                "The same geyser by a mixture of Gaussians: soft edges, weights, and ellipses."
            ),
        ]
        report.references = [
            (
                "lloyd-1982",
                """
                S. P. Lloyd, “Least squares quantization in PCM”, *IEEE Transactions on Information Theory* 28 (1982), 129-137; written in 1957.
                """
            ),
            (
                "macqueen-1967",
                """
                J. MacQueen, “Some methods for classification and analysis of multivariate observations”, *Proceedings of the Fifth
                Berkeley Symposium* 1 (1967), 281-297: the name, and the version that takes one point at a time.
                """
            ),
            (
                "arthur-vassilvitskii-2007",
                """
                D. Arthur and S. Vassilvitskii, “k-means++: the advantages of careful seeding”, *Proceedings of SODA* (2007), 1027-1035.
                """
            ),
            (
                "rose-1998",
                "K. Rose, “Deterministic annealing for clustering, compression, classification, regression, and related optimization problems”, *Proceedings of the IEEE* 86 (1998), 2210-2239."
            ),
            (
                "celeux-govaert-1992",
                "G. Celeux and G. Govaert, “A classification EM algorithm for clustering and two stochastic versions”, *Computational Statistics & Data Analysis* 14 (1992), 315-332."
            ),
            (
                "hubert-arabie-1985",
                "L. Hubert and P. Arabie, “Comparing partitions”, *Journal of Classification* 2 (1985), 193-218."
            ),
            (
                "hardle-1991",
                "W. Härdle, *Smoothing Techniques with Implementation in S* (1991): the 272 eruptions, R's data set `faithful`."
            ),
            (
                "reaven-miller-1979",
                """
                G. M. Reaven and R. G. Miller, “An attempt to define the nature of chemical diabetes using a multidimensional
                analysis”, *Diabetologia* 16 (1979), 17-24.
                """
            ),
            (
                "scikit-learn",
                "scikit-learn 1.9.1, `KMeans`, `GaussianMixture` without regularisation, `adjusted_rand_score`."
            ),
            (
                "prml",
                "C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), section 9.1; Yue Yu, notes on chapter 9, which derive its numbered equations."
            ),
            ("cs229", "CS229: Machine Learning, slides “Expectation Maximization for Mixtures of Gaussians”."),
            ("stat215a", "STAT 215A (Fall 2023), week 8: the EM algorithm."),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
        ]
    }
}

import Notebook

// What stands at the end: questions, the page to hand out, what to run next, the literature.

extension Lesson11HowManyClasses {
    func ending(of report: inout Report, numbers: [Prose]) {
        report.recap([
            (
                "Why is the best mixture with one more class never worse on the rows that were fitted?",
                "Because it may be the old one with a class cut in two: the density is the same. The maximum over all mixtures with one more class is at least that."
            ),
            (
                "How many free parameters have three Gaussians in four columns that share one covariance?",
                "Two weights, twelve means, and 4 · 5 / 2 = 10 numbers in the covariance: \(GaussianShape.EEE.parameters(classes: 3, dimension: 4))."
            ),
            (
                "AIC and BIC look alike. What does each estimate?",
                #"""
                AIC estimates the log-likelihood of new data, times $-2$: the price of 2 for each parameter is what the fit owes to having seen its rows. BIC approximates $-2$ times the logarithm of the evidence; its price grows with the number of rows, since the peak of the likelihood gets sharper.
                """#
            ),
            (
                "BIC chooses three classes and ICL two. Is one of them wrong?",
                "Not by that alone: they answer different questions. BIC asks under which model the data are most probable, and one more component may help there without being a group: for a cloud that is not Gaussian, or where one shared covariance does not suit all classes. ICL pays for it only if each row's class is clear."
            ),
            (
                "Why may one not look the likelihood ratio up in a chi-square table?",
                "With one class less, a weight is on its edge, or two classes agree, and then some parameters mean nothing. The chi-square law needs an inner point with parameters that the data determine. Draw from the smaller model instead."
            ),
        ])
        report.summary(
            goal:
                "Say how many classes a mixture should have: by what it will do with new data, by its evidence, or by groups that can be told apart.",
            box: ByHand.boxTitle,
            updates: ["beyond.growth", "beyond.parameters", "beyond.bic", "beyond.icl", "beyond.bootstrap"],
            numbers: numbers, figure: "growth")
        report.next = [
            (
                "swift run Lesson11HowManyClasses --seed 7 --output out/l11",
                "Other random data. Which of the rules keep their record?"
            ),
            (
                """
                swift run Lesson11HowManyClasses --data Lessons/Data/diabetes.csv --columns glucose,insulin,sspg \\
                    --components 6 --output out/assay
                """, "Section 8 on data of yours, up to six classes; here the blood test with all six shapes."
            ),
            (
                "swift run Lesson11HowManyClasses --notation prml --output out/prml",
                "The whole report in the letters of Bishop's book."
            ),
            (
                "swift run Lesson5Identifiability --output out/l5",
                "Parameters that data can never tell: the other half of section 9."
            ),
        ]
        report.references = [
            (
                "wilks-1938",
                "S. S. Wilks, “The large-sample distribution of the likelihood ratio for testing composite hypotheses”, *Annals of Mathematical Statistics* 9 (1938), 60-62."
            ),
            (
                "akaike-1973",
                "H. Akaike, “Information theory and an extension of the maximum likelihood principle”, *Second International Symposium on Information Theory* (1973), 267-281."
            ),
            (
                "schwarz-1978",
                "G. Schwarz, “Estimating the dimension of a model”, *Annals of Statistics* 6 (1978), 461-464."
            ),
            (
                "mclachlan-1987",
                "G. J. McLachlan, “On bootstrapping the likelihood ratio test statistic for the number of components in a normal mixture”, *Applied Statistics* 36 (1987), 318-324."
            ),
            (
                "chernoff-lander-1995",
                "H. Chernoff and E. Lander, “Asymptotic distribution of the likelihood ratio test that a mixture of two binomials is a single binomial”, *Journal of Statistical Planning and Inference* 43 (1995), 19-40."
            ),
            (
                "celeux-govaert-1995",
                "G. Celeux and G. Govaert, “Gaussian parsimonious clustering models”, *Pattern Recognition* 28 (1995), 781-793: the shapes."
            ),
            (
                "kass-raftery-1995",
                "R. E. Kass and A. E. Raftery, “Bayes factors”, *Journal of the American Statistical Association* 90 (1995), 773-795."
            ),
            (
                "keribin-2000",
                "C. Keribin, “Consistent estimation of the order of mixture models”, *Sankhyā A* 62 (2000), 49-66."
            ),
            (
                "biernacki-2000",
                "C. Biernacki, G. Celeux and G. Govaert, “Assessing a mixture model for clustering with the integrated completed likelihood”, *IEEE Transactions on Pattern Analysis and Machine Intelligence* 22 (2000), 719-725."
            ),
            (
                "smyth-2000",
                "P. Smyth, “Model selection for probabilistic clustering using cross-validated likelihood”, *Statistics and Computing* 10 (2000), 63-72."
            ),
            (
                "mclust",
                "L. Scrucca, M. Fop, T. B. Murphy and A. E. Raftery, “mclust 5: clustering, classification and density estimation using Gaussian finite mixture models”, *The R Journal* 8 (2016), 289-317; the figures are those that the program prints for its data sets `faithful` and `diabetes`: -2314.316, -2322.192 and -4751.316. It stops a little earlier than we do, so only one decimal is compared."
            ),
            (
                "hardle-1991",
                "W. Härdle, *Smoothing Techniques with Implementation in S* (1991): the 272 eruptions, R's data set `faithful`."
            ),
            (
                "reaven-miller-1979",
                "G. M. Reaven and R. G. Miller, “An attempt to define the nature of chemical diabetes using a multidimensional analysis”, *Diabetologia* 16 (1979), 17-24."
            ),
            (
                "digits",
                "E. Alpaydin and C. Kaynak, “Optical Recognition of Handwritten Digits”, UCI Machine Learning Repository (1998), CC BY 4.0."
            ),
            ("orie4742", "ORIE 4742, chapter 11: mixture models and EM."),
        ]
    }
}

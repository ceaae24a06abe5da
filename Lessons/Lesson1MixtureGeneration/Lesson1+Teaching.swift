import LessonKit
import Notebook

// The words of lesson 1, each defined in the section that explains it, and the questions at its end.

extension Lesson1MixtureGeneration {
    func defineRecipe(in report: inout Report) {
        report.define(#"\obs{n}"#, "observation", #"what is seen of animal $\obsindex$: its weight"#)
        report.define(#"\latentvec{n}"#, "latent variable", #"the class of observation $\obsindex$, which is not seen"#)
        report.define(
            #"\latent{n}{k}"#, "indicator of a class",
            #"1 if observation $\obsindex$ is of class $\classindex$, and 0 if not"#)
        report.define(
            #"\weight{k}"#, "weight, or share", #"probability of class $\classindex$ before anything is seen"#)
        report.define(
            #"\mean{k}, \thinspace \sd{k}"#, "mean and standard deviation",
            #"where class $\classindex$ lies, and how widely it spreads"#)
    }

    func defineMarginal(in report: inout Report) {
        report.define(#"p(\obs{n})"#, "marginal density", "density of an observation whose class is not known")
        report.define(nil, "mixture", "distribution whose density is a sum of densities, each times a weight")
    }

    func definePlane(in report: inout Report) {
        report.define(#"\obsvec{n}"#, "observed vector", #"$\dimension$ numbers, here weight and length"#)
        report.define(
            #"\meanvec{k}, \thinspace \cov{k}"#, "mean vector and covariance",
            #"where class $\classindex$ lies in the plane, and the shape of its ellipses"#)
        report.define(#"\params"#, "parameters", "all weights, means and covariances together")
    }

    func definePlates(in report: inout Report) {
        report.define(nil, "plate", "frame in a diagram: as many copies of its contents as its corner says")
        report.define(
            #"p(\data, \latents \mid \params)"#, "joint density",
            "density of all observations together with their classes")
    }

    func defineStandardError(in report: inout Report) {
        report.define(
            nil, "standard error", "how far an estimate typically is from what it estimates, if data are drawn again")
    }

    func questions(in report: inout Report) {
        report.recap([
            (
                "Which two lines make up the recipe of a mixture, and which of them leaves no trace in the data?",
                #"""
                First a class is drawn, class $\classindex$ with probability $\weight{k}$; then an observation from the distribution of that
                class. Only the second is written down: the class stays hidden.
                """#
            ),
            (
                "Why is the density of a mixture a sum of densities, and not the density of a sum?",
                """
                An animal is of one species *or* of another. These possibilities exclude each other, so their probabilities add up. The
                density of a sum would belong to several animals on the scale at once.
                """
            ),
            (
                "The variance of a mixture has two parts. Which, and when is the second one zero?",
                """
                The average variance within the classes, and the variance of the classes' means. The second is zero if all classes have the
                same mean.
                """
            ),
            (
                #"What do the exponents $\latent{n}{k}$ do in the joint density, and why can they not be used when the classes are hidden?"#,
                """
                Exactly one of each observation's exponents is 1, and picks the factor of its own class; the others are 0 and make their
                factors 1. If the class is hidden, nobody knows which exponent is 1, and all possibilities have to be added up.
                """
            ),
            (
                "A colleague writes N(0, 2). What do you ask before you compute anything?",
                """
                Whether the 2 is the variance or the standard deviation. In this course the second place holds the variance; other texts mean
                the standard deviation.
                """
            ),
        ])
    }
}

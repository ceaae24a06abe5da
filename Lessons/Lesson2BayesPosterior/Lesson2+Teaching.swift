import Foundation
import LessonKit
import Notebook

// The words of lesson 2, each defined in the section that explains it; the questions at its end; and what stays on one page.

extension Lesson2BayesPosterior {
    func defineRule(in report: inout Report) {
        report.define(
            #"p(\latentvec{n})"#, "prior", "probability of each class before anything is observed: the shares")
        report.define(
            #"p(\obs{n} \mid \latentvec{n})"#, "likelihood of a class",
            "probability, or density, of what is observed, if it came from that class")
        report.define(
            #"p(\latentvec{n} \mid \obs{n})"#, "posterior", "probability of each class once the observation is known")
        report.define(
            #"\resp{n}{k}"#, "responsibility",
            #"posterior probability of class $\classindex$ for observation $\obsindex$"#)
    }

    func defineEStep(in report: inout Report) {
        report.define(#"\params"#, "parameters", "shares, means and standard deviations together")
        report.define(#"\paramsat{t}"#, "parameters of the moment", "those with which the E-step computes")
        report.define(nil, "E-step", "computing all responsibilities with the parameters of the moment")
    }

    func defineBoundary(in report: inout Report) {
        report.define(nil, "decision boundary", "where two classes are equally probable, and the best guess changes")
    }

    func defineLogarithms(in report: inout Report) {
        report.define(
            nil, "log-sum-exp", "logarithm of a sum of exponentials, computed after the largest exponent was taken out")
    }

    func definePlane(in report: inout Report) {
        report.define(
            nil, "Mahalanobis distance",
            "distance from a mean, in the class's own standard deviations and along its own axes"
        )
        report.define(
            nil, "entropy", "measure of doubt: 0 if one class is certain, largest if all are equally probable")
    }

    func defineLikelihoods(in report: inout Report) {
        report.define(
            #"\prodobs p(\obs{n})"#, "marginal likelihood", "density of the observations, whatever their classes are")
        report.define(
            #"\prodobs p(\latentvec{n}, \obs{n})"#, "complete-data likelihood",
            "density of the observations together with their classes")
    }

    func questions(in report: inout Report) {
        report.recap([
            (
                "Bayes' rule needs the probability of the observation as its denominator. Why does nobody have to be told that number?",
                """
                It is the sum of likelihood times prior over all classes, and these products are computed anyway. Dividing by their sum makes
                the posterior probabilities add up to 1.
                """
            ),
            (
                "A density may be larger than 1, so it is no probability. Why may densities stand in Bayes' rule all the same?",
                """
                A tiny piece of the scale has the probability density times width. The width is the same for all classes, so it cancels.
                """
            ),
            (
                "In what sense is a responsibility an average?",
                """
                Write the class as a vector with a 1 at the class and 0 elsewhere. The average of that vector, given the observation, has the
                responsibilities as its entries.
                """
            ),
            (
                "How many boundaries do two Gaussians on the line have if their variances are equal, and how many can they have if not?",
                """
                One, if the variances are equal and the means differ: the log odds are then a straight line. Otherwise the log odds are a parabola, which crosses
                zero twice or not at all, or touches it.
                """
            ),
            (
                "Which single step saves the computation of responsibilities from 0/0, and why does it change nothing?",
                """
                The largest logarithm is subtracted from all of them before the exponentials are taken. It divides all terms by the same
                number, which cancels, and leaves one term that is 1.
                """
            ),
        ])
    }

    func summary(_ store: PetStore, errorRate: Double, in report: inout Report) throws {
        let q = try store.weightMixture().responsibilities(at: 6)
        // Where -x²/2 - ½ ln 2π reaches the logarithm of the smallest number.
        let far = (-2 * (log(Double.leastNonzeroMagnitude) + 0.5 * log(2 * Double.pi))).squareRoot()
        report.summary(
            goal: """
                To say of an observation how probable it is to have come from each class, when the shares and the distributions of the classes
                are known. That is the E-step of the EM algorithm.
                """,
            box: "Responsibilities, as a program computes them", updates: ["cs181.1", "prml.9.39", "cs181.5"],
            numbers: [
                """
                An animal of 6 kg is a cat with probability \(q[1], .fixed(4)) and a dog with probability \(q[2], .fixed(4)).
                """,
                "Whoever always names the most probable species by the weight errs for \(errorRate, .percent(1)) of all animals.",
                """
                At \(far, .fixed(1)) standard deviations from the mean a computer rounds the density of a standard normal to zero; its logarithm
                is harmless.
                """,
            ], figure: "responsibilities")
    }
}

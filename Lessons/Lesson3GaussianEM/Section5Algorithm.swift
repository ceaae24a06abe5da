import MixtureModels
import Notebook

/// Section 5: the algorithm on one page, as one would write it on the blackboard before programming it.
struct Algorithm {
    static let name = "EM for a Gaussian mixture"

    func explain(in report: inout Report) {
        report.section("The algorithm on one page")
        report.prose(
            #"""
            We can neither sort the points by class, since the labels are missing, nor differentiate and solve, since the logarithm
            stops in front of a sum. EM gets round that in two half-steps, taken in turn. Under the parameters that it has, it works
            out how probable each class is for each point: its share in the point, the *responsibility*. Then it fits each class to all the points by
            the formulas for labelled points, with the shares in place of the labels. Here is all of it; the sections after this one
            do a round by hand, and say why it works.
            """#)
        report.box(Prose(Self.name)) { steps(in: &$0) }
        report.define(nil, "log-sum-exp", "the logarithm of a sum of exponentials, with the largest taken out first")
    }

    private func steps(in report: inout Report) {
        report.prose(
            #"""
            *Given:* $\obscount$ observations of $\dimension$ numbers each, and the number $\classcount$ of classes. *Wanted:* weights, means and
            covariances with a large log-likelihood. (With a covariance for each class no largest one exists: see step 4.)

            **1. Start.** Equal weights; as means, $\classcount$ different observations drawn at random, or the centres that
            K-means found; as covariances, that of all the data. Do so several times, and keep the end with the largest log-likelihood. *Not so:*
            with equal means and equal covariances all classes would stay equal for ever; and a class of weight 0 is given no point, so that its update is 0/0.

            **2. E-step, in logarithms.** For each observation take the logarithms $a_{\obsindex\classindex}$ of its joint densities with the
            classes, the largest of them, $m_{\obsindex}$, and then
            """#)
        report.formula(
            #"""
            \begin{aligned}
            a_{\obsindex\classindex} &= \nlog \weight{k} - \frac{1}{2} \left[ \dimension \nlog (2 \pi)
            + \nlog \determinant{\cov{k}} + (\obsvec{n} - \meanvec{k})^{\top} \cov{k}^{-1} (\obsvec{n} - \meanvec{k}) \right], \cr
            \nlog p(\obsvec{n}) &= m_{\obsindex} + \nlog \sumclasses e^{a_{\obsindex\classindex} - m_{\obsindex}}, \qquad
            \resp{n}{k} = e^{a_{\obsindex\classindex} - \nlog p(\obsvec{n})}
            \end{aligned}
            """#)
        report.prose(
            #"""
            With the largest taken out first, one term of the sum is $e^{0} = 1$: the sum cannot become 0, and nothing overflows, however far
            a point lies from all classes. (That is called *log-sum-exp*.)

            **3. M-step.** With the effective counts $\effcount{k} = \sumobs \resp{n}{k}$, and with the *new* means in the covariances,
            """#)
        report.formula(
            #"""
            \weight{k} \gets \frac{\effcount{k}}{\obscount}, \qquad
            \meanvec{k} \gets \frac{1}{\effcount{k}} \sumobs \resp{n}{k} \thinspace \obsvec{n}, \qquad
            \cov{k} \gets \frac{1}{\effcount{k}} \sumobs \resp{n}{k} \thinspace (\obsvec{n} - \meanvec{k}) (\obsvec{n} - \meanvec{k})^{\top}
            """#)
        report.prose(
            #"""
            **4. Watch** the log-likelihood $\loglik{\params} = \sumobs \nlog p(\obsvec{n})$, which the E-step has computed on its way. It must
            never fall by more than rounding. And watch the classes: a covariance that shrinks towards one that cannot be inverted, with the log-likelihood
            growing without end, is a class that has collapsed onto a few points ([lesson:10]). Throw that run away, and start elsewhere.

            **5. Stop** when nothing moves any more: when in a round no weight changes by more than a small number that you have chosen, no mean by more than that
            share of its class's standard deviation, and no entry of a covariance by more than that share of the product of the two standard deviations it
            belongs to; or after a set number of rounds, and then say so. Otherwise go back to 2. (This lesson takes $10^{-11}$ or less, unless it says
            otherwise. Many programs, and [lesson:4], stop when a round changes the log-likelihood by no more than a small part of its own size. Where EM is slow,
            such a small change does not show that the parameters are near their end.)

            **6. What a round costs:** about $\obscount \classcount \dimension^{2}$ multiplications, half of them for the quadratic forms of
            the E-step (with a Cholesky factor for each class, which takes $\dimension^{3} / 6$ more), half for the outer products
            of the M-step; and $\obscount \classcount$ exponentials. Twice the points, twice the time; twice the
            columns, four times.
            """#)
    }
}

import Notebook

/// Section 11: what to do with data of one's own.
struct Checklist {
    static let boxTitle: Prose = "Before you believe a mixture fitted by EM"

    func explain(in report: inout Report) {
        report.section("A checklist")
        report.prose("All of it on one screen; the sections above have the reasons.")
        report.box(Self.boxTitle) { box in
            box.prose(
                #"""
                **Before the run**

                1. *Columns.* Standardise them, or choose floors and priors in their units. Look for ties, constant columns, and codes for missing values (-99 in many rows is a tie): needles love them.
                2. *Starts.* Different components from the first step on: equal ones stay equal, or are parted by a rounding error. Rows drawn at random, or k-means++. Several starts, ten at least; if a share $p$ of
                   them is good, $\nlog 0.05 / \nlog(1 - p)$ for a chance of 95 percent.
                3. *Covariances.* Free ones need many points each. Otherwise a prior, a floor, or one covariance for all.

                **During the run**

                4. The log-likelihood (with the log prior, if there is one) must never fall. If it does, the program is wrong.
                5. If it shoots up, a component is collapsing. Throw the run away; do not report its log-likelihood.
                6. Stop when the *parameters* rest. A small step is not a small distance: multiply it by $\text{rate} / (1 - \text{rate})$.

                **After the run**

                7. Each component of the best end: how many points of its own, and which standard deviation in its thinnest direction? Few and thin: spurious, however high the log-likelihood. Drop it, and take the next.
                8. How many starts ended in the best sound end? One of many: go on searching.
                9. Two equal components: a saddle, or one class too many.
                10. Compare fits only after their classes have been matched, since names are arbitrary.
                11. Judge fits on fresh data, not by the log-likelihood that they were fitted to.
                """#)
        }
    }
}

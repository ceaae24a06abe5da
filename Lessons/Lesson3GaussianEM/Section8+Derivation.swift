import Notebook

/// Where the updates of means and covariances come from: ∂Q/∂μ and ∂Q/∂Σ, step by step.
struct Derivation {
    func explain(in report: inout Report) {
        report.prose(
            #"""
            **Where the formulas come from.** Responsibilities are constants here. So $\Qname$ is a sum over points of what one Gaussian would have, each
            with its share, and it is maximised as for one Gaussian: set the slopes with respect to mean and covariance to zero, and solve. For the mean that takes the
            slope of a quadratic form, for the covariance those of the logarithm of a determinant and of an inverse; it is worth doing once.
            """#)
        report.folded("The algebra: the slopes of Q with respect to mean and covariance") { algebra(in: &$0) }
    }

    private func algebra(in report: inout Report) {
        report.prose(
            #"""
            Of all terms of $\Qname$, those with the parameters of class $\classindex$'s Gaussian are
            """#)
        report.formula(
            #"""
            -\frac{1}{2} \sumobs \resp{n}{k} \left[ \nlog \determinant{\cov{k}}
            + (\obsvec{n} - \meanvec{k})^{\top} \cov{k}^{-1} (\obsvec{n} - \meanvec{k}) \right] + \text{constant}
            """#)
        means(in: &report)
        covariances(in: &report)
    }

    private func means(in report: inout Report) {
        report.prose(
            #"""
            *The mean.* For a symmetric matrix $\mathbf{A}$ the slope of $\mathbf{v}^{\top} \mathbf{A} \mathbf{v}$ with respect to $\mathbf{v}$ is
            $2 \mathbf{A} \mathbf{v}$. With $\mathbf{v} = \obsvec{n} - \meanvec{k}$, where the mean has a minus,
            """#)
        report.formula(
            #"""
            \frac{\partial \Qname}{\partial \meanvec{k}} = \sumobs \resp{n}{k} \thinspace \cov{k}^{-1} (\obsvec{n} - \meanvec{k}) = 0
            \quad \Rightarrow \quad \sumobs \resp{n}{k} \thinspace \obsvec{n} = \meanvec{k} \sumobs \resp{n}{k}
            """#)
        report.prose(
            #"""
            (multiply by $\cov{k}$, which can be inverted). The covariance is gone: the best mean does not depend on it.
            """#)
    }

    private func covariances(in report: inout Report) {
        report.prose(
            #"""
            *The covariance.* Two identities are needed, both for symmetric matrices:
            """#)
        report.formula(
            #"""
            \frac{\partial}{\partial \cov{k}} \nlog \determinant{\cov{k}} = \cov{k}^{-1}, \qquad
            \frac{\partial}{\partial \cov{k}} \thinspace \mathbf{v}^{\top} \cov{k}^{-1} \mathbf{v}
            = -\cov{k}^{-1} \mathbf{v} \mathbf{v}^{\top} \cov{k}^{-1}
            """#)
        report.prose(
            #"""
            In one dimension they say that the derivative of the logarithm of $\variance{k}$ by $\variance{k}$ is one over it, and that of $v^{2} / \variance{k}$ is
            $-v^{2}$ over its square. Hence
            """#)
        report.formula(
            #"""
            \frac{\partial \Qname}{\partial \cov{k}} = \frac{1}{2} \sumobs \resp{n}{k} \left[
            \cov{k}^{-1} (\obsvec{n} - \meanvec{k}) (\obsvec{n} - \meanvec{k})^{\top} \cov{k}^{-1} - \cov{k}^{-1} \right] = 0
            """#)
        report.prose(
            #"""
            Multiply by $\cov{k}$ from the left and from the right. What is left is
            $\sumobs \resp{n}{k} \thinspace (\obsvec{n} - \meanvec{k}) (\obsvec{n} - \meanvec{k})^{\top} = \cov{k} \sumobs \resp{n}{k}$, with the mean that was just
            found: divide by the effective count. (The entries of $\cov{k}$ were treated as if all were free, although it is symmetric. Counting each pair of
            equal entries once doubles the slopes off the diagonal, and moves no zero.)
            """#)
    }
}

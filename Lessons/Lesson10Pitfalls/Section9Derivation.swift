import Notebook

/// In a fold of section 9: the second derivatives at equal coins, and how a difference grows in a round.
extension Saddle {
    static func derivation(in inner: inout Report) {
        inner.prose(
            #"""
            Let $u$ be the logit of a coin, the logarithm of its odds (so that nothing has an edge), and $f_{\obsindex}(u) = \obs{n} u - \flips \nlog(1 + e^{u})$ the logarithm of its probability of $\obs{n}$ heads, but for a constant. Where both coins have the same
            probability $p$, the slope of $f_{\obsindex}$ is $r_{\obsindex} = \obs{n} - \flips p$, and its second derivative is $-\flips p (1 - p)$. So
            """#)
        inner.formula(
            #"""
            \sumobs r_{\obsindex} = 0, \qquad \sumobs r_{\obsindex}^{2} = S, \qquad \sumobs \flips p (1 - p) = V
            """#)
        inner.prose(
            #"""
            Differentiate the sum over the sets of $\nlog (\weight{1} e^{f_{\obsindex}(u_{1})} + \weight{2} e^{f_{\obsindex}(u_{2})})$ twice, and put both logits equal:
            """#)
        inner.formula(
            #"""
            \frac{\partial^{2} \ell}{\partial u_{1}^{2}} = \weight{1} (S - V) - \weight{1}^{2} S = -\weight{1} V + \weight{1} \weight{2} S, \qquad
            \frac{\partial^{2} \ell}{\partial u_{1} \partial u_{2}} = -\weight{1} \weight{2} S
            """#)
        inner.prose(
            #"""
            With weights 1/2 the matrix of these has the eigenvectors $(1, 1)$ and $(1, -1)$, with the curvatures $-V / 2$ and $(S - V) / 2$. The weight of the first coin adds zeros only: at equal coins the log-likelihood does not depend on it, and its mixed derivatives are
            multiples of $\sumobs r_{\obsindex} = 0$.

            Now a round of EM, for coins that differ by a small $\delta$ in logits. The first coin's share of a set is $\resp{n}{1} = \weight{1} (1 + \weight{2} r_{\obsindex} \delta)$ to first order. The flips that it has stay the same, since the $r_{\obsindex}$ add up to 0; its heads grow
            by $\weight{1} \weight{2} \delta \sumobs r_{\obsindex} \obs{n} = \weight{1} \weight{2} \delta S$. That raises its logit by $\weight{2} (S / V) \delta$ above the common one, and the second coin falls by $\weight{1} (S / V) \delta$ below. The weights add up to 1, so the new difference is
            $(S / V) \delta$.
            """#)
    }
}

/// Every command that a formula may hold: what GitHub's MathJax and KaTeX both know, and Markdown leaves alone.
///
/// The list is closed on purpose. ``TeXLint`` refuses what is not in it, and ``rule`` switches over all of it: a command
/// without a rule for browsers does not compile. `\left`, `\right`, `\begin` and `\end` come in pairs, and belong to the parser.
enum TeXCommand: String, CaseIterable, Sendable {
    // Greek letters.
    case alpha, beta, gamma, delta, epsilon, varepsilon, zeta, eta, theta, kappa, lambda, mu, nu
    case xi, pi, rho, sigma, tau, phi, varphi, chi, psi, omega
    case capitalGamma = "Gamma"
    case capitalDelta = "Delta"
    case capitalTheta = "Theta"
    case capitalLambda = "Lambda"
    case capitalSigma = "Sigma"
    case capitalPhi = "Phi"
    case capitalPsi = "Psi"
    case capitalOmega = "Omega"
    // Other signs that stand for things.
    case ell, infty, nabla, partial, top, star, ldots, cdots, vdots
    // Alphabets and words.
    case mathbf, boldsymbol, mathcal, mathbb, mathrm, text
    // Over and under.
    case bar, hat, tilde, overline, underbrace
    // Fractions and roots.
    case frac, dfrac, tfrac, binom, sqrt
    // Large operators and functions.
    case sum, prod, int, log, ln, exp, max, min, arg, lim
    case probability = "Pr"
    case limits
    // Fences.
    case mid, vert, lVert, rVert, lbrace, rbrace, bigl, bigr, biggl, biggr
    case largeLeft = "Bigl"
    case largeRight = "Bigr"
    // Operators and relations.
    case cdot, times, pm, ast, circ
    case le, ge, lt, gt, ne, approx, equiv, sim, propto, `in`, to, gets, mapsto, rightarrow, colon
    case implies = "Rightarrow"
    case longImplies = "Longrightarrow"
    // Space, rows, sizes.
    case quad, qquad, thinspace, cr, displaystyle, textstyle
}

// What each macro stands for in each source. The house's table is complete; the others list only what they write
// differently. A test checks that every macro of every table expands in every notation.

extension Notation {
    /// Whose symbols a report can be written in: this course, and the handouts. The cases are the names given to
    /// `--notation`, and the prefixes of the handouts' equation ids. To add one, add a case; the compiler asks for its row.
    public enum Source: String, CaseIterable, Sendable {
        /// This course's own letters.
        case house
        /// The handout of CS 181.
        case cs181
        /// Bishop's book, chapter 9, whose equations are derived in Yue Yu's notes.
        case prml
        /// The slides of CS229.
        case cs229
        /// The slides of STAT 215A.
        case stat215a
        /// The slides of ORIE 4742.
        case orie4742

        /// The sources that are explained: all but this course itself.
        static let handouts = allCases.filter { $0 != .house }

        /// The name as a reader knows it, and the table of each model.
        private var row: (name: String, gaussians: Notation, coins: Notation) {
            switch self {
            case .house: ("this course", .house, .house)
            case .cs181: ("CS 181", .cs181Gaussians, .cs181Coins)
            case .prml: ("PRML", .prml, .prml)
            case .cs229: ("CS229", .cs229, .cs229)
            case .stat215a: ("STAT 215A", .stat215a, .stat215a)
            case .orie4742: ("ORIE 4742", .orie4742, .orie4742)
            }
        }

        /// The name as a reader knows it: `CS 181`.
        public var name: String { row.name }

        /// The name of the text that the course was given, and that errata are of: the equations are Bishop's, the slips are not.
        var textName: String { self == .prml ? "Yue Yu's notes on PRML" : name }

        /// The source's letters for a model.
        public func notation(for model: Model) -> Notation { model == .coins ? row.coins : row.gaussians }

        /// Each different table of the source, named so that one can tell them apart.
        var tables: [(name: String, notation: Notation)] {
            row.gaussians == row.coins
                ? [(name, row.gaussians)]
                : [("\(name), Gaussians", row.gaussians), ("\(name), coins", row.coins)]
        }
    }
}

extension Notation {
    /// This course's own letters, the same in all lessons: weights π, responsibilities γ, head probabilities μ.
    public static let house = Notation(
        source: .house,
        macros: [
            // Indices and counts.
            "obsindex": "n", "classindex": "k", "otherindex": "j", "obscount": "N", "classcount": "K", "flips": "M",
            "sumobs": #"\sum_{n=1}^{N}"#, "sumclasses": #"\sum_{k=1}^{K}"#, "prodclasses": #"\prod_{k=1}^{K}"#,
            "prodobs": #"\prod_{n=1}^{N}"#,
            // What is observed. A flip x is 1 for heads; of M flips, x are heads.
            "obs": "x_{#1}", "data": #"\mathbf{X}"#, "heads": "x_{#1}", "tails": "(1-x_{#1})", "headcount": "x_{#1}",
            "anyobs": "x",
            "ishead": "x_{#1}=1", "istail": "x_{#1}=0",
            // What is not.
            "latent": "z_{#1#2}", "latentvec": #"\mathbf{z}_{#1}"#, "latents": #"\mathbf{Z}"#, "isclass": "z_{#1#2}=1",
            "resp": #"\gamma_{#1#2}"#, "respvec": #"\boldsymbol{\gamma}_{#1}"#, "resps": #"\boldsymbol{\gamma}"#,
            "effcount": "N_{#1}",
            // 1 if K-means has put observation n into cluster k, else 0: a guess, not the hidden truth z.
            "hard": "r_{#1#2}",
            // The one-hot vector of a class, as CS 181 calls it.
            "classvec": "C_{#1}",
            // Parameters.
            "weight": #"\pi_{#1}"#, "weights": #"\boldsymbol{\pi}"#,
            "headprob": #"\mu_{#1}"#, "tailprob": #"(1-\mu_{#1})"#, "headprobs": #"\boldsymbol{\mu}"#,
            "params": #"\boldsymbol{\theta}"#, "paramsat": #"\boldsymbol{\theta}^{(#1)}"#,
            // Gaussians: the mean and the variance of a number, the mean vector and the covariance of a vector.
            "obsvec": #"\mathbf{x}_{#1}"#, "mean": #"\mu_{#1}"#, "variance": #"\sigma_{#1}^{2}"#, "sd": #"\sigma_{#1}"#,
            "meanvec": #"\boldsymbol{\mu}_{#1}"#, "cov": #"\boldsymbol{\Sigma}_{#1}"#, "dimension": "D",
            "normal": #"\mathcal{N}(#1 \mid #2, #3)"#, "gauss": #"\mathcal{N}(#1, #2)"#,
            "determinant": #"\left\vert #1 \right\vert"#,
            // A formula in the letters of its source, whatever the notation.
            "printed": "#1",
            // Vectors of flips, a binary image for instance: element d of observation n, and its probability in class k.
            "elementindex": "d", "sumelements": #"\sum_{d=1}^{D}"#, "prodelements": #"\prod_{d=1}^{D}"#,
            "element": "x_{#1#2}", "notelement": "(1-x_{#1#2})",
            "elementprob": #"\mu_{#1#2}"#, "notelementprob": #"(1-\mu_{#1#2})"#,
            // Functions.
            "nlog": #"\ln"#, "pgiven": #" \mid "#, "cgiven": ", ",
            "loglik": #"\ell(#1)"#, "completeloglik": #"\ln p(\mathbf{X}, \mathbf{Z} \mid #1)"#,
            "Q": "Q(#1; #2)", "Qname": "Q", "entropy": "H(#1)",
            "expectation": #"\mathbb{E}_{\mathbf{Z} \mid \mathbf{X}}"#,
            "expectationat": #"\mathbb{E}_{\latents \mid \data \cgiven #1}"#,
        ],
        indices: [:])

    /// CS 181, section 2.4: the coins. Here θ is the mixing weight and π the bias, and flips are one-hot.
    static let cs181Coins = Notation(
        source: .cs181,
        macros: cs181Common.merging([
            "weight": #"\theta_{#1}"#, "weights": #"\boldsymbol{\theta}"#,
            "headprob": #"\pi_{#1 1}"#, "tailprob": #"\pi_{#1 2}"#, "headprobs": #"\boldsymbol{\pi}"#,
            "heads": "x_{#1,1}", "tails": "x_{#1,2}", "headcount": "x_{#1,+}",
            "ishead": "x_{#1,1}=1", "istail": "x_{#1,2}=1",
        ]) { $1 },
        indices: [:])

    /// CS 181, section 2.3: the Gaussians. Here π is the mixing weight.
    static let cs181Gaussians = Notation(
        source: .cs181, macros: cs181Common, indices: [:], missing: ["headprob"])

    private static let cs181Common = [
        "obs": #"\mathbf{x}_{#1}"#, "anyobs": #"\mathbf{x}"#, "resp": "q_{#1,#2}", "respvec": #"\mathbf{q}_{#1}"#,
        "resps": #"\mathbf{q}"#, "hard": "r_{#1,#2}",
        "latent": "z_{#1,#2}", "isclass": #"\mathbf{z}_{#1}=C_{#2}"#,
        "element": "x_{#1,#2}", "notelement": "(1-x_{#1,#2})",
        "params": #"\mathbf{w}"#, "paramsat": #"\mathbf{w}^{(#1)}"#, "nlog": #"\log"#, "pgiven": "; ", "cgiven": "; ",
        "normal": #"\mathcal{N}(#1; #2, #3)"#,
        "loglik": #"\log p(\mathbf{X}; #1)"#, "completeloglik": #"\log p(\mathbf{X}, \mathbf{Z}; #1)"#,
        "Q": #"\mathcal{L}_{c}(#1; #2)"#, "Qname": #"\mathcal{L}_{c}"#,
    ]

    /// Bishop's PRML, chapter 9.
    static let prml = Notation(
        source: .prml,
        macros: [
            "resp": #"\gamma(z_{#1#2})"#, "respvec": #"\gamma(\mathbf{z}_{#1})"#,
            "loglik": #"\ln p(\mathbf{X} \mid #1)"#, "Q": #"\mathcal{Q}(#1, #2)"#, "Qname": #"\mathcal{Q}"#,
            "elementindex": "i", "sumelements": #"\sum_{i=1}^{D}"#, "prodelements": #"\prod_{i=1}^{D}"#,
        ],
        indices: ["d": "i"])

    /// The CS229 slides: points are x with a superscript i, responsibilities r.
    static let cs229 = Notation(
        source: .cs229,
        macros: [
            "obsindex": "i", "sumobs": #"\sum_{i=1}^{N}"#, "prodobs": #"\prod_{i=1}^{N}"#,
            "obs": "x^{#1}", "heads": "x^{#1}", "tails": "(1-x^{#1})", "headcount": "x^{#1}",
            "ishead": "x^{#1}=1", "istail": "x^{#1}=0",
            "obsvec": "x^{#1}", "meanvec": #"\mu_{#1}"#, "cov": #"\Sigma_{#1}"#, "dimension": "d",
            "latentvec": "z^{#1}", "isclass": "z^{#1}=#2",
            "resp": "r_{#1#2}", "respvec": #"\mathbf{r}_{#1}"#, "resps": #"\mathbf{r}"#, "hard": "[C(#1)=#2]",
            "weights": #"\pi"#, "params": #"\theta"#, "paramsat": #"\hat{\theta}^{(#1)}"#, "nlog": #"\log"#,
            "loglik": "L_{x}(#1)", "completeloglik": "L_{x,z}(#1)",
            // The slides count dimensions up to d, so that the index of an element needs another letter.
            "elementindex": "l", "sumelements": #"\sum_{l=1}^{d}"#, "prodelements": #"\prod_{l=1}^{d}"#,
            "element": "x^{#1}_{#2}", "notelement": "(1-x^{#1}_{#2})",
        ],
        indices: ["n": "i", "d": "l"], missing: ["headprob", "latent", "Qname"])

    /// STAT 215A: n observations counted by i, classes by j.
    static let stat215a = Notation(
        source: .stat215a,
        macros: [
            "obsindex": "i", "classindex": "j", "otherindex": "k", "obscount": "n",
            "sumobs": #"\sum_{i=1}^{n}"#, "sumclasses": #"\sum_{j=1}^{K}"#, "prodclasses": #"\prod_{j=1}^{K}"#,
            "prodobs": #"\prod_{i=1}^{n}"#,
            "obs": "X_{#1}", "anyobs": "X", "data": "X", "heads": "X_{#1}", "tails": "(1-X_{#1})",
            "headcount": "X_{#1}",
            "ishead": "X_{#1}=1", "istail": "X_{#1}=0",
            "obsvec": "X_{#1}", "meanvec": #"\mu_{#1}"#, "cov": #"\Sigma_{#1}"#, "normal": #"N(#1 \mid #2, #3)"#,
            "gauss": "N(#1, #2)",
            "latentvec": "Z_{#1}", "latents": "Z", "isclass": "Z_{#1}=#2",
            "resp": "Z_{#1#2}^{(t)}", "respvec": "Z_{#1}^{(t)}", "resps": "Z^{(t)}",
            "params": #"\theta"#, "paramsat": #"\theta^{(#1)}"#, "nlog": #"\log"#,
            "element": "X_{#1#2}", "notelement": "(1-X_{#1#2})",
            "completeloglik": #"\ell(#1; X, Z)"#, "Q": #"Q(#1 \mid #2)"#, "expectation": #"\mathbb{E}_{Z \mid X}"#,
        ],
        indices: ["n": "i", "k": "j", "j": "k"], missing: ["headprob", "latent"])

    /// ORIE 4742, chapter 11.
    static let orie4742 = Notation(
        source: .orie4742,
        macros: [
            "obs": "X_{#1}", "anyobs": "X", "heads": "X_{#1}", "tails": "(1-X_{#1})", "headcount": "X_{#1}",
            "ishead": "X_{#1}=1", "istail": "X_{#1}=0",
            "obsvec": "X_{#1}", "meanvec": #"\mu_{#1}"#, "cov": #"\Sigma_{#1}"#, "dimension": "d",
            "latent": "z_{#1,#2}", "latentvec": "Z_{#1}", "isclass": "z_{#1,#2}=1",
            "resp": #"\gamma_{X_{#1}}^{#2}"#, "respvec": #"\gamma_{X_{#1}}"#,
            "hard": #"\eta_{#1#2}"#,
            "elementindex": "l", "sumelements": #"\sum_{l=1}^{d}"#, "prodelements": #"\prod_{l=1}^{d}"#,
            "element": "X_{#1#2}", "notelement": "(1-X_{#1#2})",
            "params": #"\theta"#, "paramsat": #"\theta^{(#1)}"#, "nlog": #"\log"#,
            "loglik": #"\log p(\mathbf{X} \mid #1)"#, "completeloglik": #"\log p(\mathbf{X}, \mathbf{Z} \mid #1)"#,
        ],
        indices: ["d": "l"], missing: ["headprob", "Qname"])
}

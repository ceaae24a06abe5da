import Foundation
import MixtureModels
import Notebook
import Verification

// Equations 18-23: the expected complete-data log-likelihood, six times the same number.

extension SingleFlips {
    func expectation(in report: inout Report) throws {
        let enumerated = try enumeratedExpectation()
        report.prose(
            #"""
            **Averaging over what is hidden.** We do not know the coins, but the E-step told us how probable each is. So we
            take the complete-data log-likelihood of every possible story, weigh it by how probable that story is given the
            flips, and add: the *expected complete-data log-likelihood*, $\Q{\params}{\paramsat{t}}$. It has two places for parameters. The
            stories are as probable as the guess $\paramsat{t}$ makes them; $\params$ are the parameters inside the logarithm. Each flip has two possible coins,
            so \#(flips.count) flips have \#(1 << flips.count) stories. Three of them:
            """#)
        try storyTable(in: &report)
        let q = guess.expectedCompleteLogLikelihood(of: flips, responsibilities: responsibilities)
        report.prose(
            #"""
            No one adds up \#(1 << flips.count) stories. Equations 18 to 22 turn the average over stories into a sum over flips:
            """#)
        report.formula(
            #"""
            \begin{aligned} \Q{\params}{\paramsat{t}}
            & = \expectationat{\paramsat{t}} \left[ \sumobs \nlog p(\obs{n}, \latentvec{n} \pgiven \params) \right] \cr
            & = \expectationat{\paramsat{t}} \left[ \sumobs \nlog p(\latentvec{n} \pgiven \params)
            + \nlog p(\obs{n} \mid \latentvec{n} \cgiven \params) \right] \cr
            & = \sumobs \expectationat{\paramsat{t}} \left[ \nlog p(\latentvec{n} \pgiven \params)
            + \nlog p(\obs{n} \mid \latentvec{n} \cgiven \params) \right] \cr
            & = \sumobs \sumclasses \resp{n}{k} \left( \nlog \weight{k} + \heads{n} \nlog \headprob{k} + \tails{n} \nlog \tailprob{k} \right)
            \end{aligned}
            """#)
        report.define(
            #"\Q{\params}{\paramsat{t}}"#, "expected complete-data log-likelihood",
            #"average of the complete-data log-likelihood under $\params$ over the hidden coins, as probable as the data and $\paramsat{t}$ make them"#
        )
        report.prose(
            #"""
            The first line is the definition; the probabilities of the stories are those under the guess, and stay so when the parameters inside the
            logarithm move (the handout's notation hides this, and [an erratum](#errata-cs181-expectation) shows what would go wrong
            otherwise). The second splits each joint probability: one part holds only the weights, the other only the coins, so the M-step can
            maximise them separately. In the third the expectation moves inside the sum, and instead of one average over
            \#(1 << flips.count) stories there are \#(flips.count) averages over two coins: **this** is where EM becomes affordable. The
            fourth puts in what we found above, which is linear in $\latent{n}{k}$; so $\latent{n}{k}$ is replaced by its expectation, the probability
            that it is 1, and that is the responsibility $\resp{n}{k}$.
            """#)
        try report.folded("The lines in numbers: equations 18 to 22") { inner in
            eighteen(in: &inner, q: q, enumerated: enumerated.whole)
            try factored(in: &inner, enumerated: enumerated)
            try self.inside(in: &inner, enumerated: enumerated.whole)
            try withResponsibilities(in: &inner, enumerated: enumerated.whole)
        }
        try constraints(in: &report, enumerated: enumerated.whole)
    }

    private func eighteen(in report: inout Report, q: Double, enumerated: Double) {
        report.equation(
            "cs181.18",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \expectationat{\paramsat{t}}
                \left[ \sumobs \nlog p(\obs{n}, \latentvec{n} \pgiven \params) \right]
                """#,
            printed: #"""
                \mathcal{L}_{c} = \mathbb{E}_{\mathbf{Z} \mid \mathbf{X}; \mathbf{w}}
                \left[ \sum_{n=1}^{N} \log p(\mathbf{x}_{n}, \mathbf{z}_{n}; \mathbf{w}) \right]
                """#,
            numbers: #"""
                \Q{\paramsat{0}}{\paramsat{0}} = \sum_{\text{\#(1 << flips.count) stories}}
                p(\latents \mid \data \cgiven \paramsat{0}) \thinspace \completeloglik{\paramsat{0}} = \#(q, .fixed(5))
                """#,
            value: .number(q),
            again: .exact(
                .number(enumerated), "enumeration of all \(1 << flips.count) assignments of coins to flips",
                tolerance: .enumeration),
            note: """
                The value here is computed in a single pass over the flips, from responsibilities; the check really walks
                through every story.
                """)
    }

    // MARK: 18: enumeration

    /// Sums over all 2^N stories: the expectation of ln p(X, Z), of its part ln p(Z), and of its part ln p(X | Z).
    private func enumeratedExpectation() throws -> (whole: Double, prior: Double, likelihood: Double) {
        let sums = try Assignments(items: flips.count, classes: 2).expectation(
            of: { story in
                let parts = logProbabilities(of: story, under: parameters)
                return [parts[0] + parts[1], parts[0], parts[1]]
            },
            logJoint: { story in logProbabilities(of: story, under: parameters).reduce(0, +) })
        return (sums[0], sums[1], sums[2])
    }

    /// ln p(Z) and ln p(X | Z) of one story, under the parameters π_1, μ_1, μ_2.
    func logProbabilities(of story: [Int], under parameters: [Double]) -> [Double] {
        let (weight, heads) = (parameters[0], parameters[1...].map { $0 })
        var (prior, likelihood) = (0.0, 0.0)
        for (flip, coin) in zip(flips, story) {
            prior += log(coin == 0 ? weight : 1 - weight)
            likelihood += log(flip ? heads[coin] : 1 - heads[coin])
        }
        return [prior, likelihood]
    }

    private func storyTable(in report: inout Report) throws {
        let likeliest = flips.indices.map { responsibilities[$0, 0] > responsibilities[$0, 1] ? 0 : 1 }
        let evidence = guess.logLikelihood(of: flips)
        let stories: [(Prose, [Int])] = [
            ("the most probable one", likeliest), ("the true one", coins), ("coin 1 every time", flips.map { _ in 0 }),
        ]
        report.table(
            [
                "story", "coins", #"$p(\latents \mid \data)$"#, #"$\completeloglik{\params}$"#,
                #"$\completeloglik{\params} - \nlog p(\latents \mid \data)$"#,
            ],
            rows: stories.map { name, story in
                let logJoint = logProbabilities(of: story, under: parameters).reduce(0, +)
                return [
                    name, Prose(story.map { String($0 + 1) }.joined(separator: " ")),
                    "\(exp(logJoint - evidence), .significant(3))", "\(logJoint, .fixed(4))",
                    "\(logJoint - logPosterior(of: story), .fixed(4))",
                ]
            },
            caption: "Three of the stories that the expectation averages over, under the guess.")
        report.prose(
            #"""
            Here $\params$ is the guess, too. Look at the last column: it is the same in every row, and it is $\loglik{\paramsat{0}} = \#(evidence, .fixed(4))$. It has
            to be, since $p(\data, \latents) = p(\latents \mid \data) \thinspace p(\data)$. Average it over the stories, and it
            becomes the identity on which EM rests: at the guess, **the log-likelihood is $\Q{\paramsat{0}}{\paramsat{0}}$ plus the entropy of the stories**. (What
            is true if the two places of $\Qname$ differ, section 4 tells: the proof that EM works.)
            """#)
    }

    /// ln p(Z | X) of one story: the sum of the logs of the responsibilities that it picks.
    private func logPosterior(of story: [Int]) -> Double {
        story.enumerated().reduce(0) { $0 + log(responsibilities[$1.offset, $1.element]) }
    }

    // MARK: 19-20: inside the expectation

    private func factored(
        in report: inout Report, enumerated: (whole: Double, prior: Double, likelihood: Double)
    ) throws {
        let q = guess.expectedCompleteLogLikelihood(of: flips, responsibilities: responsibilities)
        report.equation(
            "cs181.19",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \expectationat{\paramsat{t}} \left[ \sumobs \nlog p(\latentvec{n} \pgiven \params)
                + \nlog p(\obs{n} \mid \latentvec{n} \cgiven \params) \right]
                """#,
            printed: #"""
                \mathcal{L}_{c} = \mathbb{E}_{\mathbf{Z} \mid \mathbf{X}; \mathbf{w}} \left[ \sum_{n=1}^{N} \log p(\mathbf{z}_{n}; \mathbf{w})
                + \log p(\mathbf{x}_{n} \mid \mathbf{z}_{n}; \mathbf{w}) \right]
                """#,
            numbers: #"""
                \Q{\paramsat{0}}{\paramsat{0}} = \#(enumerated.prior, .fixed(5)) + (\#(enumerated.likelihood, .fixed(5)))
                = \#(enumerated.prior + enumerated.likelihood, .fixed(5))
                """#,
            value: .number(enumerated.prior + enumerated.likelihood),
            again: .exact(
                .number(q), "equation 18 in one pass; here both parts are averaged separately over all stories",
                tolerance: .enumeration))
    }

    private func inside(in report: inout Report, enumerated: Double) throws {
        // One flip by itself has two stories. Its expectation is over those two.
        let own = try [true, false].map { flip in
            try Assignments(items: 1, classes: 2).expectation(
                of: { guess.logJoint(at: flip)[$0[0]] }, logJoint: { guess.logJoint(at: flip)[$0[0]] })
        }
        let total = Double(headCount) * own[0] + Double(tailCount) * own[1]
        report.equation(
            "cs181.20",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \sumobs \expectationat{\paramsat{t}} \left[ \nlog p(\latentvec{n} \pgiven \params)
                + \nlog p(\obs{n} \mid \latentvec{n} \cgiven \params) \right]
                """#,
            printed: #"""
                \mathcal{L}_{c} = \sum_{n=1}^{N} \mathbb{E}_{\mathbf{Z} \mid \mathbf{X}; \mathbf{w}} \left[ \log p(\mathbf{z}_{n}; \mathbf{w})
                + \log p(\mathbf{x}_{n} \mid \mathbf{z}_{n}; \mathbf{w}) \right]
                """#,
            numbers: #"""
                \Q{\paramsat{0}}{\paramsat{0}} = \#(headCount) \times (\#(own[0], .fixed(5))) + \#(tailCount) \times (\#(own[1], .fixed(5)))
                = \#(total, .fixed(5))
                """#,
            value: .number(total),
            again: .exact(
                .number(enumerated), "enumeration of all \(1 << flips.count) assignments", tolerance: .enumeration))
    }

    // MARK: 21-23: responsibilities replace the latent variables

    private func withResponsibilities(in report: inout Report, enumerated: Double) throws {
        var doubleSum = 0.0
        for (n, flip) in flips.enumerated() {
            for k in 0..<2 {
                let mu = guess.components[k].probability
                doubleSum += responsibilities[n, k] * (log(guess.weights[k]) + log(flip ? mu : 1 - mu))
            }
        }
        let flip = try responsibilitiesOfFlip()
        let joint = [0, 1].map { coin in [true, false].map { guess.logJoint(at: $0)[coin] } }
        let byEnumeration = "enumeration of all \(1 << flips.count) assignments"
        report.equation(
            "cs181.21",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \sumobs \sumclasses \resp{n}{k} \left( \nlog \weight{k} + \heads{n} \nlog \headprob{k}
                + \tails{n} \nlog \tailprob{k} \right)
                """#,
            printed: #"""
                \mathcal{L}_{c} = \sum_{n=1}^{N} \sum_{k=1}^{K} q_{n,k} \left( \log \theta_{k}
                + \sum_{j=1}^{2} x_{n,j} \log \pi_{kj} \right)
                """#,
            numbers: #"""
                \Q{\paramsat{0}}{\paramsat{0}} = \#(headCount) \left[ \#(flip.heads[0], .fixed(4)) (\#(joint[0][0], .fixed(4)))
                + \#(flip.heads[1], .fixed(4)) (\#(joint[1][0], .fixed(4))) \right]
                + \#(tailCount) \left[ \#(flip.tails[0], .fixed(4)) (\#(joint[0][1], .fixed(4)))
                + \#(flip.tails[1], .fixed(4)) (\#(joint[1][1], .fixed(4))) \right] = \#(doubleSum, .fixed(5))
                """#,
            value: .number(doubleSum),
            again: .exact(.number(enumerated), byEnumeration, tolerance: .enumeration))

        let (w, m1, m2) = (parameters[0], parameters[1], parameters[2])
        let heads = flip.heads[0] * (log(w) + log(m1)) + flip.heads[1] * (log(1 - w) + log(m2))
        let tails = flip.tails[0] * (log(w) + log(1 - m1)) + flip.tails[1] * (log(1 - w) + log(1 - m2))
        let written = Double(headCount) * heads + Double(tailCount) * tails
        report.equation(
            "cs181.22",
            formula: #"""
                \Q{\params}{\paramsat{t}} = \sumobs \left[
                \resp{n}{1} \left( \nlog \weight{1} + \heads{n} \nlog \headprob{1} + \tails{n} \nlog \tailprob{1} \right)
                + \resp{n}{2} \left( \nlog \weight{2} + \heads{n} \nlog \headprob{2} + \tails{n} \nlog \tailprob{2} \right)
                \right]
                """#,
            printed: #"""
                \mathcal{L}_{c} = \sum_{n=1}^{N}
                q_{n,1} \left( \log \theta_{1} + x_{n,1} \log \pi_{11} + x_{n,2} \log \pi_{12} \right)
                + q_{n,2} \left( \log \theta_{2} + x_{n,1} \log \pi_{21} + x_{n,2} \log \pi_{22} \right)
                """#,
            numbers: #"""
                \begin{aligned} \Q{\paramsat{0}}{\paramsat{0}} = {} & \#(headCount) \left[ \#(flip.heads[0], .fixed(4))
                (\nlog \#(w, .significant(3)) + \nlog \#(m1, .significant(3))) + \#(flip.heads[1], .fixed(4))
                (\nlog \#(1 - w, .significant(3)) + \nlog \#(m2, .significant(3))) \right] \cr
                & + \#(tailCount) \left[ \#(flip.tails[0], .fixed(4))
                (\nlog \#(w, .significant(3)) + \nlog \#(1 - m1, .significant(3))) + \#(flip.tails[1], .fixed(4))
                (\nlog \#(1 - w, .significant(3)) + \nlog \#(1 - m2, .significant(3))) \right]
                = \#(written, .fixed(5)) \end{aligned}
                """#,
            value: .number(written),
            again: .exact(.number(enumerated), byEnumeration, tolerance: .enumeration))

    }
}

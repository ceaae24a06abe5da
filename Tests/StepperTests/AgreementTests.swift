import BrowserSupport
import Foundation
import MixtureModels
import TestScheduling
import Testing

@testable import Steppers

/// The page's own EM, run in the browser, against the core: same data, same starts, step by step.
@Suite(.serialized, .onBrowserThread, .enabled(if: Browser.isThere, Comment(rawValue: Browser.whereToGetIt)))
struct AgreementTests {
    /// Both do the same steps in double precision, and EM pulls rounding differences together rather than apart. The numbers that are
    /// compared are at most some thousands, and each is a sum over some hundred rows; so they differ by about 1e-11.
    static let tolerance = 1e-9
    private static let steps = 12

    /// One comparison: what the browser is given, and what the core makes of it.
    struct Problem {
        let name: String
        let data: [String: Any]
        let start: [String: Any]
        /// For each iterate: weights, parameters, ℓ, and, after a step, the bound of the shares before it.
        let expected: [[Double]]
    }

    @Test(
        "Gaussians, coins, images and K-means take the same steps in the browser as in the core, from several starts each"
    )
    func sameSteps() throws {
        try Browser.lent(sameSteps)
    }

    private func sameSteps(_ browser: Browser) throws {
        let script = PackagePaths.page.appending(path: "em.js")
        try browser.evaluate(
            String(contentsOf: script, encoding: .utf8).replacing("'use strict';\nconst EM =", with: "globalThis.EM ="))
        try browser.evaluate(
            """
            globalThis.followed = ({data, start, steps}) => {
              const em = EM.model(data), list = [];
              let theta = start, shares = null;
              for (let t = 0; t < steps; t++) {
                const numbers = theta.components.flatMap(c => [c.mean, c.covariance, c.heads, c.probabilities].flat(2)).filter(v => v !== undefined);
                const e = em.eStep(theta), weights = em.hard ? [] : theta.weights;
                list.push([...weights, ...numbers, e.logLikelihood, ...(shares ? [em.bound(shares, theta)] : [])]);
                shares = e.shares;
                theta = em.mStep(shares, theta);
                if (theta.failed) break;
              }
              return list;
            }
            """)
        let problems = try Problems.all(steps: Self.steps)
        #expect(problems.count >= 20)
        for problem in problems {
            let arguments = try JSONSerialization.data(
                withJSONObject: ["data": problem.data, "start": problem.start, "steps": Self.steps])
            let found = try browser.evaluate("followed(\(String(decoding: arguments, as: UTF8.self)))") as? [[NSNumber]]
            let theirs = (found ?? []).map { $0.map(\.doubleValue) }
            try #require(theirs.map(\.count) == problem.expected.map(\.count), "\(problem.name)")
            let differences = zip(theirs.joined(), problem.expected.joined()).map { abs($0 - $1) }
            #expect((differences.max() ?? .infinity) < Self.tolerance, "\(problem.name)")
        }
    }
}

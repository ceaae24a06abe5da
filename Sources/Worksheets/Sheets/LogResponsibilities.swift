import Foundation
import Notebook
import Verification

extension Worksheet {
    /// Responsibilities from logarithms, as a program computes them.
    static let logResponsibilities = Worksheet(
        name: "log-responsibilities", lesson: 2, title: "Responsibilities in logarithms", model: .gaussians
    ) { draw in
        let weights = draw.weights(3, least: 10)
        // Densities that a computer can hold, or densities that it rounds to 0.
        let base = draw.one(of: [draw.integer(20...60), draw.integer(800...1200)])
        let logDensities = draw.different(3, of: Array(0...40)).map { -Double(10 * base + $0) / 10 }
        return LogResponsibilities(
            weights: weights, logDensities: logDensities, asked: draw.integer(0...2),
            order: draw.shuffled([0, 1, 2, 3])
        ).draft
    }
}

/// One observation and three classes, whose densities are known by their logarithms.
private struct LogResponsibilities {
    let weights: [Double]
    let logDensities: [Double]
    let asked: Int
    let order: [Int]

    var logJoint: [Double] { zip(weights, logDensities).map { log($0) + $1 } }
    var posterior: [Double] { Self.shares(logJoint) }

    private static func logSum(_ a: [Double]) -> Double {
        let largest = a.max() ?? 0
        return largest + log(a.reduce(0) { $0 + exp($1 - largest) })
    }

    private static func shares(_ a: [Double]) -> [Double] { a.map { exp($0 - logSum(a)) } }

    var draft: Worksheet.Draft? {
        guard (0.05...0.95).contains(posterior[asked]) else { return nil }
        return Worksheet.Draft(story: story, questions: [joint, density, responsibility, program])
    }

    private var story: [Passage] {
        [
            .prose(
                #"""
                An observation $\obs{1}$ may have come from three classes. The table holds their weights and the *natural logarithms*
                of their densities at the observation.
                """#),
            .table(
                ["class", #"weight $\weight{k}$"#, #"$\nlog p(\obs{1} \mid \isclass{1}{k})$"#],
                (0..<3).map { k in
                    [#"\#(k + 1)"#, #"\#(weights[k], .fixed(2))"#, #"$\#(logDensities[k], .fixed(1))$"#]
                }),
        ]
    }

    private var joint: Question {
        let (weight, logDensity) = (weights[asked], logDensities[asked])
        return .number(
            "a", "the logarithm of weight times density",
            #"What is the natural logarithm of weight times density for class \#(asked + 1)?"#, logJoint[asked],
            .decimals(2),
            working: #"""
                \nlog \#(weight, .fixed(2)) + (\#(logDensity, .fixed(1))) = \#(logJoint[asked], .fixed(2))
                """#,
            slips: [
                Slip(logDensity, "The weight is missing: its logarithm is added."),
                Slip(
                    log10(weight) + logDensity,
                    "The weight's logarithm is to base 10; the table has natural logarithms."),
                Slip(weight + logDensity, "The weight itself was added, and not its logarithm."),
                Slip(logDensity - log(weight), "The weight's logarithm was subtracted. It is negative, and is added."),
            ]
        ) {
            // The logarithm as an area.
            let area = try AdaptiveSimpson.integral(of: { 1 / $0 }, over: weight...1, tolerance: 1e-11)
            return .exact(
                .number(logDensity - area), "an integral for the logarithm", tolerance: .quadrature)
        }
    }

    private var density: Question {
        let (a, answer) = (logJoint, Self.logSum(logJoint))
        let largest = a.max() ?? 0
        let terms = a.map { (#"e^{\#($0 - largest, .fixed(2))}"# as TeX).source }.joined(separator: " + ")
        return .number(
            "b", "the log density of the observation",
            #"What is $\nlog p(\obs{1})$? (Take the largest of the three logarithms out of the sum first.)"#, answer,
            .decimals(2),
            working: TeX(
                (#"\#(largest, .fixed(2)) + \nlog ("# as TeX).source + terms
                    + (#") = \#(answer, .fixed(2))"# as TeX).source),
            byHand: Self.logSum(a.map { rounded($0, 3) }),
            slips: [
                Slip(largest, "That is the largest of the three alone. The others add to the density, too."),
                Slip(
                    Self.logSum(logDensities), "The weights are missing: each density counts with its class's weight."),
                Slip(
                    largest + log10(a.reduce(0) { $0 + exp($1 - largest) }),
                    "The last logarithm is to base 10; all of them are natural logarithms."),
                Slip(
                    a.reduce(0, +),
                    "The logarithms were added. Added are the densities; the logarithm comes after the sum."),
                Slip(
                    a.reduce(0, +) / 3,
                    "The logarithms were averaged. Added are the densities; the logarithm comes after the sum."),
            ]
        ) {
            .exact(.number(try Assignments(items: 1, classes: 3).logSum { a[$0[0]] }), "a sum over the three classes")
        }
    }

    private var responsibility: Question {
        let (a, asked, answer) = (logJoint, asked, posterior[asked])
        let largest = a.max() ?? 0
        return .number(
            "c", "the responsibility", #"What is the responsibility $\resp{1}{\#(asked + 1)}$ of class \#(asked + 1)?"#,
            answer,
            .decimals(3),
            working: #"""
                e^{\#(a[asked], .fixed(3)) - (\#(Self.logSum(a), .fixed(3)))} = \#(answer, .fixed(3))
                """#,
            byHand: Self.shares(a.map { rounded($0, 3) })[asked],
            slips: [
                Slip(Self.shares(logDensities)[asked], "The weights are missing."),
                Slip(a[asked] / a.reduce(0, +), "The logarithms were divided. Divided are the densities themselves."),
                Slip(
                    Self.shares(a.map { $0 * log(10) })[asked],
                    "Powers of 10 were taken, but the logarithms are natural ones: take powers of e."),
                Slip(weights[asked], "That was known before the observation; its density has told something."),
            ]
                + (a[asked] == largest
                    ? []
                    : [
                        Slip(
                            exp(a[asked] - largest),
                            "That is the ratio to the likeliest class. Divide by the sum of all three ratios.")
                    ])
        ) {
            let odds = a.indices.filter { $0 != asked }.reduce(0) { $0 + exp(a[$1] - a[asked]) }
            return .exact(.number(1 / (1 + odds)), "the odds of the other classes")
        }
    }

    private var program: Question {
        let all: [Choice.Option] = [
            Choice.Option(
                "It divides 0 by 0, which is not a number.",
                "Densities of this size are well within what a double can hold."),
            Choice.Option(
                "It finds the same responsibilities as you.",
                "A double cannot hold densities of this size: they are rounded to 0, all three."),
            Choice.Option(
                "It gives each class a third.",
                "Where all three densities are rounded to 0, their ratio is 0 divided by 0, and no third; and where they are not, nothing makes them equal."
            ),
            Choice.Option(
                "It overflows: a number becomes infinite.",
                "The logarithms are negative: their exponentials are small, and not large."),
        ]
        let sum = logJoint.reduce(0) { $0 + exp($1) }
        // The smallest positive double is about e^-744.4.
        let vanishes = logJoint.allSatisfy { $0 < -746 }
        let place = { (index: Int) in order.firstIndex(of: index) ?? 0 }
        return .choice(
            "d", "what a program makes of it",
            """
            A program takes the exponential of each of the three logarithms, in double precision, and divides by their sum. What
            happens?
            """, order.map { all[$0] }, right: place(sum == 0 ? 0 : 1), again: place(vanishes ? 0 : 1),
            reason: #"""
                The smallest positive double is about $e^{-744}$; the largest of the three logarithms is
                $\#(logJoint.max() ?? 0, .fixed(1))$.
                """#,
            isOrdered: false)
    }
}
